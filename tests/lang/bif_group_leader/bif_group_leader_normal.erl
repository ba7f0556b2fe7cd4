%% group_leader: normal.
-module(bif_group_leader_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_pid(group_leader()) end),  % expect: true
    show(fun() -> group_leader(group_leader(), self()) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
