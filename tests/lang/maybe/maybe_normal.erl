%% maybe: normal.
-module(maybe_normal).
-feature(maybe_expr, enable).
-export([start/0, id/1]).

f(X) -> maybe {ok, A} ?= X, {ok, B} ?= {ok, A + 1}, B end.

start() ->
    show(fun() -> f({ok, 1}) end),  % expect: 2
    show(fun() -> f(error) end).  % expect: error

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
