%% rem: normal.
-module(bif_rem_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(7) rem id(3) end),  % expect: 1
    show(fun() -> id(-7) rem id(3) end),  % expect: -1
    show(fun() -> id(7) rem id(-3) end).  % expect: 1

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
