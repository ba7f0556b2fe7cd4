%% function: edge, mutual recursion.
% gc-stress: 5000
-module(function_edge_mutual_recursion).
-export([start/0, id/1]).

even(0) -> true; even(N) -> odd(N - 1).
odd(0) -> false; odd(N) -> even(N - 1).

start() ->
    show(fun() -> even(100001) end),  % expect: false
    show(fun() -> odd(7) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
