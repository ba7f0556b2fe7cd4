%% monitor_node: error.
-module(bif_monitor_node_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> monitor_node(node(), id(x)) end),  % expect: error badarg
    show(fun() -> monitor_node(id(1), true) end),  % expect: error badarg
    show(fun() -> erlang:monitor_node('a@b', true, [id(x)]) end),  % expect: error badarg
    show(fun() -> erlang:monitor_node('a@b', true, id(x)) end),  % expect: error badarg
    show(fun() -> erlang:monitor_node(node(), true, id([allow_passive_connect | x])) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
