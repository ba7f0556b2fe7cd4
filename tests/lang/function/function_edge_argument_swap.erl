%% function: edge, argument swap.
-module(function_edge_argument_swap).
-export([start/0, id/1]).

swap(0, A, B, C) -> {A, B, C}; swap(N, A, B, C) -> swap(N - 1, C, A, B).

start() ->
    show(fun() -> swap(1, a, b, c) end),  % expect: {c,a,b}
    show(fun() -> swap(2, a, b, c) end),  % expect: {b,c,a}
    show(fun() -> swap(100, a, b, c) end).  % expect: {c,a,b}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
