%% phash2: normal.
-module(bif_phash2_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:phash2(id(a)) end),  % expect: 97
    show(fun() -> erlang:phash2(id({1,[2],"x"})) end),  % expect: 55561470
    show(fun() -> erlang:phash2(id(1), 10) end).  % expect: 2

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
