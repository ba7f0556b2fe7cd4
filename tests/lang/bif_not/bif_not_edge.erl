%% not: edge.
-module(bif_not_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> not (id(1) =:= 1) end),  % expect: false
    show(fun() -> not not id(true) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
