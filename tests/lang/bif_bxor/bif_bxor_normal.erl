%% bxor: normal.
-module(bif_bxor_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(12) bxor id(10) end),  % expect: 6
    show(fun() -> id(7) bxor id(7) end).  % expect: 0

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
