%% Which applications are loaded and running, their keys and environments.
%%
%% A registered process, started by the first use, that owns the table ac_tab: {{env, App, Par}, Value}, {{persistent, App, Par}, Value}, {{spec, App}, Keys},
%% {{master, Pid}, App}. Everyone reads the table; only loading, starting and stopping ask the process. A start or a stop runs in the
%% application's master, so the process stays free for questions from the application that is being started.
-module(application_controller).

-export([call/1, load/1, change_spec/2, start_application/2, loaded/0, app_of/1, app_of_module/1, get_key/2, get_all_key/1,
         get_env/2, get_all_env/1, set_env/4, unset_env/3, ensure/0, server/1, format_log/1, format_log/2]).

-define(TAB, ac_tab).

%% ---- Reading ----

ensure() ->
    case whereis(application_controller) of
        undefined ->
            {Pid, Mon} = spawn_monitor(application_controller, server, [{start, self()}]),
            receive
                {Pid, ready} -> erlang:demonitor(Mon, [flush]);
                {'DOWN', Mon, _, _, _} -> ok
            end,
            await_table();
        Pid -> Pid
    end.

%% Another process may have won the race and not have made the table yet.
await_table() ->
    case ets:whereis(?TAB) of
        undefined ->
            erlang:yield(),
            await_table();
        _ -> whereis(application_controller)
    end.

lookup(Key) ->
    _ = ensure(),
    ets:lookup(?TAB, Key).

get_env(App, Par) ->
    case lookup({env, App, Par}) of
        [{_, V}] -> {ok, V};
        [] -> undefined
    end.

get_all_env(App) ->
    _ = ensure(),
    [{P, V} || [P, V] <- ets:match(?TAB, {{env, App, '$1'}, '$2'})].

set_env(App, Par, Value, IsPersistent) ->
    _ = ensure(),
    ets:insert(?TAB, [{{env, App, Par}, Value} | [{{persistent, App, Par}, Value} || IsPersistent]]),
    ok.

unset_env(App, Par, IsPersistent) ->
    _ = ensure(),
    IsPersistent andalso ets:delete(?TAB, {persistent, App, Par}),
    ets:delete(?TAB, {env, App, Par}),
    ok.

spec(App) ->
    case lookup({spec, App}) of
        [{_, Keys}] -> {ok, Keys};
        [] -> undefined
    end.

get_key(App, env) ->
    case spec(App) of
        {ok, _} -> {ok, get_all_env(App)};
        undefined -> undefined
    end;
get_key(App, Key) ->
    case spec(App) of
        {ok, #{Key := V}} -> {ok, V};
        _ -> undefined
    end.

get_all_key(App) ->
    case spec(App) of
        {ok, Keys} ->
            Order = [description, id, vsn, modules, maxP, maxT, registered, included_applications,
                     optional_applications, applications, env, mod, start_phases],
            {ok, [{K, case K of env -> get_all_env(App); _ -> map_get(K, Keys) end} || K <- Order]};
        undefined -> undefined
    end.

loaded() ->
    _ = ensure(),
    [{App, D, V} || [App, #{description := D, vsn := V}] <- lists:sort(ets:match(?TAB, {{spec, '$1'}, '$2'}))].

app_of(Master) ->
    case ets:whereis(?TAB) of
        undefined -> undefined;
        _ ->
            case ets:lookup(?TAB, {master, Master}) of
                [{_, App}] -> {ok, App};
                [] -> undefined
            end
    end.

app_of_module(Module) ->
    _ = ensure(),
    Found = [App || [App, #{modules := Ms}] <- ets:match(?TAB, {{spec, '$1'}, '$2'}), lists:member(Module, Ms)],
    case Found of
        [App | _] -> {ok, App};
        [] -> undefined
    end.

%% ---- Asking ----

call(Request) ->
    Pid = ensure(),
    Mon = erlang:monitor(process, Pid),
    Pid ! {call, {self(), Mon}, Request},
    receive
        {Mon, Answer} ->
            erlang:demonitor(Mon, [flush]),
            Answer;
        {'DOWN', Mon, _, _, Reason} -> exit({Reason, {application_controller, call, [Request]}})
    end.

%% The file is read in the caller.
load({application, App, Keys} = Given) when is_atom(App), is_list(Keys) ->
    case spec(App) of
        {ok, _} -> {error, {already_loaded, Given}};
        undefined ->
            case check_spec(Keys) of
                {ok, Spec} ->
                    case call({load, App, Spec, proplists:get_value(env, Keys, [])}) of
                        ok -> load_included(maps:get(included_applications, Spec));
                        Error -> Error
                    end;
                Error -> Error
            end
    end;
load(App) when is_atom(App) ->
    case spec(App) of
        {ok, _} -> {error, {already_loaded, App}};
        undefined ->
            case find(App) of
                {ok, {application, App, _} = Spec} -> load(Spec);
                {ok, Other} -> {error, {bad_application, Other}};
                Error -> Error
            end
    end;
load({application, App, Keys}) when is_atom(App) -> {error, {invalid_options, Keys}};
load(App) -> {error, {bad_application, App}}.

load_included([App | Apps]) ->
    case load(App) of
        ok -> load_included(Apps);
        {error, {already_loaded, App}} -> load_included(Apps);
        Error -> Error
    end;
load_included([]) -> ok.

%% An upgrade has brought another version: its keys count, values of the environment that are set stay.
change_spec(App, Keys) ->
    case check_spec(Keys) of
        {ok, Spec} ->
            _ = ensure(),
            ets:insert(?TAB, {{spec, App}, Spec}),
            [ets:insert_new(?TAB, {{env, App, Par}, V}) || {Par, V} <- proplists:get_value(env, Keys, [])],
            ok;
        Error -> Error
    end.

find(App) ->
    Name = atom_to_list(App) ++ ".app",
    case code:where_is_file(Name) of
        non_existing ->
            case built_in(App) of
                {ok, _} = Found -> Found;
                error -> {error, {"no such file or directory", Name}}
            end;
        File ->
            case file:consult(File) of
                {ok, [Spec]} -> {ok, Spec};
                {ok, _} -> {error, {bad_application, App}};
                {error, Why} -> {error, {file:format_error(Why), Name}}
            end
    end.

%% The parts of OTP that this system has; they are libraries, with nothing to start.
built_in(App) ->
    Known = #{kernel => {"Kernel", [], "10.0"}, stdlib => {"Standard library", [kernel], "6.0"},
              compiler => {"Compiler", [kernel, stdlib], "8.5"}, crypto => {"Cryptographic hashes", [kernel, stdlib], "5.5"},
              eunit => {"EUnit", [kernel, stdlib], "2.9"}, syntax_tools => {"Syntax tools", [kernel, stdlib], "3.2"},
              runtime_tools => {"Runtime tools", [kernel, stdlib], "2.1"}, tools => {"Tools", [kernel, stdlib], "4.0"},
              sasl => {"System reports", [kernel, stdlib], "4.2"}},
    case Known of
        #{App := {Description, Deps, Vsn}} ->
            {ok, {application, App, [{description, Description}, {vsn, Vsn}, {modules, []}, {registered, []},
                                     {applications, Deps}, {env, []}]}};
        #{} -> error
    end.

check_spec(Keys) ->
    Default = #{description => "", id => "", vsn => "", modules => [], maxP => infinity, maxT => infinity,
                registered => [], included_applications => [], optional_applications => [], applications => [],
                mod => [], start_phases => undefined},
    Bad = [{K, V} || {K, V} <- Keys, not valid(K, V)],
    case Bad of
        [] -> {ok, maps:merge(Default, maps:from_list([{K, V} || {K, V} <- Keys, is_map_key(K, Default)]))};
        [{K, V} | _] -> {error, {invalid_options, [{K, V}]}}
    end.

valid(K, V) when K =:= modules; K =:= registered; K =:= applications; K =:= included_applications; K =:= env -> is_list(V);
valid(mod, {M, _}) -> is_atom(M);
valid(mod, V) -> V =:= [];
valid(_, _) -> true.

start_application(App, Type) ->
    {ok, #{applications := Deps, optional_applications := Optional}} = spec(App),
    Missing = fun(Dep) -> not lists:member(Dep, Optional) orelse spec_or_file(Dep) end,
    call({start, App, Type, [D || D <- Deps, Missing(D)]}).

%% An optional application that can be found must run like any other.
spec_or_file(App) ->
    case spec(App) of
        {ok, _} -> true;
        undefined ->
            case find(App) of
                {ok, _} -> true;
                _ -> false
            end
    end.

%% ---- The process ----

server({start, Starter}) ->
    register(application_controller, self()),
    case whereis(user) of
        undefined -> ok;
        User -> group_leader(User, self())
    end,
    process_flag(trap_exit, true),
    ?TAB = ets:new(?TAB, [named_table, public, set, {read_concurrency, true}]),
    read_config(),
    lists:foreach(fun(App) ->
        {ok, {application, App, Keys}} = built_in(App),
        {ok, Spec} = check_spec(Keys),
        ets:insert(?TAB, [{{spec, App}, Spec} | [{{env, App, P}, V} || {P, V} <- lists:reverse(config_of(App))]])
    end, [kernel, stdlib]),
    Starter ! {self(), ready},
    server(#{running => [{stdlib, none, permanent}, {kernel, none, permanent}], starting => #{}, stopping => #{}});
server(St) ->
    receive
        {call, From, Request} -> application_controller:server(handle(Request, From, St));
        {master, Master, Event} -> application_controller:server(event(Master, Event, St));
        {stop_all, From} ->
            stop_all(St),
            From ! {all_stopped, self()},
            application_controller:server(St#{running := []});
        {'EXIT', Master, Reason} -> application_controller:server(master_died(Master, Reason, St));
        _ -> application_controller:server(St)
    end.

reply({Pid, Tag}, Answer) ->
    Pid ! {Tag, Answer},
    ok.

answer(From, Answer, St) ->
    reply(From, Answer),
    St.

handle({load, App, Spec, Env}, From, St) ->
    case ets:insert_new(?TAB, {{spec, App}, Spec}) of
        true ->
            %% What was set before gives way, unless it is persistent.
            Persistent = [{P, V} || [P, V] <- ets:match(?TAB, {{persistent, App, '$1'}, '$2'})],
            ets:insert(?TAB, [{{env, App, P}, V} || {P, V} <- Env ++ lists:reverse(config_of(App)) ++ Persistent]),
            answer(From, ok, St);
        false -> answer(From, {error, {already_loaded, App}}, St)
    end;
handle({unload, App}, From, #{running := Running} = St) ->
    case {lists:keymember(App, 1, Running), ets:member(?TAB, {spec, App})} of
        {true, _} -> answer(From, {error, {running, App}}, St);
        {_, false} -> answer(From, {error, {not_loaded, App}}, St);
        _ ->
            ets:delete(?TAB, {spec, App}),
            ets:match_delete(?TAB, {{env, App, '_'}, '_'}),
            answer(From, ok, St)
    end;
handle({start, App, Type, Deps}, From, #{running := Running, starting := Starting} = St) ->
    case [D || D <- Deps, not lists:keymember(D, 1, Running)] of
        _ when is_map_key(App, Starting) ->
            #{App := {Froms, T, M}} = Starting,
            St#{starting := Starting#{App := {[From | Froms], T, M}}};
        Missing ->
            case lists:keymember(App, 1, Running) of
                true -> answer(From, {error, {already_started, App}}, St);
                false when Missing =/= [] -> answer(From, {error, {not_started, hd(Missing)}}, St);
                false -> launch(App, Type, From, St)
            end
    end;
handle({stop, App}, From, #{running := Running, stopping := Stopping} = St) ->
    case lists:keyfind(App, 1, Running) of
        false -> answer(From, {error, {not_started, App}}, St);
        {App, none, _} when App =:= kernel; App =:= stdlib -> answer(From, ok, St);
        {App, none, Type} ->
            exited(App, stopped, Type),
            answer(From, ok, St#{running := lists:keydelete(App, 1, Running)});
        {App, Master, _} ->
            Master ! stop,
            Waiting = maps:get(App, Stopping, []),
            St#{stopping := Stopping#{App => [From | Waiting]}}
    end;
handle(which_applications, From, #{running := Running} = St) ->
    answer(From, [described(App) || {App, _, _} <- Running], St);
handle({get_supervisor, App}, From, #{running := Running} = St) ->
    case lists:keyfind(App, 1, Running) of
        {_, Master, _} when is_pid(Master) ->
            Master ! {supervisor, From},
            St;
        _ -> answer(From, undefined, St)
    end;
handle(info, From, #{running := Running, starting := Starting} = St) ->
    answer(From, [{loaded, loaded()}, {loading, []}, {started, [{A, T} || {A, _, T} <- Running]}, {start_p_false, []},
                  {running, [{A, M} || {A, M, _} <- Running]}, {starting, maps:keys(Starting)}], St);
handle(_, From, St) -> answer(From, {error, badarg}, St).

described(App) ->
    case ets:lookup(?TAB, {spec, App}) of
        [{_, #{description := D, vsn := V}}] -> {App, D, V};
        [] -> {App, "", ""}
    end.

%% Parameters given on the command line (-App Par Value) come before those of the configuration files (-config File), and these before those of the
%% .app file.
config_of(App) ->
    Given = case init:get_argument(App) of
        {ok, Lists} -> lists:append([pairs(L) || L <- Lists]);
        error -> []
    end,
    Given ++ lists:append([Env || {_, Env} <- ets:lookup(?TAB, {config, App})]).

%% What the configuration files say, the last first: [{App, Env} | Name of another file].
read_config() ->
    Files = case init:get_argument(config) of
        {ok, Lists} -> lists:append(Lists);
        error -> []
    end,
    try lists:append([config_file(F, filename:dirname(F)) || F <- Files]) of
        All ->
            Apps = lists:usort([App || {App, _} <- All]),
            ets:insert(?TAB, [{{config, App}, lists:reverse(lists:append([Env || {A, Env} <- All, A =:= App]))} || App <- Apps])
    catch
        throw:{File, Why} ->
            io:put_chars(standard_error, io_lib:format("error in config file ~tp: ~ts~n", [File, Why])),
            erlang:halt(1)
    end.

config_file(Name, Dir) ->
    File = case filename:extension(Name) of
        ".config" -> Name;
        _ -> Name ++ ".config"
    end,
    case file:consult(File) of
        {ok, [Items]} when is_list(Items) -> lists:flatmap(fun(Item) -> config_item(Item, File, Dir) end, Items);
        {ok, _} -> throw({File, "not one list"});
        {error, Why} -> throw({File, file:format_error(Why)})
    end.

config_item({App, Env}, File, _) when is_atom(App), is_list(Env) ->
    lists:all(fun(Pair) -> is_tuple(Pair) andalso tuple_size(Pair) =:= 2 andalso is_atom(element(1, Pair)) end, Env) orelse
        throw({File, io_lib:format("not a list of parameters: ~tp", [Env])}),
    [{App, Env}];
config_item([C | _] = Name, _, Dir) when is_integer(C) -> config_file(filename:join(Dir, Name), Dir);
config_item(Other, File, _) -> throw({File, io_lib:format("not an application and its parameters: ~tp", [Other])}).

pairs([P, V | T]) -> [{to_term(P), to_term(V)} || is_param(P)] ++ pairs(T);
pairs(_) -> [].

is_param(P) -> is_atom(to_term(P)).

to_term(S) ->
    case erl_scan:string(S ++ ".") of
        {ok, Ts, _} ->
            case erl_parse:parse_term(Ts) of
                {ok, T} -> T;
                _ -> S
            end;
        _ -> S
    end.

launch(App, Type, From, #{running := Running, starting := Starting} = St) ->
    [{_, #{mod := Mod} = Spec}] = ets:lookup(?TAB, {spec, App}),
    case Mod of
        [] ->
            reply(From, ok),
            progress(App),
            St#{running := [{App, none, Type} | Running]};
        _ ->
            {Callback, Phases} = phases(App, Spec),
            Master = application_master:start_link(self(), App, Callback, Phases),
            ets:insert(?TAB, {{master, Master}, App}),
            St#{starting := Starting#{App => {[From], Type, Master}}}
    end.

%% What is called to start an application, and in its phases: [{Phase, Module, Argument}]. With application_starter the phases are those of the included
%% applications too: of each phase of the application those parts that have it, from the top.
phases(App, #{mod := {application_starter, [Mod, Args]}, start_phases := Phases}) ->
    Parts = parts(App),
    {{Mod, Args}, [{Phase, M, Arg} || is_list(Phases), {Phase, _} <- Phases, {M, Own} <- Parts, {P, Arg} <- Own, P =:= Phase]};
phases(_, #{mod := {Mod, _} = Callback, start_phases := Phases}) -> {Callback, [{Phase, Mod, Arg} || is_list(Phases), {Phase, Arg} <- Phases]}.

parts(App) ->
    case ets:lookup(?TAB, {spec, App}) of
        [{_, #{mod := {application_starter, [M, _]}, start_phases := Phases, included_applications := Included}}] ->
            [{M, Phases} || is_list(Phases)] ++ lists:flatmap(fun parts/1, Included);
        [{_, #{mod := {M, _}, start_phases := Phases}}] when is_list(Phases) -> [{M, Phases}];
        _ -> []
    end.

event(Master, {started, App}, #{running := Running, starting := Starting} = St) ->
    case Starting of
        #{App := {Froms, Type, Master}} ->
            lists:foreach(fun(F) -> reply(F, ok) end, Froms),
            progress(App),
            St#{running := [{App, Master, Type} | Running], starting := maps:remove(App, Starting)};
        #{} -> St
    end.

%% A master ends with its application, whatever the way: {failed, Why} while starting, stopped, or the supervisor's reason.
master_died(Master, Reason, #{running := Running, starting := Starting, stopping := Stopping} = St) ->
    case ets:lookup(?TAB, {master, Master}) of
        [{_, App}] ->
            ets:delete(?TAB, {master, Master}),
            case {Starting, lists:keyfind(App, 1, Running)} of
                {#{App := {Froms, Type, Master}}, _} ->
                    exited(App, Reason, Type),
                    lists:foreach(fun(F) -> reply(F, {error, Reason}) end, Froms),
                    stop_vm(App, Reason, Type, starting),
                    St#{starting := maps:remove(App, Starting)};
                {_, {App, Master, Type}} ->
                    Asked = maps:get(App, Stopping, []),
                    Shown = case Asked of
                        [] -> Reason;
                        _ -> stopped
                    end,
                    exited(App, Shown, Type),
                    lists:foreach(fun(F) -> reply(F, ok) end, Asked),
                    Asked =:= [] andalso stop_vm(App, Reason, Type, running),
                    St#{running := lists:keydelete(App, 1, Running), stopping := maps:remove(App, Stopping)};
                _ -> St
            end;
        [] -> St
    end.

%% A permanent application takes the system down with it, a transient one if it ended badly.
stop_vm(_, _, temporary, _) -> ok;
stop_vm(_, normal, transient, _) -> ok;
stop_vm(_, _, _, starting) -> ok;
stop_vm(App, Reason, _, running) ->
    io:put_chars(standard_error, io_lib:format("Runtime terminating: application ~w terminated (~0p)~n", [App, Reason])),
    init:stop(1).

stop_all(#{running := Running}) ->
    lists:foreach(
        fun({_, none, _}) -> ok;
           ({_, Master, _}) ->
               Master ! stop,
               receive
                   {'EXIT', Master, _} -> ok
               end
        end, Running).

%% ---- Reports ----

exited(App, Reason, Type) ->
    logger:log(notice, #{label => {application_controller, exit}, report => [{application, App}, {exited, Reason}, {type, Type}]},
               #{domain => [otp], report_cb => fun application_controller:format_log/2,
                 logger_formatter => #{title => "INFO REPORT"},
                 error_logger => #{tag => info_report, type => std_info, report_cb => fun application_controller:format_log/1}}).

progress(App) ->
    case logger:allow(info, application_controller) of
        true ->
            logger:log(info, #{label => {application_controller, progress}, report => [{application, App}, {started_at, node()}]},
                       #{domain => [otp, sasl], report_cb => fun application_controller:format_log/2,
                         logger_formatter => #{title => "PROGRESS REPORT"},
                         error_logger => #{tag => info_report, type => progress,
                                           report_cb => fun application_controller:format_log/1}});
        false -> ok
    end.

format_log(Report) -> gen:flatten_text(text(Report)).

format_log(Report, Opts) -> gen:render_text(text(Report), Opts).

text(#{report := Items}) -> [{"    " ++ atom_to_list(K) ++ ": ~p\n", [V]} || {K, V} <- Items].
