%% maps_to_list: edge.
-module(bif_maps_to_list_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> lists:sort(maps:to_list(maps:from_list([{X,X} || X <- lists:seq(1,40)]))) =:= [{X,X} || X <- lists:seq(1,40)] end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
