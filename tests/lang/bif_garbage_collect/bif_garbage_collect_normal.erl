%% garbage_collect: normal.
-module(bif_garbage_collect_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> garbage_collect() end),  % expect: true
    show(fun() -> garbage_collect(self()) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
