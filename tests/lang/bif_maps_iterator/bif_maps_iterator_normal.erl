%% maps_iterator: normal.
-module(bif_maps_iterator_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> maps:next(maps:iterator(#{})) end),  % expect: none
    show(fun() -> element(1, maps:next(maps:iterator(#{a=>1}))) end).  % expect: a

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
