%% function: normal, recursion.
-module(function_normal_recursion).
-export([start/0, id/1]).

fac(0) -> 1; fac(N) -> N * fac(N - 1).

start() ->
    show(fun() -> fac(5) end),  % expect: 120
    show(fun() -> fac(30) end).  % expect: 265252859812191058636308480000000

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
