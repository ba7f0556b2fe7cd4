%% hd: normal.
-module(bif_hd_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> hd(id([1,2])) end),  % expect: 1
    show(fun() -> hd(id([a])) end).  % expect: a

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
