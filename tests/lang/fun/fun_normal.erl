%% fun: normal.
-module(fun_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> (fun(X) -> X * 2 end)(4) end),  % expect: 8
    show(fun() -> begin F = fun(X, Y) -> X + Y end, F(1, 2) end end).  % expect: 3

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
