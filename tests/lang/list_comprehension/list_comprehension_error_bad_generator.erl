%% list comprehension: error, bad generator.
-module(list_comprehension_error_bad_generator).
-export([start/0, id/1]).

start() ->
    show(fun() -> [X || X <- id(a)] end),  % expect: error {bad_generator,a}
    show(fun() -> [X || X <- id([1|2])] end),  % expect: error {bad_generator,2}
    show(fun() -> [X || <<X>> <= id(a)] end).  % expect: error {bad_generator,a}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
