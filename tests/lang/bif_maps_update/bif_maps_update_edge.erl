%% maps_update: edge.
-module(bif_maps_update_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> maps:update(33, z, maps:from_list([{X,X} || X <- lists:seq(1,40)])) =:= (maps:from_list([{X,X} || X <- lists:seq(1,40)]))#{33 := z} end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
