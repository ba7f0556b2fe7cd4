%% exit_1: edge.
-module(bif_exit_1_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> exit(id(kill)) end),  % expect: exit kill
    show(fun() -> exit(id("str")) end).  % expect: exit "str"

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
