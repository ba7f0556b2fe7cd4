%% not_equal: edge.
-module(bif_not_equal_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> id([1.0]) /= id([1]) end),  % expect: false
    show(fun() -> id(0.0) /= id(-0.0) end).  % expect: false

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
