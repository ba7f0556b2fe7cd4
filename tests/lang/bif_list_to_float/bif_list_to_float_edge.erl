%% list_to_float: edge.
-module(bif_list_to_float_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> list_to_float(id("0.0")) end),  % expect: 0.0
    show(fun() -> list_to_float(id("1.0E5")) end),  % expect: 1.0e5
    show(fun() -> list_to_float(id("-0.0")) end).  % expect: -0.0

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
