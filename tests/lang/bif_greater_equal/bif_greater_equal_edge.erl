%% greater_equal: edge.
-module(bif_greater_equal_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(2) >= id(2.0) end),  % expect: true
    show(fun() -> id(1 bsl 64) >= id((1 bsl 64) - 1) end),  % expect: true
    show(fun() -> id(0.0) >= id(-0.0) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
