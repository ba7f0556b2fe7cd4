%% self_node: error.
-module(bif_self_node_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> node(id(a)) end),  % expect: error badarg
    show(fun() -> node(id(1)) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
