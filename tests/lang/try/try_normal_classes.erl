%% try: normal, classes.
-module(try_normal_classes).
-export([start/0, id/1]).

f(F) -> try F() catch throw:X -> {throw, X}; error:X -> {error, X}; exit:X -> {exit, X} end.

start() ->
    show(fun() -> f(fun() -> throw(a) end) end),  % expect: {throw,a}
    show(fun() -> f(fun() -> error(b) end) end),  % expect: {error,b}
    show(fun() -> f(fun() -> exit(c) end) end),  % expect: {exit,c}
    show(fun() -> f(fun() -> fine end) end).  % expect: fine

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
