%% max: edge.
-module(bif_max_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> max(id(1), id(1.0)) end),  % expect: 1
    show(fun() -> max(id(1.0), id(1)) end),  % expect: 1.0
    show(fun() -> max(id([]), id({})) end).  % expect: []

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
