%% case: edge, bound variable.
-module(case_edge_bound_variable).
-export([start/0, id/1]).

f(X, Y) -> case X of Y -> same; _ -> different end.

start() ->
    show(fun() -> f(1, 1) end),  % expect: same
    show(fun() -> f(1, 1.0) end).  % expect: different

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
