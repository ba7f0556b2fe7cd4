%% maps_keys_values: error.
-module(bif_maps_keys_values_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> maps:keys(id(x)) end),  % expect: error {badmap,x}
    show(fun() -> maps:values(id([])) end).  % expect: error {badmap,[]}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
