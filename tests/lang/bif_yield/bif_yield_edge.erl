%% yield: edge.
-module(bif_yield_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> [erlang:yield() || _ <- [1,2,3]] end).  % expect: [true,true,true]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
