%% From source files to module files for a reload: which file a loaded module came from, what it was compiled with, what has changed.
%%
%% A compilation is remembered by the bytes of the source, of every header it read, of its options, and by the parse transforms and behaviours
%% it asked, so that asking again about an unchanged project costs reading its files. The memory is an ETS table of the reload server;
%% the code server has another one, of sources with their forms.
-module(transom_source).

-export([candidates/0, resolve/1, compile/2, compile_all/2, source_of/1, with_forms/1, project_options/1, new_cache/0]).

%% What the compiler said: drawn for people, and its parts as `transom check --format json` names them.
-type said() :: {binary(), #{binary() => term()}}.
-type built() :: #{module := module(), path := string(), bytes := binary(), text := binary(), warnings := [said()], headers := [string()],
                   transforms := [module()], behaviours := [module()]}.

new_cache() -> ets:new(transom_source, [public, {read_concurrency, true}]).

%% Loaded modules that have a source file, the library's own left out.
-spec candidates() -> [{module(), string()}].
candidates() ->
    [{M, P} || M <- lists:sort(erlang:loaded()), not is_library(M), {ok, P} <- [source_of(M)]].

is_library(M) -> erts_internal:image_code(M) =/= undefined andalso erts_internal:module_file(M) =:= undefined
                     andalso erts_internal:module_bytes(M, current) =:= undefined.

-spec source_of(module()) -> {ok, string()} | error.
source_of(M) ->
    case erts_internal:module_versions(M) of
        {#{path := [_ | _] = Path}, _} ->
            Abs = filename:absname(Path, start_directory()),
            case filelib:is_regular(Abs) of
                true -> {ok, Abs};
                false -> error
            end;
        _ -> error
    end.

%% The program may have changed its directory since.
start_directory() ->
    case persistent_term:get({?MODULE, cwd}, undefined) of
        undefined ->
            {ok, Cwd} = file:get_cwd(),
            persistent_term:put({?MODULE, cwd}, Cwd),
            Cwd;
        Cwd -> Cwd
    end.

%% What a module was compiled with, and what the project and the command line say about its source: macros, transforms, where headers are, flags.
options_of(M, Path) ->
    Old = case M =/= undefined andalso erlang:module_loaded(M) andalso erlang:get_module_info(M, compile) of
              Info when is_list(Info) -> proplists:get_value(options, Info, []);
              false -> []
          end,
    lists:uniq([O || O <- Old ++ project_options(Path), is_usable(O)]).

%% A transform among a project's options does not transform itself.
project_options(Path) ->
    Itself = {parse_transform, module_of(Path)},
    [O || O <- code_server:source_options(Path, persistent_term:get({code, source_options}, [])), O =/= Itself].

is_usable({Tag, _}) -> lists:member(Tag, [i, d, parse_transform, app_dir]);
is_usable({Tag, _, _}) -> lists:member(Tag, [d, d_text]);
is_usable(Flag) -> is_atom(Flag).

%% Arguments of the command: module names, files, directories.
-spec resolve([string()]) -> {[{module() | undefined, string()}], [string()]}.
resolve([]) -> {candidates(), []};
resolve(Args) ->
    Found = [resolve_one(A) || A <- Args],
    {lists:uniq(fun({_, P}) -> P end, lists:append([L || {ok, L} <- Found])), [E || {error, E} <- Found]}.

resolve_one(Arg) ->
    Path = transom_grammar:source(transom_command:path(Arg)),
    case {filelib:is_dir(Path), filelib:is_regular(Path)} of
        {true, _} ->
            case lists:append([filelib:wildcard(filename:join(D, "*.erl")) || D <- [Path, filename:join(Path, "src")]]) of
                [] -> {error, io_lib:format("no .erl file in ~ts", [Path])};
                Files -> {ok, [{module_of(F), F} || F <- Files]}
            end;
        {_, true} -> {ok, [{module_of(Path), Path}]};
        _ ->
            M = list_to_atom(Arg),
            case erlang:module_loaded(M) andalso source_of(M) of
                {ok, Source} -> {ok, [{M, Source}]};
                error -> {error, io_lib:format("the source of module ~ts is not known", [Arg])};
                false -> {error, io_lib:format("~ts is neither a file, nor a directory, nor a loaded module", [Arg])}
            end
    end.

module_of(File) -> list_to_atom(filename:basename(File, ".erl")).

%% How many compile at a time: each has a thread, and more than a few for each core gain nothing.
-define(AT_ONCE, 16).

%% All of them, several at a time.
-spec compile_all(ets:table(), [{module() | undefined, string()}]) -> [{ok, built()} | {error, string(), [said()], [string()]}].
compile_all(Cache, Files) ->
    {First, Rest} = lists:split(min(?AT_ONCE, length(Files)), Files),
    answers(Cache, [begun(Cache, F) || F <- First], Rest).

%% The answers in order; whenever one has come, one more is begun.
answers(_, [], []) -> [];
answers(Cache, [Oldest | Others], Rest) ->
    Answer = answer(Oldest),
    {More, Later} = case Rest of [F | Fs] -> {[begun(Cache, F)], Fs}; [] -> {[], []} end,
    [Answer | answers(Cache, Others ++ More, Later)].

begun(Cache, {_, Path} = File) ->
    Me = self(),
    Ref = make_ref(),
    {_, Mon} = spawn_monitor(fun() -> Me ! {Ref, compile(Cache, File)} end),
    {Ref, Mon, Path}.

answer({Ref, Mon, Path}) ->
    receive
        {Ref, Answer} ->
            erlang:demonitor(Mon, [flush]),
            Answer;
        {'DOWN', Mon, _, _, Why} ->
            {error, Path, [whole(Path, compiler, io_lib:format("the compiler failed: ~tp", [Why]))], []}
    end.

compile(Cache, {M, Path}) ->
    compile(Cache, Path, options_of(M, Path)).

compile(Cache, Path, Options) ->
    case prim_file:read_file(Path) of
        {ok, Text} ->
            Known = case ets:lookup(Cache, Path) of
                        [{_, Key, Built}] -> {Key, Built};
                        [] -> none
                    end,
            case Known of
                {K, B} ->
                    case key(Text, Options, headers(B), asked(B)) of
                        K -> B;
                        _ -> build(Cache, Path, Text, Options)
                    end;
                none -> build(Cache, Path, Text, Options)
            end;
        {error, Why} ->
            {error, Path, [whole(Path, read, file:format_error(Why))], []}
    end.

%% A source as a module file with its forms, for who asks a loaded module for them. It is compiled once, as long as nothing changes that it is made
%% of: tools ask again and again.
-spec with_forms(string()) -> {ok, binary()} | {error, enoent | einval}.
with_forms(File) ->
    Path = filename:absname(File),
    Cache = code_server:call(compiled_sources),
    case filelib:is_regular(Path) andalso bounded(Cache, Path, fun() -> compile(Cache, Path, [debug_info | project_options(Path)]) end) of
        {ok, #{bytes := Bytes}} -> {ok, Bytes};
        false -> {error, enoent};
        _ -> {error, einval}
    end.

%% A transform that asks for the forms of the source it is at work on, or for those of one whose transform asks for that, would ask for ever.
bounded(Cache, Path, Compile) ->
    Mine = {compiling, Path, self()},
    case is_in_transform() andalso [P || [P] <- ets:match(Cache, {{compiling, Path, '$1'}}), is_process_alive(P)] of
        [_ | _] -> endless;
        _ ->
            ets:insert(Cache, {Mine}),
            try Compile() after ets:delete(Cache, Mine) end
    end.

%% The process that runs transforms leads its own group.
is_in_transform() ->
    Leader = group_leader(),
    Leader =/= whereis(user) andalso Leader =/= whereis(init) andalso process_info(Leader, group_leader) =:= {group_leader, Leader}.

headers({ok, #{headers := Hs}}) -> Hs;
headers({error, _, _, Hs}) -> Hs.

asked({ok, #{transforms := Ts, behaviours := Bs}}) -> Ts ++ Bs;
asked({error, _, _, _}) -> [].

key(Text, Options, Headers, Modules) ->
    erlang:md5([Text, term_to_binary(Options), [case prim_file:read_file(H) of {ok, B} -> [1, B]; _ -> 0 end || H <- Headers] |
                [case erlang:module_loaded(M) of true -> erlang:get_module_info(M, md5); false -> 0 end || M <- Modules]]).

%% Headers are looked for in applications of the code path too.
build(Cache, Path, Text, Options) ->
    Built = case erts_internal:compile_source(Path, Text, [{code_path, code:get_path()} | Options]) of
                {ok, M, Bytes, Warnings, {Headers, Transforms, Behaviours}} ->
                    {ok, #{module => M, path => Path, bytes => Bytes, text => Text, warnings => said(Path, Warnings), headers => Headers,
                           transforms => Transforms, behaviours => Behaviours}};
                {error, Errors, {Headers, _, _}} -> {error, Path, said(Path, Errors), Headers}
            end,
    ets:insert(Cache, {Path, key(Text, Options, headers(Built), asked(Built)), Built}),
    Built.

%% What concerns a file as a whole has no place in it.
said(Path, All) ->
    Whole = #{<<"file">> => unicode:characters_to_binary(Path)},
    [{Text, maps:merge(Whole, json:decode(Json))} || {_, Text, Json} <- All].

whole(Path, Code, Message) ->
    {unicode:characters_to_binary(io_lib:format("~ts: error: ~ts", [Path, Message])),
     #{<<"file">> => unicode:characters_to_binary(Path), <<"severity">> => error, <<"code">> => Code,
       <<"message">> => unicode:characters_to_binary(Message), <<"notes">> => [], <<"hint">> => null}}.
