%% process: edge, monitor order.
-module(process_edge_monitor_order).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin {P, M} = spawn_monitor(fun() -> receive S -> S ! one, S ! two end end), P ! self(), [receive one -> 1 end, receive two -> 2 end, receive {'DOWN', M, _, _, R} -> R end] end end).  % expect: [1,2,normal]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
