%% Purging old code: who is in it is killed (purge) or keeps it (soft_purge). The work is done by a process of its own, so that it goes
%% on when its caller is among the killed.
-module(erts_code_purger).

-export([purge/1, purge/2, soft_purge/1, soft_purge/2, purge_module/1, users/1]).

%% {was there old code, was a process killed}
purge(Mod) when is_atom(Mod) -> purge(Mod, prepare).

%% With `carry`, funs of functions that the current version has just so go on there.
purge(Mod, How) -> in_process(fun() -> do_purge(Mod, How) end).

%% false when a process uses the old code, which then stays.
soft_purge(Mod) when is_atom(Mod) -> soft_purge(Mod, prepare).

soft_purge(Mod, How) -> in_process(fun() -> do_soft_purge(Mod, How) end).

%% erlang:purge_module/1, once there is old code.
purge_module(Mod) ->
    case purge(Mod) of
        {true, _} -> true;
        {false, _} -> erlang:error(badarg, [Mod])
    end.

%% The processes in old code.
users(Mod) when is_atom(Mod) -> [P || P <- processes(), erlang:check_process_code(P, Mod)].

in_process(Work) ->
    {Pid, Mon} = spawn_monitor(fun() -> exit({answer, Work()}) end),
    receive
        {'DOWN', Mon, process, Pid, {answer, Answer}} -> Answer;
        {'DOWN', Mon, process, Pid, Why} -> exit(Why)
    end.

do_purge(Mod, How) ->
    case prepare(Mod, How) of
        false -> {false, false};
        true ->
            Killed = clear(Mod, processes(), #{}, false),
            true = erts_internal:purge_module(Mod, complete),
            {true, Killed}
    end.

do_soft_purge(Mod, How) ->
    case prepare(Mod, How) of
        false -> true;
        true ->
            case lists:any(fun(P) -> erlang:check_process_code(P, Mod) end, processes()) of
                true ->
                    erts_internal:purge_module(Mod, abort),
                    false;
                false ->
                    %% A process may have entered it by a fun until just now.
                    case survey(Mod, processes(), #{}) of
                        in_use ->
                            erts_internal:purge_module(Mod, abort),
                            false;
                        free -> erts_internal:purge_module(Mod, complete)
                    end
            end
    end.

prepare(Mod, How) ->
    case erts_internal:purge_module(Mod, How) of
        busy ->
            receive after 1 -> prepare(Mod, How) end;
        Is -> Is
    end.

%% Every process, and those that they started meanwhile: a new one may hold literals of the old code in its arguments.
clear(Mod, Pids, Seen, Killed) ->
    Hit = [P || P <- Pids, P =/= self(), erts_internal:evacuate_old_code(P, Mod)],
    lists:foreach(fun kill/1, Hit),
    Now = lists:foldl(fun(P, Acc) -> Acc#{P => true} end, Seen, Pids),
    case new(Now) of
        [] -> Killed orelse Hit =/= [];
        New -> clear(Mod, New, Now, Killed orelse Hit =/= [])
    end.

survey(Mod, Pids, Seen) ->
    case lists:any(fun(P) -> P =/= self() andalso erts_internal:evacuate_old_code(P, Mod) end, Pids) of
        true -> in_use;
        false ->
            Now = lists:foldl(fun(P, Acc) -> Acc#{P => true} end, Seen, Pids),
            case new(Now) of
                [] -> free;
                New -> survey(Mod, New, Now)
            end
    end.

new(Seen) -> [P || P <- processes(), not is_map_key(P, Seen)].

kill(Pid) ->
    Mon = erlang:monitor(process, Pid),
    exit(Pid, kill),
    receive {'DOWN', Mon, process, Pid, _} -> ok end.
