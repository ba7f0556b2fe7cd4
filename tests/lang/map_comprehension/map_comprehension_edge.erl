%% map comprehension: edge.
% reference: OTP 27 and later; answers from the reference manual, section Comprehensions.
-module(map_comprehension_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> #{K => V || K := V <- id(#{a => 1,b => 2}), V > 1} end),  % expect: #{b => 2}
    show(fun() -> #{a => X || X <- [1,2]} end),  % expect: #{a => 2}
    show(fun() -> #{K => V || {K, V} <- id([{x,1},y])} end),  % expect: #{x => 1}
    show(fun() -> map_size(#{X => X || X <- lists:seq(1, 100)}) end),  % expect: 100
    show(fun() -> [K || K := 1 <- id(#{a => 1, b => 2})] end).  % expect: [a]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
