%% bnot: normal.
-module(bif_bnot_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> bnot id(0) end),  % expect: -1
    show(fun() -> bnot id(5) end),  % expect: -6
    show(fun() -> bnot id(-1) end).  % expect: 0

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
