%% greater: normal.
-module(bif_greater_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(2) > id(1) end),  % expect: true
    show(fun() -> id("b") > id("a") end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
