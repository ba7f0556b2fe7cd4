%% maps_to_list: error.
-module(bif_maps_to_list_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> maps:to_list(id(x)) end).  % expect: error {badmap,x}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
