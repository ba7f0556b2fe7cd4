%% spawn_1: edge.
-module(bif_spawn_1_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin S = self(), [spawn(fun() -> S ! I end) || I <- [1,2,3]], lists:sort([receive I -> I end || I <- [1,2,3]]) end end).  % expect: [1,2,3]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
