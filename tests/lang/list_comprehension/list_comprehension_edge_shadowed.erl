%% list comprehension: edge, shadowed.
-module(list_comprehension_edge_shadowed).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin X = id(9), L = [X || X <- [1,2]], {X, L} end end).  % expect: {9,[1,2]}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
