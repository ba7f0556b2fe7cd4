%% process: edge, kill is killed.
-module(process_edge_kill_is_killed).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin process_flag(trap_exit, true), P = spawn_link(fun() -> process_flag(trap_exit, true), receive after infinity -> ok end end), receive after 5 -> ok end, exit(P, kill), receive {'EXIT', P, R} -> R end end end).  % expect: killed

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
