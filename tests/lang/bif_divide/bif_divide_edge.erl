%% divide: edge.
-module(bif_divide_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(1 bsl 100) / id(1 bsl 99) end),  % expect: 2.0
    show(fun() -> id(0) / id(5) end),  % expect: 0.0
    show(fun() -> id(-7) / id(2) end).  % expect: -3.5

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
