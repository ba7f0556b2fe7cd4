%% is_pid: normal.
-module(bif_is_pid_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_pid(self()) end),  % expect: true
    show(fun() -> is_pid(id(a)) end).  % expect: false

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
