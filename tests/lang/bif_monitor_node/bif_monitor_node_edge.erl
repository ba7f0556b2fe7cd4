%% monitor_node: edge.
-module(bif_monitor_node_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:monitor_node(node(), true, [allow_passive_connect]) end),  % expect: true
    show(fun() -> monitor_node('a@b', true) end),  % expect: error notalive
    show(fun() -> monitor_node('a@b', id(x)) end),  % expect: error notalive
    show(fun() -> erlang:monitor_node('a@b', false, [allow_passive_connect]) end),  % expect: error notalive
    show(fun() -> erlang:disconnect_node(id(1)) end),  % expect: ignored
    show(fun() -> erlang:disconnect_node('a@b') end).  % expect: ignored

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
