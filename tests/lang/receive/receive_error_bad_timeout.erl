%% receive: error, bad timeout.
-module(receive_error_bad_timeout).
-export([start/0, id/1]).

start() ->
    show(fun() -> receive after id(a) -> ok end end),  % expect: error timeout_value
    show(fun() -> receive after id(-1) -> ok end end),  % expect: error timeout_value
    show(fun() -> receive x -> ok after id(1 bsl 40) -> ok end end).  % expect: error timeout_value

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
