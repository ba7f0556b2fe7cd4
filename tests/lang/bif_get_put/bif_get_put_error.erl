%% get_put: error.
-module(bif_get_put_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> erase(nosuch) end),  % expect: undefined
    show(fun() -> get_keys(nosuch) end).  % expect: []

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
