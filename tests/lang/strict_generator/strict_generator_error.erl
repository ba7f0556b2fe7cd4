%% strict generator: error.
% reference: OTP 27 and later; answers from the reference manual, section Comprehensions.
-module(strict_generator_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> [X || {ok, X} <:- id([{ok,1},error])] end),  % expect: error {badmatch,error}
    show(fun() -> [X || X <:- id([1|2])] end),  % expect: error {bad_generator,2}
    show(fun() -> [X || <<X:16>> <:= id(<<1,2,3>>)] end).  % expect: error {badmatch,<<3>>}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
