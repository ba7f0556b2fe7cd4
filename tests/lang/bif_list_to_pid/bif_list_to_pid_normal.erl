%% list_to_pid: normal.
-module(bif_list_to_pid_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_pid(list_to_pid(id("<0.1.0>"))) end),  % expect: true
    show(fun() -> list_to_pid(pid_to_list(self())) =:= self() end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
