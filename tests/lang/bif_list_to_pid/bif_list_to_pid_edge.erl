%% list_to_pid: edge.
-module(bif_list_to_pid_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> pid_to_list(list_to_pid(id("<0.12.0>"))) end).  % expect: "<0.12.0>"

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
