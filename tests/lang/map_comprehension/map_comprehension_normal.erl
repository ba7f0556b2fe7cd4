%% map comprehension: normal.
% reference: OTP 27 and later; answers from the reference manual, section Comprehensions.
-module(map_comprehension_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> #{X => X * X || X <- [1,2,3]} end),  % expect: #{1 => 1,2 => 4,3 => 9}
    show(fun() -> [{K, V} || K := V <- id(#{a => 1})] end).  % expect: [{a,1}]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
