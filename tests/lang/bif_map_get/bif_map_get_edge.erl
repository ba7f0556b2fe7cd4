%% map_get: edge.
-module(bif_map_get_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> map_get(50, maps:from_list([{X, X*X} || X <- lists:seq(1,100)])) end).  % expect: 2500

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
