%% Rewrites records in abstract code as tuples: what the shell evaluates, and what tools that work on code without records need.
%%
%% A field of an expression is taken by a case with a new variable (`rec` and a number, which nobody can type), so that a value that is no
%% such record ends in {badrecord, Value}; in a guard by element/2, which fails it.
-module(erl_expand_records).

-export([module/2]).

-define(COUNT, {?MODULE, count}).

-spec module([erl_parse:abstract_form()], [term()]) -> [erl_parse:abstract_form()].
module(Forms, _Options) ->
    put(?COUNT, 0),
    Records = maps:from_list([{Name, [field(F) || F <- Fields]} || {attribute, _, record, {Name, Fields}} <- Forms]),
    Result = [form(F, Records) || F <- Forms],
    erase(?COUNT),
    Result.

%% A field: its name and its default.
field({typed_record_field, Field, _}) -> field(Field);
field({record_field, L, {atom, _, Name}}) -> {Name, {atom, L, undefined}};
field({record_field, _, {atom, _, Name}, Default}) -> {Name, Default}.

form({function, L, Name, Arity, Clauses}, Rs) -> {function, L, Name, Arity, expr(Clauses, Rs)};
form(Form, _) -> Form.

%% ---- Expressions ----

expr({match, L, Pattern, E}, Rs) -> {match, L, pattern(Pattern, Rs), expr(E, Rs)};
expr({maybe_match, L, Pattern, E}, Rs) -> {maybe_match, L, pattern(Pattern, Rs), expr(E, Rs)};
expr({clause, L, Head, Guards, Body}, Rs) -> {clause, L, pattern(Head, Rs), guard(Guards, Rs), expr(Body, Rs)};
expr({Generator, L, Pattern, E}, Rs)
  when Generator =:= generate; Generator =:= b_generate; Generator =:= m_generate; Generator =:= generate_strict;
       Generator =:= b_generate_strict; Generator =:= m_generate_strict ->
    {Generator, L, pattern(Pattern, Rs), expr(E, Rs)};
expr({record, L, Name, Fields}, Rs) ->
    {tuple, L, [{atom, L, Name} | [expr(V, Rs) || V <- values(Fields, Name, Rs, fun(Default) -> Default end)]]};
expr({record, L, E, Name, Updates}, Rs) -> update(L, E, Name, Updates, Rs);
expr({record_index, L, Name, {atom, _, Field}}, Rs) -> {integer, L, index(Name, Field, Rs)};
expr({record_field, L, E, Name, {atom, _, Field}}, Rs) -> access(L, E, Name, Field, Rs);
expr({call, L, {atom, _, is_record}, [E, {atom, _, Name} = A]}, Rs) when is_map_key(Name, Rs) -> test(L, expr(E, Rs), A, Rs);
expr({call, L, {remote, _, {atom, _, erlang}, {atom, _, is_record}}, [E, {atom, _, Name} = A]}, Rs) when is_map_key(Name, Rs) ->
    test(L, expr(E, Rs), A, Rs);
expr(Other, Rs) -> within(Other, fun(E) -> expr(E, Rs) end).

%% Every part of a tuple or list.
within(T, F) when is_tuple(T) -> list_to_tuple([F(E) || E <- tuple_to_list(T)]);
within([H | T], F) -> [F(H) | within(T, F)];
within(Other, _) -> Other.

test(L, E, {atom, _, Name} = A, Rs) ->
    Size = length(map_get(Name, Rs)) + 1,
    {call, L, {remote, L, {atom, L, erlang}, {atom, L, is_record}}, [E, A, {integer, L, Size}]}.

%% One value for each field, in order: what is written, or `_ = Value`, or the default.
values(Written, Name, Rs, Missing) ->
    Given = [{F, V} || {record_field, _, {atom, _, F}, V} <- Written],
    Rest = [V || {record_field, _, {var, _, '_'}, V} <- Written],
    [case {lists:keyfind(F, 1, Given), Rest} of
         {{_, V}, _} -> V;
         {false, [V | _]} -> V;
         {false, []} -> Missing(Default)
     end || {F, Default} <- map_get(Name, Rs)].

access(L, E, Name, Field, Rs) ->
    Wanted = new(L),
    Parts = [case F of Field -> Wanted; _ -> {var, L, '_'} end || {F, _} <- map_get(Name, Rs)],
    or_badrecord(L, expr(E, Rs), {tuple, L, [{atom, L, Name} | Parts]}, Wanted).

%% The new values are computed before the record is looked at, each in its turn.
update(L, E, Name, Updates, Rs) ->
    Sets = [{F, new(L), expr(V, Rs)} || {record_field, _, {atom, _, F}, V} <- Updates],
    Old = [case lists:keyfind(F, 1, Sets) of
               false -> new(L);
               _ -> {var, L, '_'}
           end || {F, _} <- map_get(Name, Rs)],
    New = [case lists:keyfind(F, 1, Sets) of
               {_, Var, _} -> Var;
               false -> V
           end || {{F, _}, V} <- lists:zip(map_get(Name, Rs), Old)],
    Tag = {atom, L, Name},
    {block, L, [{match, L, Var, V} || {_, Var, V} <- Sets] ++
        [or_badrecord(L, expr(E, Rs), {tuple, L, [Tag | Old]}, {tuple, L, [Tag | New]})]}.

or_badrecord(L, E, Pattern, Result) ->
    Other = new(L),
    Error = {call, L, {remote, L, {atom, L, erlang}, {atom, L, error}}, [{tuple, L, [{atom, L, badrecord}, Other]}]},
    {'case', L, E, [{clause, L, [Pattern], [], [Result]}, {clause, L, [Other], [], [Error]}]}.

new(L) ->
    N = get(?COUNT),
    put(?COUNT, N + 1),
    {var, L, list_to_atom("rec" ++ integer_to_list(N))}.

index(Name, Field, Rs) -> index(Field, map_get(Name, Rs), 2, Name).

index(Field, [{Field, _} | _], N, _) -> N;
index(Field, [_ | Fields], N, Name) -> index(Field, Fields, N + 1, Name).

%% ---- Patterns and guards ----

pattern({record, L, Name, Fields}, Rs) ->
    Any = fun(_) -> {var, L, '_'} end,
    {tuple, L, [{atom, L, Name} | [pattern(V, Rs) || V <- values(Fields, Name, Rs, Any)]]};
pattern({record_index, L, Name, {atom, _, Field}}, Rs) -> {integer, L, index(Name, Field, Rs)};
pattern(Other, Rs) -> within(Other, fun(P) -> pattern(P, Rs) end).

guard({record_field, L, E, Name, {atom, _, Field}}, Rs) ->
    Index = {integer, L, index(Name, Field, Rs)},
    {call, L, {remote, L, {atom, L, erlang}, {atom, L, element}}, [Index, guard(E, Rs)]};
guard({record, L, Name, Fields}, Rs) ->
    {tuple, L, [{atom, L, Name} | [guard(V, Rs) || V <- values(Fields, Name, Rs, fun(Default) -> Default end)]]};
guard({record_index, L, Name, {atom, _, Field}}, Rs) -> {integer, L, index(Name, Field, Rs)};
guard({call, L, {atom, _, is_record}, [E, {atom, _, Name} = A]}, Rs) when is_map_key(Name, Rs) -> test(L, guard(E, Rs), A, Rs);
guard(Other, Rs) -> within(Other, fun(E) -> guard(E, Rs) end).
