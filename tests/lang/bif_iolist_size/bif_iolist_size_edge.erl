%% iolist_size: edge.
-module(bif_iolist_size_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> iolist_size(id([])) end),  % expect: 0
    show(fun() -> iolist_size(id(<<>>)) end).  % expect: 0

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
