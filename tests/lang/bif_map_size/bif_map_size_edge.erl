%% map_size: edge.
-module(bif_map_size_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> map_size(maps:from_list([{X, X} || X <- lists:seq(1,1000)])) end).  % expect: 1000

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
