%% What the generators of parsers and of scanners have in common: options, names of files, and telling about errors and warnings.
-module(transom_parsetools).

-export([options/2, name/1, extended/2, read_text/1, answer/5]).

-define(FLAGS, [report_errors, report_warnings, return_errors, return_warnings, verbose, warnings_as_errors, deterministic, time]).

%% Options as a map, those of the environment last; badarg for one that is unknown. More: further options with the kind of their value.
-spec options(term(), #{atom() => file | boolean | [atom()]}) -> map() | badarg.
options(Options0, More) ->
    List = case Options0 of _ when is_list(Options0) -> Options0; One -> [One] end,
    Defaults = maps:from_list([{F, lists:member(F, [report_errors, report_warnings])} || F <- ?FLAGS]
                              ++ [{Name, Default} || {Name, [Default | _]} <- maps:to_list(More)]
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
        #{Name := file} -> true;
        #{Name := boolean} -> is_boolean(Value);
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

-spec read_text(file:filename()) -> {ok, string()} | {error, term()}.
read_text(File) ->
    case file:read_file(File) of
        {ok, Bytes} ->
            Encoding = case epp:read_encoding_from_binary(Bytes) of none -> utf8; Named -> Named end,
            case unicode:characters_to_list(Bytes, Encoding) of
                Text when is_list(Text) -> {ok, Text};
                _ -> {ok, binary_to_list(Bytes)}
            end;
        Error -> Error
    end.

%% Runs what makes the output, tells of its errors and warnings as asked for, and answers what file/2 answers. Errors and warnings are
%% {Location, Descriptor}, for Module:format_error/1, or {Location, OtherModule, Descriptor}. Output that cannot be written is said before anything else is done.
-spec answer(module(), file:filename(), file:filename(), map(), fun(() -> {file:filename(), [tuple()], [{file:filename(), [tuple()]}]})) -> term().
answer(Module, Input, Output, Options, Make) ->
    {File, Errors0, Warnings0} = case writable(Input, Output) of
        ok -> Make();
        {error, Name, Reason} -> {Name, [{none, {file_error, Reason}}], []}
    end,
    Errors = [{File, infos(Module, Errors0)} || Errors0 =/= []],
    Warnings = [{Name, infos(Module, Found)} || {Name, Found} <- Warnings0, Found =/= []],
    Strict = maps:get(warnings_as_errors, Options) andalso Warnings =/= [],
    report(maps:get(report_errors, Options), Errors, ""),
    report(maps:get(report_warnings, Options), Warnings, case Strict of true -> ""; false -> "Warning: " end),
    Failed = Errors =/= [] orelse Strict,
    Failed andalso Errors0 =/= [{none, {file_error, enoent}}] andalso file:delete(Output),
    case Options of
        #{return_errors := true} when Failed -> {error, Errors, Warnings};
        _ when Failed -> error;
        #{return_warnings := true} -> {ok, Output, Warnings};
        _ -> {ok, Output}
    end.

%% What was made before is not left beside a grammar that makes nothing.
writable(Input, Output) ->
    case file:read_file_info(Input) of
        {error, Reason} -> {error, Input, Reason};
        {ok, _} ->
            case file:open(Output, [write, append]) of
                {ok, Device} -> ok = file:close(Device);
                {error, Reason} -> {error, Output, Reason}
            end
    end.

infos(Module, Found) -> lists:sort([case F of {At, What} -> {At, Module, What}; {_, _, _} -> F end || F <- Found]).

report(false, _, _) -> ok;
report(true, Found, Prefix) ->
    [io:fwrite("~ts:~s ~s~ts~n", [File, place(At), Prefix, Module:format_error(What)]) || {File, Infos} <- Found, {At, Module, What} <- Infos],
    ok.

place(none) -> "";
place({Line, Column}) -> io_lib:fwrite("~w:~w:", [Line, Column]);
place(Line) -> io_lib:fwrite("~w:", [Line]).
