%% self_node: normal.
-module(bif_self_node_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> node() end),  % expect: nonode@nohost
    show(fun() -> node(self()) end).  % expect: nonode@nohost

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
