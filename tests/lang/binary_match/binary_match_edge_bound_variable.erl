%% binary match: edge, bound variable.
-module(binary_match_edge_bound_variable).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin X = id(2), case id(<<1,2>>) of <<1, X>> -> same; _ -> no end end end),  % expect: same
    show(fun() -> begin X = id(3), case id(<<1,2>>) of <<1, X>> -> same; _ -> no end end end).  % expect: no

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
