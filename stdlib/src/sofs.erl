%% Sets of sets: sets, relations, functions and families with types.
%%
%% A set holds its elements in order, each as the plain term that it is outside ('Set'), anything else is an ordered set ('OrdSet': an atom or
%% a tuple). Types: an atom names the type of atoms, `_` fits any, [Type] is the type of sets, a tuple that of tuples.
-module(sofs).

-export([from_term/1, from_term/2, from_external/2, empty_set/0, is_type/1, set/1, set/2, from_sets/1, relation/1, relation/2, a_function/1,
         a_function/2, family/1, family/2, to_external/1, type/1, to_sets/1, no_elements/1, specification/2, union/2, intersection/2,
         difference/2, symdiff/2, symmetric_partition/2, product/1, product/2, union/1, intersection/1, canonical_relation/1]).
-export([is_equal/2, is_subset/2, is_sofs_set/1, is_set/1, is_empty_set/1, is_disjoint/2]).
-export([relation_to_family/1, domain/1, range/1, field/1, relative_product/1, relative_product/2, relative_product1/2, converse/1, image/2,
         inverse_image/2, strict_relation/1, weak_relation/1, extension/3, is_a_function/1, composite/2, inverse/1, restriction/2,
         restriction/3, drestriction/2, drestriction/3, substitution/2, projection/2, partition/1, partition/2, partition/3,
         multiple_relative_product/2, join/4, constant_function/2]).
-export([family_to_relation/1, family_specification/2, union_of_family/1, intersection_of_family/1, family_union/1, family_intersection/1,
         family_domain/1, family_range/1, family_field/1, family_union/2, family_intersection/2, family_difference/2, partition_family/2,
         family_projection/2, family_to_digraph/1, family_to_digraph/2, digraph_to_family/1, digraph_to_family/2]).
-export([rel2fam/1, fam2rel/1]).
-export_type([a_set/0, relation/0, binary_relation/0, family/0, a_function/0, ordset/0, external_set/0, set_fun/0, spec_fun/0, type/0]).

%% type: that of the elements of a set, that of the whole of an ordered set.
-record('Set', {data = [], type = '_'}).
-record('OrdSet', {data, type}).

-opaque a_set() :: #'Set'{}.
-opaque ordset() :: #'OrdSet'{}.
-type relation() :: a_set().
-type binary_relation() :: a_set().
-type family() :: a_set().
-type a_function() :: a_set().
-type external_set() :: term().
-type type() :: term().
-type set_fun() :: pos_integer() | {external, fun((term()) -> term())} | fun((a_set() | ordset()) -> a_set() | ordset()).
-type spec_fun() :: {external, fun((term()) -> boolean())} | fun((a_set() | ordset()) -> boolean()).

%%% Errors name the caller's function

fault(Reason, Args) -> erlang:error(Reason, Args).

%% What goes wrong deep inside is thrown and becomes an error of the function that was called.
guarded(Work, Args) ->
    try Work()
    catch throw:{?MODULE, Reason} -> fault(Reason, Args)
    end.

no(Reason) -> throw({?MODULE, Reason}).

%%% Types

is_type('_') -> false;
is_type(Type) -> is_atom(Type) orelse is_inner_type(Type).

is_inner_type(['_']) -> true;
is_inner_type([Type]) -> is_type(Type);
is_inner_type(Type) -> is_tuple(Type) andalso tuple_size(Type) > 0 andalso lists:all(fun is_type/1, tuple_to_list(Type)).

%% One type for both.
unify('_', T) -> T;
unify(T, '_') -> T;
unify(T, T) -> T;
unify([A], [B]) -> [unify(A, B)];
unify(A, B) when is_tuple(A), is_tuple(B), tuple_size(A) =:= tuple_size(B) ->
    list_to_tuple(lists:zipwith(fun unify/2, tuple_to_list(A), tuple_to_list(B)));
unify(_, _) -> no(type_mismatch).

unified(Types) -> lists:foldl(fun unify/2, '_', Types).

%%% Making sets

empty_set() -> #'Set'{}.

%% An element of a type: {data, type}.
made(Data, [Type]) -> #'Set'{data = Data, type = Type};
made(Data, Type) -> #'OrdSet'{data = Data, type = Type}.

from_term(Term) ->
    guarded(fun() ->
                    {Data, Type} = derived(Term),
                    made(Data, Type)
            end, [Term]).

from_term(Term, Type) ->
    Valid = is_type(Type) orelse fault(badarg, [Term, Type]),
    case Valid andalso Term =:= [] andalso is_atom(Type) of
        true -> #'OrdSet'{data = Term, type = Type};
        false ->
            guarded(fun() -> made(checked(Term, Type), Type) end, [Term, Type])
    end.

%% A term in order, without duplicates, and its type.
derived([]) -> {[], ['_']};
derived(List) when is_list(List) ->
    is_proper(List) orelse no(badarg),
    {Elements, Types} = lists:unzip([derived(E) || E <- List]),
    {lists:usort(Elements), [alike(Types)]};
derived(Tuple) when is_tuple(Tuple), tuple_size(Tuple) > 0 ->
    {Parts, Types} = lists:unzip([derived(E) || E <- tuple_to_list(Tuple)]),
    {list_to_tuple(Parts), list_to_tuple(Types)};
derived({}) -> no(badarg);
derived(Atom) -> {Atom, atom}.

is_proper(List) -> is_integer(catch length(List)).

alike(Types) ->
    try unified(Types)
    catch throw:{?MODULE, type_mismatch} -> no(badarg)
    end.

checked(List, [Type]) when is_list(List) ->
    is_proper(List) orelse no(badarg),
    lists:usort([checked(E, Type) || E <- List]);
checked(Tuple, Type) when is_tuple(Tuple), is_tuple(Type), tuple_size(Tuple) =:= tuple_size(Type) ->
    list_to_tuple(lists:zipwith(fun checked/2, tuple_to_list(Tuple), tuple_to_list(Type)));
checked(Term, Type) when is_atom(Type), Type =/= '_' -> Term;
checked(_, _) -> no(badarg).

from_external(Data, Type) -> made(Data, Type).

set(List) ->
    is_list(List) andalso is_proper(List) orelse fault(badarg, [List]),
    #'Set'{data = lists:usort(List), type = atom}.

set(List, [Type] = T) ->
    is_type(T) orelse fault(badarg, [List, T]),
    guarded(fun() -> #'Set'{data = checked(List, T), type = Type} end, [List, T]);
set(List, T) -> fault(badarg, [List, T]).

relation([]) -> relation([], 2);
relation([First | _] = Tuples) when is_tuple(First) ->
    case is_proper(Tuples) andalso tuple_size(First) > 0 of
        true -> relation_of(Tuples, tuple_size(First), [Tuples]);
        false -> fault(badarg, [Tuples])
    end;
relation(Other) -> fault(badarg, [Other]).

relation(Tuples, Size) when is_integer(Size), Size > 0 -> relation_of(Tuples, Size, [Tuples, Size]);
relation(Tuples, [Type] = T) when is_tuple(Type) ->
    is_type(T) orelse fault(badarg, [Tuples, T]),
    guarded(fun() -> #'Set'{data = checked(Tuples, T), type = Type} end, [Tuples, T]);
relation(Tuples, Other) -> fault(badarg, [Tuples, Other]).

relation_of(Tuples, Size, Args) ->
    Type = list_to_tuple(lists:duplicate(Size, atom)),
    guarded(fun() -> #'Set'{data = checked(Tuples, [Type]), type = Type} end, Args).

a_function(Pairs) -> function(Pairs, {atom, atom}, [Pairs]).

a_function(Pairs, [{_, _} = Type]) -> function(Pairs, Type, [Pairs, [Type]]);
a_function(Pairs, Other) -> fault(badarg, [Pairs, Other]).

family(Pairs) -> function(Pairs, {atom, [atom]}, [Pairs]).

family(Pairs, [{_, [_]} = Type]) -> function(Pairs, Type, [Pairs, [Type]]);
family(Pairs, Other) -> fault(badarg, [Pairs, Other]).

function(Pairs, Type, Args) ->
    is_type([Type]) orelse fault(badarg, Args),
    guarded(fun() ->
                    Data = checked(Pairs, [Type]),
                    is_single(Data) orelse no(bad_function),
                    #'Set'{data = Data, type = Type}
            end, Args).

%% Every first element once?
is_single([{A, _} | [{A, _} | _]]) -> false;
is_single([_ | Rest]) -> is_single(Rest);
is_single([]) -> true.

from_sets(List) when is_list(List) ->
    lists:all(fun is_sofs_set/1, List) orelse fault(badarg, [List]),
    guarded(fun() -> #'Set'{data = lists:usort([data(S) || S <- List]), type = unified([type(S) || S <- List])} end, [List]);
from_sets(Tuple) when is_tuple(Tuple) ->
    Sets = tuple_to_list(Tuple),
    lists:all(fun is_sofs_set/1, Sets) orelse fault(badarg, [Tuple]),
    #'OrdSet'{data = list_to_tuple([data(S) || S <- Sets]), type = list_to_tuple([type(S) || S <- Sets])};
from_sets(Other) -> fault(badarg, [Other]).

%%% Looking at sets

data(#'Set'{data = Data}) -> Data;
data(#'OrdSet'{data = Data}) -> Data.

to_external(Set) -> data(Set).

type(#'Set'{type = Type}) -> [Type];
type(#'OrdSet'{type = Type}) -> Type.

to_sets(#'Set'{data = Data, type = Type}) -> [made(E, Type) || E <- Data];
to_sets(#'OrdSet'{data = Data, type = Type}) when is_tuple(Type) ->
    list_to_tuple([made(E, T) || {E, T} <- lists:zip(tuple_to_list(Data), tuple_to_list(Type))]);
to_sets(#'OrdSet'{} = Atom) -> fault(badarg, [Atom]).

no_elements(#'Set'{data = Data}) -> length(Data);
no_elements(#'OrdSet'{data = Data, type = Type}) when is_tuple(Type) -> tuple_size(Data);
no_elements(#'OrdSet'{} = Atom) -> fault(badarg, [Atom]).

is_sofs_set(#'Set'{}) -> true;
is_sofs_set(#'OrdSet'{}) -> true;
is_sofs_set(_) -> false.

is_set(#'Set'{}) -> true;
is_set(#'OrdSet'{}) -> false.

is_empty_set(#'Set'{data = Data}) -> Data =:= [];
is_empty_set(#'OrdSet'{}) -> false.

is_equal(#'Set'{data = D1, type = T1} = S1, #'Set'{data = D2, type = T2} = S2) ->
    guarded(fun() -> unify(T1, T2), D1 == D2 end, [S1, S2]);
is_equal(#'OrdSet'{data = D1, type = T1} = S1, #'OrdSet'{data = D2, type = T2} = S2) ->
    guarded(fun() -> unify(T1, T2), D1 == D2 end, [S1, S2]);
is_equal(#'Set'{} = S1, #'OrdSet'{} = S2) -> fault(type_mismatch, [S1, S2]);
is_equal(#'OrdSet'{} = S1, #'Set'{} = S2) -> fault(type_mismatch, [S1, S2]).

is_subset(#'Set'{data = D1, type = T1} = S1, #'Set'{data = D2, type = T2} = S2) ->
    guarded(fun() -> unify(T1, T2), ordsets:is_subset(D1, D2) end, [S1, S2]).

is_disjoint(#'Set'{data = D1, type = T1} = S1, #'Set'{data = D2, type = T2} = S2) ->
    guarded(fun() -> unify(T1, T2), ordsets:is_disjoint(D1, D2) end, [S1, S2]).

is_a_function(#'Set'{data = Data, type = Type}) when is_tuple(Type), tuple_size(Type) =:= 2; Type =:= '_' -> is_single(Data);
is_a_function(#'Set'{} = S) -> fault(badarg, [S]).

%%% Algebra

both(Operation, #'Set'{data = D1, type = T1} = S1, #'Set'{data = D2, type = T2} = S2) ->
    guarded(fun() ->
                    Type = unify(T1, T2),
                    #'Set'{data = Operation(D1, D2), type = Type}
            end, [S1, S2]).

union(#'Set'{} = S1, #'Set'{} = S2) -> both(fun ordsets:union/2, S1, S2).
intersection(#'Set'{} = S1, #'Set'{} = S2) -> both(fun ordsets:intersection/2, S1, S2).
difference(#'Set'{} = S1, #'Set'{} = S2) -> both(fun ordsets:subtract/2, S1, S2).
symdiff(#'Set'{} = S1, #'Set'{} = S2) ->
    both(fun(A, B) -> ordsets:union(ordsets:subtract(A, B), ordsets:subtract(B, A)) end, S1, S2).

symmetric_partition(#'Set'{} = S1, #'Set'{} = S2) -> {difference(S1, S2), intersection(S1, S2), difference(S2, S1)}.

%% The type of the elements of the elements.
inner(#'Set'{type = [Type]}) -> Type;
inner(#'Set'{data = [], type = '_'}) -> '_';
inner(_) -> no(badarg).

union(#'Set'{data = Data} = S) ->
    guarded(fun() ->
                    Type = inner(S),
                    #'Set'{data = ordsets:union(Data), type = Type}
            end, [S]).

intersection(#'Set'{data = []} = S) -> fault(badarg, [S]);
intersection(#'Set'{data = Data} = S) ->
    guarded(fun() ->
                    Type = inner(S),
                    #'Set'{data = ordsets:intersection(Data), type = Type}
            end, [S]).

product(#'Set'{} = S1, #'Set'{} = S2) -> product({S1, S2}).

product({}) -> fault(badarg, [{}]);
product(Tuple) when is_tuple(Tuple) ->
    Sets = tuple_to_list(Tuple),
    lists:all(fun(S) -> is_record(S, 'Set') end, Sets) orelse fault(badarg, [Tuple]),
    Type = list_to_tuple([T || #'Set'{type = T} <- Sets]),
    case lists:any(fun is_empty_set/1, Sets) of
        true -> #'Set'{type = case lists:member('_', tuple_to_list(Type)) of true -> '_'; false -> Type end};
        false -> #'Set'{data = [list_to_tuple(L) || L <- combined([D || #'Set'{data = D} <- Sets])], type = Type}
    end.

combined([]) -> [[]];
combined([First | Rest]) -> [[E | L] || E <- First, L <- combined(Rest)].

%% Which element is in which set.
canonical_relation(#'Set'{data = Data} = S) ->
    guarded(fun() ->
                    case inner(S) of
                        '_' -> #'Set'{};
                        Type -> #'Set'{data = lists:usort([{E, Set} || Set <- Data, E <- Set]), type = {Type, [Type]}}
                    end
            end, [S]).

specification(Spec, #'Set'{data = Data, type = Type} = S) ->
    guarded(fun() -> S#'Set'{data = [E || E <- Data, holds(Spec, E, Type)]} end, [Spec, S]).

holds({external, Fun}, E, _) -> truth(Fun(E));
holds(Fun, E, Type) when is_function(Fun, 1) -> truth(Fun(made(E, Type)));
holds(_, _, _) -> no(badarg).

truth(Value) when is_boolean(Value) -> Value;
truth(_) -> no(badarg).

%%% Relations: sets of pairs

%% The types of both sides; badarg for what is no binary relation.
sides(#'Set'{type = {T1, T2}}) -> {T1, T2};
sides(#'Set'{data = [], type = '_'}) -> {'_', '_'};
sides(_) -> no(badarg).

%% A relation with sides of these types, of no type when a type is missing.
pairs(Data, T1, T2) when T1 =/= '_', T2 =/= '_' -> #'Set'{data = lists:usort(Data), type = {T1, T2}};
pairs([], _, _) -> #'Set'{}.

domain(#'Set'{} = R) -> one_side(1, R).
range(#'Set'{} = R) -> one_side(2, R).

one_side(N, #'Set'{data = Data} = R) ->
    guarded(fun() ->
                    Types = sides(R),
                    #'Set'{data = lists:usort([element(N, Pair) || Pair <- Data]), type = element(N, Types)}
            end, [R]).

field(#'Set'{} = R) -> union(domain(R), range(R)).

converse(#'Set'{data = Data} = R) ->
    guarded(fun() ->
                    {T1, T2} = sides(R),
                    pairs([{B, A} || {A, B} <- Data], T2, T1)
            end, [R]).

inverse(#'Set'{} = F) ->
    is_a_function(F) orelse fault(bad_function, [F]),
    Back = converse(F),
    is_a_function(Back) orelse fault(bad_function, [F]),
    Back.

strict_relation(#'Set'{data = Data} = R) ->
    guarded(fun() ->
                    _ = sides(R),
                    R#'Set'{data = [P || {A, B} = P <- Data, not (A == B)]}
            end, [R]).

weak_relation(#'Set'{data = Data} = R) ->
    guarded(fun() ->
                    {T1, T2} = sides(R),
                    Type = unify(T1, T2),
                    pairs(Data ++ [{E, E} || {A, B} <- Data, E <- [A, B]], Type, Type)
            end, [R]).

image(#'Set'{data = Data} = R, #'Set'{data = Wanted, type = T} = S) ->
    guarded(fun() ->
                    {T1, T2} = sides(R),
                    unify(T1, T),
                    #'Set'{data = lists:usort([B || {A, B} <- Data, ordsets:is_element(A, Wanted)]), type = T2}
            end, [R, S]).

inverse_image(R, S) -> image(converse(R), S).

extension(#'Set'{data = Data} = R, #'Set'{data = Wanted, type = T} = S, Value) ->
    guarded(fun() ->
                    {T1, T2} = sides(R),
                    Known = [A || {A, _} <- Data],
                    New = [{E, data(Value)} || E <- Wanted, not lists:member(E, Known)],
                    pairs(Data ++ New, unify(T1, T), unify(T2, type(Value)))
            end, [R, S, Value]).

relation_to_family(#'Set'{data = Data} = R) ->
    guarded(fun() ->
                    {T1, T2} = sides(R),
                    pairs(grouped(Data), T1, case T2 of '_' -> '_'; _ -> [T2] end)
            end, [R]).

rel2fam(R) -> relation_to_family(R).

%% [{Key, [Value]}] of pairs in order.
grouped(Pairs) -> [{K, lists:usort(Vs)} || {K, Vs} <- maps:to_list(lists:foldl(fun add_value/2, #{}, Pairs))].

add_value({K, V}, Acc) -> Acc#{K => [V | maps:get(K, Acc, [])]}.

%% Pairs of one relation go on in another.
relative_product(#'Set'{data = D1} = R1, #'Set'{data = D2} = R2) ->
    guarded(fun() ->
                    {A, B1} = sides(R1),
                    {B2, C} = sides(R2),
                    unify(B1, B2),
                    Next = maps:from_list(grouped(D2)),
                    pairs([{X, Z} || {X, Y} <- D1, Z <- maps:get(Y, Next, [])], A, C)
            end, [R1, R2]);
relative_product(Relations, #'Set'{} = R) when is_tuple(Relations) -> relative_product(tuple_to_list(Relations), R);
relative_product(Relations, #'Set'{} = R) when is_list(Relations) -> relative_product(side_by_side(Relations, [Relations, R]), R).

relative_product(Relations) when is_tuple(Relations) -> side_by_side(tuple_to_list(Relations), [Relations]);
relative_product(Relations) when is_list(Relations) -> side_by_side(Relations, [Relations]).

are_sets([#'Set'{} | Sets]) -> are_sets(Sets);
are_sets(End) -> End =:= [].

%% Relations with one domain as one with tuples on its right.
side_by_side([], Args) -> fault(badarg, Args);
side_by_side(Relations, Args) ->
    are_sets(Relations) orelse fault(function_clause, Args),
    guarded(fun() ->
                    {Lefts, Rights} = lists:unzip([sides(R) || R <- Relations]),
                    Left = unified(Lefts),
                    Maps = [maps:from_list(grouped(D)) || #'Set'{data = D} <- Relations],
                    Keys = ordsets:intersection([lists:usort(maps:keys(M)) || M <- Maps]),
                    Data = [{K, list_to_tuple(L)} || K <- Keys, L <- combined([map_get(K, M) || M <- Maps])],
                    Right = case lists:member('_', Rights) of
                                true -> '_';
                                false -> list_to_tuple(Rights)
                            end,
                    pairs(Data, Left, Right)
            end, Args).

relative_product1(R1, R2) -> relative_product(converse(R1), R2).

multiple_relative_product(Relations, #'Set'{data = Data, type = Type} = R) when is_tuple(Relations), tuple_size(Relations) > 0 ->
    case is_tuple(Type) andalso tuple_size(Type) =:= tuple_size(Relations) of
        true ->
            Numbered = lists:enumerate(tuple_to_list(Relations)),
            Chosen = [relative_product(of_tuples(N, Data, Type), Relation) || {N, Relation} <- Numbered],
            side_by_side(Chosen, [Relations, R]);
        false when Data =:= [], Type =:= '_' -> R;
        false -> fault(badarg, [Relations, R])
    end;
multiple_relative_product(Relations, #'Set'{} = R) when is_tuple(Relations) -> fault(badarg, [Relations, R]).

of_tuples(N, Data, Type) -> #'Set'{data = [{T, element(N, T)} || T <- Data], type = {Type, element(N, Type)}}.

%% Tuples of both that agree in these places; that of the second is left out.
join(#'Set'{data = D1, type = T1} = R1, I1, #'Set'{data = D2, type = T2} = R2, I2) ->
    Args = [R1, I1, R2, I2],
    is_place(I1, T1) andalso is_place(I2, T2) orelse fault(badarg, Args),
    guarded(fun() ->
                    unify(element(I1, T1), element(I2, T2)),
                    By = maps:from_list(grouped([{element(I2, T), T} || T <- D2])),
                    Data = [joined(A, B, I2) || A <- D1, B <- maps:get(element(I1, A), By, [])],
                    #'Set'{data = lists:usort(Data), type = joined(T1, T2, I2)}
            end, Args).

joined(A, B, I) -> list_to_tuple(tuple_to_list(A) ++ tuple_to_list(erlang:delete_element(I, B))).

is_place(I, Type) -> is_integer(I) andalso is_tuple(Type) andalso I > 0 andalso I =< tuple_size(Type).

composite(#'Set'{} = F, #'Set'{} = G) ->
    is_a_function(F) andalso is_a_function(G) orelse fault(bad_function, [F, G]),
    is_subset(range(F), domain(G)) orelse fault(bad_function, [F, G]),
    relative_product(F, G).

constant_function(#'Set'{data = Data, type = T} = S, Value) ->
    is_sofs_set(Value) orelse fault(badarg, [S, Value]),
    pairs([{E, data(Value)} || E <- Data], T, type(Value));
constant_function(#'OrdSet'{} = S, Value) -> fault(badarg, [S, Value]).

%%% Functions of elements

%% [{Element, Value}] and the type of the values. A number takes a place of tuples; an external fun gets and gives terms, any other fun sets.
values(Place, #'Set'{data = Data, type = Type}) when is_integer(Place) ->
    case {Type, is_place(Place, Type)} of
        {_, true} -> {[{E, element(Place, E)} || E <- Data], element(Place, Type)};
        {'_', false} when Data =:= [], Place > 0 -> {[], '_'};
        _ -> no(badarg)
    end;
values({external, Fun}, #'Set'{data = Data}) ->
    Values = [{E, derived(Fun(E))} || E <- Data],
    {[{E, V} || {E, {V, _}} <- Values], alike([T || {_, {_, T}} <- Values])};
values(Fun, #'Set'{data = Data, type = Type}) when is_function(Fun, 1) ->
    Values = [{E, sofs_value(Fun(made(E, Type)))} || E <- Data],
    {[{E, data(V)} || {E, V} <- Values], unified([type(V) || {_, V} <- Values])};
values(_, _) -> no(badarg).

sofs_value(V) ->
    is_sofs_set(V) orelse no(badarg),
    V.

projection(Fun, #'Set'{} = S) ->
    guarded(fun() ->
                    {Values, Type} = values(Fun, S),
                    #'Set'{data = lists:usort([V || {_, V} <- Values]), type = Type}
            end, [Fun, S]).

substitution(Fun, #'Set'{type = T} = S) ->
    guarded(fun() ->
                    {Values, Type} = values(Fun, S),
                    pairs(Values, T, Type)
            end, [Fun, S]).

%% The elements whose values are in a set, and the others.
split(Fun, S, #'Set'{data = Wanted, type = T}, Args) ->
    guarded(fun() ->
                    {Values, Type} = values(Fun, S),
                    unify(Type, T),
                    {In, Out} = lists:partition(fun({_, V}) -> ordsets:is_element(V, Wanted) end, Values),
                    {S#'Set'{data = [E || {E, _} <- In]}, S#'Set'{data = [E || {E, _} <- Out]}}
            end, Args).

restriction(R, S) -> restriction(1, R, S).
restriction(Fun, #'Set'{} = S1, #'Set'{} = S2) -> element(1, split(Fun, S1, S2, [Fun, S1, S2])).
drestriction(R, S) -> drestriction(1, R, S).
drestriction(Fun, #'Set'{} = S1, #'Set'{} = S2) -> element(2, split(Fun, S1, S2, [Fun, S1, S2])).

partition(Fun, #'Set'{} = S1, #'Set'{} = S2) -> split(Fun, S1, S2, [Fun, S1, S2]).

partition(Fun, #'Set'{type = T} = S) ->
    guarded(fun() ->
                    {Values, _} = values(Fun, S),
                    classes([{V, E} || {E, V} <- Values], T)
            end, [Fun, S]).

classes(Pairs, Type) ->
    #'Set'{data = lists:usort([C || {_, C} <- grouped(Pairs)]), type = case Type of '_' -> '_'; _ -> [Type] end}.

%% The coarsest partition of the union such that every set is a union of classes.
partition(#'Set'{data = Data} = S) ->
    guarded(fun() ->
                    Type = inner(S),
                    Numbered = lists:enumerate(Data),
                    Where = grouped([{E, N} || {N, Set} <- Numbered, E <- Set]),
                    classes([{Ns, E} || {E, Ns} <- Where], Type)
            end, [S]).

partition_family(Fun, #'Set'{type = T} = S) ->
    guarded(fun() ->
                    {Values, Type} = values(Fun, S),
                    pairs(grouped([{V, E} || {E, V} <- Values]), Type, [T])
            end, [Fun, S]).

%%% Families: functions whose values are sets

%% The types of the index and of the elements of the values.
parts(#'Set'{type = {T, [E]}}) -> {T, E};
parts(#'Set'{data = [], type = '_'}) -> {'_', '_'};
parts(_) -> no(badarg).

family_to_relation(#'Set'{data = Data} = F) ->
    guarded(fun() ->
                    {T, E} = parts(F),
                    pairs([{K, V} || {K, Vs} <- Data, V <- Vs], T, E)
            end, [F]).

fam2rel(F) -> family_to_relation(F).

family_specification(Spec, #'Set'{data = Data} = F) ->
    guarded(fun() ->
                    {_, E} = parts(F),
                    F#'Set'{data = [P || {_, Vs} = P <- Data, holds(Spec, Vs, [E])]}
            end, [Spec, F]).

family_projection(Fun, #'Set'{data = Data} = F) ->
    guarded(fun() ->
                    {T, E} = parts(F),
                    Values = [{K, sofs_value(Fun(#'Set'{data = Vs, type = E}))} || {K, Vs} <- Data],
                    pairs([{K, data(V)} || {K, V} <- Values], T, unified([type(V) || {_, V} <- Values]))
            end, [Fun, F]).

union_of_family(#'Set'{data = Data} = F) ->
    guarded(fun() ->
                    {_, E} = parts(F),
                    #'Set'{data = ordsets:union([Vs || {_, Vs} <- Data]), type = E}
            end, [F]).

intersection_of_family(#'Set'{data = Data} = F) ->
    guarded(fun() ->
                    {_, E} = parts(F),
                    Data =/= [] orelse no(badarg),
                    #'Set'{data = ordsets:intersection([Vs || {_, Vs} <- Data]), type = E}
            end, [F]).

%% The same operation on every value, whose elements are sets or pairs.
each(F, Type, Operation) ->
    guarded(fun() ->
                    {T, E} = parts(F),
                    pairs([{K, Operation(Vs)} || {K, Vs} <- data(F)], T, case Type(E) of '_' -> '_'; New -> [New] end)
            end, [F]).

set_element([T]) -> T;
set_element('_') -> '_';
set_element(_) -> no(badarg).

side(N) ->
    fun({_, _} = T) -> element(N, T);
       ('_') -> '_';
       (_) -> no(badarg)
    end.

family_union(#'Set'{} = F) -> each(F, fun set_element/1, fun ordsets:union/1).

family_intersection(#'Set'{} = F) ->
    each(F, fun set_element/1, fun([]) -> no(badarg);
                                  (Sets) -> ordsets:intersection(Sets)
                               end).

family_domain(#'Set'{} = F) -> each(F, side(1), fun(Pairs) -> lists:usort([A || {A, _} <- Pairs]) end).
family_range(#'Set'{} = F) -> each(F, side(2), fun(Pairs) -> lists:usort([B || {_, B} <- Pairs]) end).
family_field(#'Set'{} = F) -> family_union(family_domain(F), family_range(F)).

family_union(#'Set'{} = F, #'Set'{} = G) -> merged(F, G, fun ordsets:union/2, all).
family_intersection(#'Set'{} = F, #'Set'{} = G) -> merged(F, G, fun ordsets:intersection/2, both).
family_difference(#'Set'{} = F, #'Set'{} = G) -> merged(F, G, fun ordsets:subtract/2, first).

%% Which indices are kept: those of either, of both, of the first.
merged(F, G, Operation, Kept) ->
    guarded(fun() ->
                    {T1, E1} = parts(F),
                    {T2, E2} = parts(G),
                    {M1, M2} = {maps:from_list(data(F)), maps:from_list(data(G))},
                    Keys = case Kept of
                               all -> lists:usort(maps:keys(M1) ++ maps:keys(M2));
                               both -> [K || K <- maps:keys(M1), is_map_key(K, M2)];
                               first -> maps:keys(M1)
                           end,
                    Data = [{K, Operation(maps:get(K, M1, []), maps:get(K, M2, []))} || K <- Keys],
                    {T, E} = {unify(T1, T2), unify(E1, E2)},
                    pairs(Data, T, case E of '_' -> '_'; _ -> [E] end)
            end, [F, G]).

%%% Graphs

family_to_digraph(F) -> family_to_digraph(F, []).

family_to_digraph(#'Set'{data = Data} = F, Options) ->
    case F of
        #'Set'{type = {_, [_]}} -> ok;
        #'Set'{data = [], type = '_'} -> ok;
        _ -> fault(badarg, [F, Options])
    end,
    Graph = try digraph:new(Options)
            catch error:badarg -> fault(badarg, [F, Options])
            end,
    Added = [edge(Graph, A, Bs) || {A, Bs} <- Data],
    case [Bad || Bad <- lists:append(Added), Bad =/= ok] of
        [] -> Graph;
        _ ->
            true = digraph:delete(Graph),
            fault(cyclic, [F, Options])
    end.

edge(Graph, A, Bs) ->
    digraph:add_vertex(Graph, A),
    [begin
         digraph:add_vertex(Graph, B),
         case digraph:add_edge(Graph, A, B) of
             {error, {bad_edge, _}} -> cyclic;
             _ -> ok
         end
     end || B <- Bs].

digraph_to_family(Graph) -> graph_family(Graph, {atom, [atom]}, [Graph]).

digraph_to_family(Graph, [{_, [_]} = Type]) ->
    is_type([Type]) orelse fault(badarg, [Graph, [Type]]),
    graph_family(Graph, Type, [Graph, [Type]]);
digraph_to_family(Graph, Type) -> fault(badarg, [Graph, Type]).

graph_family(Graph, Type, Args) ->
    try [{V, lists:usort(digraph:out_neighbours(Graph, V))} || V <- digraph:vertices(Graph)] of
        Data -> #'Set'{data = lists:sort(Data), type = Type}
    catch error:_ -> fault(badarg, Args)
    end.
