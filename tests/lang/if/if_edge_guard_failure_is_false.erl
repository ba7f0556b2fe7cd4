%% if: edge, guard failure is false.
-module(if_edge_guard_failure_is_false).
-export([start/0, id/1]).

f(X) -> if hd(X) =:= a -> yes; length(X) > 1000 -> long; true -> no end.

start() ->
    show(fun() -> [f(X) || X <- [[a], [], x, [b|c]]] end).  % expect: [yes,no,no,no]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
