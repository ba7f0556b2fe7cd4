%% list_to_float: normal.
-module(bif_list_to_float_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> list_to_float(id("2.5")) end),  % expect: 2.5
    show(fun() -> list_to_float(id("-1.5e-3")) end).  % expect: -0.0015

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
