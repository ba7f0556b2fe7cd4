%% What is defined at the prompt of a shell: records, functions, types and specs. They lie in a table of the shell, which any process that an
%% expression starts may read.
-module(shell_local).

-export([new/0, get/3, put/3, define/2, define_record/3, function/3, functions/1, record_forms/1, record_fields/1, expand_records/2]).
-export([rl/1, rl/2, rf/1, rf/2, rr/2, rr/3, rr/4, lf/1, lt/1, lr/1, ff/1, ff/2, tf/1, tf/2, fl/1, save_module/2, save_module/3]).

-type form() :: erl_parse:abstract_form().
-type expr() :: erl_parse:abstract_expr().

%% Keys: {record, Name}, {function, {Name, Arity}}, {spec, {Name, Arity}}, {type, {Name, Arity}}, and what the shell keeps here itself.
-spec new() -> ets:table().
new() -> ets:new(?MODULE, [ordered_set, public]).

get(Table, Key, Default) ->
    case ets:lookup(Table, Key) of
        [{_, Value}] -> Value;
        [] -> Default
    end.

put(Table, Key, Value) ->
    ets:insert(Table, {Key, Value}),
    ok.

all(Table, Kind) -> ets:select(Table, [{{{Kind, '$1'}, '$2'}, [], [{{'$1', '$2'}}]}]).

%% Adds a form; {error, Text} if it cannot be defined here.
-spec define(ets:table(), form()) -> ok | {error, unicode:chardata()}.
define(Table, {attribute, _, record, {Name, Fields}} = Form) ->
    case doubled(Name, Fields) of
        none -> put(Table, {record, Name}, Form);
        Text -> {error, Text}
    end;
define(Table, {attribute, _, Kind, {Name, _, Vars}} = Form) when Kind =:= type; Kind =:= opaque; Kind =:= nominal ->
    put(Table, {type, {Name, length(Vars)}}, Form);
define(Table, {attribute, _, spec, {{Name, Arity}, _}} = Form) -> put(Table, {spec, {Name, Arity}}, Form);
define(Table, {function, _, Name, Arity, _} = Form) -> put(Table, {function, {Name, Arity}}, Form);
define(_, _) -> {error, "only functions, records, types and specs can be defined here"}.

doubled(Name, Fields) ->
    Names = [field_name(F) || F <- Fields],
    case Names -- lists:usort(Names) of
        [] -> none;
        [Twice | _] -> io_lib:format("field ~tw already defined in record ~tw", [Twice, Name])
    end.

%% rd(Name, {Field, Field = Default, ...}), as written.
-spec define_record(ets:table(), expr(), expr()) -> atom().
define_record(Table, {atom, _, Name}, {tuple, L, Fields}) ->
    Form = {attribute, L, record, {Name, [record_field(F) || F <- Fields]}},
    case define(Table, Form) of
        ok -> Name;
        {error, Text} -> exit(lists:flatten(Text))
    end;
define_record(_, _, _) -> exit("bad record declaration").

record_field({atom, L, _} = Name) -> {record_field, L, Name};
record_field({match, L, {atom, _, _} = Name, Default}) -> {record_field, L, Name, Default};
record_field(_) -> exit("bad record field").

%% A function typed in, as a fun expression without records.
-spec function(ets:table(), atom(), arity()) -> {ok, expr()} | error.
function(Table, Name, Arity) ->
    case ets:lookup(Table, {function, {Name, Arity}}) of
        [{_, {function, L, _, _, Clauses}}] ->
            case expand_records(Table, [{'fun', L, {clauses, Clauses}}]) of
                {ok, [Fun]} -> {ok, Fun};
                {error, _, _, Reason} -> erlang:raise(error, Reason, [])
            end;
        [] -> error
    end.

-spec functions(ets:table()) -> [{atom(), arity()}].
functions(Table) -> [FA || {FA, _} <- all(Table, function)].

-spec record_forms(ets:table()) -> [form()].
record_forms(Table) -> [Form || {_, Form} <- all(Table, record)].

%% Names of the records and of their fields.
-spec record_fields(ets:table()) -> [{atom(), [atom()]}].
record_fields(Table) -> [{Name, [field_name(F) || F <- Fields]} || {attribute, _, record, {Name, Fields}} <- record_forms(Table)].

field_name({typed_record_field, F, _}) -> field_name(F);
field_name({record_field, _, {atom, _, N}}) -> N;
field_name({record_field, _, {atom, _, N}, _}) -> N.

%%% Record expressions become tuples

%% What is wrong with them is said before anything runs: where, the words, and the term v/1 will know.
-spec expand_records(ets:table(), [expr()]) -> {ok, [expr()]} | {error, erl_anno:location(), unicode:chardata(), term()}.
expand_records(Table, Es) ->
    case mentions_record(Es) of
        false -> {ok, Es};
        true ->
            case misuse(Es, maps:from_list(record_fields(Table))) of
                none -> {ok, expanded(record_forms(Table), Es)};
                {Location, Text, Reason} -> {error, Location, Text, Reason}
            end
    end.

expanded(Forms, Es) ->
    Function = {function, 1, shell_command, 0, [{clause, 1, [], [], Es}]},
    Expanded = erl_expand_records:module([{attribute, 1, module, shell_records} | Forms] ++ [Function], [strict_record_tests]),
    [Es2] = [Body || {function, _, shell_command, 0, [{clause, _, [], [], Body}]} <- Expanded],
    Es2.

mentions_record({record, _, _, _}) -> true;
mentions_record({record, _, _, _, _}) -> true;
mentions_record({record_index, _, _, _}) -> true;
mentions_record({record_field, _, _, _, _}) -> true;
mentions_record({call, _, {atom, _, is_record}, [_, {atom, _, _} | _]}) -> true;
%% No expressions: the characters of a text, the value of v(N).
mentions_record({Leaf, _, _}) when Leaf =:= string; Leaf =:= value -> false;
mentions_record(T) when is_tuple(T) -> mentions_record(tuple_to_list(T));
mentions_record([H | T]) -> mentions_record(H) orelse mentions_record(T);
mentions_record(_) -> false.

misuse({record, L, Name, Fields}, Rs) when is_atom(Name) -> check_use(L, Name, Fields, Rs);
misuse({record, L, E, Name, Fields}, Rs) when is_atom(Name) -> first([misuse(E, Rs), check_use(L, Name, Fields, Rs)]);
misuse({record_index, L, Name, Field}, Rs) -> check_use(L, Name, [{record_field, L, Field, none}], Rs);
misuse({record_field, L, E, Name, Field}, Rs) -> first([misuse(E, Rs), check_use(L, Name, [{record_field, L, Field, none}], Rs)]);
misuse({call, _, {atom, _, is_record}, [E, {atom, L, Name}]}, Rs) -> first([misuse(E, Rs), check_use(L, Name, [], Rs)]);
misuse({Leaf, _, _}, _) when Leaf =:= string; Leaf =:= value -> none;
misuse(T, Rs) when is_tuple(T) -> misuse(tuple_to_list(T), Rs);
misuse([H | T], Rs) -> first([misuse(H, Rs), misuse(T, Rs)]);
misuse(_, _) -> none.

first([none | R]) -> first(R);
first([Found | _]) -> Found;
first([]) -> none.

check_use(L, Name, Fields, Records) ->
    case Records of
        #{Name := Known} ->
            first([check_field(F, L, Name, Known) || F <- Fields] ++ [check_once(Fields, [], Name)] ++
                  [misuse(V, Records) || {record_field, _, _, V} <- Fields]);
        #{} -> {L, io_lib:format("record ~tw undefined", [Name]), {undefined_record, Name}}
    end.

check_field({record_field, _, {atom, _, F} = At, _}, L, Name, Known) ->
    case lists:member(F, Known) of
        true -> none;
        false -> {place(At, L), io_lib:format("field ~tw undefined in record ~tw", [F, Name]), {undefined_field, Name, F}}
    end;
check_field(_, _, _, _) -> none.

place({atom, FL, _}, _) -> FL.

check_once([{record_field, _, {atom, FL, F}, _} | Fields], Seen, Name) ->
    case lists:member(F, Seen) of
        true -> {FL, io_lib:format("field ~tw already defined in record ~tw", [F, Name]), {redefine_field, Name, F}};
        false -> check_once(Fields, [F | Seen], Name)
    end;
check_once([_ | Fields], Seen, Name) -> check_once(Fields, Seen, Name);
check_once([], _, _) -> none.

%%% Commands about records

rl(Table) -> list(record_forms(Table)).

rl(Table, Names) -> list([Form || {Name, Form} <- all(Table, record), lists:member(Name, names(Names))]).

list(Forms) ->
    lists:foreach(fun(Form) -> io:put_chars(erl_pp:form(Form)) end, Forms).

%% All go; those of shell_default and user_default come back.
rf(Table) ->
    rf(Table, '_'),
    lists:append([rr(Table, M) || M <- [shell_default, user_default], code:is_loaded(M) =/= false]).

rf(Table, '_') ->
    ets:match_delete(Table, {{record, '_'}, '_'}),
    ok;
rf(Table, Names) ->
    [ets:delete(Table, {record, Name}) || Name <- names(Names)],
    ok.

rr(Table, From) -> rr(Table, From, '_').
rr(Table, From, Names) -> rr(Table, From, Names, []).

rr(Table, From, Names, Options) ->
    case forms(From, Options) of
        {ok, Forms} ->
            Records = [Form || {attribute, _, record, {Name, _}} = Form <- Forms, Names =:= '_' orelse lists:member(Name, names(Names))],
            [define(Table, Form) || Form <- Records],
            lists:usort([Name || {attribute, _, record, {Name, _}} <- Records]);
        Error -> Error
    end.

names(Name) when is_atom(Name) -> [Name];
names(Names) when is_list(Names) -> Names.

%% The forms of a module, or of all files that a wildcard stands for.
forms(Module, Options) when is_atom(Module) ->
    case compiled_forms(Module) of
        [] -> source_forms(Module, Options);
        Forms -> {ok, Forms}
    end;
forms(Wildcard, Options) ->
    case filelib:wildcard(Wildcard) of
        [] -> {ok, []};
        [File] -> file_forms(File, Options);
        Files -> {ok, lists:append([Forms || File <- Files, {ok, Forms} <- [file_forms(File, Options)]])}
    end.

compiled_forms(Module) ->
    try beam_lib:chunks(code:which(Module), [abstract_code]) of
        {ok, {_, [{abstract_code, {_, Forms}}]}} -> Forms;
        _ -> []
    catch error:_ -> []
    end.

source_forms(Module, Options) ->
    Own = try proplists:get_value(source, Module:module_info(compile), "") catch error:_ -> "" end,
    case [F || F <- [Own, atom_to_list(Module) ++ ".erl"], F =/= "", filelib:is_regular(F)] of
        [File | _] -> file_forms(File, Options);
        [] ->
            case code:which(Module) of
                non_existing -> {error, nofile};
                preloaded -> library_forms(Module);
                _ -> {ok, []}
            end
    end.

%% Of a module of the library those that its header tells everyone.
library_forms(Module) ->
    case filelib:wildcard(filename:join([code:lib_dir(), "*", "include", atom_to_list(Module) ++ ".hrl"])) of
        [Header] -> file_forms(Header, []);
        _ -> {ok, []}
    end.

file_forms(File, Options) ->
    Include = [filename:dirname(File) | [Dir || {i, Dir} <- Options]],
    Macros = [case D of {d, M} -> M; {d, M, V} -> {M, V} end || D <- Options, element(1, D) =:= d],
    case epp:parse_file(File, [{includes, Include}, {macros, Macros}]) of
        {ok, Forms} -> {ok, Forms};
        {error, enoent} -> {error, nofile};
        Error -> Error
    end.

%%% Commands about functions and types

lf(Table) ->
    [io:put_chars([[erl_pp:form(Spec) || Spec <- [get(Table, {spec, FA}, none)], Spec =/= none], erl_pp:form(Form)])
     || {FA, Form} <- all(Table, function)],
    ok.

lt(Table) -> list([Form || {_, Form} <- all(Table, type)]).

lr(Table) -> rl(Table).

ff(Table) ->
    [ets:match_delete(Table, {{Kind, '_'}, '_'}) || Kind <- [function, spec]],
    ok.

ff(Table, {Name, Arity} = FA) when is_atom(Name), is_integer(Arity) ->
    [ets:delete(Table, {Kind, FA}) || Kind <- [function, spec]],
    ok.

tf(Table) ->
    ets:match_delete(Table, {{type, '_'}, '_'}),
    ok.

tf(Table, Name) when is_atom(Name) ->
    ets:match_delete(Table, {{type, {Name, '_'}}, '_'}),
    ok.

fl(Table) ->
    [F(Table) || F <- [fun ff/1, fun tf/1, fun(T) -> rf(T, '_') end]],
    ok.

%% All of it as the source of a module, which exports its functions.
save_module(Table, File) -> save_module(Table, File, [{overwrite, false}]).

save_module(Table, File, Options) ->
    case filelib:is_regular(File) andalso not proplists:get_bool(overwrite, Options) of
        true -> {error, eexist};
        false -> file:write_file(File, unicode:characters_to_binary(source(Table, File)))
    end.

source(Table, File) ->
    Module = list_to_atom(filename:basename(File, ".erl")),
    Forms = [{attribute, 1, module, Module}, {attribute, 1, export, functions(Table)}] ++ record_forms(Table) ++
        [Form || {_, Form} <- all(Table, type)] ++
        lists:append([[Spec || Spec <- [get(Table, {spec, FA}, none)], Spec =/= none] ++ [Form] || {FA, Form} <- all(Table, function)]),
    [erl_pp:form(Form) || Form <- Forms].
