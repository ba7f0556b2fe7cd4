%% list comprehension: edge, empty.
-module(list_comprehension_edge_empty).
-export([start/0, id/1]).

start() ->
    show(fun() -> [X || X <- []] end),  % expect: []
    show(fun() -> [1 || true] end),  % expect: [1]
    show(fun() -> [1 || false] end).  % expect: []

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
