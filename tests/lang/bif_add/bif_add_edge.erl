%% add: edge.
-module(bif_add_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(576460752303423487) + id(1) end),  % expect: 576460752303423488
    show(fun() -> id(1 bsl 70) + id(-(1 bsl 70)) end),  % expect: 0
    show(fun() -> id(1 bsl 70) + id(1.0) end),  % expect: 1.1805916207174113e21
    show(fun() -> id(-576460752303423488) + id(-1) end).  % expect: -576460752303423489

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
