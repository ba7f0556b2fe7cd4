%% Supervisors: all strategies, dynamic children, restart intensity, automatic shutdown.
%%
%% A gen_server whose callback is this module. Children are kept in start order as a list of #child records; a simple_one_for_one
%% supervisor keeps one template and a map from pids to arguments.
-module(supervisor).
-behaviour(gen_server).

-export([start_link/2, start_link/3, start_child/2, restart_child/2, delete_child/2, terminate_child/2,
         which_children/1, which_child/2, count_children/1, check_childspecs/1, check_childspecs/2,
         get_childspec/2, get_callback_module/1]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2, terminate/2, code_change/3, '$plan'/1, '$plan'/2, format_status/2, format_log/1, format_log/2]).

-callback init(Args :: term()) -> {ok, {term(), [term()]}} | ignore.

-record(child, {pid = undefined, id, mfargs, restart_type, significant = false, shutdown, child_type, modules = []}).
-record(state, {name, strategy, children = [], dynamics = #{}, intensity, period, restarts = [], auto_shutdown,
                module, args}).

%% ---- Interface ----

start_link(Mod, Args) -> gen_server:start_link(supervisor, {self, Mod, Args}, []).

start_link(Name, Mod, Args) -> gen_server:start_link(Name, supervisor, {Name, Mod, Args}, []).

start_child(Sup, Spec) -> ask(Sup, {start_child, Spec}).
restart_child(Sup, Id) -> ask(Sup, {restart_child, Id}).
delete_child(Sup, Id) -> ask(Sup, {delete_child, Id}).
terminate_child(Sup, Id) -> ask(Sup, {terminate_child, Id}).
get_childspec(Sup, Id) -> ask(Sup, {get_childspec, Id}).
which_children(Sup) -> ask(Sup, which_children).
which_child(Sup, Id) -> ask(Sup, {which_child, Id}).
count_children(Sup) -> ask(Sup, count_children).

ask(Sup, Request) -> gen_server:call(Sup, Request, infinity).

%% The callback module, asked of the process itself by way of its status.
get_callback_module(Pid) ->
    {status, _, {module, _}, [_, _, _, _, Misc]} = sys:get_status(Pid),
    case lists:keyfind(supervisor, 1, Misc) of
        {supervisor, [{"Callback", Mod}]} -> Mod;
        _ ->
            [_, _, {data, [{"State", State}]}] = Misc,
            State#state.module
    end.

check_childspecs(Specs) when is_list(Specs) -> check_childspecs(Specs, undefined);
check_childspecs(X) -> {error, {badarg, X}}.

check_childspecs(Specs, Auto) when is_list(Specs) ->
    case lists:member(Auto, [undefined, never, any_significant, all_significant]) of
        true ->
            case specs(Specs, Auto, [], []) of
                {ok, _} -> ok;
                Error -> {error, Error}
            end;
        false -> {error, {badarg, Auto}}
    end;
check_childspecs(X, _) -> {error, {badarg, X}}.

%% ---- Start ----

init({SupName, Mod, Args}) ->
    process_flag(trap_exit, true),
    Name = case SupName of
        self -> {self(), Mod};
        _ -> SupName
    end,
    case Mod:init(Args) of
        {ok, {Flags, Specs}} ->
            case flags(Flags) of
                {ok, State} ->
                    erts_internal:state_written(supervisor, Mod),
                    start_all(State#state{name = Name, module = Mod, args = Args}, Specs);
                {error, Error} -> {stop, {supervisor_data, Error}}
            end;
        ignore -> ignore;
        Bad -> {stop, {bad_return, {Mod, init, Bad}}}
    end.

start_all(#state{strategy = simple_one_for_one} = State, [Spec]) ->
    case specs([Spec], State#state.auto_shutdown, [], []) of
        {ok, [Template]} -> {ok, State#state{children = [Template]}};
        Error -> {stop, {start_spec, Error}}
    end;
start_all(#state{strategy = simple_one_for_one}, Specs) -> {stop, {bad_start_spec, Specs}};
start_all(State, Specs) when is_list(Specs) ->
    case specs(Specs, State#state.auto_shutdown, [], []) of
        {ok, Children} ->
            case start_children(Children, [], State) of
                {ok, Started} -> {ok, State#state{children = Started}};
                {error, Started, Why} ->
                    _ = terminate_children(lists:reverse(Started), State),
                    {stop, {shutdown, Why}}
            end;
        Error -> {stop, {start_spec, Error}}
    end;
start_all(_, Specs) -> {stop, {bad_start_spec, Specs}}.

start_children([C | Cs], Done, State) ->
    case start_one(C, C#child.mfargs) of
        {ok, undefined} when C#child.restart_type =:= temporary -> start_children(Cs, Done, State);
        {ok, Pid} ->
            progress(C#child{pid = Pid}, State),
            start_children(Cs, [C#child{pid = Pid} | Done], State);
        {ok, Pid, _} ->
            progress(C#child{pid = Pid}, State),
            start_children(Cs, [C#child{pid = Pid} | Done], State);
        {error, Reason} ->
            report(start_error, Reason, C, State),
            {error, lists:reverse(Done), {failed_to_start_child, C#child.id, Reason}}
    end;
start_children([], Done, _) -> {ok, lists:reverse(Done)}.

start_one(_, {M, F, Args}) ->
    try apply(M, F, Args) of
        {ok, Pid} when is_pid(Pid) -> {ok, Pid};
        {ok, Pid, Extra} when is_pid(Pid) -> {ok, Pid, Extra};
        ignore -> {ok, undefined};
        {error, Why} -> {error, Why};
        Why -> {error, Why}
    catch
        throw:{ok, Pid} when is_pid(Pid) -> {ok, Pid};
        throw:ignore -> {ok, undefined};
        throw:{error, Why} -> {error, Why};
        throw:Why -> {error, Why};
        error:Why:Stack -> {error, {'EXIT', {Why, Stack}}};
        exit:Why -> {error, {'EXIT', Why}}
    end.

%% ---- Flags and specifications ----

flags({Strategy, Intensity, Period}) ->
    flags(#{strategy => Strategy, intensity => Intensity, period => Period});
flags(Flags) when is_map(Flags) ->
    #{strategy := S, intensity := I, period := P, auto_shutdown := A} =
        maps:merge(#{strategy => one_for_one, intensity => 1, period => 5, auto_shutdown => never}, Flags),
    Strategies = [one_for_one, one_for_all, rest_for_one, simple_one_for_one],
    case lists:member(S, Strategies) of
        false -> {error, {invalid_strategy, S}};
        true when not is_integer(I); I < 0 -> {error, {invalid_intensity, I}};
        true when not is_integer(P); P < 1 -> {error, {invalid_period, P}};
        true when S =:= simple_one_for_one, A =/= never -> {error, {bad_combination, [{auto_shutdown, A}, {strategy, S}]}};
        true ->
            case lists:member(A, [never, any_significant, all_significant]) of
                true -> {ok, #state{strategy = S, intensity = I, period = P, auto_shutdown = A}};
                false -> {error, {invalid_auto_shutdown, A}}
            end
    end;
flags(Other) -> {error, {invalid_type, Other}}.

specs([Spec | Specs], Auto, Ids, Acc) ->
    case spec(Spec, Auto) of
        {ok, #child{id = Id} = C} ->
            case lists:member(Id, Ids) of
                true -> {duplicate_child_name, Id};
                false -> specs(Specs, Auto, [Id | Ids], [C | Acc])
            end;
        Error -> Error
    end;
specs([], _, _, Acc) -> {ok, lists:reverse(Acc)}.

spec({Id, MFA, Restart, Shutdown, Type, Modules}, Auto) ->
    spec(#{id => Id, start => MFA, restart => Restart, shutdown => Shutdown, type => Type, modules => Modules}, Auto);
spec(#{} = Spec, Auto) ->
    try checked(Spec, Auto)
    catch throw:Error -> Error
    end;
spec(Other, _) -> {invalid_child_spec, Other}.

checked(Spec, Auto) ->
    Id = case Spec of #{id := I} -> I; _ -> throw(missing_id) end,
    MFA = case Spec of #{start := S} -> S; _ -> throw(missing_start) end,
    Restart = maps:get(restart, Spec, permanent),
    Significant = maps:get(significant, Spec, false),
    Type = maps:get(type, Spec, worker),
    Shutdown = maps:get(shutdown, Spec, case Type of supervisor -> infinity; _ -> 5000 end),
    M = case MFA of
        {Mod, F, As} when is_atom(Mod), is_atom(F), is_list(As) -> Mod;
        _ -> throw({invalid_mfa, MFA})
    end,
    Modules = maps:get(modules, Spec, [M]),
    lists:member(Restart, [permanent, transient, temporary]) orelse throw({invalid_restart_type, Restart}),
    is_boolean(Significant) orelse throw({invalid_significant, Significant}),
    Significant andalso Auto =:= never andalso throw({bad_combination, [{auto_shutdown, never}, {significant, true}]}),
    Significant andalso Restart =:= permanent andalso throw({bad_combination, [{restart, permanent}, {significant, true}]}),
    lists:member(Type, [worker, supervisor]) orelse throw({invalid_child_type, Type}),
    is_integer(Shutdown) andalso Shutdown >= 0 orelse Shutdown =:= infinity orelse Shutdown =:= brutal_kill
        orelse throw({invalid_shutdown, Shutdown}),
    check_modules(Modules),
    {ok, #child{id = Id, mfargs = MFA, restart_type = Restart, significant = Significant, shutdown = Shutdown,
                child_type = Type, modules = Modules}}.

check_modules(dynamic) -> ok;
check_modules(Ms) when is_list(Ms) ->
    lists:foreach(fun(M) -> is_atom(M) orelse throw({invalid_module, M}) end, Ms);
check_modules(Ms) -> throw({invalid_modules, Ms}).

%% ---- Requests ----

handle_call({start_child, ExtraArgs}, _, #state{strategy = simple_one_for_one, children = [C]} = State) ->
    #child{mfargs = {M, F, As}} = C,
    try As ++ ExtraArgs of
        Args ->
            case start_one(C, {M, F, Args}) of
                {ok, undefined} -> {reply, {ok, undefined}, State};
                {ok, Pid} -> {reply, {ok, Pid}, add_dynamic(Pid, Args, State)};
                {ok, Pid, Extra} -> {reply, {ok, Pid, Extra}, add_dynamic(Pid, Args, State)};
                Error -> {reply, Error, State}
            end
    catch error:badarg:Stack -> {reply, {error, {'EXIT', {badarg, Stack}}}, State}
    end;
handle_call({start_child, Spec}, _, #state{auto_shutdown = Auto} = State) ->
    case spec(Spec, Auto) of
        {ok, Child} ->
            {Reply, State1} = add_child(Child, State),
            {reply, Reply, State1};
        Error -> {reply, {error, Error}, State}
    end;
handle_call({terminate_child, Pid}, _, #state{strategy = simple_one_for_one, children = [C], dynamics = Ds} = State) ->
    case is_pid(Pid) andalso is_map_key(Pid, Ds) of
        true ->
            stop_child(C#child{pid = Pid}, State),
            {reply, ok, State#state{dynamics = maps:remove(Pid, Ds)}};
        false when is_pid(Pid) ->
            %% A pid that is gone may have been a child: nothing is left to stop.
            Alive = node(Pid) =/= node() orelse is_process_alive(Pid),
            {reply, case Alive of true -> {error, not_found}; false -> ok end, State};
        false -> {reply, {error, simple_one_for_one}, State}
    end;
handle_call({get_childspec, _}, _, #state{strategy = simple_one_for_one, children = [C]} = State) ->
    {reply, {ok, spec_of(C)}, State};
handle_call({Request, _}, _, #state{strategy = simple_one_for_one} = State)
  when Request =:= restart_child; Request =:= delete_child; Request =:= which_child ->
    {reply, {error, simple_one_for_one}, State};
handle_call({terminate_child, Id}, _, State) ->
    case find(Id, State) of
        #child{restart_type = temporary} = C ->
            stop_child(C, State),
            {reply, ok, drop(C, State)};
        #child{} = C ->
            stop_child(C, State),
            {reply, ok, put_child(C#child{pid = undefined}, State)};
        false -> {reply, {error, not_found}, State}
    end;
handle_call({restart_child, Id}, _, State) ->
    case find(Id, State) of
        #child{pid = undefined} = C ->
            case start_one(C, C#child.mfargs) of
                {ok, Pid} ->
                    progress(C#child{pid = Pid}, State),
                    {reply, {ok, Pid}, put_child(C#child{pid = Pid}, State)};
                {ok, Pid, Extra} ->
                    progress(C#child{pid = Pid}, State),
                    {reply, {ok, Pid, Extra}, put_child(C#child{pid = Pid}, State)};
                Error -> {reply, Error, State}
            end;
        #child{pid = {restarting, _}} -> {reply, {error, restarting}, State};
        #child{} -> {reply, {error, running}, State};
        false -> {reply, {error, not_found}, State}
    end;
handle_call({delete_child, Id}, _, State) ->
    case find(Id, State) of
        #child{pid = undefined} = C -> {reply, ok, drop(C, State)};
        #child{pid = {restarting, _}} -> {reply, {error, restarting}, State};
        #child{} -> {reply, {error, running}, State};
        false -> {reply, {error, not_found}, State}
    end;
handle_call({get_childspec, Id}, _, State) ->
    case find(Id, State) of
        #child{} = C -> {reply, {ok, spec_of(C)}, State};
        false -> {reply, {error, not_found}, State}
    end;
handle_call({which_child, Id}, _, State) ->
    case find(Id, State) of
        #child{} = C -> {reply, {ok, shown(C)}, State};
        false -> {reply, {error, not_found}, State}
    end;
handle_call(which_children, _, #state{strategy = simple_one_for_one, children = [C], dynamics = Ds} = State) ->
    {reply, [{undefined, case P of {restarting, _} -> restarting; _ -> P end, C#child.child_type, C#child.modules}
             || P <- maps:keys(Ds)], State};
handle_call(which_children, _, #state{children = Cs} = State) ->
    {reply, [shown(C) || C <- lists:reverse(Cs)], State};
handle_call(count_children, _, State) -> {reply, counts(State), State}.

shown(#child{id = Id, pid = Pid, child_type = T, modules = Ms}) ->
    {Id, case Pid of {restarting, _} -> restarting; _ -> Pid end, T, Ms}.

counts(#state{strategy = simple_one_for_one, children = [#child{child_type = T}], dynamics = Ds}) ->
    N = map_size(Ds),
    Active = length([P || P <- maps:keys(Ds), is_pid(P), is_process_alive(P)]),
    {Sups, Workers} = case T of
        supervisor -> {N, 0};
        worker -> {0, N}
    end,
    [{specs, 1}, {active, Active}, {supervisors, Sups}, {workers, Workers}];
counts(#state{children = Cs}) ->
    Active = length([C || #child{pid = P} = C <- Cs, is_pid(P), is_process_alive(P)]),
    Sups = length([C || #child{child_type = supervisor} = C <- Cs]),
    [{specs, length(Cs)}, {active, Active}, {supervisors, Sups}, {workers, length(Cs) - Sups}].

spec_of(#child{id = Id, mfargs = MFA, restart_type = R, significant = Sig, shutdown = S, child_type = T, modules = Ms}) ->
    #{id => Id, start => MFA, restart => R, significant => Sig, shutdown => S, type => T, modules => Ms}.

find(Id, #state{children = Cs}) -> lists:keyfind(Id, #child.id, Cs).

put_child(C, #state{children = Cs} = State) -> State#state{children = lists:keyreplace(C#child.id, #child.id, Cs, C)}.

drop(C, #state{children = Cs} = State) -> State#state{children = lists:keydelete(C#child.id, #child.id, Cs)}.

add_dynamic(Pid, Args, #state{children = [C], dynamics = Ds} = State) ->
    progress(C#child{pid = Pid, mfargs = setelement(3, C#child.mfargs, Args)}, State),
    State#state{dynamics = Ds#{Pid => Args}}.

add_child(C, State) ->
    case find(C#child.id, State) of
        #child{pid = undefined} -> {{error, already_present}, State};
        #child{pid = Pid} -> {{error, {already_started, Pid}}, State};
        false ->
            case start_one(C, C#child.mfargs) of
                {ok, undefined} when C#child.restart_type =:= temporary -> {{ok, undefined}, State};
                {ok, Pid} -> {{ok, Pid}, append(C#child{pid = Pid}, State)};
                {ok, Pid, Extra} -> {{ok, Pid, Extra}, append(C#child{pid = Pid}, State)};
                {error, Reason} ->
                    report(start_error, Reason, C, State),
                    {{error, {Reason, child_tuple(C)}}, State}
            end
    end.

child_tuple(#child{pid = P, id = Id, mfargs = MFA, restart_type = R, significant = Sig, shutdown = S, child_type = T, modules = Ms}) ->
    {child, P, Id, MFA, R, Sig, S, T, Ms}.

append(C, #state{children = Cs} = State) ->
    progress(C, State),
    State#state{children = Cs ++ [C]}.

handle_cast({try_again_restart, Id}, State) -> try_again(Id, State);
handle_cast(_, State) -> {noreply, State}.

%% ---- Restarting ----

handle_info({'EXIT', Pid, Reason}, State) -> child_died(Pid, Reason, State);
handle_info(Msg, State) ->
    logger:error("Supervisor received unexpected message: ~tp~n", [Msg],
                 #{domain => [otp], error_logger => #{tag => error}}),
    {noreply, State}.

child_died(Pid, Reason, #state{strategy = simple_one_for_one, children = [C], dynamics = Ds} = State) ->
    case Ds of
        #{Pid := Args} ->
            #child{mfargs = {M, F, _}} = C,
            dead(C#child{pid = Pid, mfargs = {M, F, Args}}, Reason, State);
        #{} -> {noreply, State}
    end;
child_died(Pid, Reason, #state{children = Cs} = State) ->
    case lists:keyfind(Pid, #child.pid, Cs) of
        #child{} = C -> dead(C, Reason, State);
        false -> {noreply, State}
    end.

dead(#child{restart_type = permanent} = C, Reason, State) ->
    report(child_terminated, Reason, C, State),
    restart(C, State);
dead(#child{restart_type = transient} = C, Reason, State) ->
    case clean(Reason) of
        true -> ended(C, State);
        false ->
            report(child_terminated, Reason, C, State),
            restart(C, State)
    end;
dead(#child{restart_type = temporary} = C, Reason, State) ->
    clean(Reason) orelse report(child_terminated, Reason, C, State),
    ended(C, State).

clean(normal) -> true;
clean(shutdown) -> true;
clean({shutdown, _}) -> true;
clean(_) -> false.

%% A child that is not restarted: forget it, and see whether its end was significant.
ended(C, State) ->
    State1 = forget(C, State),
    case C#child.significant of
        false -> {noreply, State1};
        true ->
            case State1#state.auto_shutdown of
                any_significant -> {stop, shutdown, State1};
                all_significant ->
                    case [1 || #child{significant = true, pid = P} <- State1#state.children, P =/= undefined] of
                        [] -> {stop, shutdown, State1};
                        _ -> {noreply, State1}
                    end;
                never -> {noreply, State1}
            end
    end.

forget(#child{pid = Pid}, #state{strategy = simple_one_for_one, dynamics = Ds} = State) ->
    State#state{dynamics = maps:remove(Pid, Ds)};
forget(#child{restart_type = temporary} = C, State) -> drop(C, State);
forget(C, State) -> put_child(C#child{pid = undefined}, State).

restart(C, State) ->
    case count_restart(State) of
        {ok, State1} -> restart(State1#state.strategy, C, State1);
        {too_many, State1} ->
            report(shutdown, reached_max_restart_intensity, C, State1),
            {stop, shutdown, forget_dead(C, State1)}
    end.

forget_dead(#child{pid = Pid}, #state{strategy = simple_one_for_one, dynamics = Ds} = State) ->
    State#state{dynamics = maps:remove(Pid, Ds)};
forget_dead(C, State) -> drop(C, State).

count_restart(#state{intensity = Max, period = Period, restarts = Rs} = State) ->
    Now = erlang:monotonic_time(second),
    Recent = [Now | [T || T <- Rs, T >= Now - Period]],
    State1 = State#state{restarts = Recent},
    case length(Recent) =< Max of
        true -> {ok, State1};
        false -> {too_many, State1}
    end.

restart(simple_one_for_one, #child{pid = Old, mfargs = {_, _, Args} = MFA} = C, #state{dynamics = Ds0} = State) ->
    Ds = maps:remove(Old, Ds0),
    case start_one(C, MFA) of
        {ok, undefined} -> {noreply, State#state{dynamics = Ds}};
        Started when element(1, Started) =:= ok ->
            Pid = element(2, Started),
            progress(C#child{pid = Pid}, State),
            {noreply, State#state{dynamics = Ds#{Pid => Args}}};
        {error, Reason} ->
            Key = {restarting, real_pid(Old)},
            report(start_error, Reason, C#child{pid = Key}, State),
            again(Key),
            {noreply, State#state{dynamics = Ds#{Key => Args}}}
    end;
restart(one_for_one, #child{pid = Old} = C, State) ->
    case start_one(C, C#child.mfargs) of
        {error, Reason} ->
            Waiting = C#child{pid = {restarting, real_pid(Old)}},
            report(start_error, Reason, Waiting, State),
            again(C#child.id),
            {noreply, put_child(Waiting, State)};
        Started ->
            New = C#child{pid = element(2, Started)},
            progress(New, State),
            {noreply, put_child(New, State)}
    end;
restart(rest_for_one, C, #state{children = Cs} = State) ->
    {Before, [_ | After]} = lists:splitwith(fun(X) -> X#child.id =/= C#child.id end, Cs),
    restart_many(C, [C#child{pid = undefined} | After], Before, State);
restart(one_for_all, C, #state{children = Cs} = State) ->
    restart_many(C, lists:keyreplace(C#child.id, #child.id, Cs, C#child{pid = undefined}), [], State).

restart_many(C, Affected, Before, State) ->
    Stopped = terminate_children(Affected, State),
    case start_children(Stopped, [], State) of
        {ok, Started} -> {noreply, State#state{children = Before ++ Started}};
        {error, Started, {failed_to_start_child, Id, _}} ->
            Rest = lists:nthtail(length(Started), Stopped),
            Failed = lists:keyfind(Id, #child.id, Rest),
            Rest1 = lists:keyreplace(Id, #child.id, Rest, Failed#child{pid = {restarting, real_pid(C#child.pid)}}),
            again(Id),
            {noreply, State#state{children = Before ++ Started ++ Rest1}}
    end.

real_pid({restarting, Pid}) -> Pid;
real_pid(Pid) -> Pid.

again(Id) -> gen_server:cast(self(), {try_again_restart, Id}).

try_again({restarting, _} = Key, #state{strategy = simple_one_for_one, children = [C], dynamics = Ds} = State) ->
    case Ds of
        #{Key := Args} -> restart(C#child{pid = Key, mfargs = setelement(3, C#child.mfargs, Args)}, State);
        #{} -> {noreply, State}
    end;
try_again(Id, State) ->
    case find(Id, State) of
        #child{pid = {restarting, _}} = C -> restart(C, State);
        _ -> {noreply, State}
    end.

%% ---- Stopping ----

terminate(_, #state{strategy = simple_one_for_one, children = [C], dynamics = Ds} = State) ->
    Pids = [P || P <- maps:keys(Ds), is_pid(P)],
    Mons = maps:from_list([{watch(P), P} || P <- Pids]),
    How = case C#child.shutdown of
        brutal_kill -> kill;
        _ -> shutdown
    end,
    lists:foreach(fun(P) -> exit(P, How) end, Pids),
    Timer = case C#child.shutdown of
        T when is_integer(T) -> erlang:start_timer(T, self(), kill);
        _ -> none
    end,
    await_all(Mons, Timer, How, C, State);
terminate(_, #state{children = Cs} = State) -> terminate_children(Cs, State).

await_all(Mons, Timer, _, _, _) when map_size(Mons) =:= 0 ->
    Timer =/= none andalso erlang:cancel_timer(Timer);
await_all(Mons, Timer, How, C, State) ->
    receive
        {'DOWN', Mon, process, Pid, Reason} when is_map_key(Mon, Mons) ->
            stopped_well(Reason, How, C) orelse report(shutdown_error, Reason, C#child{pid = Pid}, State),
            await_all(maps:remove(Mon, Mons), Timer, How, C, State);
        {timeout, Timer, kill} ->
            lists:foreach(fun(P) -> exit(P, kill) end, maps:values(Mons)),
            await_all(Mons, none, How, C, State)
    end.

stopped_well(killed, kill, _) -> true;
stopped_well(shutdown, _, _) -> true;
stopped_well({shutdown, _}, _, #child{restart_type = R}) -> R =/= permanent;
stopped_well(normal, _, #child{restart_type = R}) -> R =/= permanent;
stopped_well(noproc, _, _) -> true;
stopped_well(_, _, _) -> false.

%% Last started, first stopped. Temporary children are gone for good.
terminate_children(Cs, State) ->
    lists:foreach(fun(C) -> stop_child(C, State) end, lists:reverse(Cs)),
    [C#child{pid = undefined} || C <- Cs, C#child.restart_type =/= temporary].

stop_child(#child{pid = Pid} = C, State) when is_pid(Pid) ->
    case shutdown(C) of
        ok -> ok;
        {error, Why} -> report(shutdown_error, Why, C, State)
    end;
stop_child(_, _) -> ok.

%% The monitor comes before the unlink: a child that dies in between is seen through its exit message.
watch(Pid) ->
    Mon = erlang:monitor(process, Pid),
    unlink(Pid),
    receive
        {'EXIT', Pid, Reason} ->
            erlang:demonitor(Mon, [flush]),
            self() ! {'DOWN', Mon, process, Pid, Reason},
            Mon
    after 0 -> Mon
    end.

shutdown(#child{pid = Pid, shutdown = brutal_kill}) ->
    Mon = watch(Pid),
    exit(Pid, kill),
    receive
        {'DOWN', Mon, process, Pid, killed} -> ok;
        {'DOWN', Mon, process, Pid, noproc} -> ok;
        {'DOWN', Mon, process, Pid, Reason} -> {error, Reason}
    end;
shutdown(#child{pid = Pid, shutdown = Time} = C) ->
    Mon = watch(Pid),
    exit(Pid, shutdown),
    receive
        {'DOWN', Mon, process, Pid, Reason} ->
            case stopped_well(Reason, shutdown, C) of
                true -> ok;
                false -> {error, Reason}
            end
    after Time ->
        exit(Pid, kill),
        receive
            {'DOWN', Mon, process, Pid, Reason} -> {error, Reason}
        end
    end.

%% ---- Code change and status ----

code_change(_, #state{module = Mod, args = Args} = State, _) ->
    case Mod:init(Args) of
        {ok, {Flags, Specs}} ->
            case flags(Flags) of
                {ok, F} ->
                    New = State#state{strategy = F#state.strategy, intensity = F#state.intensity,
                                      period = F#state.period, auto_shutdown = F#state.auto_shutdown},
                    case specs(Specs, F#state.auto_shutdown, [], []) of
                        %% A simple_one_for_one supervisor has one specification, never none.
                        {ok, []} when F#state.strategy =:= simple_one_for_one -> {error, {ok, {[], #{}}}};
                        {ok, Cs} ->
                            erts_internal:state_written(supervisor, Mod),
                            {ok, New#state{children = merge_specs(Cs, State#state.children)}};
                        Error -> {error, Error}
                    end;
                {error, Error} -> {error, Error}
            end;
        ignore -> {ok, State};
        Error -> Error
    end.

%% For the plan of a reload: the module with the arguments of its init/1, and what another answer of that would mean for the children:
%% [{Id, added | removed | changed}].
'$plan'(#state{module = Mod, args = Args}) -> {Mod, Args}.

'$plan'(#state{strategy = simple_one_for_one}, _) -> [];
'$plan'(#state{children = Old}, {ok, {Flags, Specs}}) ->
    {ok, F} = flags(Flags),
    {ok, New} = specs(Specs, F#state.auto_shutdown, [], []),
    Plain = fun(C) -> C#child{pid = undefined} end,
    [{C#child.id, removed} || C <- Old, not lists:keymember(C#child.id, #child.id, New)] ++
        [case lists:keyfind(C#child.id, #child.id, Old) of
             false -> {C#child.id, added};
             _ -> {C#child.id, changed}
         end || C <- New, not lists:member(Plain(C), [Plain(O) || O <- Old])];
'$plan'(_, ignore) -> [].

%% Running children keep their pids under their new specification; those no longer specified stay.
merge_specs(New, Old) ->
    [case lists:keyfind(C#child.id, #child.id, Old) of
         #child{pid = Pid} -> C#child{pid = Pid};
         false -> C
     end || C <- New] ++ [C || C <- Old, not lists:keymember(C#child.id, #child.id, New)].

format_status(terminate, [_, State]) -> State;
format_status(_, [_, #state{module = Mod} = State]) -> [{data, [{"State", State}]}, {supervisor, [{"Callback", Mod}]}].

%% ---- Reports ----

report(What, Reason, C, #state{name = Name}) ->
    logger:log(error,
               #{label => {supervisor, What},
                 report => [{supervisor, Name}, {errorContext, What}, {reason, Reason}, {offender, offender(C)}]},
               #{domain => [otp, sasl], report_cb => fun supervisor:format_log/2,
                 logger_formatter => #{title => "SUPERVISOR REPORT"},
                 error_logger => #{tag => error_report, type => supervisor_report,
                                   report_cb => fun supervisor:format_log/1}}).

progress(C, #state{name = Name}) ->
    case logger:allow(info, supervisor) of
        true ->
            logger:log(info, #{label => {supervisor, progress}, report => [{supervisor, Name}, {started, offender(C)}]},
                       #{domain => [otp, sasl], report_cb => fun supervisor:format_log/2,
                         logger_formatter => #{title => "PROGRESS REPORT"},
                         error_logger => #{tag => info_report, type => progress,
                                           report_cb => fun supervisor:format_log/1}});
        false -> ok
    end.

offender(#child{pid = Pid, id = Id, mfargs = MFA, restart_type = R, significant = Sig, shutdown = S, child_type = T}) ->
    [{pid, Pid}, {id, Id}, {mfargs, MFA}, {restart_type, R}, {significant, Sig}, {shutdown, S}, {child_type, T}].

format_log(Report) -> gen:flatten_text(text(Report)).

format_log(#{report := [{supervisor, Name} | Items]} = Report, #{single_line := true} = Opts) ->
    Child = element(2, lists:last(Items)),
    case named(Child) of
        none -> gen:render_text(text(Report), Opts);
        Shown -> on_one_line([{"Supervisor: ", Name, "."} | about(Items)] ++ Shown, Opts)
    end;
format_log(Report, Opts) -> gen:render_text(text(Report), Opts).

about([{started, _}]) -> [" Started:"];
about([{errorContext, Context}, {reason, Reason}, {offender, _}]) -> [{" Context: ", Context, "."}, {" Reason: ", Reason, "."}, " Offender:"].

%% On one line a child is its id and its pid, or how many there are, whatever the depth.
named([_ | _] = Child) ->
    Id = lists:keyfind(id, 1, Child),
    case {lists:keyfind(nb_children, 1, Child), lists:keyfind(pid, 1, Child)} of
        {{_, Count}, _} when Id =/= false -> [{plain, " id=", element(2, Id), ""}, {plain, ",nb_children=", Count, "."}];
        {false, {_, Pid}} when Id =/= false -> [{plain, " id=", element(2, Id), ""}, {plain, ",pid=", Pid, "."}];
        _ -> none
    end;
named(_) -> none.

%% Texts, and terms between texts; where room is short the limit takes from both.
on_one_line(Parts, Opts) ->
    T = case maps:get(encoding, Opts, unicode) of latin1 -> ""; _ -> "t" end,
    {Print, Extra} = case maps:get(depth, Opts, unlimited) of
        unlimited -> {"p", []};
        Depth -> {"P", [Depth]}
    end,
    Pieces = [case Part of
                  {plain, Before, Term, After} -> {[Before, "~", T, "w", After], [Term]};
                  {Before, Term, After} -> {[Before, "~0", T, Print, After], [Term | Extra]};
                  Text -> {"~ts", [Text]}
              end || Part <- Parts],
    Limit = case maps:get(chars_limit, Opts, unlimited) of unlimited -> []; N -> [{chars_limit, N}] end,
    io_lib:format(lists:flatten([F || {F, _} <- Pieces]), lists:append([A || {_, A} <- Pieces]), Limit).

text(#{label := {supervisor, progress}, report := [{supervisor, Name}, {started, Child}]}) ->
    [{"    supervisor: ~p\n", [Name]}, {"    started: ~p\n", [Child]}];
text(#{report := Items}) -> [{"    " ++ atom_to_list(K) ++ ": ~p\n", [V]} || {K, V} <- Items].
