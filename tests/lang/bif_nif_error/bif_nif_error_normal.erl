%% nif_error: normal.
-module(bif_nif_error_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:nif_error(id(not_loaded)) end),  % expect: error not_loaded
    show(fun() -> erlang:nif_error(id({a, b}), [1, 2]) end).  % expect: error {a,b}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
