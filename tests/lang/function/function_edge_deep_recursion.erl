%% function: edge, deep recursion.
% gc-stress: 5000
-module(function_edge_deep_recursion).
-export([start/0, id/1]).

sum([]) -> 0; sum([H|T]) -> H + sum(T).

start() ->
    show(fun() -> sum(lists:seq(1, 300000)) end).  % expect: 45000150000

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
