%% phash: normal.
-module(bif_phash_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:phash(id(a), 100) end),  % expect: 98
    show(fun() -> erlang:phash(id({1,2}), 1000) end).  % expect: 240

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
