%% The transaction of a reload: who must convert its state, the rehearsal on copies, and the step itself.
%%
%%   suspend -> keep states -> switch all modules -> code_change everywhere -> carry frames -> resume
%%      any failure: switch back -> put kept states back -> resume everybody
%%
%% Nothing is switched before every server stands still and its state is kept, so whatever fails, the system is as it was.
-module(transom_upgrade).

-export([servers/1, states/1, funs/1, rehearse/3, in_known_state/3, upgrade/3, downgrade/3, carry/1, clear_old/2, users/1, old_places/1, run_on_load/1]).

-define(HEAP_WORDS, 4000000).
-define(REDUCTIONS, 20000000).

%%% Who keeps state of these modules

%% [{Pid, Module, Behaviour, Version}], callers before those they may call: later started and deeper ones first. Version is the one that made or
%% converted the state, 0 when no behaviour has noted it.
servers(Modules) ->
    Found = [{depth(P), P, M, B, V} || {P, M0, B0, V} <- states(Modules), {M, B} <- server(P, M0, B0, Modules)],
    [{P, M, B, V} || {_, P, M, B, V} <- lists:reverse(lists:usort(Found))].

%% Who keeps a state of these modules, of all modules when there are none, as the behaviours have noted it: [{Pid, Module, Behaviour, Version}].
states(Modules) ->
    %% An event manager that noted nothing is asked for its handlers.
    Asked = case Modules of
                [] -> [];
                _ -> [gen_event | Modules]
            end,
    sweep(fun(From) -> erts_internal:sweep_states(Asked, From) end,
          fun(P) -> [S || {_, M, B, _} = S <- erts_internal:kept_states(P),
                          (Modules =:= [] andalso B =/= undefined) orelse lists:member(M, Asked)]
          end, 0).

%% Who holds funs of the modules, and where: [{Pid | {ets, Name} | {persistent_term, Key}, Place, Module, Function, Arity, Version, Count}].
funs(Modules) ->
    erts_internal:held_funs(Modules) ++
        sweep(fun(From) -> erts_internal:sweep_funs(Modules, From) end, fun(P) -> erts_internal:held_funs(P, Modules) end, 0).

%% All stretches of the process table; those that run just now are asked one by one.
sweep(_, _, done) -> [];
sweep(Look, Ask, From) ->
    {Found, Busy, Next} = Look(From),
    Found ++ lists:append([Ask(P) || P <- Busy, P =/= self()]) ++ sweep(Look, Ask, Next).

server(Pid, gen_event, undefined, Modules) -> handlers(Pid, Modules);
server(Pid, M, gen_event, _) -> handlers(Pid, [M]);
server(_, supervisor, undefined, _) -> [];
server(_, M, undefined, _) -> [{M, behaviour(M)} || behaviour(M) =/= none];
server(_, M, B, _) -> [{M, B}].

handlers(Pid, Modules) ->
    try gen_event:which_handlers(Pid) of
        Hs when is_list(Hs) ->
            Ms = lists:usort([case H of {M, _} -> M; M -> M end || H <- Hs]),
            [{M, gen_event} || M <- Ms, lists:member(M, Modules)];
        _ -> []
    catch _:_ -> []
    end.

behaviour(M) ->
    Attributes = case erlang:module_loaded(M) of
                     true -> erlang:get_module_info(M, attributes);
                     false -> []
                 end,
    Named = lists:append([V || {K, V} <- Attributes, K =:= behaviour orelse K =:= behavior]),
    case [B || B <- Named, lists:member(B, [gen_server, gen_statem, supervisor])] of
        [B | _] -> B;
        [] ->
            %% Without the attribute, the callbacks tell.
            Has = fun(F, A) -> erlang:function_exported(M, F, A) end,
            case {Has(callback_mode, 0), Has(handle_call, 3)} of
                {true, _} -> gen_statem;
                {_, true} -> gen_server;
                _ -> none
            end
    end.

depth(Pid) ->
    case process_info(Pid, dictionary) of
        {dictionary, D} -> length(proplists:get_value('$ancestors', D, []));
        undefined -> 0
    end.

%%% Rehearsal

%% Convert(Module, Behaviour, State) runs in a throwaway process with bounded heap and reductions, on a copy of each live state.
%% Answers #{Module => #{converted, failed => [{Pid, Why}], silent => [Pid]}}.
rehearse(Servers, Convert, Timeout) ->
    lists:foldl(fun({P, M, B}, Acc) ->
                        Old = maps:get(M, Acc, #{converted => 0, failed => [], silent => []}),
                        Acc#{M => rehearse_one(P, M, B, Convert, Timeout, Old)}
                end, #{}, lists:reverse(Servers)).

rehearse_one(P, M, B, Convert, Timeout, #{converted := N, failed := F, silent := S} = Acc) ->
    case state(P, M, B, Timeout) of
        {ok, State} ->
            case throwaway(fun() -> Convert(M, B, State) end, Timeout) of
                ok -> Acc#{converted := N + 1};
                {error, Why} -> Acc#{failed := [{P, Why} | F]}
            end;
        gone -> Acc;
        silent -> Acc#{silent := [P | S]}
    end.

state(P, M, B, Timeout) ->
    try sys:get_state(P, Timeout) of
        Handlers when B =:= gen_event -> {ok, [S || {H, _, S} <- Handlers, H =:= M]};
        State -> {ok, State}
    catch
        exit:{Why, _} when Why =:= noproc; Why =:= normal; Why =:= shutdown -> gone;
        exit:{{Why, _}, _} when Why =:= shutdown -> gone;
        _:_ -> case is_process_alive(P) of true -> silent; false -> gone end
    end.

throwaway(Work, Timeout) ->
    Limit = #{size => ?HEAP_WORDS, kill => true, error_logger => false},
    {Pid, Mon} = spawn_opt(fun() -> exit({rehearsed, outcome(Work)}) end, [monitor, {max_heap_size, Limit}]),
    watch(Pid, Mon, erlang:monotonic_time(millisecond) + Timeout).

outcome(Work) ->
    try Work() of
        {ok, _} -> ok;
        {ok, _, _} -> ok;
        Other -> {error, {bad_return, Other}}
    catch
        throw:{ok, _} -> ok;
        Class:Reason:Stack -> {error, {Class, Reason, [F || F <- Stack, element(1, F) =/= ?MODULE]}}
    end.

%% A state machine whose states are functions must find the function of its state in the new code, or it would end at its next event.
in_known_state(gen_statem, Prepared, {ok, State, _} = Outcome) ->
    Modes = lists:flatten([erts_internal:call_prepared(Prepared, callback_mode, [])]),
    case lists:member(state_functions, Modes) andalso not (is_atom(State) andalso erts_internal:prepared_exports(Prepared, State, 3)) of
        true -> erlang:error({no_such_state, State});
        false -> Outcome
    end;
in_known_state(_, _, Outcome) -> Outcome.

watch(Pid, Mon, End) ->
    receive
        {'DOWN', Mon, _, _, {rehearsed, Outcome}} -> Outcome;
        {'DOWN', Mon, _, _, killed} -> {error, heap_limit};
        {'DOWN', Mon, _, _, Why} -> {error, {exit, Why, []}}
    after 5 ->
        Used = case process_info(Pid, reductions) of
                   {_, R} -> R;
                   undefined -> 0
               end,
        case {Used > ?REDUCTIONS, erlang:monotonic_time(millisecond) > End} of
            {false, false} -> watch(Pid, Mon, End);
            {TooMany, _} ->
                exit(Pid, kill),
                receive
                    {'DOWN', Mon, _, _, {rehearsed, Outcome}} -> Outcome;
                    {'DOWN', Mon, _, _, _} -> {error, case TooMany of true -> reduction_limit; false -> time_limit end}
                end
        end
    end.

%%% on_load of prepared code, in private

run_on_load(Prepared) ->
    {Pid, Mon} = spawn_monitor(fun() -> exit({on_load, erts_internal:prepared_on_load(Prepared)}) end),
    receive
        {'DOWN', Mon, _, _, {on_load, ok}} -> ok;
        {'DOWN', Mon, _, _, Why} -> {error, Why}
    after 5000 ->
        exit(Pid, kill),
        receive {'DOWN', Mon, _, _, _} -> {error, timeout} end
    end.

%%% Old code

%% Funs and frames of functions that did not change go on in the current version. Who is still in old code, per module.
carry(Modules) ->
    [erts_internal:carry_funs(M) || M <- Modules],
    case [M || M <- Modules, erlang:check_old_code(M)] of
        [] -> [];
        Old ->
            Found = sweep(fun(From) -> erts_internal:sweep_carry(Old, From) end,
                          fun(P) -> [{M, P} || M <- Old, erts_internal:carry_frames(P, M)] end, 0),
            Users = maps:groups_from_list(fun({M, _}) -> M end, fun({_, P}) -> P end, Found),
            [{M, maps:get(M, Users, [])} || M <- Old]
    end.

users(Modules) -> [{M, Ps} || {M, [_ | _] = Ps} <- carry(Modules)].

%% Where those who finish in old code are.
old_places(InOld) ->
    case [M || {M, [_ | _]} <- InOld] of
        [] -> [];
        Modules -> [P || {_, _, _, _, _, old} = P <- erts_internal:code_places(Modules)]
    end.

%% Old code of the modules goes, if nobody is in it any more; with `kill` who is dies. Answers those killed, or who is in the way.
clear_old(Modules, How) ->
    case users(Modules) of
        [_ | _] = Users when How =:= keep -> {in_use, Users};
        Users -> {ok, lists:usort(lists:append([Ps || {_, Ps} <- Users])), [M || M <- Modules, purge(M, How)]}
    end.

purge(M, How) ->
    case How of
        kill -> erts_code_purger:purge(M, carry);
        keep -> erts_code_purger:soft_purge(M, carry)
    end,
    true.

%%% The step

%% Prepared: [{Module, Prepared, File}]. Convert: [{Pid, Module, Behaviour, OldVsn}] whose code_change must run.
%% `{ok, #{moved, converted, microseconds}}` or `{error, Step, Why}`, and then nothing has changed.
upgrade(Prepared, Convert, #{timeout := Timeout} = Opts) ->
    Modules = [M || {M, _, _} <- Prepared],
    Fresh = [M || M <- Modules, not erlang:module_loaded(M)],
    Switch = fun() -> erts_internal:switch_code([P || {_, P, _} <- Prepared], [], []) end,
    Back = fun() -> true = erts_internal:switch_code([], Modules -- Fresh, Fresh) end,
    within(Convert, Timeout, fun(Kept) ->
        Begin = erlang:monotonic_time(microsecond),
        case Switch() of
            true ->
                Took = erlang:monotonic_time(microsecond) - Begin,
                case convert(Convert, maps:get(extra, Opts, []), Timeout) of
                    ok ->
                        lists:foreach(fun({M, _, File}) -> erts_internal:module_file(M, File) end, Prepared),
                        {ok, #{converted => length(Convert), microseconds => Took}};
                    {error, _, _} = Error ->
                        Back(),
                        put_back(Kept, Timeout),
                        Error
                end;
            {Why, Ms} -> {error, switch, {Why, Ms}}
        end
    end).

%% Back to the versions before. States go back first, by the code that knows them: code_change({down, Vsn}, ...).
downgrade(#{swap := Swap, load := Load, delete := Delete}, Convert, #{timeout := Timeout} = Opts) ->
    within(Convert, Timeout, fun(Kept) ->
        case convert(Convert, maps:get(extra, Opts, []), Timeout) of
            ok ->
                Begin = erlang:monotonic_time(microsecond),
                case erts_internal:switch_code([P || {_, P, _} <- Load], Swap, Delete) of
                    true ->
                        Took = erlang:monotonic_time(microsecond) - Begin,
                        %% The code that converted them is not the one they are states of.
                        [erts_internal:state_written(P, B, M, current) || {P, M, B, _} <- Convert],
                        {ok, #{converted => length(Convert), microseconds => Took}};
                    {Why, Ms} ->
                        put_back(Kept, Timeout),
                        {error, switch, {Why, Ms}}
                end;
            {error, _, _} = Error ->
                put_back(Kept, Timeout),
                Error
        end
    end).

%% Suspends, keeps what they keep, does the work, resumes all in the opposite order. Who was suspended before stays so.
within(Convert, Timeout, Work) ->
    Pids = lists:uniq([P || {P, _, _, _} <- Convert]),
    case suspend_all(Pids, Timeout, []) of
        {ok, Suspended} ->
            try keep(Pids, Timeout) of
                {ok, Kept} -> Work(Kept);
                {error, _, _} = Error -> Error
            after resume_all(Suspended)
            end;
        {error, Suspended, P, Why} ->
            resume_all(Suspended),
            {error, suspend, {P, Why}}
    end.

suspend_all([P | Rest], Timeout, Done) ->
    case process_info(P, current_function) of
        undefined -> suspend_all(Rest, Timeout, Done);
        {_, {sys, suspend_loop, _}} -> suspend_all(Rest, Timeout, Done);
        _ ->
            try sys:suspend(P, Timeout) of
                ok -> suspend_all(Rest, Timeout, [P | Done])
            catch
                exit:{Why, _} ->
                    case is_process_alive(P) of
                        true -> {error, Done, P, Why};
                        false -> suspend_all(Rest, Timeout, Done)
                    end
            end
    end;
suspend_all([], _, Done) -> {ok, Done}.

%% Latest suspended first.
resume_all(Suspended) ->
    lists:foreach(fun(P) -> try sys:resume(P, infinity) catch exit:_ -> gone end end, Suspended).

keep(Pids, Timeout) ->
    try {ok, lists:append([kept(P, Timeout) || P <- Pids])}
    catch throw:{silent, P} -> {error, suspend, {P, timeout}}
    end.

kept(P, Timeout) ->
    case ask(P, {'$transom', keep}, Timeout) of
        {ok, {ok, Misc}} -> [{P, Misc, erts_internal:kept_states(P)}];
        gone -> [];
        {ok, Other} -> throw({silent, {P, Other}});
        timeout -> throw({silent, P})
    end.

put_back(Kept, Timeout) ->
    lists:foreach(fun({P, Misc, States}) ->
                          ask(P, {'$transom', put_back, Misc}, Timeout),
                          [erts_internal:state_written(P, B, M, V) || {_, M, B, V} <- States, B =/= undefined]
                  end, Kept).

ask(P, Request, Timeout) ->
    try gen:call(P, system, Request, Timeout) of
        {ok, Answer} -> {ok, Answer}
    catch
        exit:timeout -> timeout;
        exit:_ -> gone
    end.

%% A server that died meanwhile has no state to convert.
convert([{P, M, _, Vsn} | Rest], Extra, Timeout) ->
    try sys:change_code(P, M, Vsn, Extra, Timeout) of
        ok -> convert(Rest, Extra, Timeout);
        {error, Why} -> {error, code_change, {P, M, Why}}
    catch
        exit:{Why, _} ->
            case is_process_alive(P) of
                false -> convert(Rest, Extra, Timeout);
                true ->
                    %% It may still be at it and would change its state after we put it back: wait for it, bounded by its own limit.
                    _ = ask(P, get_state, 60000),
                    {error, code_change, {P, M, Why}}
            end
    end;
convert([], _, _) -> ok.
