%% abs: normal.
-module(bif_abs_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> abs(id(-5)) end),  % expect: 5
    show(fun() -> abs(id(3.5)) end),  % expect: 3.5
    show(fun() -> abs(id(0)) end).  % expect: 0

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
