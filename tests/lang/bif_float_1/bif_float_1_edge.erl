%% float_1: edge.
-module(bif_float_1_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> float(id(0)) end),  % expect: 0.0
    show(fun() -> float(id(9007199254740993)) end),  % expect: 9.007199254740992e15
    show(fun() -> float(id(-(1 bsl 100))) end).  % expect: -1.2676506002282294e30

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
