%% bsr: normal.
-module(bif_bsr_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(256) bsr id(4) end),  % expect: 16
    show(fun() -> id(-256) bsr id(4) end).  % expect: -16

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
