%% Answers of `compile` that are no code: listings of forms (`dpp`, `'P'`, `dabstr`, `dexp`, `'E'`), the check alone (`basic_validation`), and what a
%% source depends on (`makedep`).
-module(compile_listing).

-export([early/1, preprocessed/3, late/1, made/3, dependencies/3, output/4]).

%% What stops before the linter, or none. Of several the first in the order of the compiler's work counts.
early(Opts) -> first([makedep, dpp], Opts).

%% What stops after it.
late(Opts) -> first([basic_validation, 'P', to_pp, dabstr, dexp, 'E', to_exp], Opts).

first(Known, Opts) ->
    case [S || S <- Known, proplists:get_bool(S, Opts)] of
        [Stage | _] -> Stage;
        [] -> none
    end.

%% Forms as the preprocessor leaves them, those with errors as errors.
preprocessed(Forms, _, _) when is_list(Forms) -> Forms;
preprocessed(_, Name, Opts) ->
    Location = case proplists:get_value(error_location, Opts, column) of
                   column -> {1, 1};
                   line -> 1
               end,
    Macros = [case D of
                  {d, M} -> M;
                  {d, M, Value} -> {M, Value}
              end || D <- Opts, is_tuple(D), element(1, D) =:= d],
    {ok, Forms} = epp:parse_file(Name, [{includes, [filename:dirname(Name) | proplists:get_all_values(i, Opts)]}, {macros, Macros},
                                        {location, Location}]),
    Forms.

%% `{Value, Listing}` of a stage: the answer, and the file `{Suffix, Text}` that is written, or none.
made(basic_validation, _, _) -> {{ok, []}, none};
made(Stage, Forms, Opts) ->
    {Shown, Suffix} = shown(Stage, Forms),
    Binary = proplists:get_bool(binary, Opts),
    Value = case Binary of
                true -> {ok, [], Shown};
                false -> {ok, []}
            end,
    %% Stages with a long name have their forms as the result, which is a file only where no binary is wanted.
    case Binary andalso lists:member(Stage, [to_pp, to_exp]) of
        false -> {Value, {Suffix, text(Suffix, Shown)}};
        true -> {Value, none}
    end.

shown(dpp, Forms) -> {Forms, ".pp"};
shown(dabstr, Forms) -> {Forms, ".abstr"};
shown(dexp, Forms) -> {expanded(Forms), ".expand"};
shown(Stage, Forms) when Stage =:= 'P'; Stage =:= to_pp -> {Forms, ".P"};
shown(Stage, Forms) when Stage =:= 'E'; Stage =:= to_exp -> {legal(expanded(Forms)), ".E"}.

expanded(Forms) -> erl_expand_records:module(Forms, []).

%% Variables that the expansion made get names that can be read again.
legal({var, A, Name}) ->
    case atom_to_list(Name) of
        "rec" ++ Number -> {var, A, list_to_atom("REC" ++ Number)};
        _ -> {var, A, Name}
    end;
legal(T) when is_tuple(T) -> list_to_tuple(legal(tuple_to_list(T)));
legal([H | T]) -> [legal(H) | legal(T)];
legal(Other) -> Other.

text(Suffix, Forms) when Suffix =:= ".P"; Suffix =:= ".E" ->
    ["%% -*- coding: utf-8 -*-\n" || needs_utf8(Forms)] ++ [[erl_pp:form(F, [{encoding, utf8}]), "\n"] || F <- Forms];
text(_, Forms) -> [io_lib:format("~tp.~n", [F]) || F <- Forms].

needs_utf8(Text) when is_integer(Text) -> Text > 255;
needs_utf8([H | T]) -> needs_utf8(H) orelse needs_utf8(T);
needs_utf8(T) when is_tuple(T) -> needs_utf8(tuple_to_list(T));
needs_utf8(_) -> false.

%%% Dependencies

-define(WIDTH, 76).

%% A rule for make: the target, then the source and every file that it includes. `Object` is where the code would go.
dependencies(Forms, Object, Opts) ->
    Target = case proplists:get_value(makedep_target, Opts) of
                 undefined -> Object;
                 Given -> Given
             end,
    Quoted = case proplists:get_bool(makedep_quote_target, Opts) of
                 true -> string:replace(Target, "$", "$$", all);
                 false -> Target
             end,
    Files = files(Forms, proplists:get_bool(makedep_add_missing, Opts), []),
    Head = lists:flatten([Quoted, ":"]),
    Phony = case {proplists:get_bool(makedep_phony, Opts), Files} of
                {true, [_ | Included]} -> [["\n", F, ":\n"] || F <- Included];
                _ -> []
            end,
    unicode:characters_to_binary([Head, wrapped(Files, length(Head)), "\n" | Phony]).

files([{attribute, _, file, {File, _}} | Forms], Missing, Seen) -> files(Forms, Missing, added(File, Seen));
files([{error, {_, epp, {include, file, File}}} | Forms], true, Seen) -> files(Forms, true, added(File, Seen));
files([_ | Forms], Missing, Seen) -> files(Forms, Missing, Seen);
files([], _, Seen) -> lists:reverse(Seen).

added(File, Seen) ->
    case lists:member(File, Seen) of
        true -> Seen;
        false -> [File | Seen]
    end.

wrapped([F | Files], Column) ->
    case Column + 1 + length(F) of
        Next when Next > ?WIDTH -> [" \\\n  ", F | wrapped(Files, 2 + length(F))];
        Next -> [" ", F | wrapped(Files, Next)]
    end;
wrapped([], _) -> [].

%% Writes dependencies where they belong, `ok` or `{error, File, Description}`.
output(Text, Name, Default, Opts) ->
    case proplists:get_value(makedep_output, Opts) of
        undefined -> written(Default, Text, Name);
        standard_io -> put_text(standard_io, Text, Name);
        Device when is_pid(Device); is_atom(Device) -> put_text(Device, Text, Name);
        File when is_list(File) -> written(File, Text, Name);
        _ -> {error, Name, write_error}
    end.

written(File, Text, Name) ->
    case file:write_file(File, Text) of
        ok -> ok;
        {error, Reason} -> {error, Name, {write_error, Reason}}
    end.

put_text(Device, Text, Name) ->
    try io:put_chars(Device, Text)
    catch _:_ -> {error, Name, write_error}
    end.
