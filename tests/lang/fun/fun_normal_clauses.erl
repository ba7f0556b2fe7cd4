%% fun: normal, clauses.
-module(fun_normal_clauses).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin F = fun(0) -> zero; (N) when N > 0 -> pos; (_) -> neg end, [F(0), F(1), F(-1)] end end).  % expect: [zero,pos,neg]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
