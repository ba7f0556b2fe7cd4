%% list comprehension: normal, two generators.
-module(list_comprehension_normal_two_generators).
-export([start/0, id/1]).

start() ->
    show(fun() -> [{X, Y} || X <- [1,2], Y <- [a,b]] end),  % expect: [{1,a},{1,b},{2,a},{2,b}]
    show(fun() -> [{X, Y} || X <- [1,2,3], Y <- lists:seq(1, X), X =/= Y] end).  % expect: [{2,1},{3,1},{3,2}]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
