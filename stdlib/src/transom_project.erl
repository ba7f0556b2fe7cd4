%% Projects run from their sources: `transom run DIR` and `transom test`. A project is a directory with src/ (or with sources right in it), an optional
%% include/ and test/, an optional rebar.config of which the common keys count, and an optional .app.src or .app.
%%
%% All files are compiled, several at a time, before anything is said: one run shows the errors of all of them. Parse transforms and behaviours of the
%% project are found by the code path, which compiles a source at its first use.
-module(transom_project).

-export([run/3, test/2]).

%% Both return after the compilers' messages are out; a failure ends the VM with status 1, wrong usage with 2.
run([Dir], Starts, [Draw | _]) ->
    Project = read(Dir, []),
    Loaded = build(Project, Draw, sources(Project, [src])),
    Functions = [start_function(S) || S <- Starts],
    case {Functions, application(Project, [M || {M, _, _} <- Loaded])} of
        {[], none} -> usage("~ts has no application; say what starts it: -s MOD[:FUN]", [Dir]);
        {[], {app, App, _} = Spec} ->
            ok = load_application(Spec),
            case application:ensure_all_started(App, permanent) of
                {ok, _} -> ok;
                {error, Reason} -> failed("cannot start the application ~ts:~n~tp", [App, Reason])
            end;
        {_, Spec} ->
            [ok = load_application(Spec) || Spec =/= none],
            lists:foreach(fun({M, F, A}) -> apply(M, F, A) end, Functions)
    end.

start_function(Text) ->
    case string:split(Text, ":") of
        [M, F] -> {list_to_atom(M), list_to_atom(F), []};
        [M] -> {list_to_atom(M), start, []}
    end.

%% ---- Tests ----

test(What, [Draw | Options]) ->
    Project = case What of
                  [] -> read(".", [test]);
                  [One] -> case filelib:is_dir(One) of
                               true -> read(One, [test]);
                               false -> files(What)
                           end;
                  _ -> files(What)
              end,
    Extra = [warnings_as_errors || lists:member("warnings_as_errors", Options)],
    Own = sources(Project, [src]),
    Tests = sources(Project, [test]),
    Loaded = build(add_options(Project, Extra), Draw, Own ++ Tests),
    case application(Project, [M || {M, _, _} <- Loaded]) of
        none -> ok;
        Spec -> load_application(Spec)
    end,
    Only = [list_to_atom(M) || "module=" ++ M <- Options],
    %% Tests find their files from the project's directory.
    ok = file:set_cwd(maps:get(dir, Project)),
    Names = [M || {M, _, _} <- Loaded],
    Modules = case Only of
                  [] -> without_companions(Names);
                  _ -> Only
              end,
    Verbose = [verbose || lists:member("verbose", Options)],
    Self = self(),
    Result = eunit:test([{module, M} || M <- Modules], [{count_to, Self} | Verbose ++ maps:get(eunit, Project)]),
    {Passed, Failed} = receive {eunit_counts, P, F} -> {P, F} after 0 -> {0, 1} end,
    io:format("~w passed, ~w failed~n", [Passed, Failed]),
    %% A process that a test left behind must not keep the VM.
    case Result =:= ok andalso Failed =:= 0 of
        true -> stop(0);
        false -> stop(1)
    end.

%% M_tests is run with M.
without_companions(Names) ->
    [M || M <- Names, not lists:member(base(atom_to_list(M)), Names)].

base(Name) ->
    case lists:suffix("_tests", Name) of
        true -> list_to_atom(lists:sublist(Name, length(Name) - 6));
        false -> none
    end.

%% ---- Reading a project ----

%% Files without a project: each is a module, compiled with TEST; headers beside it and in ../include are found.
files(Files) ->
    [usage("~ts: no such file", [F]) || F <- Files, not filelib:is_regular(F)],
    Dirs = lists:usort([filename:dirname(F) || F <- Files]),
    #{dir => ".", src => Files, test => [], options => [{d, 'TEST'} | [{i, I} || D <- Dirs, I <- [D, filename:join(D, "../include")]]],
      path => Dirs, apps => #{}, app_file => none, eunit => []}.

read(Dir, Profiles) ->
    Base = config(Dir, []),
    Config = config(Dir, Profiles),
    deps(Dir, Base, Config),
    SrcDirs = src_dirs(Dir, Config),
    TestDirs = [D || lists:member(test, Profiles), D <- [filename:join(Dir, "test")], filelib:is_dir(D)],
    AppFile = app_file(Dir, SrcDirs),
    Name = case AppFile of
               none -> filename:basename(filename:absname(Dir));
               File -> hd(string:split(filename:basename(File), ".app"))
           end,
    Options = [{d, 'TEST'} || lists:member(test, Profiles)] ++ erl_opts(Dir, Config) ++
        [{i, I} || I <- [filename:join(Dir, "include") | SrcDirs] ++ TestDirs ++ [Dir]] ++ [{app_dir, {Name, Dir}}],
    #{dir => Dir, src => lists:append([erl_files(D, Config) || D <- SrcDirs]),
      test => lists:append([erl_files(D, Config) || D <- TestDirs]),
      options => Options, path => SrcDirs ++ TestDirs, apps => #{Name => filename:absname(Dir)}, app_file => AppFile,
      eunit => proplists:get_value(eunit_opts, Config, [])}.

config(Dir, Profiles) ->
    File = filename:join(Dir, "rebar.config"),
    case file:consult(File) of
        {ok, Terms} ->
            Terms1 = script(Dir, Terms),
            Named = proplists:get_value(profiles, Terms1, []),
            lists:foldl(fun(P, Acc) -> merge(proplists:get_value(P, Named, []), Acc) end, Terms1, Profiles);
        {error, enoent} -> script(Dir, []);
        {error, Why} -> failed("~ts: ~ts", [File, file:format_error(Why)])
    end.

%% rebar.config.script computes the configuration from the one that was read.
script(Dir, Terms) ->
    File = filename:join(Dir, "rebar.config.script"),
    case filelib:is_regular(File) of
        true ->
            case file:script(File, [{'CONFIG', Terms}, {'SCRIPT', File}]) of
                {ok, New} when is_list(New) -> New;
                {ok, _} -> Terms;
                {error, Why} -> failed("~ts: ~tp", [File, Why])
            end;
        false -> Terms
    end.

%% A profile's lists come before those of the project.
merge(Profile, Config) ->
    lists:foldl(fun({K, V}, Acc) ->
                        case lists:keyfind(K, 1, Acc) of
                            {K, Old} when is_list(Old), is_list(V) -> lists:keyreplace(K, 1, Acc, {K, V ++ Old});
                            _ -> lists:keystore(K, 1, Acc, {K, V})
                        end;
                   (_, Acc) -> Acc
                end, Config, Profile).

%% What a project depends on must be there: Transom fetches nothing.
%% A project whose tests alone want more is tried without.
deps(Dir, Base, Config) ->
    Names = fun(C) -> [dep_name(D) || D <- proplists:get_value(deps, C, [])] end,
    Own = Names(Base),
    Missing = [N || N <- Names(Config), not found(Dir, atom_to_list(N))],
    File = filename:join(Dir, "rebar.config"),
    Listed = fun(L) -> lists:join(", ", [atom_to_list(N) || N <- L]) end,
    case {[N || N <- Missing, lists:member(N, Own)], Missing} of
        {[], []} -> ok;
        {[], _} -> io:format(standard_error, "~ts: note: its tests want ~ts, which cannot be found~n", [File, Listed(Missing)]);
        {Needed, _} ->
            failed("~ts depends on ~ts, which cannot be found: fetch it, and name its directory's parent in ERL_LIBS "
                   "or its ebin or src with -pa", [File, Listed(Needed)])
    end.

dep_name(D) when is_atom(D) -> D;
dep_name(D) -> element(1, D).

found(Dir, Name) ->
    Places = [filename:join([Dir, P, Name]) || P <- ["_checkouts", "deps", "_build/default/lib", "_build/test/lib", "apps"]] ++
        [filename:join(L, N) || L <- libs(), N <- [Name | filelib:wildcard(Name ++ "-*", L)]],
    case [P || P <- Places, filelib:is_dir(P)] of
        [Place | _] ->
            [code:add_pathz(filename:join(Place, Sub)) || Sub <- ["ebin", "src"], filelib:is_dir(filename:join(Place, Sub))],
            true;
        [] -> code:which(list_to_atom(Name)) =/= non_existing orelse is_list(code:lib_dir(Name))
    end.

libs() ->
    case os:getenv("ERL_LIBS") of
        false -> [];
        Text -> string:lexemes(Text, ":")
    end.

src_dirs(Dir, Config) ->
    Opts = proplists:get_value(erl_opts, Config, []),
    Named = case proplists:get_value(src_dirs, Opts, proplists:get_value(src_dirs, Config)) of
                undefined -> ["src" || filelib:is_dir(filename:join(Dir, "src"))];
                Dirs -> Dirs
            end,
    case Named of
        [] -> [Dir];
        _ -> [filename:join(Dir, name(D)) || D <- Named]
    end.

name({D, _}) -> D;
name(D) -> D.

%% A directory named in the configuration is searched with its subdirectories, as rebar3 does.
erl_files(Dir, _Config) ->
    lists:sort(filelib:wildcard(filename:join(Dir, "*.erl")) ++ filelib:wildcard(filename:join(Dir, "*/**/*.erl"))).

erl_opts(Dir, Config) ->
    lists:append([erl_opt(O, Dir) || O <- proplists:get_value(erl_opts, Config, [])]).

erl_opt({i, I}, Dir) -> [{i, filename:join(Dir, I)}];
erl_opt({platform_define, Regex, Name}, _) -> [{d, Name} || is_platform(Regex)];
erl_opt({platform_define, Regex, Name, Value}, _) -> [{d, Name, Value} || is_platform(Regex)];
erl_opt({src_dirs, _}, _) -> [];
erl_opt(O, _) -> [O].

is_platform(Regex) ->
    Text = erlang:system_info(otp_release) ++ "-" ++ erlang:system_info(system_architecture) ++ "-" ++
        integer_to_list(8 * erlang:system_info(wordsize)),
    re:run(Text, Regex) =/= nomatch.

app_file(Dir, SrcDirs) ->
    Found = lists:append([filelib:wildcard(filename:join(D, "*.app.src")) || D <- SrcDirs]) ++
        filelib:wildcard(filename:join([Dir, "ebin", "*.app"])) ++ filelib:wildcard(filename:join(Dir, "*.app")),
    case Found of
        [File | _] -> File;
        [] -> none
    end.

sources(Project, Kinds) -> lists:append([maps:get(K, Project) || K <- Kinds]).

add_options(#{options := Options} = Project, More) -> Project#{options := More ++ Options}.

%% ---- Applications ----

application(#{app_file := none}, _) -> none;
application(#{app_file := File}, Modules) ->
    case file:consult(File) of
        {ok, [{application, App, Keys}]} -> {app, App, lists:keystore(modules, 1, version(Keys), {modules, Modules})};
        {ok, _} -> failed("~ts holds no application", [File]);
        {error, Why} -> failed("~ts: ~ts", [File, file:format_error(Why)])
    end.

%% A version that the release tool would compute.
version(Keys) ->
    case lists:keyfind(vsn, 1, Keys) of
        {vsn, Vsn} when is_list(Vsn) -> Keys;
        _ -> lists:keystore(vsn, 1, Keys, {vsn, "0.0.0"})
    end.

load_application(none) -> ok;
load_application({app, App, Keys}) ->
    case application:load({application, App, Keys}) of
        ok -> ok;
        {error, {already_loaded, App}} -> ok;
        {error, Why} -> failed("cannot load the application ~ts: ~tp", [App, Why])
    end.

%% ---- Compiling ----

%% Answers the modules in the order of their files, all loaded; or ends the VM when a file has errors.
build(#{options := Options0, path := Path, apps := Apps, test := Tests}, Draw, Files) ->
    Options = [O || O <- Options0, not lists:member(O, [debug_info, native, report, return])],
    persistent_term:put({code, source_options}, Options),
    persistent_term:put({code, applications}, Apps),
    ok = code:add_pathsa(lists:reverse(Path)),
    Outcomes = in_parallel(fun(F) -> compile(F, [{draw, list_to_atom(Draw)} | Options]) end, Files, erlang:system_info(schedulers_online)),
    [standard_error_line(Text) || {_, Messages, _} <- Outcomes, Text <- Messages],
    Failed = [{F, Missing} || {F, {error, _, Missing}} <- lists:zip(Files, Outcomes)],
    %% Tests that want the headers of what is not there are left out, and it is said.
    {LeftOut, Broken} = lists:partition(fun({F, Missing}) -> Missing =/= [] andalso lists:member(F, Tests) end, Failed),
    [io:format(standard_error, "~ts: note: left out, for want of ~ts~n", [F, lists:join(", ", Missing)]) || {F, Missing} <- LeftOut],
    case Broken of
        [] ->
            Compiled = [C || {{_, _, _} = C, _, _} <- Outcomes],
            [loaded(C) || C <- Compiled],
            Compiled;
        _ -> stop(1)
    end.

compile(File, Options) ->
    Bytes = case file:read_file(File) of
                {ok, B} -> B;
                {error, Why} -> failed("~ts: ~ts", [File, file:format_error(Why)])
            end,
    %% A transform among the project's options does not transform itself.
    Itself = {parse_transform, list_to_atom(filename:basename(File, ".erl"))},
    Native = [{source, filename:absname(File)}, {code_path, code:get_path()} | [O || O <- Options, O =/= Itself]],
    case prim_compile:compile(Bytes, File, Native) of
        {ok, Module, Binary, Messages, _} -> {{Module, File, Binary}, [element(6, M) || M <- Messages], []};
        {error, Messages} ->
            %% Without an application's headers what else is wrong with the file says little.
            case [App || {error, _, _, include, "can't find include lib \"" ++ Name, _} <- Messages, App <- [hd(string:split(Name, "/"))]] of
                [] -> {error, [element(6, M) || M <- Messages], []};
                Missing -> {error, [element(6, M) || M <- Messages, element(4, M) =:= include], lists:usort(Missing)}
            end
    end.

%% What a transform or a behaviour needed is loaded already, from the same source.
loaded({Module, File, Binary}) ->
    case erlang:module_loaded(Module) andalso code:which(Module) =:= filename:absname(File) of
        true -> ok;
        false ->
            case code:load_binary(Module, filename:absname(File), Binary) of
                {module, Module} -> ok;
                {error, Why} -> failed("cannot load ~ts: ~tp", [Module, Why])
            end
    end.

in_parallel(F, Items, N) ->
    Parent = self(),
    {Now, Later} = lists:split(min(N, length(Items)), Items),
    Start = fun(Item) -> {Pid, Mon} = spawn_monitor(fun() -> Parent ! {self(), F(Item)} end), {Pid, Mon, Item} end,
    Done = gather([Start(I) || I <- Now], Later, Start, #{}),
    [maps:get(I, Done) || I <- Items].

gather([], _, _, Done) -> Done;
gather(Running, Later, Start, Done) ->
    receive
        {Pid, Value} when is_pid(Pid) ->
            {Pid, Mon, Item} = lists:keyfind(Pid, 1, Running),
            erlang:demonitor(Mon, [flush]),
            {More, Rest} = case Later of
                               [Next | R] -> {[Start(Next)], R};
                               [] -> {[], []}
                           end,
            gather(More ++ lists:keydelete(Pid, 1, Running), Rest, Start, Done#{Item => Value});
        {'DOWN', _, process, _, Why} -> failed("the compiler failed:~n~tp", [Why])
    end.

%% ---- Ends ----

standard_error_line(Text) -> io:put_chars(standard_error, [Text, $\n]).

usage(Format, Args) ->
    io:format(standard_error, "transom: " ++ Format ++ "~n", Args),
    stop(2).

failed(Format, Args) ->
    io:format(standard_error, "transom: " ++ Format ++ "~n", Args),
    stop(1).

%% What was printed is out before the VM ends.
stop(Status) ->
    _ = [catch logger_std_h:filesync(default) || erlang:function_exported(logger_std_h, filesync, 1)],
    erlang:halt(Status).
