%% case: edge, nested.
-module(case_edge_nested).
-export([start/0, id/1]).

f(X, Y) -> case X of a -> case Y of 1 -> a1; 2 -> a2 end; b -> case {X, Y} of {b, 1} -> b1; _ -> bx end end.

start() ->
    show(fun() -> [f(a,1), f(a,2), f(b,1), f(b,2)] end).  % expect: [a1,a2,b1,bx]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
