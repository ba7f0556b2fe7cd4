%% zip generator: edge.
% reference: OTP 27 and later; answers from the reference manual, section Comprehensions.
-module(zip_generator_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> [{X, Y} || {X, 1} <- id([{a,1},{b,2},{c,1}]) && Y <- id([1,2,3])] end),  % expect: [{a,1},{c,3}]
    show(fun() -> [{X, Y} || X <- [] && Y <- []] end),  % expect: []
    show(fun() -> [{X, B} || X <- id([1,2]) && <<B>> <= id(<<8,9>>)] end),  % expect: [{1,8},{2,9}]
    show(fun() -> << <<(X * Y)>> || X <- id([1,2]) && Y <- id([3,4]) >> end).  % expect: <<3,8>>

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
