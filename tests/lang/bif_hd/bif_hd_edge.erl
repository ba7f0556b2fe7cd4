%% hd: edge.
-module(bif_hd_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> hd(id([[]|x])) end).  % expect: []

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
