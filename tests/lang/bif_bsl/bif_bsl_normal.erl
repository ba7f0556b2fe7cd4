%% bsl: normal.
-module(bif_bsl_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(1) bsl id(4) end),  % expect: 16
    show(fun() -> id(-3) bsl id(2) end).  % expect: -12

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
