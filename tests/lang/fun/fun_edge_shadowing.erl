%% fun: edge, shadowing.
-module(fun_edge_shadowing).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin X = id(1), F = fun(X) -> X end, {X, F(2)} end end).  % expect: {1,2}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
