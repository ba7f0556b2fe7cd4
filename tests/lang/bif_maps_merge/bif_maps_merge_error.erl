%% maps_merge: error.
-module(bif_maps_merge_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> maps:merge(id(x), #{}) end),  % expect: error {badmap,x}
    show(fun() -> maps:merge(#{}, id(y)) end).  % expect: error {badmap,y}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
