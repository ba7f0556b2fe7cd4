%% list comprehension: edge, pattern filters.
-module(list_comprehension_edge_pattern_filters).
-export([start/0, id/1]).

start() ->
    show(fun() -> [X || {a, X} <- [{a,1}, {b,2}, c, {a,3}]] end),  % expect: [1,3]
    show(fun() -> [X || [X|_] <- [[1], [], [2,3]]] end).  % expect: [1,2]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
