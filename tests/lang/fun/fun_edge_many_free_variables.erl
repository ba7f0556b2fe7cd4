%% fun: edge, many free variables.
-module(fun_edge_many_free_variables).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin [A,B,C,D,E,F,G,H] = id([1,2,3,4,5,6,7,8]), Fn = fun(I) -> A+B+C+D+E+F+G+H+I end, Fn(9) end end).  % expect: 45

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
