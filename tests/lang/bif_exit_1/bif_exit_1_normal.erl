%% exit_1: normal.
-module(bif_exit_1_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> exit(id(normal)) end),  % expect: exit normal
    show(fun() -> exit(id({shutdown,x})) end).  % expect: exit {shutdown,x}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
