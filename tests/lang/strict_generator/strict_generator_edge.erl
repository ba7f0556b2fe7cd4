%% strict generator: edge.
% reference: OTP 27 and later; answers from the reference manual, section Comprehensions.
-module(strict_generator_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> [X || X <:- id([])] end),  % expect: []
    show(fun() -> [X || {_, X} <:- id([{a,1},{b,2}]), X > 1] end),  % expect: [2]
    show(fun() -> #{K => V || {K, V} <:- id([{a,1}])} end),  % expect: #{a => 1}
    show(fun() -> #{K => V + 1 || K := V <:- id(#{a => 1})} end).  % expect: #{a => 2}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
