%% maybe: edge, plain match.
-module(maybe_edge_plain_match).
-feature(maybe_expr, enable).
-export([start/0, id/1]).

f(X) -> maybe Y = X, {ok, Z} ?= Y, {Y, Z} end.

start() ->
    show(fun() -> f({ok, 2}) end),  % expect: {{ok,2},2}
    show(fun() -> f(no) end).  % expect: no

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
