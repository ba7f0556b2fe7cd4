%% guard: edge, not xor.
-module(guard_edge_not_xor).
-export([start/0, id/1]).

f(X) when not is_atom(X), (X > 1) xor (X > 10) -> yes; f(_) -> no.

start() ->
    show(fun() -> [f(X) || X <- [5, 11, a, 0]] end).  % expect: [yes,no,no,no]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
