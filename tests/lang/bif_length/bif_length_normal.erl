%% length: normal.
-module(bif_length_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> length(id([1,2])) end),  % expect: 2
    show(fun() -> length(id([])) end).  % expect: 0

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
