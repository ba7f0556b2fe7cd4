%% maps_find_take: edge.
-module(bif_maps_find_take_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> maps:take(a, #{a=>1,b=>2}) end),  % expect: {1,#{b => 2}}
    show(fun() -> maps:take(c, #{a=>1}) end).  % expect: error

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
