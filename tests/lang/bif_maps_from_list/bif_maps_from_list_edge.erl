%% maps_from_list: edge.
-module(bif_maps_from_list_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> maps:from_list([{a,1},{a,2}]) end),  % expect: #{a => 2}
    show(fun() -> maps:from_keys([a,b], 0) end).  % expect: #{a => 0,b => 0}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
