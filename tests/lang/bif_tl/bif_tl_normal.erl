%% tl: normal.
-module(bif_tl_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> tl(id([1,2])) end),  % expect: [2]
    show(fun() -> tl(id([a])) end).  % expect: []

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
