%% apply_2: normal.
-module(bif_apply_2_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> apply(id(fun(A, B) -> A + B end), id([1,2])) end),  % expect: 3
    show(fun() -> apply(fun() -> ok end, id([])) end).  % expect: ok

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
