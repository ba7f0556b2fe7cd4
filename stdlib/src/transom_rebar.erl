%% What a project says about itself: its directories, the keys of rebar.config that count, what it depends on and where that lies.
%%
%% A project is a directory with src/ (or with sources right in it), or with apps/ or lib/ that hold several. Nothing is fetched: what is depended on must lie in
%% _checkouts, deps, _build/default/lib, apps, lib, a directory of ERL_LIBS, or on the code path.
-module(transom_rebar).

-export([read/2, unhonoured/1]).
-export_type([project/0, unit/0]).

%% One application, or one directory of sources.
-type unit() :: #{name := string(), dir := file:filename(), src := [file:filename()], test := [file:filename()],
                  options := [term()], path := [file:filename()], app_file := none | file:filename()}.

%% units: what is built at once. deps: what is compiled when it is first called. notes: what was asked for and is not done.
-type project() :: #{dir := file:filename(), units := [unit()], deps := [unit()], eunit := [term()], notes := [iolist()]}.

-define(CONFIG, "rebar.config").

%% With the profile `test' the sources of tests come along and TEST is defined.
-spec read(file:filename(), [atom()]) -> {ok, project()} | {error, iolist()}.
read(Dir, Profiles) ->
    try {ok, project(Dir, Profiles)}
    catch throw:{?MODULE, Text} -> {error, Text}
    end.

fail(Format, Args) -> throw({?MODULE, io_lib:format(Format, Args)}).

project(Dir, Profiles) ->
    Base = config(Dir, []),
    Config = config(Dir, Profiles),
    Members = members(Dir, Config),
    Units = [unit(D, with_own(D, Dir, Config, Profiles), Profiles) || D <- Members],
    {Deps, Notes} = dependencies(Dir, Units, Base, Config),
    #{dir => Dir, units => Units, deps => Deps, eunit => proplists:get_value(eunit_opts, Config, []),
      notes => [note(Dir, K) || K <- unhonoured(Config)] ++ generated(Units) ++ Notes}.

%% The directories of the project's own applications.
members(Dir, Config) ->
    Own = [Dir || D <- named_dirs(Config), filelib:is_dir(filename:join(Dir, name_of(D)))],
    Below = [D || Parent <- ["apps", "lib"], D <- lists:sort(filelib:wildcard(filename:join([Dir, Parent, "*"]))),
                  filelib:wildcard(filename:join([D, "src", "*.app.src"])) =/= []],
    case {Own, Below} of
        {[], []} -> [Dir];
        {_, []} -> [Dir];
        {[], _} -> Below;
        _ -> [Dir | Below]
    end.

%% A member of several may have a configuration of its own, which comes first.
with_own(Dir, Dir, Config, _) -> Config;
with_own(Dir, _, Config, Profiles) -> merge(config(Dir, Profiles), Config).

unit(Dir, Config, Profiles) ->
    SrcDirs = src_dirs(Dir, Config),
    case transom_grammar:make([D || {D, _} <- SrcDirs], Config, filename:join(Dir, ?CONFIG)) of
        ok -> ok;
        {error, Text} -> throw({?MODULE, Text})
    end,
    TestDirs = [D || lists:member(test, Profiles), D <- [filename:join(Dir, "test")], filelib:is_dir(D)],
    Extra = [{filename:join(Dir, D), R} || {D, R} <- extra_dirs(Config), filelib:is_dir(filename:join(Dir, D)),
                                           not lists:member(filename:join(Dir, D), TestDirs)],
    AppFile = app_file(Dir, [D || {D, _} <- SrcDirs]),
    Name = name(Dir, AppFile),
    Includes = [filename:join(Dir, "include") | [D || {D, _} <- SrcDirs ++ Extra]] ++ TestDirs ++ [Dir],
    Elsewhere = [filename:join(Dir, D) ++ "/" || D <- ["test", "_build", "_checkouts", "deps"]],
    Src = [F || F <- lists:uniq(lists:append([erl_files(D, R) || {D, R} <- SrcDirs])), not lists:any(fun(E) -> lists:prefix(E, F) end, Elsewhere)],
    Test = lists:append([erl_files(D, true) || D <- TestDirs]),
    Lazy = lists:append([erl_files(D, R) || {D, R} <- Extra]),
    #{name => Name, dir => Dir, src => Src, test => Test, app_file => AppFile,
      options => [{d, 'TEST'} || lists:member(test, Profiles)] ++ erl_opts(Dir, Config) ++ [{i, I} || I <- Includes] ++ [{app_dir, {Name, Dir}}],
      path => lists:uniq([filename:dirname(F) || F <- Src ++ Test ++ Lazy])}.

name(Dir, none) -> filename:basename(filename:absname(Dir));
name(_, File) -> hd(string:split(filename:basename(File), ".app")).

%% ---- rebar.config ----

config(Dir, Profiles) ->
    File = filename:join(Dir, ?CONFIG),
    case file:consult(File) of
        {ok, Terms} ->
            Terms1 = script(Dir, Terms),
            Named = proplists:get_value(profiles, Terms1, []),
            lists:foldl(fun(P, Acc) -> merge(proplists:get_value(P, Named, []), Acc) end, Terms1, Profiles);
        {error, enoent} -> script(Dir, []);
        {error, Why} -> fail("~ts: ~ts", [File, file:format_error(Why)])
    end.

%% rebar.config.script computes the configuration from the one that was read.
script(Dir, Terms) ->
    File = filename:join(Dir, ?CONFIG ".script"),
    case filelib:is_regular(File) of
        true ->
            case file:script(File, [{'CONFIG', Terms}, {'SCRIPT', File}]) of
                {ok, New} when is_list(New) -> New;
                {ok, _} -> Terms;
                {error, Why} -> fail("~ts: ~tp", [File, Why])
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

%% Keys that would change what is built or what runs, and that nobody here acts on. Keys of other tools (dialyzer, xref, relx, ...) ask nothing of a run.
-spec unhonoured([term()]) -> [atom()].
unhonoured(Config) ->
    Keys = [plugins, pre_hooks, post_hooks, provider_hooks, port_specs, port_env, overrides, artifacts, mib_opts],
    [K || K <- Keys, {_, V} <- [proplists:lookup(K, Config)], V =/= []].

note(Dir, Key) -> io_lib:format("~ts: note: ~ts is not honoured", [filename:join(Dir, ?CONFIG), Key]).

%% Sources from which a tool would make modules that are not there.
generated(Units) ->
    [io_lib:format("~ts: note: nothing is generated from it, and there is no ~ts.erl", [File, filename:rootname(File)])
     || #{path := Path} <- Units, Dir <- Path, Kind <- ["asn1", "peg"],
        File <- filelib:wildcard(filename:join(Dir, "*." ++ Kind)),
        not filelib:is_regular(filename:rootname(File) ++ ".erl")].

%% ---- Directories ----

%% Each with whether its subdirectories belong to it.
src_dirs(Dir, Config) ->
    case [{filename:join(Dir, name_of(D)), recursive(D)} || D <- named_dirs(Config), filelib:is_dir(filename:join(Dir, name_of(D)))] of
        [] -> [{Dir, true}];
        Dirs -> Dirs
    end.

named_dirs(Config) ->
    Opts = proplists:get_value(erl_opts, Config, []),
    proplists:get_value(src_dirs, Opts, proplists:get_value(src_dirs, Config, ["src"])).

extra_dirs(Config) ->
    Opts = proplists:get_value(erl_opts, Config, []),
    [{name_of(D), recursive(D)} || D <- proplists:get_value(extra_src_dirs, Opts, proplists:get_value(extra_src_dirs, Config, []))].

name_of({D, _}) -> D;
name_of(D) -> D.

recursive({_, Options}) -> proplists:get_value(recursive, Options, true);
recursive(_) -> true.

erl_files(Dir, Recursive) ->
    Below = [F || Recursive, F <- filelib:wildcard(filename:join(Dir, "*/**/*.erl"))],
    lists:sort(filelib:wildcard(filename:join(Dir, "*.erl")) ++ Below).

app_file(Dir, SrcDirs) ->
    Found = lists:append([filelib:wildcard(filename:join(D, "*.app.src")) || D <- SrcDirs]) ++
        filelib:wildcard(filename:join([Dir, "ebin", "*.app"])) ++ filelib:wildcard(filename:join(Dir, "*.app")),
    case Found of
        [File | _] -> File;
        [] -> none
    end.

%% ---- Options of the compiler ----

erl_opts(Dir, Config) ->
    lists:append([erl_opt(O, Dir) || O <- lists:flatten([proplists:get_value(erl_opts, Config, [])])]).

erl_opt({i, I}, Dir) -> [{i, filename:join(Dir, I)}];
erl_opt({platform_define, Regex, Name}, _) -> [{d, Name} || is_platform(Regex)];
erl_opt({platform_define, Regex, Name, Value}, _) -> [{d, Name, Value} || is_platform(Regex)];
erl_opt({Dirs, _}, _) when Dirs =:= src_dirs; Dirs =:= extra_src_dirs -> [];
erl_opt(O, _) -> [O].

is_platform(Regex) ->
    Text = erlang:system_info(otp_release) ++ "-" ++ erlang:system_info(system_architecture) ++ "-" ++
        integer_to_list(8 * erlang:system_info(wordsize)),
    re:run(Text, Regex) =/= nomatch.

%% ---- Dependencies ----

%% All that can be found, with what they need themselves. What the project itself wants must be there; what its tests alone want is said.
dependencies(Dir, Units, Base, Config) ->
    Own = [list_to_atom(N) || #{name := N} <- Units],
    Named = fun(Cs) -> lists:uniq([dep_name(D) || C <- Cs, D <- proplists:get_value(deps, C, [])]) -- Own end,
    Configs = [config(D, []) || #{dir := D} <- Units, D =/= Dir],
    Needed = Named([Base | Configs]),
    Wanted = Named([Config | Configs]),
    Roots = [filename:join(Dir, P) || P <- ["_checkouts", "deps", "_build/default/lib", "_build/test/lib"]] ++ libs(),
    Used = lists:append([applications(U) || U <- Units]),
    {Found, Missing} = closure([{N, "the project"} || N <- Wanted], [{A, "an application"} || A <- Used], Roots, Own),
    File = filename:join(Dir, ?CONFIG),
    case lists:partition(fun({N, By}) -> lists:member(N, Needed) orelse By =/= "the project" end, Missing) of
        {[], Tests} ->
            {Found, [io_lib:format("~ts: note: its tests want ~ts, which cannot be found", [File, N]) || {N, _} <- Tests]};
        {Lacking, _} ->
            fail("~ts depends on ~ts, which cannot be found: fetch it (rebar3 get-deps), or put it below _checkouts, "
                 "or name its directory's parent in ERL_LIBS or its ebin or src with -pa",
                 [File, lists:join(", ", [lacking(L) || L <- Lacking])])
    end.

lacking({Name, "the project"}) -> atom_to_list(Name);
lacking({Name, By}) -> io_lib:format("~ts (for ~ts)", [Name, By]).

dep_name(D) when is_atom(D) -> D;
dep_name(D) -> element(1, D).

%% Breadth first: Wanted must be found, Used is taken where it is.
closure(Wanted, Used, Roots, Seen) -> closure(Wanted, Used, Roots, Seen, [], []).

closure([{Name, By} | Rest], Used, Roots, Seen, Found, Missing) ->
    case lists:member(Name, Seen) of
        true -> closure(Rest, Used, Roots, Seen, Found, Missing);
        false ->
            case place(Name, Roots) of
                {ok, Place} ->
                    {Unit, More, Apps} = dependency(Place),
                    Text = atom_to_list(Name),
                    closure(Rest ++ [{M, Text} || M <- More], Used ++ [{A, Text} || A <- Apps], Roots, [Name | Seen], [Unit | Found], Missing);
                error ->
                    case is_there(Name) of
                        true -> closure(Rest, Used, Roots, [Name | Seen], Found, Missing);
                        false -> closure(Rest, Used, Roots, [Name | Seen], Found, [{Name, By} | Missing])
                    end
            end
    end;
closure([], [{App, By} | Rest], Roots, Seen, Found, Missing) ->
    case lists:member(App, Seen) orelse place(App, Roots) of
        {ok, _} -> closure([{App, By}], Rest, Roots, Seen, Found, Missing);
        _ -> closure([], Rest, Roots, [App | Seen], Found, Missing)
    end;
closure([], [], _, _, Found, Missing) -> {lists:reverse(Found), lists:reverse(Missing)}.

%% A dependency is built with its own options; of its profiles none counts.
dependency(Place) ->
    Config = config(Place, []),
    Unit = unit(Place, Config, []),
    Ebin = [D || D <- [filename:join(Place, "ebin")], filelib:is_dir(D)],
    {Unit#{path := Ebin ++ maps:get(path, Unit)}, [dep_name(D) || D <- proplists:get_value(deps, Config, [])], applications(Unit)}.

applications(#{app_file := none}) -> [];
applications(#{app_file := File}) ->
    case file:consult(File) of
        {ok, [{application, _, Keys}]} -> proplists:get_value(applications, Keys, []) ++ proplists:get_value(included_applications, Keys, []);
        _ -> []
    end.

place(Name, Roots) ->
    Text = atom_to_list(Name),
    Places = [filename:join(R, N) || R <- Roots, N <- [Text | filelib:wildcard(Text ++ "-*", R)]],
    case [P || P <- Places, filelib:is_dir(P)] of
        [Place | _] -> {ok, Place};
        [] -> error
    end.

is_there(Name) -> code:which(Name) =/= non_existing orelse is_list(code:lib_dir(Name)) orelse built_in(Name).

built_in(Name) -> lists:member(Name, [kernel, stdlib, compiler, crypto, eunit, syntax_tools, runtime_tools, tools, sasl]).

libs() ->
    case os:getenv("ERL_LIBS") of
        false -> [];
        Text -> string:lexemes(Text, ":")
    end.
