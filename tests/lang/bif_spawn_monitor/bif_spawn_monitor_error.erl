%% spawn_monitor: error.
-module(bif_spawn_monitor_error).
-export([start/0, id/1]).

start() ->
    show(fun() -> spawn_monitor(id(a)) end),  % expect: error badarg
    show(fun() -> spawn_monitor(m, f, id(b)) end).  % expect: error badarg

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
