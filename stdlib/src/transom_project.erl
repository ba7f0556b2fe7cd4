%% Projects run from their sources: `transom run DIR`, `transom test`, and what `transom bundle` packs. What a project is: transom_rebar.
%%
%% All files are compiled, several at a time, before anything is said: one run shows the errors of all of them. Parse transforms and behaviours of the
%% project are found by the code path, which compiles a source at its first use; what the project depends on is compiled so too.
-module(transom_project).

-export([run/3, test/2, plan/3, start/1]).

%% What starts: applications in the order in which they are loaded, the last one is the project's; functions instead of it, if any.
-type plan() :: #{modules := [{module(), file:filename(), binary()}], applications := [{application, atom(), list()}],
                  main := atom(), functions := [mfa()], units := [transom_rebar:unit()]}.

%% All return after the compilers' messages are out; a failure ends the VM with status 1, wrong usage with 2.
run([Dir], Starts, Options) ->
    Plan = plan(Dir, Starts, Options -- ["watch"]),
    %% Everything is loaded: what it was made from is what is watched.
    _ = lists:member("watch", Options) andalso transom_watch:start(),
    start(Plan).

%% Compiles and loads a project. Options: how messages are drawn, then "warnings_as_errors" perhaps.
-spec plan(file:filename(), [string()], [string()]) -> plan().
plan(Dir, Starts, [Draw | Options]) ->
    #{units := Units, deps := Deps} = Project = read(Dir, []),
    Modules = build(Project, extra(Options), Draw),
    Specs = [S || U <- Deps ++ Units, S <- [application(U, module_names(U))], S =/= none],
    Main = case Units of
               [_] -> application(hd(Units), module_names(hd(Units)));
               _ -> main(Units)
           end,
    Functions = [start_function(S) || S <- Starts],
    case {Functions, Main} of
        {[], none} -> usage("~ts has no application; say what starts it: -s MOD[:FUN]", [Dir]);
        {[], {several, Names}} -> usage("~ts has several applications (~ts); say what starts it: -s MOD[:FUN]", [Dir, lists:join(", ", Names)]);
        _ -> #{modules => Modules, applications => Specs, main => main_name(Main), functions => Functions, units => Deps ++ Units}
    end.

main_name({application, App, _}) -> App;
main_name(_) -> none.

%% Of several applications the one that stands on all others, if there is one.
main(Units) ->
    Specs = [S || U <- Units, S <- [application(U, [])], S =/= none],
    Needed = lists:append([proplists:get_value(applications, Keys, []) || {application, _, Keys} <- Specs]),
    case [S || {application, App, _} = S <- Specs, not lists:member(App, Needed)] of
        [Top] -> Top;
        [] -> none;
        Several -> {several, [atom_to_list(A) || {application, A, _} <- Several]}
    end.

module_names(#{src := Files}) -> [list_to_atom(filename:basename(F, ".erl")) || F <- Files].

%% Starts what plan/3 found, here or in a bundle.
-spec start(map()) -> ok.
start(#{applications := Specs, main := Main, functions := Functions}) ->
    lists:foreach(fun load_application/1, Specs),
    case Functions of
        [] ->
            case application:ensure_all_started(Main, permanent) of
                {ok, _} -> ok;
                {error, Reason} -> failed("cannot start the application ~ts:~n~tp", [Main, Reason])
            end;
        _ -> lists:foreach(fun({M, F, A}) -> apply(M, F, A) end, Functions)
    end.

%% What the command line says about compiling.
extra(Options) -> [warnings_as_errors || lists:member("warnings_as_errors", Options)] ++ code_server:flag_options().

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
    Loaded = build(Project, extra(Options), Draw),
    [load_application(S) || U <- maps:get(deps, Project) ++ maps:get(units, Project), S <- [application(U, module_names(U))], S =/= none],
    Only = [list_to_atom(M) || "module=" ++ M <- Options],
    Files = [{report, {eunit_surefire, [{dir, made(filename:absname(D))}]}} || "junit=" ++ D <- Options],
    %% Tests find their files from the project's directory.
    ok = file:set_cwd(maps:get(dir, Project)),
    Names = [M || {M, _, _} <- Loaded],
    Modules = case Only of
                  [] -> without_companions(Names);
                  _ -> Only
              end,
    Verbose = [verbose || lists:member("verbose", Options)],
    Self = self(),
    Result = eunit:test([{module, M} || M <- Modules], [{count_to, Self} | Verbose ++ Files ++ reporting(maps:get(eunit, Project))]),
    {Passed, Failed} = receive {eunit_counts, P, F} -> {P, F} after 0 -> {0, 1} end,
    io:format("~w passed, ~w failed~n", [Passed, Failed]),
    %% A process that a test left behind must not keep the VM.
    case Result =:= ok andalso Failed =:= 0 of
        true -> stop(0);
        false -> stop(1)
    end.

made(Dir) ->
    case filelib:ensure_path(Dir) of
        ok -> Dir;
        {error, Reason} -> failed("~ts: ~ts", [Dir, file:format_error(Reason)])
    end.

%% Who reports in the terminal's stead must be there: else the terminal does.
reporting(Options) ->
    Missing = [M || {report, R} <- Options, M <- [reporter(R)], code:ensure_loaded(M) =/= {module, M}],
    [standard_error_line(io_lib:format("note: the tests' own reporter ~ts cannot be found", [M])) || M <- Missing],
    [O || O <- Options, not (Missing =/= [] andalso is_instead(O))].

reporter({Module, _}) -> Module;
reporter(Module) -> Module.

is_instead({report, _}) -> true;
is_instead({no_tty, _}) -> true;
is_instead(O) -> O =:= no_tty.

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
    [failed("~ts: there is no such file", [F]) || F <- Files, not filelib:is_regular(F)],
    Dirs = lists:usort([filename:dirname(F) || F <- Files]),
    Unit = #{name => "files", dir => ".", src => Files, test => [], app_file => none, path => Dirs,
             options => [{d, 'TEST'} | [{i, I} || D <- Dirs, I <- [D, filename:join(D, "../include")]]]},
    #{dir => ".", units => [Unit], deps => [], eunit => [], notes => []}.

read(Dir, Profiles) ->
    case transom_rebar:read(Dir, Profiles) of
        {ok, #{notes := Notes} = Project} ->
            [standard_error_line(N) || N <- Notes],
            Project;
        {error, Text} -> failed("~ts", [Text])
    end.

%% ---- Applications ----

application(#{app_file := none}, _) -> none;
application(#{app_file := File}, Modules) ->
    case file:consult(File) of
        {ok, [{application, App, Keys}]} -> {application, App, lists:keystore(modules, 1, version(Keys), {modules, Modules})};
        {ok, _} -> failed("~ts holds no application", [File]);
        {error, Why} -> failed("~ts: ~ts", [File, file:format_error(Why)])
    end.

%% A version that the release tool would compute.
version(Keys) ->
    case lists:keyfind(vsn, 1, Keys) of
        {vsn, Vsn} when is_list(Vsn) -> Keys;
        _ -> lists:keystore(vsn, 1, Keys, {vsn, "0.0.0"})
    end.

load_application({application, App, _} = Spec) ->
    case application:load(Spec) of
        ok -> ok;
        {error, {already_loaded, App}} -> ok;
        {error, Why} -> failed("cannot load the application ~ts: ~tp", [App, Why])
    end.

%% ---- Compiling ----

%% Answers the modules in the order of their files, all loaded; or ends the VM when a file has errors.
build(#{units := Units, deps := Deps}, Extra, Draw) ->
    All = [U#{options := Extra ++ usable(O)} || #{options := O} = U <- Units],
    Others = [U#{options := usable(O)} || #{options := O} = U <- Deps],
    persistent_term:put({code, source_options}, lists:append([O || #{options := O} <- All])),
    persistent_term:put({code, source_options_of}, maps:from_list([{code_server:place(D), O} || #{path := Path, options := O} <- Others ++ All, D <- Path])),
    persistent_term:put({code, applications}, maps:from_list([{N, filename:absname(D)} || #{name := N, dir := D} <- Others ++ All])),
    %% Tests change the directory.
    ok = code:add_pathsa(lists:reverse([filename:absname(D) || #{path := P} <- All, D <- P])),
    ok = code:add_pathsz([filename:absname(D) || #{path := P} <- Others, D <- P]),
    Tests = lists:append([T || #{test := T} <- All]),
    Files = [{F, O} || #{src := Src, test := Test, options := O} <- All, F <- Src ++ Test],
    Drawing = {draw, list_to_atom(Draw)},
    Outcomes = in_parallel(fun({F, O}) -> compile(F, [Drawing | O]) end, Files, erlang:system_info(schedulers_online)),
    [standard_error_line(Text) || {_, Messages, _} <- Outcomes, Text <- Messages],
    Failed = [{F, Missing} || {{F, _}, {error, _, Missing}} <- lists:zip(Files, Outcomes)],
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

usable(Options) -> [O || O <- Options, not lists:member(O, [debug_info, native, report, return])].

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
            case [Header || {error, _, _, include, "can't find include lib \"" ++ Name, _} <- Messages, Header <- [hd(string:split(Name, "\""))]] of
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
