%% is_map_key: error.
-module(bif_is_map_key_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_map_key(a, id([])) end),  % expect: error {badmap,[]}
    show(fun() -> is_map_key(a, id(x)) end).  % expect: error {badmap,x}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
