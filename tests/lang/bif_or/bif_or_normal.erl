%% or: normal.
-module(bif_or_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(true) or id(false) end),  % expect: true
    show(fun() -> id(false) or id(false) end).  % expect: false

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
