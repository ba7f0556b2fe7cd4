%% map_size: error.
-module(bif_map_size_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> map_size(id([])) end),  % expect: error {badmap,[]}
    show(fun() -> map_size(id(a)) end).  % expect: error {badmap,a}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
