%% group_leader: edge.
-module(bif_group_leader_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin G = group_leader(), P = spawn(fun() -> receive {S, ask} -> S ! {gl, group_leader()} end end), P ! {self(), ask}, receive {gl, G2} -> G2 =:= G end end end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
