%% Migration of states by the names of record fields, for `code_change`: `transom_reload:migrate/2,3`.
%%
%% Which definitions are meant depends on where the conversion happens: in the step the old version and the current one, in a rehearsal the current
%% one and prepared code that nobody can call yet, and the other way round on the way back.
-module(transom_reload_records).

-export([migrate/2, migrate/3, rehearsing/2, backwards/0, back/1]).

-define(DIRECTION, {?MODULE, direction}).

%% This process converts by that prepared code of the module.
rehearsing(Module, Prepared) -> put({?MODULE, prepared, Module}, Prepared).

%% This process converts back from here on.
backwards() -> put(?DIRECTION, down).

%% While it runs, all conversions are those of a rollback.
back(Work) ->
    persistent_term:put(?DIRECTION, down),
    try Work()
    after persistent_term:erase(?DIRECTION)
    end.

%% migrate(State, {Old, New}): field lists of the record before and now; what stays is found by name, what is new takes its default.
%% A default is in New as {Field, Default}.
migrate(State, Extra) -> migrate(State, Extra, fun(New, _Dropped) -> New end).

%% The same; the last argument gets the new record and a map of the values that found no field.
migrate(State, {Old, New}, Finish) when is_tuple(State), tuple_size(State) =:= length(Old) + 1 ->
    [Tag | Values] = tuple_to_list(State),
    Had = maps:from_list(lists:zip([name(F) || F <- Old], Values)),
    Fields = [maps:get(name(F), Had, default(F)) || F <- New],
    Dropped = maps:without([name(F) || F <- New], Had),
    Finish(list_to_tuple([Tag | Fields]), Dropped);
migrate(State, {_, New}, Finish) when is_tuple(State), tuple_size(State) =:= length(New) + 1 -> Finish(State, #{});
%% migrate(State, Module): the record definitions of both versions of the module say which fields there are.
migrate(State, Module, Finish) when is_atom(Module), is_tuple(State) ->
    migrate(State, fields(Module, element(1, State)), Finish).

%% In a rehearsal the new version is not loaded yet; on the way back the current version is the one to leave.
fields(Module, Tag) ->
    {Old, Current} = erts_internal:module_records(Module, Tag),
    case {get({?MODULE, prepared, Module}), get(?DIRECTION), persistent_term:get(?DIRECTION, up)} of
        {undefined, _, up} -> {Old, Current};
        {undefined, _, down} -> {Current, Old};
        {Prepared, undefined, _} -> {Current, erts_internal:prepared_records(Prepared, Tag)};
        {Prepared, down, _} -> {erts_internal:prepared_records(Prepared, Tag), Current}
    end.

name({F, _}) -> F;
name(F) -> F.

default({_, D}) -> D;
default(_) -> undefined.
