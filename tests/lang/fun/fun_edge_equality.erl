%% fun: edge, equality.
-module(fun_edge_equality).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin F = fun id/1, F =:= F end end),  % expect: true
    show(fun() -> fun lists:map/2 =:= fun lists:map/2 end),  % expect: true
    show(fun() -> fun lists:map/2 == fun lists:foreach/2 end).  % expect: false

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
