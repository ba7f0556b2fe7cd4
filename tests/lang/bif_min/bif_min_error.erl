%% min: error.
-module(bif_min_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> min(id(a), id(1)) end),  % expect: 1
    show(fun() -> min(id("x"), id(#{})) end).  % expect: #{}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
