%% Applications: loading, starting, stopping, environment. The state belongs to application_controller; reading it asks no process.
-module(application).

-export([ensure_all_started/1, ensure_all_started/2, ensure_all_started/3, ensure_started/1, ensure_started/2,
         get_all_env/0, get_all_env/1, get_all_key/0, get_all_key/1, get_application/0, get_application/1, get_env/1,
         get_env/2, get_env/3, get_key/1, get_key/2, get_supervisor/1, info/0, load/1, load/2, loaded_applications/0,
         permit/2, set_env/1, set_env/2, set_env/3, set_env/4, start/1, start/2, start_boot/1, start_boot/2,
         start_type/0, stop/1, takeover/2, unload/1, unset_env/2, unset_env/3, which_applications/0,
         which_applications/1]).

-callback start(Type :: term(), Args :: term()) -> {ok, pid()} | {ok, pid(), term()} | {error, term()}.
-callback stop(State :: term()) -> term().
-callback config_change(list(), list(), list()) -> ok.
-callback prep_stop(term()) -> term().
-callback start_phase(atom(), term(), term()) -> ok | {error, term()}.
-optional_callbacks([config_change/3, prep_stop/1, start_phase/3]).

%% ---- Loading and starting ----

load(App) -> load(App, []).

load(App, _Distributed) -> application_controller:load(App).

unload(App) -> application_controller:call({unload, App}).

start(App) -> start(App, temporary).

start(App, Type) when Type =:= permanent; Type =:= transient; Type =:= temporary ->
    case load(App) of
        ok -> application_controller:start_application(name(App), Type);
        {error, {already_loaded, _}} -> application_controller:start_application(name(App), Type);
        Error -> Error
    end;
start(_, Type) -> {error, {invalid_restart_type, Type}}.

name({application, Name, _}) -> Name;
name(Name) -> Name.

start_boot(App) -> start_boot(App, temporary).
start_boot(App, Type) -> start(App, Type).

stop(App) -> application_controller:call({stop, App}).

takeover(App, Type) -> start(App, Type).

permit(App, Bool) ->
    case is_boolean(Bool) andalso get_all_key(App) of
        false -> exit({badarg, {application, permit, [App, Bool]}});
        undefined -> {error, {not_loaded, App}};
        {ok, _} -> ok
    end.

ensure_started(App) -> ensure_started(App, temporary).

ensure_started(App, Type) ->
    case start(App, Type) of
        {error, {already_started, App}} -> ok;
        Other -> Other
    end.

ensure_all_started(App) -> ensure_all_started(App, temporary).

ensure_all_started(App, Type) -> ensure_all_started(App, Type, serial).

%% Answers the applications started, in order; where one fails, those started here are stopped again.
ensure_all_started(App, Type, _Mode) when is_atom(App) -> ensure_all([App], Type);
ensure_all_started(Apps, Type, _Mode) when is_list(Apps) -> ensure_all(Apps, Type).

ensure_all(Apps, Type) ->
    case ensure_each(Apps, Type, []) of
        {ok, Started} -> {ok, lists:reverse(Started)};
        {error, Why, Started} ->
            lists:foreach(fun(App) -> stop(App) end, Started),
            {error, Why}
    end.

ensure_each([App | Apps], Type, Started) ->
    case ensure_one(App, Type, Started) of
        {ok, Started1} -> ensure_each(Apps, Type, Started1);
        Error -> Error
    end;
ensure_each([], _, Started) -> {ok, Started}.

ensure_one(App, Type, Started) ->
    case start(App, Type) of
        ok -> {ok, [App | Started]};
        {error, {already_started, App}} -> {ok, Started};
        {error, {not_started, Dep}} ->
            case ensure_one(Dep, Type, Started) of
                {ok, Started1} -> ensure_one(App, Type, Started1);
                {error, Why, Started1} ->
                    case optional(App, Dep) of
                        true -> ensure_one_without(App, Type, Started1);
                        false -> {error, Why, Started1}
                    end
            end;
        {error, Why} -> {error, {App, Why}, Started}
    end.

optional(App, Dep) ->
    case get_key(App, optional_applications) of
        {ok, L} -> lists:member(Dep, L);
        undefined -> false
    end.

ensure_one_without(App, Type, Started) ->
    case start(App, Type) of
        ok -> {ok, [App | Started]};
        {error, Why} -> {error, {App, Why}, Started}
    end.

which_applications() -> application_controller:call(which_applications).

which_applications(_Timeout) -> which_applications().

loaded_applications() -> application_controller:loaded().

info() -> application_controller:call(info).

get_supervisor(App) when is_atom(App) -> application_controller:call({get_supervisor, App}).

start_type() ->
    case application_controller:app_of(group_leader()) of
        undefined -> undefined;
        _ -> normal
    end.

%% ---- Keys ----

get_application() -> application_controller:app_of(group_leader()).

get_application(Pid) when is_pid(Pid) ->
    case process_info(Pid, group_leader) of
        {group_leader, GL} -> application_controller:app_of(GL);
        undefined -> undefined
    end;
get_application(Module) when is_atom(Module) -> application_controller:app_of_module(Module).

get_key(Key) ->
    case get_application() of
        {ok, App} -> get_key(App, Key);
        undefined -> undefined
    end.

get_key(App, Key) -> application_controller:get_key(App, Key).

get_all_key() ->
    case get_application() of
        {ok, App} -> get_all_key(App);
        undefined -> []
    end.

get_all_key(App) -> application_controller:get_all_key(App).

%% ---- Environment ----

get_env(Par) ->
    case get_application() of
        {ok, App} -> get_env(App, Par);
        undefined -> undefined
    end.

get_env(App, Par) -> application_controller:get_env(App, Par).

get_env(App, Par, Default) ->
    case get_env(App, Par) of
        {ok, V} -> V;
        undefined -> Default
    end.

get_all_env() ->
    case get_application() of
        {ok, App} -> get_all_env(App);
        undefined -> []
    end.

get_all_env(App) -> application_controller:get_all_env(App).

set_env(App, Par, Value) -> application_controller:set_env(App, Par, Value, false).

set_env(App, Par, Value, Opts) -> application_controller:set_env(App, Par, Value, is_persistent(Opts)).

%% What is persistent outlives a load of the application. The other option is a timeout, which may stand alone; nothing is waited for here.
is_persistent(Timeout) when Timeout =:= infinity; is_integer(Timeout), Timeout >= 0 -> false;
is_persistent(Opts) when is_list(Opts) -> proplists:get_value(persistent, Opts, false) =:= true.

set_env(Config) when is_list(Config) -> set_env(Config, []).

set_env(Config, Opts) when is_list(Config), is_list(Opts) ->
    try check_config(Config, [])
    catch throw:Why -> erlang:error({badarg, Why}, [Config, Opts])
    end,
    Persistent = is_persistent(Opts),
    lists:foreach(fun({App, Env}) -> lists:foreach(fun({P, V}) -> application_controller:set_env(App, P, V, Persistent) end, Env) end, Config).

check_config([{App, Env} | T], Seen) when is_atom(App), is_list(Env) ->
    lists:member(App, Seen) andalso throw("duplicate application config: " ++ atom_to_list(App)),
    check_env(App, Env, []),
    check_config(T, [App | Seen]);
check_config([], _) -> ok;
check_config([{App, _} | _], _) when is_atom(App) -> throw("application: " ++ atom_to_list(App) ++ "; parameters must be a list");
check_config([{App, Env} | _], _) when is_list(Env) -> throw(lists:flatten(io_lib:format("application: ~0p; application name must be an atom", [App])));
check_config([H | _], _) -> throw(lists:flatten(io_lib:format("invalid application config: ~0p", [H]))).

check_env(App, [{P, _} | T], Seen) when is_atom(P) ->
    lists:member(P, Seen) andalso
        throw("application: " ++ atom_to_list(App) ++ "; duplicate parameter: " ++ atom_to_list(P)),
    check_env(App, T, [P | Seen]);
check_env(_, [], _) -> ok;
check_env(App, [{P, _} | _], _) ->
    throw(lists:flatten(io_lib:format("application: ~w; invalid parameter name: ~0p", [App, P])));
check_env(App, [P | _], _) -> throw(lists:flatten(io_lib:format("application: ~w; invalid parameter: ~0p", [App, P]))).

unset_env(App, Par) -> application_controller:unset_env(App, Par, false).

unset_env(App, Par, Opts) -> application_controller:unset_env(App, Par, is_persistent(Opts)).
