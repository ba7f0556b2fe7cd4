%% is_map: edge.
-module(bif_is_map_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_map(maps:from_list([{X, X} || X <- lists:seq(1,100)])) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
