%% float: normal.
-module(float_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> id(0.1) + id(0.2) end),  % expect: 0.30000000000000004
    show(fun() -> id(1.0) / 3 end),  % expect: 0.3333333333333333
    show(fun() -> id(2.0) * 3 end).  % expect: 6.0

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
