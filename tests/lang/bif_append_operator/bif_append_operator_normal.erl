%% append_operator: normal.
-module(bif_append_operator_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> id([1]) ++ id([2]) end),  % expect: [1,2]
    show(fun() -> id([]) ++ id([1]) end),  % expect: [1]
    show(fun() -> "ab" ++ id("cd") end).  % expect: "abcd"

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
