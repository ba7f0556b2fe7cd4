%% equal: error.
-module(bif_equal_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> id([]) == id({}) end),  % expect: false
    show(fun() -> id(<<>>) == id([]) end),  % expect: false
    show(fun() -> id(a) == id("a") end).  % expect: false

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
