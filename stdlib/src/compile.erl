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
    case wrong(Name, Opts) of
        [] ->
            case file:read_file(Name) of
                {ok, Bytes} -> run(Bytes, Name, Opts);
                {error, Reason} -> failed([], [{Name, [{none, compile, {epp, Reason}}]}], [], Opts)
            end;
        Errors -> failed([], Errors, [], Opts)
    end.

forms(Forms) -> forms(Forms, ?DEFAULT).

forms(Forms, Options) -> noenv_forms(Forms, list(Options) ++ env_compiler_options()).

noenv_forms(Forms, Options) ->
    Opts = [binary | expand(list(Options))],
    Name = proplists:get_value(source, Opts, ""),
    case wrong(Name, Opts) of
        [] -> run(lists:flatten(Forms), Name, Opts);
        Errors -> failed([], Errors, [], Opts)
    end.

output_generated(Options) -> noenv_output_generated(list(Options) ++ env_compiler_options()).

noenv_output_generated(Options) ->
    Opts = expand(Options),
    not (proplists:get_bool(binary, Opts) orelse proplists:get_bool(strong_validation, Opts) orelse compile_listing:early(Opts) =/= none
         orelse compile_listing:late(Opts) =/= none orelse refused(Opts) =/= none).

env_compiler_options() ->
    case os:getenv("ERL_COMPILER_OPTIONS") of
        false -> [];
        Text ->
            try
                {ok, Tokens, _} = erl_scan:string(Text ++ "."),
                {ok, Term} = erl_parse:parse_term(Tokens),
                lists:flatten([Term])
            catch _:_ ->
                io:format("Ignoring bad term in ERL_COMPILER_OPTIONS\n"),
                []
            end
    end.

list(Options) when is_list(Options) -> Options;
list(Option) -> [Option | ?DEFAULT].

expand(Options) ->
    lists:append([case O of
                      report -> [report_errors, report_warnings];
                      return -> [return_errors, return_warnings];
                      {d, M} -> [{d, M}];
                      _ -> [O]
                  end || O <- Options]).

%% What is wrong with the options.
wrong(Name, Opts) ->
    Macros = [element(2, D) || D <- Opts, is_tuple(D), element(1, D) =:= d, tuple_size(D) =:= 2 orelse tuple_size(D) =:= 3],
    Unknown = uniq([F || {feature, F, _} <- Opts, not lists:member(F, [maybe_expr, all])], []),
    case {refused(Opts), Unknown, [M || M <- Macros, not is_atom(M)]} of
        {none, [], []} -> [];
        {none, [], [M | _]} -> [{Name, [{none, compile, {epp, {bad, M}}}]}];
        {none, Features, _} -> [{Name, [{none, compile, {invalid_features, Features}}]}];
        {Option, _, _} -> [{Name, [{none, compile, {unsupported_option, Option}}]}]
    end.

%% Listings of stages that this compiler does not have. (transom dump shows its own.)
refused(Opts) ->
    Stages = ['S', to_core, to_core0, to_kernel, to_asm, to_dis, from_core, from_asm, from_abstr, dcore, inline_list_funcs_listing],
    case [O || O <- Opts, lists:member(O, Stages) orelse is_tuple(O) andalso element(1, O) =:= core_transform] of
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
    Started = case proplists:get_bool(makedep_side_effect, Opts) of
                  true -> dependencies(Input, Name, lists:delete(binary, Opts));
                  false -> {ok, []}
              end,
    case {Started, compile_listing:early(Opts)} of
        {{error, Errors}, _} -> failed(Input, Errors, [], Opts);
        {_, none} -> compiled(Input, Name, Opts);
        {_, makedep} -> answer(dependencies(Input, Name, Opts), Input, [], Opts);
        {_, dpp} -> answer(listed(dpp, compile_listing:preprocessed(Input, Name, Opts), Name, Opts), Input, [], Opts)
    end.

compiled(Input, Name, Opts) ->
    Wanted = case compile_listing:late(Opts) of
                 none -> Opts;
                 _ -> [return_forms | Opts]
             end,
    %% A source under another name has its headers where it is.
    {Shown, Path} = case proplists:get_value(source, Opts) of
                        Source when Source =/= undefined, is_binary(Input) -> {text(Source), [{i, filename:dirname(Name)}]};
                        _ -> {Name, []}
                    end,
    case prim_compile:compile(Input, prim_name(Shown), Path ++ native(Name, Wanted)) of
        {ok, Module, Binary, Messages, Made} ->
            {[], Warnings} = split(Messages, Shown),
            Forms = placed(Made, Opts),
            case proplists:get_bool(warnings_as_errors, Opts) andalso Warnings =/= [] of
                true -> as_errors(Input, Warnings, Opts);
                false -> succeeded(Input, Name, Module, Binary, Forms, Warnings, Opts)
            end;
        {error, Messages} ->
            {Errors, Warnings} = split(Messages, Shown),
            failed(Input, Errors, Warnings, Opts)
    end.

%% Forms have columns where messages have them.
placed(Forms, Opts) when is_list(Forms) ->
    case proplists:get_value(error_location, Opts, column) of
        column -> Forms;
        line -> [erl_parse:map_anno(fun(A) -> erl_anno:set_location(erl_anno:line(A), A) end, F) || F <- Forms]
    end;
placed(none, _) -> none.

%% Forms without a file of their own lie in one of this name.
prim_name("") -> "nofile";
prim_name(Name) -> Name.

native(Name, Opts) ->
    Kept = [O || O <- Opts, O =/= warnings_as_errors, not is_tuple(O) orelse element(1, O) =/= source],
    Source = case [S || {source, S} <- Opts] of
                 [S | _] -> S;
                 [] -> filename:absname(prim_name(Name))
             end,
    [{source, Source}, {code_path, code:get_path()} | [O || O <- Kept, is_data(O)]].

%% Options that hold funs or processes are the caller's business.
is_data(O) when is_atom(O); is_number(O); is_binary(O) -> true;
is_data(O) when is_tuple(O) -> is_data(tuple_to_list(O));
is_data([H | T]) -> is_data(H) andalso is_data(T);
is_data([]) -> true;
is_data(M) when is_map(M) -> is_data(maps:to_list(M));
is_data(_) -> false.

succeeded(Input, Name, Module, Binary, Forms, Warnings, Opts) ->
    Locked = proplists:get_bool(encrypt_debug_info, Opts) andalso not proplists:is_defined(debug_info_key, Opts),
    Value = case {compile_listing:late(Opts), proplists:get_bool(strong_validation, Opts), proplists:get_bool(binary, Opts)} of
                {none, _, _} when Locked -> {error, [{Name, [{none, compile, no_crypto_key}]}]};
                {none, true, _} -> {ok, Module};
                {none, false, true} -> {ok, Module, Binary};
                {none, false, false} -> written(Name, Module, Binary, Opts);
                {Stage, _, _} -> listed(Stage, Forms, Name, [{module, Module} | Opts])
            end,
    Answer = answer(Value, Input, Warnings, Opts),
    case element(1, Value) =:= ok andalso proplists:get_bool(return_forms, Opts) andalso compile_listing:late(Opts) =:= none of
        true -> erlang:append_element(Answer, Forms);
        false -> Answer
    end.

%% Shows and returns the warnings beside what there is to return.
answer({error, Errors}, Input, Warnings, Opts) -> failed(Input, Errors, Warnings, Opts);
answer(Value, Input, Warnings, Opts) ->
    report(warning, Input, Warnings, Opts),
    case proplists:get_bool(return_warnings, Opts) of
        true -> erlang:append_element(Value, Warnings);
        false -> Value
    end.

listed(Stage, Forms, Name, Opts) ->
    case compile_listing:made(Stage, Forms, Opts) of
        {Value, none} -> Value;
        {Value, {Suffix, Text}} ->
            File = out_file(base(Name, Opts), Suffix, Opts),
            case file:write_file(File, unicode:characters_to_binary(Text)) of
                ok -> Value;
                {error, Reason} -> {error, [{File, [{none, compile, {write_error, Reason}}]}]}
            end
    end.

%% The name of what is compiled without its directory; forms have that of their module.
base("", Opts) -> atom_to_list(proplists:get_value(module, Opts, ''));
base(Name, _) -> filename:basename(Name, ".erl").

out_file(Base, Suffix, Opts) ->
    case text(proplists:get_value(outdir, Opts, ".")) of
        "." -> Base ++ Suffix;
        Dir -> filename:join(Dir, Base ++ Suffix)
    end.

text(Dir) when is_atom(Dir) -> atom_to_list(Dir);
text(Dir) -> Dir.

dependencies(Input, Name, Opts) ->
    Forms = compile_listing:preprocessed(Input, Name, Opts),
    Extension = code:objfile_extension(),
    Text = compile_listing:dependencies(Forms, out_file(base(Name, Opts), Extension, Opts), Opts),
    case proplists:get_bool(binary, Opts) of
        true -> {ok, [], Text};
        false ->
            case compile_listing:output(Text, Name, out_file(base(Name, Opts), ".P" ++ tl(Extension), Opts), Opts) of
                ok -> {ok, []};
                {error, File, What} -> {error, [{File, [{none, compile, What}]}]}
            end
    end.

written(Name, Module, Binary, Opts) ->
    Extension = code:objfile_extension(),
    Base = filename:basename(Name, ".erl"),
    File = out_file(Base, Extension, Opts),
    case Base =:= atom_to_list(Module) orelse proplists:get_bool(no_error_module_mismatch, Opts) of
        false -> {error, [{File, [{none, compile, {module_name, Module, Base}}]}]};
        true ->
            case file:write_file(File, Binary) of
                ok -> {ok, Module};
                {error, Reason} -> {error, [{File, [{none, compile, {write_error, Reason}}]}]}
            end
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

split(Messages, Name) ->
    {Errors, Warnings} = lists:partition(fun(M) -> element(1, M) =:= error end, Messages),
    {by_file(Errors, Name), by_file(Warnings, Name)}.

by_file(Messages, Name) ->
    Own = prim_name(Name),
    Infos = [begin
                 {Module, What} = compile_message:read(Code, Text),
                 Shown = case File of
                             Own -> Name;
                             _ -> File
                         end,
                 {Shown, {location(What, Location), module(Module), What}}
             end || {_, File, Location, Code, Text, _} <- Messages],
    Files = uniq([F || {F, _} <- Infos], []),
    [{F, [I || {G, I} <- Infos, G =:= F]} || F <- Files].

%% What is wrong with the module as a whole has no place.
location({undef_parse_transform, _}, _) -> none;
location(_, Location) -> Location.

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

name(Text) when is_list(Text) -> Text;
name(Other) -> io_lib:format("~tp", [Other]).

format_error({epp, {bad, Macro}}) -> io_lib:format("badly formed '~ts'", [name(Macro)]);
format_error({invalid_features, [F]}) -> io_lib:format("the feature '~ts' does not exist.", [F]);
format_error({invalid_features, Fs}) ->
    Names = [io_lib:format("'~ts'", [F]) || F <- Fs],
    io_lib:format("the features ~ts and ~ts do not exist.", [lists:join(", ", lists:droplast(Names)), lists:last(Names)]);
format_error({module_name, Module, Base}) -> io_lib:format("Module name '~ts' does not match file name '~ts'", [Module, Base]);
format_error(no_crypto_key) -> "no crypto key supplied.";
format_error(write_error) -> "error writing file";
format_error({epp, Reason}) -> file:format_error(Reason);
format_error({write_error, Reason}) -> io_lib:format("error writing file: ~ts", [file:format_error(Reason)]);
format_error({unsupported_option, Option}) ->
    io_lib:format("the option ~tp asks for a stage that this compiler does not have", [Option]);
format_error({undef_parse_transform, M}) -> io_lib:format("undefined parse transform '~ts'", [M]);
format_error(Text) when is_list(Text) -> Text;
format_error(Other) -> io_lib:format("~tp", [Other]).
