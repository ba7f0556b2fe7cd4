%% round: normal.
-module(bif_round_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> round(id(1.5)) end),  % expect: 2
    show(fun() -> round(id(-1.5)) end),  % expect: -2
    show(fun() -> round(id(2.4)) end).  % expect: 2

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
