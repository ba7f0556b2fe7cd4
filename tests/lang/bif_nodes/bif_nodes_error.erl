%% nodes: error.
-module(bif_nodes_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> nodes(id(nosuch)) end),  % expect: error badarg
    show(fun() -> erlang:setnode(id(a), 1) end),  % expect: error badarg
    show(fun() -> erlang:setnode(id('a@b'), 1) end),  % expect: error badarg
    show(fun() -> erlang:setnode(id('a@b'), self(), {1, 2}) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
