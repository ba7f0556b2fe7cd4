%% The compiler's Erlang side: options, results and messages as OTP has them. The work is done by prim_compile:compile/3.
-module(compile).

-export([file/1, file/2, noenv_file/2, forms/1, forms/2, noenv_forms/2, output_generated/1, noenv_output_generated/1,
         env_compiler_options/0, format_error/1]).
-export_type([option/0]).

-type option() :: atom() | {atom(), term()} | {d, atom(), term()}.

-define(DEFAULT, [verbose, report_errors, report_warnings]).

file(File) -> file(File, ?DEFAULT).

file(File, Options) -> noenv_file(File, list(Options) ++ env_compiler_options()).

noenv_file(File, Options) ->
    Opts = expand(list(Options)),
    Name = source_name(File),
    case refused(Opts) of
        none ->
            case file:read_file(Name) of
                {ok, Bytes} -> run(Bytes, Name, Opts);
                {error, Reason} -> failed([], [{Name, [{none, compile, {epp, Reason}}]}], [], Opts)
            end;
        Option -> failed([], [{Name, [{none, compile, {unsupported_option, Option}}]}], [], Opts)
    end.

forms(Forms) -> forms(Forms, ?DEFAULT).

forms(Forms, Options) -> noenv_forms(Forms, list(Options) ++ env_compiler_options()).

noenv_forms(Forms, Options) ->
    Opts = [binary | expand(list(Options))],
    Name = case proplists:get_value(source, Opts) of
               undefined -> "nofile";
               Source -> Source
           end,
    case refused(Opts) of
        none -> run(lists:flatten(Forms), Name, Opts);
        Option -> failed([], [{Name, [{none, compile, {unsupported_option, Option}}]}], [], Opts)
    end.

output_generated(Options) -> noenv_output_generated(list(Options) ++ env_compiler_options()).

noenv_output_generated(Options) ->
    Opts = expand(Options),
    not (proplists:get_bool(binary, Opts) orelse proplists:get_bool(basic_validation, Opts)
         orelse proplists:get_bool(strong_validation, Opts)).

env_compiler_options() ->
    case os:getenv("ERL_COMPILER_OPTIONS") of
        false -> [];
        Text ->
            try
                {ok, Tokens, _} = erl_scan:string(Text ++ "."),
                {ok, Term} = erl_parse:parse_term(Tokens),
                list(Term)
            catch _:_ ->
                io:format("Ignoring bad term in ERL_COMPILER_OPTIONS\n"),
                []
            end
    end.

list(Options) when is_list(Options) -> Options;
list(Option) -> [Option].

expand(Options) ->
    lists:append([case O of
                      report -> [report_errors, report_warnings];
                      return -> [return_errors, return_warnings];
                      {d, M} -> [{d, M}];
                      _ -> [O]
                  end || O <- Options]).

%% Listings of stages that this compiler does not have. (transom dump shows its own.)
refused(Opts) ->
    Stages = ['P', 'E', 'S', to_pp, to_exp, to_core, to_core0, to_kernel, to_asm, to_dis, from_core, from_asm, from_abstr, dcore, dabstr,
              makedep, inline_list_funcs_listing],
    case [O || O <- Opts, lists:member(O, Stages)] of
        [First | _] -> First;
        [] -> none
    end.

source_name(File) when is_atom(File) -> source_name(atom_to_list(File));
source_name(File) ->
    case filename:extension(File) of
        ".erl" -> File;
        _ -> File ++ ".erl"
    end.

%%% One module

run(Input, Name, Opts) ->
    case prim_compile:compile(Input, Name, native(Name, Opts)) of
        {ok, Module, Binary, Messages, Forms} ->
            {[], Warnings} = split(Messages),
            case proplists:get_bool(warnings_as_errors, Opts) andalso Warnings =/= [] of
                true -> as_errors(Input, Warnings, Opts);
                false -> succeeded(Input, Module, Binary, Forms, Warnings, Opts)
            end;
        {error, Messages} ->
            {Errors, Warnings} = split(Messages),
            failed(Input, Errors, Warnings, Opts)
    end.

native(Name, Opts) ->
    Kept = [O || O <- Opts, O =/= warnings_as_errors, not is_tuple(O) orelse element(1, O) =/= source],
    Source = case [S || {source, S} <- Opts] of
                 [S | _] -> S;
                 [] -> filename:absname(Name)
             end,
    [{source, Source}, {code_path, code:get_path()} | [O || O <- Kept, is_data(O)]].

%% Options that hold funs or processes are the caller's business.
is_data(O) when is_atom(O); is_number(O); is_binary(O) -> true;
is_data(O) when is_tuple(O) -> is_data(tuple_to_list(O));
is_data([H | T]) -> is_data(H) andalso is_data(T);
is_data([]) -> true;
is_data(M) when is_map(M) -> is_data(maps:to_list(M));
is_data(_) -> false.

succeeded(Input, Module, Binary, Forms, Warnings, Opts) ->
    report(warning, Input, Warnings, Opts),
    Value = case {proplists:get_bool(basic_validation, Opts) orelse proplists:get_bool(strong_validation, Opts),
                  proplists:get_bool(binary, Opts)} of
                {true, _} -> {ok, Module};
                {false, true} -> {ok, Module, Binary};
                {false, false} -> written(Module, Binary, Opts)
            end,
    case Value of
        {error, Errors} -> failed(Input, Errors, Warnings, Opts);
        _ ->
            With = case proplists:get_bool(return_warnings, Opts) of
                       true -> erlang:append_element(Value, Warnings);
                       false -> Value
                   end,
            case proplists:get_bool(return_forms, Opts) of
                true -> erlang:append_element(With, Forms);
                false -> With
            end
    end.

written(Module, Binary, Opts) ->
    Dir = proplists:get_value(outdir, Opts, "."),
    File = filename:join(Dir, atom_to_list(Module) ++ code:objfile_extension()),
    case file:write_file(File, Binary) of
        ok -> {ok, Module};
        {error, Reason} -> {error, [{File, [{none, compile, {write_error, Reason}}]}]}
    end.

%% Warnings that count as errors are shown as errors, and returned as warnings.
as_errors(Input, Warnings, Opts) ->
    Shown = proplists:get_bool(report_errors, Opts),
    Shown andalso io:put_chars("compile: warnings being treated as errors\n"),
    report(error, Input, Warnings, Opts),
    failed(Input, [], Warnings, [O || O <- Opts, O =/= report_warnings]).

failed(Input, Errors, Warnings, Opts) ->
    report(error, Input, Errors, Opts),
    report(warning, Input, Warnings, Opts),
    case proplists:get_bool(return_errors, Opts) of
        true -> {error, Errors, Warnings};
        false -> error
    end.

%%% Messages: {error | warning, File, Location, Code, Text, Hint} to [{File, [{Location, Module, Description}]}]

split(Messages) ->
    {Errors, Warnings} = lists:partition(fun(M) -> element(1, M) =:= error end, Messages),
    {by_file(Errors), by_file(Warnings)}.

by_file(Messages) ->
    Infos = [begin
                 {Module, What} = compile_message:read(Code, Text),
                 {File, {Location, module(Module), What}}
             end || {_, File, Location, Code, Text, _} <- Messages],
    Files = uniq([F || {F, _} <- Infos], []),
    [{F, [I || {G, I} <- Infos, G =:= F]} || F <- Files].

module(compile_message_text) -> compile;
module(Module) -> Module.

uniq([F | Rest], Seen) ->
    case lists:member(F, Seen) of
        true -> uniq(Rest, Seen);
        false -> uniq(Rest, [F | Seen])
    end;
uniq([], Seen) -> lists:reverse(Seen).

report(Kind, Input, PerFile, Opts) ->
    Wanted = case Kind of
                 error -> report_errors;
                 warning -> report_warnings
             end,
    Prefix = case Kind of
                 error -> "";
                 warning -> "Warning: "
             end,
    case proplists:get_bool(Wanted, Opts) of
        true -> lists:foreach(fun({File, Infos}) -> [print(Input, File, Prefix, I, Opts) || I <- Infos] end, PerFile);
        false -> ok
    end.

print(Input, File, Prefix, {Location, Module, What}, Opts) ->
    io:put_chars([File, ":", place(Location), " ", Prefix, Module:format_error(What), "\n" | excerpt(Input, File, Location, Opts)]).

place(none) -> "";
place({Line, Column}) -> io_lib:format("~w:~w:", [Line, Column]);
place(Line) -> io_lib:format("~w:", [Line]).

%% The source line under the message, the column marked.
excerpt(_, File, {Line, Column}, Opts) ->
    case proplists:get_bool(brief, Opts) orelse file:read_file(File) of
        {ok, Bytes} ->
            Lines = lines(Bytes),
            case lists:nthtail(min(Line - 1, length(Lines)), Lines) of
                [Text | _] ->
                    [io_lib:format("% ~4w| ~ts\n", [Line, Text]),
                     io_lib:format("% ~4s| ~*s^\n\n", ["", Column - 1, ""])];
                [] -> []
            end;
        _ -> []
    end;
excerpt(_, _, _, _) -> [].

lines(Bytes) ->
    Text = case unicode:characters_to_list(Bytes) of
               L when is_list(L) -> L;
               _ -> binary_to_list(Bytes)
           end,
    string:split(Text, "\n", all).

format_error({epp, Reason}) -> file:format_error(Reason);
format_error({write_error, Reason}) -> io_lib:format("error writing file: ~ts", [file:format_error(Reason)]);
format_error({unsupported_option, Option}) ->
    io_lib:format("the option '~ts' asks for a stage that this compiler does not have", [Option]);
format_error({undef_parse_transform, M}) -> io_lib:format("undefined parse transform '~ts'", [M]);
format_error(Text) when is_list(Text) -> Text;
format_error(Other) -> io_lib:format("~tp", [Other]).
