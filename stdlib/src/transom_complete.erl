%% What can follow the text before the cursor of a console: modules, functions, variables, records, fields, file names.
-module(transom_complete).

-export([candidates/2]).

%% Most candidates in one answer; a longer list helps nobody.
-define(MOST, 300).

%% How many characters before the cursor are replaced, and what by: the text and what a list shows. The shell is asked for its
%% variables and records; one that is busy or gone has none.
-spec candidates(string(), pid()) -> {non_neg_integer(), [{string(), unicode:chardata()}]}.
candidates(Text, Shell) ->
    {Length, Found} = find(context(Text), Shell),
    {Length, lists:sublist(lists:usort(Found), ?MOST)}.

find({file, Prefix}, _) -> {length(Prefix), files(Prefix)};
find({function, Module, Prefix}, _) -> {length(Prefix), functions(Module, Prefix)};
find({record, Prefix}, Shell) ->
    {length(Prefix), [{quoted(N) ++ "{", quoted(N)} || {N, _} <- records(Shell), starts(Prefix, quoted(N))]};
find({field, Record, Prefix}, Shell) ->
    Fields = case lists:keyfind(Record, 1, [{quoted(N), Fs} || {N, Fs} <- records(Shell)]) of
        {_, Fs} -> Fs;
        false -> []
    end,
    {length(Prefix), [{quoted(F), quoted(F)} || F <- Fields, starts(Prefix, quoted(F))]};
find({variable, Prefix}, Shell) ->
    Names = [atom_to_list(N) || N <- bindings(Shell)],
    {length(Prefix), [{N, N} || N <- Names, starts(Prefix, N)]};
find({word, Prefix}, Shell) -> {length(Prefix), commands(Prefix, Shell) ++ modules(Prefix)};
find(none, _) -> {0, []}.

%% ---- What the cursor is in ----

%% Strings first: inside one, anything else is text.
context(Text) ->
    case open_string(Text, none) of
        {open, Prefix} -> {file, Prefix};
        closed -> word(lists:reverse(Text))
    end.

open_string([$\\, _ | T], {open, Acc}) -> open_string(T, {open, Acc});
open_string([$" | T], {open, _}) -> open_string(T, none);
open_string([C | T], {open, Acc}) -> open_string(T, {open, [C | Acc]});
open_string([$$, $\\, _ | T], none) -> open_string(T, none);
open_string([$$, _ | T], none) -> open_string(T, none);
open_string([$" | T], none) -> open_string(T, {open, []});
open_string([_ | T], none) -> open_string(T, none);
open_string([], {open, Acc}) -> {open, lists:reverse(Acc)};
open_string([], none) -> closed.

%% Reversed text: the last word, and what stands before it.
word(Reversed) ->
    {Word, Before} = split(Reversed, []),
    case {Word, Before} of
        {_, [$: | Rest]} ->
            case split(Rest, []) of
                {[_ | _] = Module, _} -> {function, Module, Word};
                _ -> none
            end;
        {_, [$# | _]} -> {record, Word};
        {[C | _], _} when C >= $A, C =< $Z; C =:= $_ -> {variable, Word};
        _ ->
            case in_record(Before) of
                {ok, Record} -> {field, Record, Word};
                no when Word =:= [] -> none;
                no -> {word, Word}
            end
    end.

split([C | T], Acc) when C >= $a, C =< $z; C >= $A, C =< $Z; C >= $0, C =< $9; C =:= $_; C =:= $@; C =:= $' -> split(T, [C | Acc]);
split(Rest, Acc) -> {Acc, Rest}.

%% Before a field name stands `#name{`, perhaps with fields and commas between.
in_record([C | T]) when C =:= ${; C =:= $,; C =:= $\s -> in_record([C | T], 0);
in_record(_) -> no.

in_record([${ | T], 0) ->
    case split(T, []) of
        {[_ | _] = Name, [$# | _]} -> {ok, Name};
        _ -> no
    end;
in_record([C | T], Depth) when C =:= $}; C =:= $); C =:= $] -> in_record(T, Depth + 1);
in_record([C | T], Depth) when C =:= ${; C =:= $(; C =:= $[ -> if Depth > 0 -> in_record(T, Depth - 1); true -> no end;
in_record([_ | T], Depth) -> in_record(T, Depth);
in_record([], _) -> no.

%% ---- Where candidates come from ----

modules(Prefix) ->
    Library = transom_library:modules(),
    Loaded = [M || {M, _} <- code:all_loaded()],
    Names = lists:usort([atom_to_list(M) || M <- Library ++ Loaded]),
    [{quote(N) ++ ":", N} || N <- Names, starts(Prefix, quote(N))].

functions(Text, Prefix) ->
    try list_to_existing_atom(unquote(Text)) of
        Module -> functions_of(Module, Prefix)
    catch error:badarg ->
        %% A module nobody has named yet can still be one of the library.
        case [M || M <- transom_library:modules(), atom_to_list(M) =:= unquote(Text)] of
            [Module] -> functions_of(Module, Prefix);
            [] -> []
        end
    end.

functions_of(Module, Prefix) ->
    case code:ensure_loaded(Module) of
        {module, _} ->
            Notes = notes(Module),
            [{quoted(F) ++ "(", shown(F, A, Notes)} || {F, A} <- Module:module_info(exports), starts(Prefix, quoted(F))];
        _ -> []
    end.

shown(F, A, Notes) ->
    Name = io_lib:format("~ts/~w", [quoted(F), A]),
    case Notes of
        #{{F, A} := Note} -> [string:pad(lists:flatten(Name), 24), Note];
        #{} -> Name
    end.

%% The first line of what is documented about each function.
notes(Module) ->
    case code:get_doc(Module) of
        {ok, {docs_v1, _, _, _, _, _, Docs}} ->
            maps:from_list([{{F, A}, first_line(Text)} || {{function, F, A}, _, _, #{<<"en">> := Text}, _} <- Docs]);
        _ -> #{}
    end.

first_line(Text) ->
    [Line | _] = string:split(Text, "\n"),
    string:slice(Line, 0, 50).

%% Commands of the shell, and functions typed in.
commands(Prefix, Shell) ->
    #{functions := Own} = state(Shell),
    Commands = ["b(", "e(", "f(", "v(", "rd(", "rf(", "rl(", "rp(", "rr(", "fl(", "ff(", "history(", "results(", "catch_exception("] ++
        [atom_to_list(F) ++ "(" || {F, _} <- c:module_info(exports), F =/= module_info],
    [{C, C} || C <- Commands, starts(Prefix, C)] ++
        [{quoted(F) ++ "(", io_lib:format("~ts/~w", [quoted(F), A])} || {F, A} <- Own, starts(Prefix, quoted(F))].

bindings(Shell) -> maps:get(bindings, state(Shell)).

records(Shell) -> maps:get(records, state(Shell)).

state(Shell) when is_pid(Shell) ->
    Ref = make_ref(),
    Shell ! {shell_ask, self(), Ref, state},
    receive
        {Ref, State} -> State
    after 200 -> no_state()
    end;
state(_) -> no_state().

no_state() -> #{bindings => [], records => [], functions => []}.

files(Prefix) ->
    Found = filelib:wildcard(Prefix ++ "*"),
    [case filelib:is_dir(F) of
         true -> {F ++ "/", filename:basename(F) ++ "/"};
         false -> {F, filename:basename(F)}
     end || F <- Found].

%% ---- Names ----

starts(Prefix, Text) -> lists:prefix(Prefix, Text).

quoted(Atom) -> lists:flatten(io_lib:format("~tw", [Atom])).

quote(Text) -> quoted(list_to_atom(Text)).

unquote([$' | T]) -> lists:droplast(T);
unquote(Text) -> Text.
