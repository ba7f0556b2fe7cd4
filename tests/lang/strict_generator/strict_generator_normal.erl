%% strict generator: normal.
% reference: OTP 27 and later; answers from the reference manual, section Comprehensions.
-module(strict_generator_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> [X || {ok, X} <:- id([{ok,1},{ok,2}])] end),  % expect: [1,2]
    show(fun() -> [X || <<X>> <:= id(<<1,2>>)] end).  % expect: [1,2]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
