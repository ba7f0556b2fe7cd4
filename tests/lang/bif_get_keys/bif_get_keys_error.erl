%% get_keys: error.
-module(bif_get_keys_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> get_keys(id({})) end).  % expect: []

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
