%% list comprehension: edge, guard failure is false.
-module(list_comprehension_edge_guard_failure_is_false).
-export([start/0, id/1]).

start() ->
    show(fun() -> [X || X <- [1, a, 2], X + 1 > 2] end),  % expect: [2]
    show(fun() -> [X || X <- [[1], [], a], hd(X) =:= 1] end).  % expect: [[1]]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
