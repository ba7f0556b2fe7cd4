%% map comprehension: error.
% reference: OTP 27 and later; answers from the reference manual, section Comprehensions.
-module(map_comprehension_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> [K || K := _ <- id(a)] end),  % expect: error {bad_generator,a}
    show(fun() -> #{X => 1 || X <- id(b)} end).  % expect: error {bad_generator,b}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
