%% try: edge, guard in catch.
-module(try_edge_guard_in_catch).
-export([start/0, id/1]).

f(V) -> try throw(V) catch X when X > 5 -> big; X when is_atom(X) -> atom; _ -> rest end.

start() ->
    show(fun() -> [f(X) || X <- [9, a, 1]] end).  % expect: [big,big,rest]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
