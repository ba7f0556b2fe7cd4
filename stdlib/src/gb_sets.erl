%% Sets as general balanced trees: {Size, Node} with Node = {Element, Smaller, Bigger} or nil; see gb_trees for the balance.
-module(gb_sets).

-export([add/2, add_element/2, balance/1, del_element/2, delete/2, delete_any/2, difference/2, empty/0, filter/2,
         filtermap/2, fold/3, from_list/1, from_ordset/1, insert/2, intersection/1, intersection/2, is_disjoint/2,
         is_element/2, is_empty/1, is_equal/2, is_member/2, is_set/1, is_subset/2, iterator/1, iterator/2,
         iterator_from/2, iterator_from/3, larger/2, largest/1, map/2, new/0, next/1, singleton/1, size/1, smaller/2,
         smallest/1, subtract/2, take_largest/1, take_smallest/1, to_list/1, union/1, union/2]).
-compile({no_auto_import, [size/1]}).

empty() -> {0, nil}.

new() -> empty().

singleton(E) -> {1, {E, nil, nil}}.

is_empty({0, nil}) -> true;
is_empty(_) -> false.

size({N, _}) -> N.

is_set({0, nil}) -> true;
is_set({N, {_, _, _}}) when is_integer(N), N >= 0 -> true;
is_set(_) -> false.

is_member(E, {_, T}) -> member(E, T).

is_element(E, S) -> is_member(E, S).

member(E, {X, L, _}) when E < X -> member(E, L);
member(E, {X, _, R}) when E > X -> member(E, R);
member(_, {_, _, _}) -> true;
member(_, nil) -> false.

insert(E, {N, T}) ->
    case grow(E, T, (N + 1) * (N + 1)) of
        {T1, _, _, sized} -> {N + 1, T1};
        T1 -> {N + 1, T1}
    end.

%% As in gb_trees; the extra atom tells a sized subtree from a node.
grow(E, {X, L, R}, Room) when E < X -> up(grow(E, L, Room div 2), left, X, L, R);
grow(E, {X, L, R}, Room) when E > X -> up(grow(E, R, Room div 2), right, X, L, R);
grow(E, nil, 0) -> {{E, nil, nil}, 1, 1, sized};
grow(E, nil, _) -> {E, nil, nil};
grow(E, _, _) -> erlang:error({key_exists, E}).

up({T, H, S, sized}, Side, X, L, R) ->
    {Node, Other} = case Side of
        left -> {{X, T, R}, R};
        right -> {{X, L, T}, L}
    end,
    {H2, S2} = count(Other),
    Height = 2 * max(H, H2),
    Size = S + S2 + 1,
    case Height > Size * Size of
        true -> build(to_list_1(Node, []), Size);
        false -> {Node, Height, Size, sized}
    end;
up(T, left, X, _, R) -> {X, T, R};
up(T, right, X, L, _) -> {X, L, T}.

count(nil) -> {1, 0};
count({_, nil, nil}) -> {1, 1};
count({_, L, R}) ->
    {HL, SL} = count(L),
    {HR, SR} = count(R),
    {2 * max(HL, HR), SL + SR + 1}.

add(E, S) ->
    case is_member(E, S) of
        true -> S;
        false -> insert(E, S)
    end.

add_element(E, S) -> add(E, S).

balance({N, T}) -> {N, build(to_list_1(T, []), N)}.

build(L, N) ->
    {T, []} = build_1(L, N),
    T.

build_1(L, N) when N > 1 ->
    Rest = N - 1,
    Right = Rest div 2,
    {Smaller, [E | L1]} = build_1(L, Rest - Right),
    {Bigger, L2} = build_1(L1, Right),
    {{E, Smaller, Bigger}, L2};
build_1([E | L], 1) -> {{E, nil, nil}, L};
build_1(L, 0) -> {nil, L}.

from_ordset(L) ->
    N = length(L),
    {N, build(L, N)}.

from_list(L) -> from_ordset(ordsets:from_list(L)).

delete_any(E, S) ->
    case is_member(E, S) of
        true -> delete(E, S);
        false -> S
    end.

del_element(E, S) -> delete_any(E, S).

delete(E, {N, T}) -> {N - 1, delete_1(E, T)}.

delete_1(E, {X, L, R}) when E < X -> {X, delete_1(E, L), R};
delete_1(E, {X, L, R}) when E > X -> {X, L, delete_1(E, R)};
delete_1(_, {_, L, R}) -> join(L, R).

join(L, nil) -> L;
join(nil, R) -> R;
join(L, R) ->
    {E, R1} = take_smallest_1(R),
    {E, L, R1}.

take_smallest({N, T}) ->
    {E, T1} = take_smallest_1(T),
    {E, {N - 1, T1}}.

take_smallest_1({E, nil, R}) -> {E, R};
take_smallest_1({E, L, R}) ->
    {E1, L1} = take_smallest_1(L),
    {E1, {E, L1, R}}.

take_largest({N, T}) ->
    {E, T1} = take_largest_1(T),
    {E, {N - 1, T1}}.

take_largest_1({E, L, nil}) -> {E, L};
take_largest_1({E, L, R}) ->
    {E1, R1} = take_largest_1(R),
    {E1, {E, L, R1}}.

smallest({_, T}) -> smallest_1(T).

smallest_1({E, nil, _}) -> E;
smallest_1({_, L, _}) -> smallest_1(L).

largest({_, T}) -> largest_1(T).

largest_1({E, _, nil}) -> E;
largest_1({_, _, R}) -> largest_1(R).

smaller(E, {_, T}) -> smaller_1(E, T, none).

smaller_1(_, nil, Best) -> Best;
smaller_1(E, {X, _, R}, _) when E > X -> smaller_1(E, R, {found, X});
smaller_1(E, {_, L, _}, Best) -> smaller_1(E, L, Best).

larger(E, {_, T}) -> larger_1(E, T, none).

larger_1(_, nil, Best) -> Best;
larger_1(E, {X, L, _}, _) when E < X -> larger_1(E, L, {found, X});
larger_1(E, {_, _, R}, Best) -> larger_1(E, R, Best).

to_list({_, T}) -> to_list_1(T, []).

to_list_1({E, L, R}, Acc) -> to_list_1(L, [E | to_list_1(R, Acc)]);
to_list_1(nil, Acc) -> Acc.

%% ---- Whole sets ----

%% Of elements that are equal but not the same (1 and 1.0) the larger set's stay where a much smaller set is put into it one by one; where both are merged,
%% what `ordsets` keeps.
union({N1, _} = A, {N2, _} = B) when N1 =< N2 -> into(A, B);
union(A, B) -> into(B, A).

into({_, T1} = Small, Large) ->
    case is_much_smaller(Small, Large) of
        true -> lists:foldl(fun add/2, Large, to_list_1(T1, []));
        false -> from_ordset(ordsets:union(to_list(Small), to_list(Large)))
    end.

%% The factor is what erl's answers for sets of 1 to 200 elements leave open (1.4596 to 1.478).
is_much_smaller({N1, _}, {N2, _}) when is_integer(N1), is_integer(N2) -> N2 >= 10 andalso N1 * round(1.46 * math:log(N2)) =< N2.

union([S | Ss]) -> union_all(Ss, S);
union([]) -> empty().

union_all([S | Ss], Acc) -> union_all(Ss, union(Acc, S));
union_all([], Acc) -> Acc.

intersection({N1, _} = A, {N2, _} = B) when N1 =< N2 -> common(A, B);
intersection(A, B) -> common(B, A).

common(Small, Large) ->
    case is_much_smaller(Small, Large) of
        true -> from_ordset([E || E <- to_list(Small), is_member(E, Large)]);
        false -> from_ordset(ordsets:intersection(to_list(Small), to_list(Large)))
    end.

intersection([S | Ss]) -> intersection_all(Ss, S).

intersection_all([S | Ss], Acc) -> intersection_all(Ss, intersection(Acc, S));
intersection_all([], Acc) -> Acc.

is_disjoint({_, A}, {_, B}) -> disjoint(A, B).

%% What is left of the smaller root, and the root itself, can only be left of the larger one.
disjoint(nil, _) -> true;
disjoint(_, nil) -> true;
disjoint({X, L1, R1} = A, {Y, L2, R2} = B) ->
    if
        X < Y -> disjoint({X, L1, nil}, L2) andalso disjoint(R1, B);
        X > Y -> disjoint(L1, B) andalso disjoint({X, nil, R1}, R2);
        true -> false
    end.

subtract(A, B) -> from_ordset(ordsets:subtract(to_list(A), to_list(B))).

difference(A, B) -> subtract(A, B).

is_subset({N1, _}, {N2, _}) when N1 > N2 -> false;
is_subset(A, B) -> ordsets:is_subset(to_list(A), to_list(B)).

is_equal({N, _} = A, {N, _} = B) -> to_list(A) == to_list(B);
is_equal({_, _}, {_, _}) -> false.

fold(F, Acc, {_, T}) when is_function(F, 2) -> fold_1(F, Acc, T).

fold_1(F, Acc, {E, L, R}) -> fold_1(F, F(E, fold_1(F, Acc, L)), R);
fold_1(_, Acc, nil) -> Acc.

filter(F, S) when is_function(F, 1) -> from_ordset([E || E <- to_list(S), F(E)]).

map(F, S) when is_function(F, 1) -> from_list([F(E) || E <- to_list(S)]).

filtermap(F, S) when is_function(F, 1) -> from_list(lists:filtermap(F, to_list(S))).

%% ---- Iterators ----

iterator(S) -> iterator(S, ordered).

iterator({_, T}, Order) when Order =:= ordered; Order =:= reversed -> {Order, descend(Order, T, [])}.

descend(ordered, {_, L, _} = T, Acc) -> descend(ordered, L, [T | Acc]);
descend(reversed, {_, _, R} = T, Acc) -> descend(reversed, R, [T | Acc]);
descend(_, nil, Acc) -> Acc.

iterator_from(E, S) -> iterator_from(E, S, ordered).

iterator_from(E, {_, T}, ordered) -> {ordered, from(E, T, [])};
iterator_from(E, {_, T}, reversed) -> {reversed, from_reversed(E, T, [])}.

from(E, {X, _, R}, Acc) when E > X -> from(E, R, Acc);
from(E, {X, L, _} = T, Acc) when E < X -> from(E, L, [T | Acc]);
from(_, nil, Acc) -> Acc;
from(_, T, Acc) -> [T | Acc].

from_reversed(E, {X, L, _}, Acc) when E < X -> from_reversed(E, L, Acc);
from_reversed(E, {X, _, R} = T, Acc) when E > X -> from_reversed(E, R, [T | Acc]);
from_reversed(_, nil, Acc) -> Acc;
from_reversed(_, T, Acc) -> [T | Acc].

next({ordered, [{E, _, R} | Acc]}) -> {E, {ordered, descend(ordered, R, Acc)}};
next({reversed, [{E, L, _} | Acc]}) -> {E, {reversed, descend(reversed, L, Acc)}};
next({_, []}) -> none;
next([]) -> none.
