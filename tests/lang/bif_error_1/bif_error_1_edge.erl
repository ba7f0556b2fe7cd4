%% error_1: edge.
-module(bif_error_1_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> error(id([])) end),  % expect: error []
    show(fun() -> error(id(1.0)) end).  % expect: error 1.0

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
