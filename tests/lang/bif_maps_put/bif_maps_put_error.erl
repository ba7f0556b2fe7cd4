%% maps_put: error.
-module(bif_maps_put_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> maps:put(a, 1, id([])) end).  % expect: error {badmap,[]}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
