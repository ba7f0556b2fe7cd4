%% receive: edge, after expression.
-module(receive_edge_after_expression).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin T = id(1), receive q -> q after T + 1 -> {after_, T} end end end).  % expect: {after_,1}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
