%% zip generator: error.
% reference: OTP 27 and later; answers from the reference manual, section Comprehensions.
-module(zip_generator_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> [{X, Y} || X <- id([1,2,3]) && Y <- id([a,b])] end),  % expect: error {bad_generators,{[3],[]}}
    show(fun() -> [{X, Y} || X <- id(a) && Y <- id([b])] end).  % expect: error {bad_generators,{a,[b]}}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
