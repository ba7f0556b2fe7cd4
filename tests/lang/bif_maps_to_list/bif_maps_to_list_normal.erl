%% maps_to_list: normal.
-module(bif_maps_to_list_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> maps:to_list(#{a=>1,b=>2}) end),  % expect: [{a,1},{b,2}]
    show(fun() -> maps:to_list(#{}) end).  % expect: []

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
