%% phash: edge.
-module(bif_phash_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:phash(id([]), 1) end),  % expect: 1
    show(fun() -> erlang:phash(id("str"), 4294967296) end),  % expect: 1566648837
    show(fun() -> [erlang:phash(id(a), R) || R <- [1, 2, 97, 98, 1000, 1 bsl 32]] end),  % expect: [1,2,1,98,98,98]
    show(fun() -> erlang:phash(id(a), id((1 bsl 32) + 1)) end),  % expect: error badarg
    show(fun() -> erlang:phash(id(a), id(1 bsl 64)) end),  % expect: error badarg
    show(fun() -> erlang:phash(id(a), id(-1)) end),  % expect: error badarg
    show(fun() -> erlang:phash(id(a), id(1.0)) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
