%% monitor_node: normal.
-module(bif_monitor_node_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> monitor_node(node(), true) end),  % expect: true
    show(fun() -> monitor_node(node(), false) end),  % expect: true
    show(fun() -> erlang:monitor_node(node(), true, []) end),  % expect: true
    show(fun() -> receive M -> M after 0 -> nothing end end).  % expect: nothing

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
