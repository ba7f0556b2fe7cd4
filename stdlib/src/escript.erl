%% Scripts as files: what one can ask about itself, and their parts, put together and taken apart.
%%
%% A file is a line with #!, a comment, a line with %%! and the flags of the emulator, each of which may miss, then the body: source, or a module file, or an
%% archive, told apart by their first bytes. An archive is made of files, too: {archive, Files, Options} as for zip:create/3.
-module(escript).

-export([script_name/0, create/2, extract/2]).
-export_type([escript_filename/0, section/0]).

-type escript_filename() :: file:filename_all().
-type section() :: shebang | {shebang, default | undefined | string()}
                 | comment | {comment, default | undefined | string()}
                 | {emu_args, undefined | string()}
                 | {source, file:filename_all() | binary()} | {beam, file:filename_all() | binary()} | {archive, file:filename_all() | binary()}
                 | {archive, [term()], [zip:create_option()]}.

-define(SHEBANG, "/usr/bin/env escript").
-define(COMMENT, "This is an -*- erlang -*- file").

-record(parts, {shebang, comment, emu_args, body}).

%% The file that runs, as it was named on the command line.
-spec script_name() -> string().
script_name() -> init:script_name().

%% Writes a script, or answers its bytes for `binary'. Of several sections of a kind the last one counts.
-spec create(escript_filename() | binary, [section()]) -> ok | {ok, binary()} | {error, term()}.
create(File, Sections) ->
    maybe
        {ok, Parts} ?= sections(Sections, #parts{}),
        {ok, Body} ?= body(Parts#parts.body),
        Bytes = unicode:characters_to_binary([line("#!", Parts#parts.shebang, ?SHEBANG), line("%% ", Parts#parts.comment, ?COMMENT),
                                              line("%%!", Parts#parts.emu_args, "")]),
        write(File, <<Bytes/binary, Body/binary>>)
    end.

sections([], Parts) -> {ok, Parts};
sections([shebang | Rest], P) -> sections([{shebang, default} | Rest], P);
sections([comment | Rest], P) -> sections([{comment, default} | Rest], P);
sections([{shebang, V} | Rest], P) when V =:= default; V =:= undefined; is_list(V) -> sections(Rest, P#parts{shebang = V});
sections([{comment, V} | Rest], P) when V =:= default; V =:= undefined; is_list(V) -> sections(Rest, P#parts{comment = V});
sections([{emu_args, V} | Rest], P) when V =:= undefined; is_list(V) -> sections(Rest, P#parts{emu_args = V});
sections([{Kind, _} = Body | Rest], P) when Kind =:= source; Kind =:= beam; Kind =:= archive -> sections(Rest, P#parts{body = Body});
sections([{archive, Files, Options} = Body | Rest], P) when is_list(Files), is_list(Options) -> sections(Rest, P#parts{body = Body});
sections([Bad | _], _) -> {error, {badarg, Bad}};
sections(Bad, _) -> {error, {badarg, Bad}}.

line(_, undefined, _) -> "";
line(Start, default, Text) -> [Start, Text, $\n];
line(Start, Text, _) -> [Start, Text, $\n].

body(undefined) -> {error, missing_body};
body({_, Bytes}) when is_binary(Bytes) -> {ok, Bytes};
body({archive, Files, Options}) ->
    case zip:create("escript.zip", Files, [memory | Options]) of
        {ok, {_, Bytes}} -> {ok, Bytes};
        {error, Why} -> {error, {Why, {archive, Files, Options}}}
    end;
body({_, File} = Section) ->
    case file:read_file(File) of
        {ok, Bytes} -> {ok, Bytes};
        {error, Why} -> {error, {Why, Section}}
    end.

write(binary, Bytes) -> {ok, Bytes};
write(File, Bytes) ->
    case file:write_file(File, Bytes) of
        ok -> ok;
        {error, Why} -> {error, {Why, File}}
    end.

%% The sections of a script. With `compile_source' its source is answered as a module file: {source, Bytes}.
-spec extract(file:filename(), [compile_source | {section, [atom()]}]) -> {ok, [section()]} | {error, term()}.
extract(File, Options) ->
    maybe
        {ok, Compile} ?= options(Options, false),
        {ok, Bytes} ?= read(File),
        {#parts{body = Body} = P, Line} = head(Bytes),
        {ok, Section} ?= section(Body, Compile, File, Line),
        {ok, [{shebang, P#parts.shebang}, {comment, P#parts.comment}, {emu_args, P#parts.emu_args}, Section]}
    end.

options([], Compile) -> {ok, Compile};
options([compile_source | Rest], _) -> options(Rest, true);
options([Bad | _], _) -> {error, {badarg, Bad}};
options(Bad, _) -> {error, {badarg, Bad}}.

read(File) ->
    case file:read_file(File) of
        {ok, Bytes} ->
            %% There is a second line, or it is no script.
            case line_of(Bytes) of
                {_, <<>>} -> {error, "Premature end of file reached"};
                _ -> {ok, Bytes}
            end;
        {error, Why} -> {error, lists:flatten(io_lib:format("~ts: '~ts'", [file:format_error(Why), File]))}
    end.

%% The parts of the head, the rest, and the line on which it begins.
head(Bytes) ->
    case line_of(Bytes) of
        {<<"#!", Shebang/binary>>, Rest} -> notes(Rest, 2, #parts{shebang = known(text(Shebang), ?SHEBANG)});
        _ -> {#parts{body = Bytes}, 1}
    end.

%% A comment and the flags, in this order, each at most once.
notes(Bytes, Line, #parts{comment = Comment, emu_args = Args} = P) ->
    case line_of(Bytes) of
        {<<"%%!", Flags/binary>>, Rest} when Args =:= undefined -> notes(Rest, Line + 1, P#parts{emu_args = text(Flags)});
        {<<"%", Text/binary>>, Rest} when Comment =:= undefined, Args =:= undefined ->
            notes(Rest, Line + 1, P#parts{comment = known(string:trim(text(Text), leading, "% "), ?COMMENT)});
        _ -> {P#parts{body = Bytes}, Line}
    end.

line_of(Bytes) ->
    case binary:split(Bytes, <<"\n">>) of
        [Line, Rest] -> {Line, Rest};
        [Line] -> {Line, <<>>}
    end.

text(Bytes) -> string:trim(binary_to_list(Bytes)).

known(Default, Default) -> default;
known(Text, _) -> Text.

section(<<"PK", _/binary>> = Body, _, _, _) -> {ok, {archive, Body}};
section(<<"FOR1", _/binary>> = Body, _, _, _) -> {ok, {beam, Body}};
section(<<"TBC\n", _/binary>> = Body, _, _, _) -> {ok, {beam, Body}};
section(Body, false, _, _) -> {ok, {source, Body}};
section(Body, true, File, Line) ->
    %% As `escript' runs it: a module, of its file's name if it names none, that exports main/1.
    Text = case re:replace(Body, "^([ \t]*-[ \t]*module[ \t]*\\([^)]*\\)[ \t]*\\.)", "\\1 -export([main/1]).", [multiline, {return, binary}]) of
               Body -> [io_lib:format("-module('~ts'). -export([main/1]). ", [filename:rootname(filename:basename(File))]), Body];
               Named -> Named
           end,
    Source = unicode:characters_to_binary([lists:duplicate(Line - 1, $\n), Text]),
    case prim_compile:compile(Source, File, [nowarn_duplicated_export]) of
        {ok, _, Bytes, _, _} -> {ok, {source, Bytes}};
        {error, Messages} -> {error, [{File, [element(5, M) || M <- Messages]}]}
    end.
