%% spawn_monitor: edge, other node.
-module(bif_spawn_monitor_edge_other_node).
-export([start/0, id/1]).

start() ->
    process_flag(trap_exit, true),
    logger:set_primary_config(level, none),
    show(fun() -> ends(spawn_monitor(id('a@b'), fun() -> ok end)) end),  % expect: {pid_and_ref,true,{'DOWN',noconnection}}
    show(fun() -> ends(spawn_monitor(id('a@b'), lists, reverse, [[]])) end).  % expect: {pid_and_ref,true,{'DOWN',noconnection}}

%% What comes of a process that could not start where it should.
ends({P, M}) -> {pid_and_ref, is_pid(P), receive {Tag, M, process, P, R} -> {Tag, R} after 2000 -> nothing end};
ends(P) when is_pid(P) ->
    M = monitor(process, P),
    receive {'DOWN', M, process, P, R} when R =:= noconnection; R =:= noproc -> ok end,
    {pid, node(P) =:= node(), receive {'EXIT', P, Why} -> {exit, Why} after 0 -> no_exit end};
ends(R) when is_reference(R) ->
    receive {Tag, R, error, Why} -> {Tag, Why}; {Tag, R, ok, P} -> {Tag, is_pid(P)} after 50 -> nothing end.

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
