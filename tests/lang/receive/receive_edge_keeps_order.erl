%% receive: edge, keeps order.
-module(receive_edge_keeps_order).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin [self() ! I || I <- [1,2,3,4]], receive 3 -> ok end, [receive X -> X end || _ <- [1,2,3]] end end).  % expect: [1,2,4]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
