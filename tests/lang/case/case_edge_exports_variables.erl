%% case: edge, exports variables.
-module(case_edge_exports_variables).
-export([start/0, id/1]).

f(X) -> case X of 1 -> Y = one, Z = 1; _ -> Y = other, Z = 2 end, {Y, Z}.

start() ->
    show(fun() -> f(1) end),  % expect: {one,1}
    show(fun() -> f(2) end).  % expect: {other,2}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
