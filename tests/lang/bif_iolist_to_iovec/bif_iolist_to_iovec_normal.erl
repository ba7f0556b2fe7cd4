%% iolist_to_iovec: normal.
-module(bif_iolist_to_iovec_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:iolist_to_iovec(id([1,2])) end),  % expect: [<<1,2>>]
    show(fun() -> erlang:iolist_to_iovec(id(<<"abc">>)) end).  % expect: [<<"abc">>]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
