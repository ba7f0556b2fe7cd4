%% maps_get: edge.
-module(bif_maps_get_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> maps:get(1, #{1.0=>x}, none) end).  % expect: none

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
