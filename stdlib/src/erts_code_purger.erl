%% Purging old code: who is in it is killed (purge) or keeps it (soft_purge). The work is done by a process of its own, so that it goes
%% on when its caller is among the killed.
-module(erts_code_purger).

-export([purge/1, purge/2, soft_purge/1, soft_purge/2, purge_module/1, users/1, bury/0, begin_burial/1, prepare_loading/2]).

%% {was there old code, was a process killed}
purge(Mod) when is_atom(Mod) -> purge(Mod, prepare).

%% With `carry`, funs of functions that the current version has just so go on there, and who is killed ends with a reason that says so.
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
users(Mod) when is_atom(Mod) -> in_it(Mod, false).

in_process(Work) ->
    %% Ahead of the others, as in OTP: it waits for slice boundaries, and who waits for it may hold up many.
    {Pid, Mon} = spawn_opt(fun() -> exit({answer, Work()}) end, [monitor, {priority, high}]),
    receive
        {'DOWN', Mon, process, Pid, {answer, Answer}} -> Answer;
        {'DOWN', Mon, process, Pid, Why} -> exit(Why)
    end.

%% Code that was prepared and given up goes, and with it the processes that its on_load function or a rehearsal has left in it.
bury() -> in_process(fun do_bury/0).

%% The answer of persistent_term:put/2 and erase/1, when much was replaced and erased: nobody waits for what goes.
begin_burial(Answer) ->
    spawn_opt(fun do_bury/0, [{priority, high}]),
    Answer.

%% erlang:prepare_loading/2, when much was given up.
prepare_loading(Mod, Bin) ->
    bury(),
    erlang:prepare_loading(Mod, Bin).

do_bury() ->
    case prepare([], prepare) of
        false -> ok;
        true ->
            lists:foreach(fun kill/1, in_it([], true)),
            true = erts_internal:purge_module([], complete),
            ok
    end.

do_purge(Mod, How) ->
    do_bury(),
    case prepare(Mod, How) of
        false -> {false, false};
        true ->
            Users = in_it(Mod, true),
            lists:foreach(case How of carry -> killer(Mod); prepare -> fun kill/1 end, Users),
            true = erts_internal:purge_module(Mod, complete),
            {true, Users =/= []}
    end.

do_soft_purge(Mod, How) ->
    do_bury(),
    case prepare(Mod, How) of
        false -> true;
        true ->
            %% Looked at before anything is copied: a user costs nobody.
            case in_it(Mod, false) =:= [] andalso in_it(Mod, true) =:= [] of
                true -> erts_internal:purge_module(Mod, complete);
                false ->
                    erts_internal:purge_module(Mod, abort),
                    false
            end
    end.

%% From here on nobody enters the old code, and no process starts with something of it, so one walk over the processes finds all.
prepare(Mod, How) ->
    case erts_internal:purge_module(Mod, How) of
        busy ->
            receive after 1 -> prepare(Mod, How) end;
        Is -> Is
    end.

%% The processes in the old code. Sleeping ones are looked at many at a time, running ones are asked. With Evacuate, those that are not in it
%% give up its literals.
in_it(Mod, Evacuate) -> in_it(Mod, Evacuate, 0).

in_it(_, _, done) -> [];
in_it(Mod, Evacuate, From) ->
    {Users, Busy, Next} = erts_internal:sweep_old_code(Mod, Evacuate, From),
    Users ++ [P || P <- Busy, P =/= self(), is_in(P, Mod, Evacuate)] ++ in_it(Mod, Evacuate, Next).

is_in(P, Mod, true) -> erts_internal:evacuate_old_code(P, Mod);
is_in(P, Mod, false) -> erlang:check_process_code(P, Mod).

kill(Pid) -> kill(Pid, killed).

%% Purges that OTP does not know: the reason is not OTP's either.
killer(Mod) ->
    {_, #{version := V}} = erts_internal:module_versions(Mod),
    fun(P) -> kill(P, {killed, {purge, Mod, V}}) end.

kill(Pid, Reason) ->
    Mon = erlang:monitor(process, Pid),
    erts_internal:kill(Pid, Reason),
    receive {'DOWN', Mon, process, Pid, _} -> ok end.
