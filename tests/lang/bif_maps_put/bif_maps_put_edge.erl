%% maps_put: edge.
-module(bif_maps_put_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> map_size(lists:foldl(fun(X, M) -> maps:put(X, X, M) end, #{}, lists:seq(1,100))) end),  % expect: 100
    show(fun() -> maps:put(1, a, #{1.0=>b}) end).  % expect: #{1 => a,1.0 => b}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
