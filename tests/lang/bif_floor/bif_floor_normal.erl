%% floor: normal.
-module(bif_floor_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> floor(id(1.5)) end),  % expect: 1
    show(fun() -> floor(id(-1.5)) end),  % expect: -2
    show(fun() -> floor(id(3)) end).  % expect: 3

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
