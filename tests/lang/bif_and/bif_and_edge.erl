%% and: edge.
-module(bif_and_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(false) and id(false) end),  % expect: false
    show(fun() -> (id(1) < 2) and (id(2) < 3) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
