%% maps_get: normal.
-module(bif_maps_get_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> maps:get(a, #{a=>1}) end),  % expect: 1
    show(fun() -> maps:get(b, #{a=>1}, def) end).  % expect: def

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
