%% zip generator: normal.
% reference: OTP 27 and later; answers from the reference manual, section Comprehensions.
-module(zip_generator_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> [{X, Y} || X <- [1,2,3] && Y <- [a,b,c]] end),  % expect: [{1,a},{2,b},{3,c}]
    show(fun() -> [X + Y || X <- id([1,2]) && Y <- id([10,20])] end).  % expect: [11,22]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
