%% add: normal.
-module(bif_add_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(1) + id(2) end),  % expect: 3
    show(fun() -> id(1.5) + id(2) end),  % expect: 3.5
    show(fun() -> id(-1) + id(1) end).  % expect: 0

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
