%% iolist_size: normal.
-module(bif_iolist_size_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> iolist_size(id([1,[2,<<3,4>>]])) end),  % expect: 4
    show(fun() -> iolist_size(id(<<"abc">>)) end).  % expect: 3

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
