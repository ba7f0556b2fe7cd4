%% group_leader: error.
-module(bif_group_leader_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> group_leader(id(a), self()) end),  % expect: error badarg
    show(fun() -> group_leader(self(), id(a)) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
