%% maps_merge: edge.
-module(bif_maps_merge_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> maps:merge(#{}, #{}) end),  % expect: #{}
    show(fun() -> map_size(maps:merge(maps:from_list([{X,1} || X <- lists:seq(1,40)]), maps:from_list([{X,2} || X <- lists:seq(20,60)]))) end).  % expect: 60

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
