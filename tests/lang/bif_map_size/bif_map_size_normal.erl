%% map_size: normal.
-module(bif_map_size_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> map_size(id(#{})) end),  % expect: 0
    show(fun() -> map_size(id(#{a=>1,b=>2})) end).  % expect: 2

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
