%% list comprehension: error, bad filter.
-module(list_comprehension_error_bad_filter).
-export([start/0, id/1]).

start() ->
    show(fun() -> [X || X <- [1], id(X)] end),  % expect: error {bad_filter,1}
    show(fun() -> [X || X <- [1], id(foo)] end).  % expect: error {bad_filter,foo}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
