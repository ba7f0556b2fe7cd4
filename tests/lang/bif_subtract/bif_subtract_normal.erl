%% subtract: normal.
-module(bif_subtract_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(5) - id(7) end),  % expect: -2
    show(fun() -> id(5.5) - id(0.5) end),  % expect: 5.0
    show(fun() -> - id(7) end).  % expect: -7

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
