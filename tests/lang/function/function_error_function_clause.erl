%% function: error, function clause.
-module(function_error_function_clause).
-export([start/0, id/1]).

f(1) -> ok.

start() ->
    show(fun() -> f(2) end),  % expect: error function_clause
    show(fun() -> f(id(a)) end),  % expect: error function_clause
    show(fun() -> lists:map(id(a), id(b)) end).  % expect: error function_clause

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
