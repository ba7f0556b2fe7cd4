%% spawn_monitor: edge.
-module(bif_spawn_monitor_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin {P, M} = spawn_monitor(erlang, self, []), receive {'DOWN', M, process, P, R} -> R end end end).  % expect: normal

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
