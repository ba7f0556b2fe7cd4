%% lists_keysearch: error.
-module(bif_lists_keysearch_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> lists:keysearch(a, -1, []) end),  % expect: error badarg
    show(fun() -> lists:keysearch(a, 1, id(z)) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
