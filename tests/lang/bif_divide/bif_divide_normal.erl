%% divide: normal.
-module(bif_divide_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(10) / id(4) end),  % expect: 2.5
    show(fun() -> id(1) / id(3) end),  % expect: 0.3333333333333333
    show(fun() -> id(9) / id(3) end).  % expect: 3.0

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
