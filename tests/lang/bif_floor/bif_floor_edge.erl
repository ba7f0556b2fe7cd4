%% floor: edge.
-module(bif_floor_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> floor(id(0.0)) end),  % expect: 0
    show(fun() -> floor(id(1.0e20)) end),  % expect: 100000000000000000000
    show(fun() -> floor(id(0.5)) end).  % expect: 0

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
