%% max: normal.
-module(bif_max_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> max(id(1), id(2)) end),  % expect: 2
    show(fun() -> max(id(b), id(a)) end).  % expect: b

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
