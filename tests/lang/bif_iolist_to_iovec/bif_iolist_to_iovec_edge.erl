%% iolist_to_iovec: edge.
-module(bif_iolist_to_iovec_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:iolist_to_iovec(id([])) end),  % expect: []
    show(fun() -> iolist_to_binary(erlang:iolist_to_iovec(id([<<"a">>,"bc"]))) end).  % expect: <<"abc">>

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
