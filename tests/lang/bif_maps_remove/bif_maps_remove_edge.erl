%% maps_remove: edge.
-module(bif_maps_remove_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> map_size(maps:remove(5, maps:from_list([{X,X} || X <- lists:seq(1,33)]))) end).  % expect: 32

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
