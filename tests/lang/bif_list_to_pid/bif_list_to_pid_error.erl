%% list_to_pid: error.
-module(bif_list_to_pid_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> list_to_pid(id("<0.1>")) end),  % expect: error badarg
    show(fun() -> list_to_pid(id("0.1.0")) end),  % expect: error badarg
    show(fun() -> list_to_pid(id(a)) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
