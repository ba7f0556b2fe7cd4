%% function: normal, clauses.
-module(function_normal_clauses).
-export([start/0, id/1]).

f(0) -> zero; f(N) when N < 0 -> neg; f(_) -> pos.

start() ->
    show(fun() -> [f(X) || X <- [0, -5, 9]] end).  % expect: [zero,neg,pos]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
