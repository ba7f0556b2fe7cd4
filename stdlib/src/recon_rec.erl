%% recon_rec: which records `recon_trace' prints by name, and how much of them.
%%
%% Definitions come from the tables that every loaded module carries, so no debug information is needed. A record is known by its name and its number of
%% fields; a limit is `none', `all' (no field is shown), one field or a list of fields. All of it lives in one persistent term: it changes rarely and the
%% formatter reads it for every term.
-module(recon_rec).

-export([is_active/0, import/1, clear/1, clear/0, list/0, get_list/0, limit/3, format_tuple/1]).

%% What `lookup' asks for, by name and number of fields.
-type definition() :: {Module :: module(), Fields :: [atom()], Limit :: limit()}.
-type limit() :: none | all | atom() | [atom()].

-spec import(module() | [module()]) -> list().
import(Modules) when is_list(Modules) -> lists:append([import(Module) || Module <- Modules]);
import(Module) when is_atom(Module) ->
    case code:ensure_loaded(Module) of
        {module, Module} -> [store(Module, Record) || Record <- erts_internal:module_records(Module)];
        {error, Reason} -> error({no_module, Module, Reason}, [Module])
    end.

%% A record of the same name and size from another module stays; from the same module it is replaced.
store(Module, {Name, Fields}) ->
    Known = known(),
    Key = {Name, length(Fields)},
    case Known of
        #{Key := {Other, _, _}} when Other =/= Module -> {ignored, Module, Name, length(Fields), Other};
        #{Key := _} -> remember(Known#{Key := {Module, Fields, none}}), {overwritten, Module, Name, length(Fields)};
        _ -> remember(Known#{Key => {Module, Fields, none}}), {imported, Module, Name, length(Fields)}
    end.

-spec clear(module()) -> [true].
clear(Module) ->
    Known = known(),
    Gone = [Key || {Key, {M, _, _}} <- maps:to_list(Known), M =:= Module],
    remember(maps:without(Gone, Known)),
    [true || _ <- Gone].

-spec clear() -> ok.
clear() -> persistent_term:erase(?MODULE), ok.

-spec is_active() -> boolean().
is_active() -> known() =/= #{}.

-spec list() -> ok.
list() ->
    io:format("Module: #Name(Size){<Fields>} Limits~n==========~n"),
    [io:format("~p: #~p(~p){~ts} ~p~n", [Module, Name, length(Fields), lists:join(",", [atom_to_list(F) || F <- Fields]), Limit])
     || {Module, Name, Fields, Limit} <- get_list()],
    ok.

-spec get_list() -> [{module(), atom(), [atom()], limit()}].
get_list() -> lists:sort([{Module, Name, Fields, Limit} || {{Name, _}, {Module, Fields, Limit}} <- maps:to_list(known())]).

-spec limit(atom(), arity(), limit()) -> ok | {error, record_unknown}.
limit(Name, Size, Limit) when is_atom(Name), is_integer(Size) ->
    Known = known(),
    case Known of
        #{{Name, Size} := {Module, Fields, _}} -> remember(Known#{{Name, Size} := {Module, Fields, Limit}}), ok;
        _ -> {error, record_unknown}
    end.

%% A tuple as text: a known record by name, any other element by element.
-spec format_tuple(tuple()) -> iolist().
format_tuple({}) -> "{}";
format_tuple(Tuple) ->
    Name = element(1, Tuple),
    Size = tuple_size(Tuple) - 1,
    case known() of
        #{{Name, Size} := Definition} -> format_record(Tuple, Definition);
        _ -> ["{", lists:join(", ", [recon_trace:format_trace_output(E) || E <- tuple_to_list(Tuple)]), "}"]
    end.

-spec format_record(tuple(), definition()) -> iolist().
format_record(Tuple, {_, Fields, Limit}) ->
    [Name | Values] = tuple_to_list(Tuple),
    Shown = [[atom_to_list(Field), "=", recon_trace:format_trace_output(Value)] || {Field, Value} <- lists:zip(Fields, Values), shows(Field, Limit)],
    More = case Limit of
               none -> [];
               all -> [];
               _ -> ["more='...'"]
           end,
    ["#", atom_to_list(Name), "{", lists:join(", ", Shown ++ More), "}"].

shows(_, none) -> true;
shows(_, all) -> false;
shows(Field, Fields) when is_list(Fields) -> lists:member(Field, Fields);
shows(Field, Wanted) -> Field =:= Wanted.

known() -> persistent_term:get(?MODULE, #{}).

remember(Known) -> persistent_term:put(?MODULE, Known).
