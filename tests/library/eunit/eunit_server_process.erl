%% The process that eunit:start/0 starts.
-module(eunit_server_process).
-include("../show.hrl").

start() ->
    show(fun() -> is_pid(eunit:start()) end),  % expect: true
    show(fun() -> [eunit:start() =:= eunit:start(), whereis(eunit_server) =:= eunit:start()] end),  % expect: [true,true]
    show(fun() -> eunit:stop() end),  % expect: {error,stopped}
    show(fun() -> whereis(eunit_server) end),  % expect: undefined
    show(fun() -> eunit:stop() end),  % expect: {error,server_down}
    show(fun() -> eunit:test([fun() -> ok end], [no_tty]) end).  % expect: ok
