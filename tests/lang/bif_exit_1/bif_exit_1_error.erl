%% exit_1: error.
-module(bif_exit_1_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> exit(id({'EXIT',1})) end).  % expect: exit {'EXIT',1}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
