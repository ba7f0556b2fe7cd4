%% send_3: edge, other node.
-module(bif_send_3_edge_other_node).
-export([start/0, id/1]).

start() ->
    show(fun() -> erlang:send({x, id('a@b')}, m) end),  % expect: m
    show(fun() -> erlang:send({x, id('a@b')}, m, []) end),  % expect: ok
    show(fun() -> erlang:send({x, id('a@b')}, m, [nosuspend]) end),  % expect: ok
    show(fun() -> erlang:send({x, id('a@b')}, m, [noconnect]) end),  % expect: noconnect
    show(fun() -> erlang:send({x, id(node())}, m, [noconnect]) end),  % expect: ok
    show(fun() -> erlang:send(self(), m, [noconnect]) end).  % expect: ok

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
