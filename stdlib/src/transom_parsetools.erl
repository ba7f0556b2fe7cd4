%% What the generators of parsers and of scanners have in common: options, names of files, reading and writing them, and telling about errors
%% and warnings.
-module(transom_parsetools).

-export([options/2, name/1, extended/2, shown/2, common/3, read_text/1, write/2, attribute/2, code_text/3, place/1, answer/5]).

-define(FLAGS, [report_errors, report_warnings, return_errors, return_warnings, verbose, warnings_as_errors, deterministic]).

%% Options as a map, those of the environment last; badarg for one that is unknown. More: further options with the kind of their value.
-spec options(term(), #{atom() => file | boolean | {integer, pos_integer()} | [atom()]}) -> map() | badarg.
options(Options0, More) ->
    List = case Options0 of _ when is_list(Options0) -> Options0; One -> [One] end,
    Defaults = maps:from_list([{F, lists:member(F, [report_errors, report_warnings])} || F <- ?FLAGS]
                              ++ [{Name, Default} || {Name, [Default | _]} <- maps:to_list(More)]
                              ++ [{Name, Default} || {Name, {integer, Default}} <- maps:to_list(More)]
                              ++ [{Name, false} || {Name, boolean} <- maps:to_list(More)]),
    try
        Given = lists:append([option(O, More) || O <- List]),
        Environment = lists:append([try option(O, More) catch throw:badarg -> [] end || O <- compile:env_compiler_options()]),
        lists:foldl(fun({Name, Value}, Acc) -> Acc#{Name => Value} end, Defaults, lists:reverse(Given ++ Environment))
    catch throw:badarg -> badarg
    end.

option(Name, More) when is_atom(Name) -> option({Name, true}, More);
option({report, Value}, _) when is_boolean(Value) -> [{report_errors, Value}, {report_warnings, Value}];
option({return, Value}, _) when is_boolean(Value) -> [{return_errors, Value}, {return_warnings, Value}];
option({Name, Value}, More) ->
    Good = case More of
        #{Name := file} -> is_atom(Value) orelse is_list(Value);
        #{Name := boolean} -> is_boolean(Value);
        #{Name := {integer, _}} -> is_integer(Value) andalso Value > 0;
        #{Name := Values} -> lists:member(Value, Values);
        _ -> lists:member(Name, ?FLAGS) andalso is_boolean(Value)
    end,
    case Good of
        true -> [{Name, Value}];
        false -> throw(badarg)
    end;
option(_, _) -> throw(badarg).

%% Names are texts or atoms.
-spec name(term()) -> string().
name(Name) -> lists:concat([Name]).

-spec extended(string(), string()) -> string().
extended(Name, Extension) ->
    case filename:extension(Name) of
        Extension -> Name;
        _ -> Name ++ Extension
    end.

%% As -file attributes have it.
-spec shown(file:filename(), map()) -> file:filename().
shown(Name, #{deterministic := true}) -> filename:basename(Name);
shown(Name, _) -> Name.

%% The common part of what is made: the file of the option, else the one that comes with the generators.
-spec common(map(), fun((string()) -> file:filename()), file:filename()) -> {default | own, file:filename()}.
common(Options, Extended, Default) ->
    case maps:get(includefile, Options, "") of
        "" -> {default, filename:join([code:lib_dir(parsetools), "include", Default])};
        Own -> {own, Extended(name(Own))}
    end.

%% undecodable: with what comes before the bytes that are no text in the encoding of the file.
-spec read_text(file:filename()) -> {ok, string()} | {undecodable, string()} | {error, term()}.
read_text(File) ->
    case file:read_file(File) of
        {ok, Bytes} ->
            Encoding = case epp:read_encoding_from_binary(Bytes) of none -> utf8; Named -> Named end,
            case unicode:characters_to_list(Bytes, Encoding) of
                Text when is_list(Text) -> {ok, Text};
                {_, Before, _} -> {undecodable, Before}
            end;
        Error -> Error
    end.

-spec write(file:filename(), iolist()) -> ok | {error, term()}.
write(File, Text) -> file:write_file(File, unicode:characters_to_binary(Text)).

-spec attribute(file:filename(), integer()) -> iolist().
attribute(Name, Line) -> io_lib:format("-file(~ts, ~w).~n", [io_lib:write_string(Name), Line]).

%% The code of a rule, every token on its own line of the file; Text is asked what to write for each.
-spec code_text([erl_scan:token()], pos_integer(), fun((erl_scan:token()) -> iolist())) -> iolist().
code_text([], _, _) -> [];
code_text([Token | Rest], Line, Text) ->
    At = erl_scan:line(Token),
    Inside = length([C || C <- erl_scan:text(Token), C =:= $\n]),
    [lists:duplicate(At - Line, $\n), Text(Token), " " | code_text(Rest, At + Inside, Text)].

%% Runs what makes the output, tells of its errors and warnings as asked for, and answers what file/2 answers. Errors and warnings are
%% {Location, Descriptor}, for Module:format_error/1, or {Location, OtherModule, Descriptor}. That Output cannot be written is said of the
%% file OfOutput, before anything else is done.
-spec answer(module(), {Input :: file:filename(), OfOutput :: file:filename()}, file:filename(), map(),
             fun(() -> {file:filename(), Errors :: [tuple()], [{file:filename(), Warnings :: [tuple()]}]})) -> term().
answer(Module, {Input, OfOutput}, Output, Options, Make) ->
    {File, Errors0, Warnings0} = case file:read_file_info(Input) of
        {error, Reason} -> {Input, [{none, {file_error, Reason}}], []};
        {ok, _} ->
            case writable(Output) of
                ok -> Make();
                {error, Reason} -> {OfOutput, [{none, {file_error, Reason}}], []}
            end
    end,
    Errors = [{File, infos(Module, Errors0)} || Errors0 =/= []],
    Warnings = [{Name, infos(Module, Found)} || {Name, Found} <- Warnings0, Found =/= []],
    Strict = maps:get(warnings_as_errors, Options) andalso Warnings =/= [],
    report(maps:get(report_errors, Options), Errors, ""),
    report(maps:get(report_warnings, Options), Warnings, case Strict of true -> ""; false -> "Warning: " end),
    Failed = Errors =/= [] orelse Strict,
    %% What was made before is not left beside a file that nothing can be made of.
    Failed andalso Errors0 =/= [{none, {file_error, enoent}}] andalso file:delete(Output),
    case Options of
        #{return_errors := true} when Failed -> {error, Errors, Warnings};
        _ when Failed -> error;
        #{return_warnings := true} -> {ok, Output, Warnings};
        _ -> {ok, Output}
    end.

writable(Output) ->
    case file:open(Output, [append]) of
        {ok, Device} -> file:close(Device);
        Error -> Error
    end.

infos(Module, Found) -> lists:sort([case F of {At, What} -> {At, Module, What}; {_, _, _} -> F end || F <- Found]).

report(false, _, _) -> ok;
report(true, Found, Prefix) ->
    [io:fwrite("~ts:~s ~s~ts~n", [File, place(At), Prefix, Module:format_error(What)]) || {File, Infos} <- Found, {At, Module, What} <- Infos],
    ok.

%% As messages begin.
-spec place(erl_anno:location() | none) -> iolist().
place(none) -> "";
place({Line, Column}) -> io_lib:fwrite("~w:~w:", [Line, Column]);
place(Line) -> io_lib:fwrite("~w:", [Line]).
