%% guard: edge, andalso orelse.
-module(guard_edge_andalso_orelse).
-export([start/0, id/1]).

f(X) when is_list(X) andalso length(X) > 2 orelse X =:= [] -> yes; f(_) -> no.

start() ->
    show(fun() -> [f(X) || X <- [[], [1], [1,2,3], a, [a|b]]] end).  % expect: [yes,no,yes,no,no]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
