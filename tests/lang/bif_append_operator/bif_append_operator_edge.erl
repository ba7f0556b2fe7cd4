%% append_operator: edge.
-module(bif_append_operator_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> id([1]) ++ id(2) end),  % expect: [1|2]
    show(fun() -> id([]) ++ id(x) end),  % expect: x
    show(fun() -> id([1,2]) ++ id([]) end).  % expect: [1,2]

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
