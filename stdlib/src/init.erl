%% The first process, command line arguments, orderly end.
%%
%% `boot/1` is what the virtual machine runs first. It starts as little as a program needs: the io servers `user` and `standard_error`, the
%% process `logger` that the machine reports to, and `init` itself. Everything else (application_controller, code server, timers, ...)
%% starts at its first use.
-module(init).

-export([boot/1, main/4, loop/1, get_arguments/0, get_argument/1, get_plain_arguments/0, get_status/0,
         script_id/0, script_name/0, stop/0, stop/1, restart/0, restart/1, reboot/0, ensure_loaded/1, notify_when_started/1,
         wait_until_started/0, child/1]).

-define(ARGS, {init, arguments}).
-define(MODE_VARIABLE, "TRANSOM_CODE_MODE").

%% Options: flags => [{Flag :: atom(), [string()]}], plain => [string()] (after -extra, or a script's own), log => standard_error |
%% standard_io (where the default log handler writes), root => string(), progname => string().
%% Answers once the processes above stand, and makes `user` the caller's group leader.
boot(Opts) when is_map(Opts) ->
    case whereis(init) of
        undefined ->
            persistent_term:put(?ARGS, Opts),
            [os:putenv(K, V) || {env, [K, V]} <- maps:get(flags, Opts, [])],
            set_mode(os:getenv(?MODE_VARIABLE)),
            User = user:start(),
            _ = logger:start(maps:get(log, Opts, standard_error)),
            Pid = spawn(init, loop, [#{status => {started, started}}]),
            register(init, Pid),
            _ = user:start_stderr(),
            group_leader(User, Pid),
            group_leader(User, whereis(logger)),
            group_leader(User, self()),
            ok;
        _ ->
            %% Booted for the compiler's sake before the program was known.
            persistent_term:put(?ARGS, maps:merge(options(), Opts)),
            group_leader(whereis(user), self()),
            [ok = logger:default_device(Device) || #{log := Device} <- [Opts]],
            ok
    end;
boot(Args) -> erlang:error(badarg, [Args]).

%% The code mode that a restart asked for.
set_mode(false) -> ok;
set_mode(Mode) ->
    true = os:unsetenv(?MODE_VARIABLE),
    [code:set_mode(list_to_atom(Mode)) || Mode =:= "embedded"],
    ok.

%% Boot in place, then apply: what a command of the `transom` program spawns.
%% With keep => true the process stays after the function has returned: what it started may be linked to it.
%% load: the module that is yet to be loaded; what its on_load function says of that is reported as for any other.
main(Opts, M, F, A) ->
    ok = boot(Opts),
    %% Configuration files that cannot be read end the program before it begins.
    lists:keymember(config, 1, maps:get(flags, Opts, [])) andalso application_controller:ensure(),
    case Opts of
        #{load := Bytes, script := Script} ->
            case code:load_binary(M, filename:absname(Script), Bytes) of
                {module, M} -> ok;
                {error, _} -> erlang:raise(error, undef, [{M, F, A, []}])
            end;
        #{} -> ok
    end,
    _ = maps:get(watch, Opts, false) andalso transom_watch:start(),
    Result = apply(M, F, A),
    case Opts of
        #{keep := true} ->
            process_flag(trap_exit, true),
            keep();
        #{} -> Result
    end.

keep() ->
    receive _ -> keep() end.

loop(St) ->
    receive
        {stop, How} ->
            case St of
                #{stopping := _} -> init:loop(St);
                #{} ->
                    Self = self(),
                    spawn(fun() -> take_down(Self, How) end),
                    init:loop(St#{stopping => How, status := {stopping, started}})
            end;
        {halt, How} -> halt_now(How);
        {status, From, Ref} ->
            From ! {Ref, map_get(status, St)},
            init:loop(St);
        _ -> init:loop(St)
    end.

%% Supervision trees first, so that everything that runs can still print and log.
take_down(Init, How) ->
    case whereis(application_controller) of
        undefined -> ok;
        Pid ->
            Mon = erlang:monitor(process, Pid),
            Pid ! {stop_all, self()},
            receive
                {'DOWN', Mon, _, _, _} -> ok;
                {all_stopped, Pid} -> ok
            end
    end,
    Init ! {halt, How}.

halt_now(stop) -> erlang:halt(0);
halt_now({restart, Mode}) -> erts_internal:restart(Mode);
halt_now(Status) -> erlang:halt(Status).

stop() -> stop(stop).

stop(Status) when is_integer(Status), Status >= 0; Status =:= stop -> send({stop, Status});
stop(Status) when is_list(Status) -> send({stop, Status});
stop(Status) -> erlang:error(badarg, [Status]).

%% The same program begins anew, with its arguments; the mode of loading code stays, or is chosen.
restart() -> send({stop, {restart, code:get_mode()}}).

restart([]) -> restart();
restart([{mode, Mode}]) when Mode =:= embedded; Mode =:= interactive -> send({stop, {restart, Mode}});
restart([_ | _] = Options) -> erlang:error(badarg, [Options]).

%% Nobody is there to start the program again: it ends.
reboot() -> send({stop, stop}).

send(Msg) ->
    case whereis(init) of
        undefined ->
            {stop, How} = Msg,
            halt_now(How);
        Pid ->
            Pid ! Msg,
            ok
    end.

get_status() ->
    case whereis(init) of
        undefined -> {starting, no_init};
        Pid ->
            Ref = make_ref(),
            Pid ! {status, self(), Ref},
            receive
                {Ref, Status} -> Status
            end
    end.

%% Runs a function in a process of its own under `user`, for those that must outlive their starter.
child(F) when is_function(F, 0) ->
    spawn(fun() ->
        group_leader(whereis(user), self()),
        F()
    end).

%% By the time that anybody can ask it has.
notify_when_started(Pid) when is_pid(Pid) -> started.

wait_until_started() -> ok.

script_id() -> {"Transom", "1"}.

script_name() -> maps:get(script, options(), "start").

ensure_loaded(Module) -> code:ensure_loaded(Module).

%% ---- Arguments ----

options() -> persistent_term:get(?ARGS, #{}).

get_arguments() -> flags(options()).

flags(Opts) ->
    Own = maps:get(flags, Opts, []),
    [{root, [maps:get(root, Opts, "/transom:")]} || not lists:keymember(root, 1, Own)] ++
        [{progname, [maps:get(progname, Opts, "transom")]} || not lists:keymember(progname, 1, Own)] ++
        [{home, [Home]} || Home <- home(), not lists:keymember(home, 1, Own)] ++ Own.

home() ->
    case os:getenv("HOME") of
        false -> [];
        Home -> [Home]
    end.

get_argument(Flag) ->
    case [Values || {F, Values} <- get_arguments(), F =:= Flag] of
        [] -> error;
        Found -> {ok, Found}
    end.

get_plain_arguments() -> maps:get(plain, options(), []).
