%% trunc: normal.
-module(bif_trunc_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> trunc(id(1.9)) end),  % expect: 1
    show(fun() -> trunc(id(-1.9)) end),  % expect: -1
    show(fun() -> trunc(id(5)) end).  % expect: 5

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
