%% guard: edge, failing alternative.
-module(guard_edge_failing_alternative).
-export([start/0, id/1]).

f(X) when hd(X) =:= 1; is_atom(X) -> yes; f(_) -> no.

start() ->
    show(fun() -> [f(X) || X <- [[1], a, [], {}]] end).  % expect: [yes,yes,no,no]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
