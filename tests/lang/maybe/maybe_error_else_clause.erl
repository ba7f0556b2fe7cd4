%% maybe: error, else clause.
-module(maybe_error_else_clause).
-feature(maybe_expr, enable).
-export([start/0, id/1]).

f(X) -> maybe {ok, A} ?= X, A else nope -> n end.

start() ->
    show(fun() -> f(other) end),  % expect: error {else_clause,other}
    show(fun() -> maybe a = id(b) end end).  % expect: error {badmatch,b}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
