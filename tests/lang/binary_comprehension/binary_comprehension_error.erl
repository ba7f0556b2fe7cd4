%% binary comprehension: error.
-module(binary_comprehension_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> << <<X>> || X <- id(a) >> end),  % expect: error {bad_generator,a}
    show(fun() -> << <<X>> || X <- [a] >> end),  % expect: error badarg
    show(fun() -> << X || X <- [1] >> end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
