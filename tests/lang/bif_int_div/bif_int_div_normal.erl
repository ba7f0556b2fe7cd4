%% int_div: normal.
-module(bif_int_div_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(7) div id(2) end),  % expect: 3
    show(fun() -> id(-7) div id(2) end),  % expect: -3
    show(fun() -> id(7) div id(-2) end).  % expect: -3

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
