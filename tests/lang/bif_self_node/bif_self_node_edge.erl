%% self_node: edge.
-module(bif_self_node_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> self() =:= self() end),  % expect: true
    show(fun() -> node(make_ref()) end).  % expect: nonode@nohost

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
