%% fun: edge, nested closures.
-module(fun_edge_nested_closures).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin A = id(1), (((fun(B) -> fun(C) -> fun(D) -> {A,B,C,D} end end end)(2))(3))(4) end end),  % expect: {1,2,3,4}
    show(fun() -> (((fun(A) -> fun(B) -> fun(C) -> [A,B,C] end end end)(1))(2))(3) end).  % expect: [1,2,3]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
