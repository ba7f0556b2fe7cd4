%% is_map_key: edge.
-module(bif_is_map_key_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_map_key(1, id(#{1.0=>x})) end),  % expect: false
    show(fun() -> is_map_key([], id(#{[]=>[]})) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
