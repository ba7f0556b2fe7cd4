%% The server's own functions.
-module(error_logger_server).
-include("../show.hrl").

start() ->
    show(fun() -> error_logger:start() end),  % expect: ok
    show(fun() -> process_flag(trap_exit, true), [error_logger:stop(), error_logger:stop()] end),  % expect: [ok,ok]
    show(fun() -> {ok, P} = error_logger:start_link(), [is_pid(P), whereis(error_logger) =:= P, error_logger:start(), error_logger:stop()] end).  % expect: [true,true,ok,ok]
