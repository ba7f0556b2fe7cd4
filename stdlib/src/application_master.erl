%% The process at the top of a running application: group leader of its processes, and the one that starts and stops it.
%%
%% The callback runs in a helper that the top supervisor is linked to; the master itself only passes on I/O and waits for the end.
-module(application_master).

-export([start_link/4, init/4, start_it/5]).

start_link(Controller, App, Mod, Phases) ->
    proc_lib:spawn_link(application_master, init, [Controller, App, Mod, Phases]).

init(Controller, App, {Mod, Args}, Phases) ->
    process_flag(trap_exit, true),
    Device = group_leader(),
    group_leader(self(), self()),
    Starter = spawn_link(application_master, start_it, [self(), App, Mod, Args, Phases]),
    starting(Controller, App, Starter, Device).

%% ---- The helper ----

start_it(Master, App, Mod, Args, Phases) ->
    process_flag(trap_exit, true),
    Result = try Mod:start(normal, Args)
        catch
            throw:R -> R;
            error:R:St -> {'EXIT', {R, St}};
            exit:R -> {'EXIT', R}
        end,
    case Result of
        {ok, Pid} when is_pid(Pid) -> phases(Master, App, Mod, Pid, [], Phases);
        {ok, Pid, State} when is_pid(Pid) -> phases(Master, App, Mod, Pid, State, Phases);
        {error, Why} -> Master ! {failed, self(), {Why, {Mod, start, [normal, Args]}}};
        Other -> Master ! {failed, self(), {bad_return, {{Mod, start, [normal, Args]}, Other}}}
    end.

phases(Master, App, Mod, Pid, State, [{Phase, M, Arg} | T]) ->
    case catch M:start_phase(Phase, normal, Arg) of
        ok -> phases(Master, App, Mod, Pid, State, T);
        {error, Why} ->
            take_down(Pid),
            Master ! {failed, self(), {Why, {M, start_phase, [Phase, normal, Arg]}}};
        Other ->
            take_down(Pid),
            Master ! {failed, self(), {bad_return_value, {{M, start_phase, [Phase, normal, Arg]}, Other}}}
    end;
phases(Master, _, Mod, Pid, State, _) ->
    Master ! {started, self(), Pid},
    watch(Master, Mod, Pid, State).

watch(Master, Mod, Pid, State) ->
    receive
        {'EXIT', Pid, Reason} ->
            _ = (catch Mod:stop(State)),
            Master ! {ended, self(), Reason};
        stop ->
            Prepared = case erlang:function_exported(Mod, prep_stop, 1) of
                true ->
                    case catch Mod:prep_stop(State) of
                        {'EXIT', _} -> State;
                        S -> S
                    end;
                false -> State
            end,
            take_down(Pid),
            _ = (catch Mod:stop(Prepared)),
            Master ! {ended, self(), stopped};
        {'EXIT', Master, _} ->
            take_down(Pid),
            exit(shutdown);
        _ -> watch(Master, Mod, Pid, State)
    end.

%% An application without a supervisor may name the process that started it, which is this one.
take_down(Pid) when Pid =:= self() -> ok;
take_down(Pid) ->
    Mon = erlang:monitor(process, Pid),
    exit(Pid, shutdown),
    receive
        {'DOWN', Mon, _, _, _} -> ok
    end.

%% ---- The master ----

starting(Controller, App, Starter, Device) ->
    receive
        {io_request, _, _, _} = Request ->
            Device ! Request,
            starting(Controller, App, Starter, Device);
        {started, Starter, Pid} ->
            Controller ! {master, self(), {started, App}},
            running(Starter, Pid, Device);
        {failed, Starter, Why} -> exit(Why);
        {'EXIT', Starter, Why} -> exit(Why);
        {'EXIT', Controller, _} -> exit(Starter, kill), exit(shutdown);
        _ -> starting(Controller, App, Starter, Device)
    end.

running(Starter, Pid, Device) ->
    receive
        {io_request, _, _, _} = Request ->
            Device ! Request,
            running(Starter, Pid, Device);
        stop ->
            Starter ! stop,
            running(Starter, Pid, Device);
        {supervisor, {From, Tag}} ->
            From ! {Tag, {ok, Pid}},
            running(Starter, Pid, Device);
        {ended, Starter, stopped} -> exit(shutdown);
        {ended, Starter, Reason} -> exit(Reason);
        {'EXIT', Starter, Why} -> exit(Why);
        _ -> running(Starter, Pid, Device)
    end.
