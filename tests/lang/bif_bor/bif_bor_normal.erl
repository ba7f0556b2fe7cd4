%% bor: normal.
-module(bif_bor_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(12) bor id(10) end),  % expect: 14
    show(fun() -> id(0) bor id(0) end).  % expect: 0

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
