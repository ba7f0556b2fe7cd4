%% spawn_monitor: normal.
-module(bif_spawn_monitor_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin {P, M} = spawn_monitor(fun() -> exit(why) end), receive {'DOWN', M, process, P, R} -> R end end end).  % expect: why

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
