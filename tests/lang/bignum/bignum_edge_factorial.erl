%% bignum: edge, factorial.
-module(bignum_edge_factorial).
-export([start/0, id/1]).

fac(0) -> 1; fac(N) -> N * fac(N - 1).

start() ->
    show(fun() -> fac(50) end),  % expect: 30414093201713378043612608166064768844377641568960512000000000000
    show(fun() -> fac(200) div fac(198) end).  % expect: 39800

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
