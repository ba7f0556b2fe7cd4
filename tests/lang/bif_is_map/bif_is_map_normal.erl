%% is_map: normal.
-module(bif_is_map_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> is_map(id(#{})) end),  % expect: true
    show(fun() -> is_map(id(#{a=>1})) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
