%% if: error, if clause.
-module(if_error_if_clause).
-export([start/0, id/1]).

f(X) -> if X =:= 1 -> one end.

start() ->
    show(fun() -> f(2) end).  % expect: error if_clause

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
