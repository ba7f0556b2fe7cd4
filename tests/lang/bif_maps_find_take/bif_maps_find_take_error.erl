%% maps_find_take: error.
-module(bif_maps_find_take_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> maps:find(a, id(x)) end),  % expect: error {badmap,x}
    show(fun() -> maps:take(a, id(x)) end).  % expect: error {badmap,x}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
