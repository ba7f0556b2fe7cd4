%% nodes: edge.
-module(bif_nodes_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> nodes(this) end),  % expect: [nonode@nohost]
    show(fun() -> nodes([this]) end).  % expect: [nonode@nohost]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
