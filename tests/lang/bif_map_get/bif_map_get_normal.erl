%% map_get: normal.
-module(bif_map_get_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> map_get(a, id(#{a=>1})) end),  % expect: 1
    show(fun() -> map_get([1], id(#{[1]=>x})) end).  % expect: x

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
