%% monitor: normal.
-module(bif_monitor_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin P = spawn(fun() -> exit(oops) end), M = monitor(process, P), receive {'DOWN', M, process, P, R} when R =:= oops; R =:= noproc -> down end end end).  % expect: down

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
