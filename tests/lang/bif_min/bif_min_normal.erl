%% min: normal.
-module(bif_min_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> min(id(1), id(2)) end),  % expect: 1
    show(fun() -> min(id(b), id(a)) end).  % expect: a

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
