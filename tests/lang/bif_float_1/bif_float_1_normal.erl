%% float_1: normal.
-module(bif_float_1_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> float(id(1)) end),  % expect: 1.0
    show(fun() -> float(id(2.5)) end).  % expect: 2.5

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
