%% fun: normal, closure.
-module(fun_normal_closure).
-export([start/0, id/1]).

mk(X) -> fun(Y) -> {X, Y} end.

start() ->
    show(fun() -> begin N = id(10), F = fun(X) -> X + N end, [F(1), F(2)] end end),  % expect: "\v\f"
    show(fun() -> (mk(a))(b) end).  % expect: {a,b}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
