%% less_than: normal.
-module(bif_less_than_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(1) < id(2) end),  % expect: true
    show(fun() -> id(b) < id(a) end),  % expect: false
    show(fun() -> id([1,2]) < id([1,3]) end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
