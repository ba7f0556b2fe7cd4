%% Sources that are made of grammars (.yrl) and scanner files (.xrl) beside them: before a project is compiled where there is none or an older
%% one, by a reload when what they are made of has changed.
%%
%% A source counts as made of a file when a project with both was compiled here, or when its -file attributes say so: nothing else is ever
%% written over by a reload. Whether the file has changed since is told by its content once that has been seen, by its time before. All this is
%% in the table of the reload server, and in persistent terms for what was made before there was one.
-module(transom_grammar).

-export([make/3, of_source/2, changed/2, renew/2, planned/3, source/1]).

-define(KINDS, [{yecc, ".yrl", yrl_opts}, {leex, ".xrl", xrl_opts}]).

%% Of a project: its directories of sources, its configuration, the file that has it.
-spec make([file:filename()], [term()], file:filename()) -> ok | {error, iolist()}.
make(Dirs, Config, ConfigFile) ->
    try
        [made(Generator, File, proplists:get_value(Key, Config, []))
         || {Generator, Extension, Key} <- ?KINDS, Dir <- Dirs, File <- filelib:wildcard(filename:join(Dir, "*" ++ Extension))],
        ok
    catch
        throw:{?MODULE, options, Generator, Options} ->
            {error, io_lib:format("~ts: ~ts does not know all of these options: ~tp", [ConfigFile, Generator, Options])};
        throw:{?MODULE, File} ->
            {error, io_lib:format("~ts: no source can be made of it", [File])}
    end.

made(Generator, File, Options) ->
    Source = beside(File),
    Outcome = case is_newer(File, Source) of
        true -> generated(Generator, File, Options, [report_errors, return_errors, {report_warnings, false}]);
        false -> {ok, Source}
    end,
    case Outcome of
        {ok, Made} ->
            persistent_term:put({?MODULE, absolute(Made)}, {Generator, absolute(File), Options, content(File)});
        %% Where nothing can be written there may be a source.
        {error, [{_, [{_, _, {file_error, _}} | _]} | _], _} -> ok;
        {error, _, _} -> throw({?MODULE, File})
    end.

generated(Generator, File, Options, More) ->
    try Generator:file(File, Options ++ More)
    catch error:badarg -> throw({?MODULE, options, Generator, Options})
    end.

%% The source beside a grammar; any other file is itself.
-spec source(file:filename()) -> file:filename().
source(File) ->
    case lists:keymember(filename:extension(File), 2, ?KINDS) of
        true -> beside(File);
        false -> File
    end.

beside(File) -> filename:rootname(File) ++ ".erl".

absolute(File) -> filename:join([Part || Part <- filename:split(filename:absname(File)), Part =/= "."]).

is_newer(File, Source) -> filelib:last_modified(File) > filelib:last_modified(Source).

content(File) ->
    case prim_file:read_file(File) of
        {ok, Bytes} -> erlang:md5(Bytes);
        {error, _} -> none
    end.

%% What a source is made of, if anything: the file, which is watched from here on.
-spec of_source(ets:table(), file:filename()) -> [file:filename()].
of_source(Cache, Source) ->
    case origin(Source) of
        {_, File, _, _} = Origin ->
            _ = has_changed(Cache, Source, Origin),
            [File];
        none -> []
    end.

origin(Source) ->
    case persistent_term:get({?MODULE, absolute(Source)}, none) of
        none ->
            Files = [{Generator, filename:rootname(Source) ++ Extension} || {Generator, Extension, _} <- ?KINDS],
            case [F || {_, File} = F <- Files, filelib:is_regular(File), says_so(Source, File)] of
                [{Generator, File} | _] -> {Generator, File, [], unknown};
                [] -> none
            end;
        Known -> Known
    end.

says_so(Source, File) ->
    case prim_file:read_file(Source) of
        {ok, Text} -> re:run(Text, ["^-file\\(\"([^\"\n]*/)?\\Q", filename:basename(File), "\\E\""], [multiline, {capture, none}]) =:= match;
        {error, _} -> false
    end.

%% A content that is seen for the first time is the one the source was made of, unless it is newer.
has_changed(Cache, Source, {_, File, _, Made}) ->
    Now = content(File),
    case {ets:lookup(Cache, {?MODULE, Source}), Made} of
        {[{_, Now, Outcome}], _} -> {no, Outcome};
        {[], Now} -> {no, ok};
        {[], unknown} ->
            case is_newer(File, Source) of
                true -> {yes, Now};
                false ->
                    ets:insert(Cache, {{?MODULE, Source}, Now, ok}),
                    {no, ok}
            end;
        _ -> {yes, Now}
    end.

%% The file that has changed since the source was made, if there is one.
-spec changed(ets:table(), file:filename()) -> [file:filename()].
changed(Cache, Source) ->
    case origin(Source) of
        none -> [];
        {_, File, _, _} = Origin ->
            case has_changed(Cache, Source, Origin) of
                {yes, _} -> [File];
                {no, ok} -> [];
                {no, {error, _}} -> [File]
            end
    end.

%% Makes the sources anew that are made of changed files. Answers those that could not be, as what transom_source:compile_all/2 says of a source
%% that does not compile; they are left as they were, and nothing is tried again before the next change.
-spec renew(ets:table(), [{module() | undefined, file:filename()}]) -> [{file:filename(), {error, file:filename(), [tuple()], []}}].
renew(Cache, Files) ->
    [{Source, {error, File, Said, []}} || {_, Source} <- Files, {_, File, _, _} = Origin <- [origin(Source)],
                                          {error, Said} <- [renewed(Cache, Source, Origin)]].

renewed(Cache, Source, {Generator, File, Options, _} = Origin) ->
    case has_changed(Cache, Source, Origin) of
        {no, Outcome} -> Outcome;
        {yes, Content} ->
            Before = as_it_is(Source),
            Outcome = case generated(Generator, File, Options, [return, {report, false}]) of
                {ok, _, _} -> ok;
                {error, Errors, _} ->
                    put_back(Source, Before),
                    {error, [said(Name, E) || {Name, Es} <- Errors, E <- Es]}
            end,
            ets:insert(Cache, {{?MODULE, Source}, Content, Outcome}),
            Outcome
    end.

%% What Fun says of the sources as renew/2 would make them, which is taken back.
-spec planned(ets:table(), [{module() | undefined, file:filename()}], fun(() -> Answer)) -> Answer.
planned(Cache, Files, Fun) ->
    Kept = [{Source, as_it_is(Source), ets:lookup(Cache, {?MODULE, Source})} || {_, Source} <- Files, changed(Cache, Source) =/= []],
    try Fun()
    after
        [begin
             put_back(Source, Before),
             ets:delete(Cache, {?MODULE, Source}),
             ets:insert(Cache, Known)
         end || {Source, Before, Known} <- Kept]
    end.

as_it_is(Source) ->
    case prim_file:read_file(Source) of
        {ok, Text} -> {Text, filelib:last_modified(Source)};
        {error, _} -> none
    end.

%% With its time: the next start tells by it whether the grammar is newer.
put_back(Source, {Text, Time}) ->
    _ = file:write_file(Source, Text),
    _ = file:change_time(Source, Time),
    ok;
put_back(Source, none) ->
    _ = file:delete(Source),
    ok.

said(File, {Location, Module, What}) ->
    Message = unicode:characters_to_binary(Module:format_error(What)),
    {unicode:characters_to_binary(io_lib:format("~ts:~s error: ~ts", [File, transom_parsetools:place(Location), Message])),
     #{<<"file">> => unicode:characters_to_binary(File), <<"severity">> => error, <<"code">> => Module, <<"message">> => Message,
       <<"notes">> => [], <<"hint">> => null}}.
