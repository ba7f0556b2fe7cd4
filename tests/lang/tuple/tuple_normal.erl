%% tuple: normal.
-module(tuple_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> {1, a, "s"} end),  % expect: {1,a,"s"}
    show(fun() -> {} end),  % expect: {}
    show(fun() -> {{}, {{}}} end).  % expect: {{},{{}}}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
