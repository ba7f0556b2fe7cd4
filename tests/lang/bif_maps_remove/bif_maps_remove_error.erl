%% maps_remove: error.
-module(bif_maps_remove_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> maps:remove(a, id(x)) end).  % expect: error {badmap,x}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
