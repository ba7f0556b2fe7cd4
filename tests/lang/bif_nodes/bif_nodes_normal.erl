%% nodes: normal.
-module(bif_nodes_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> nodes() end),  % expect: []
    show(fun() -> is_alive() end).  % expect: false

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
