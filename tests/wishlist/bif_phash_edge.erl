%% phash: edge.
-module(bif_phash_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:phash(id([]), 1) end),  % expect: 1
    show(fun() -> erlang:phash(id("str"), 4294967296) end).  % expect: 1566648837

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
