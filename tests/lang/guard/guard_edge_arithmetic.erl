%% guard: edge, arithmetic.
-module(guard_edge_arithmetic).
-export([start/0, id/1]).

f(X, Y) when X + Y > 10, X rem 2 =:= 0 -> a; f(X, Y) when X bsl Y =:= 8 -> b; f(X, _) when X / 2 == 1.5 -> c; f(_, _) -> d.

start() ->
    show(fun() -> [f(8, 4), f(1, 3), f(3, 0), f(a, 1), f(0, 0)] end).  % expect: [a,b,c,d,d]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
