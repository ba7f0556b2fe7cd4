%% maps_keys_values: edge.
-module(bif_maps_keys_values_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> maps:keys(#{}) end),  % expect: []
    show(fun() -> length(maps:keys(maps:from_list([{X,X} || X <- lists:seq(1,100)]))) end).  % expect: 100

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
