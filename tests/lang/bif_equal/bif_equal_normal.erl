%% equal: normal.
-module(bif_equal_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(1) == id(1) end),  % expect: true
    show(fun() -> id(1) == id(1.0) end),  % expect: true
    show(fun() -> id(a) == id(b) end).  % expect: false

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
