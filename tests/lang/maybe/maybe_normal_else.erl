%% maybe: normal, else.
-module(maybe_normal_else).
-feature(maybe_expr, enable).
-export([start/0, id/1]).

f(X) -> maybe {ok, A} ?= X, A else error -> failed; {error, R} -> R end.

start() ->
    show(fun() -> [f({ok, 1}), f(error), f({error, why})] end).  % expect: [1,failed,why]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
