%% guard: error, no clause.
-module(guard_error_no_clause).
-export([start/0, id/1]).

f(X) when X > 1 -> ok.

start() ->
    show(fun() -> f(1) end),  % expect: error function_clause
    show(fun() -> f(0) end).  % expect: error function_clause

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
