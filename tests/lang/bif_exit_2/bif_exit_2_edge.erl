%% exit_2: edge.
-module(bif_exit_2_edge).
-export([start/0, id/1]).
-include("../waiting.hrl").

start() ->
    show(fun() -> begin P = spawn(fun() -> receive after infinity -> ok end end), M = monitor(process, P), exit(P, kill), receive {'DOWN', M, _, _, R} -> R end end end),  % expect: killed
    show(fun() -> begin P = waiting(spawn(fun() -> process_flag(trap_exit, true), receive {'EXIT', _, W} -> exit({got, W}) end end)), M = monitor(process, P), exit(P, soft), receive {'DOWN', M, _, _, R} -> R end end end),  % expect: {got,soft}
    show(fun() -> begin P = spawn(fun() -> receive stop -> ok end end), exit(P, normal), receive after 5 -> ok end, is_process_alive(P) end end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
