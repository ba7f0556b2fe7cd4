%% General balanced trees: {Size, Node} with Node = {Key, Value, Smaller, Bigger} or nil. Deletions do not rebalance.
%%
%% Insertion keeps the height below 1.618 * log2(size): on the way up, a subtree found too high for its size is rebuilt.
-module(gb_trees).

-export([balance/1, delete/2, delete_any/2, empty/0, enter/3, from_orddict/1, get/2, insert/3, is_defined/2,
         is_empty/1, iterator/1, iterator/2, iterator_from/2, iterator_from/3, keys/1, larger/2, largest/1, lookup/2,
         map/2, next/1, size/1, smaller/2, smallest/1, take/2, take_any/2, take_largest/1, take_smallest/1, to_list/1,
         update/3, values/1]).
-compile({no_auto_import, [get/1, get/2, size/1]}).

empty() -> {0, nil}.

is_empty({0, nil}) -> true;
is_empty(_) -> false.

size({N, _}) when is_integer(N), N >= 0 -> N.

lookup(K, {_, T}) -> lookup_1(K, T).

lookup_1(K, {X, _, L, _}) when K < X -> lookup_1(K, L);
lookup_1(K, {X, _, _, R}) when K > X -> lookup_1(K, R);
lookup_1(_, {_, V, _, _}) -> {value, V};
lookup_1(_, nil) -> none.

is_defined(K, {_, T}) -> lookup_1(K, T) =/= none.

get(K, {_, T}) -> get_1(K, T).

get_1(K, {X, _, L, _}) when K < X -> get_1(K, L);
get_1(K, {X, _, _, R}) when K > X -> get_1(K, R);
get_1(_, {_, V, _, _}) -> V.

update(K, V, {N, T}) -> {N, update_1(K, V, T)}.

update_1(K, V, {X, W, L, R}) when K < X -> {X, W, update_1(K, V, L), R};
update_1(K, V, {X, W, L, R}) when K > X -> {X, W, L, update_1(K, V, R)};
update_1(K, V, {_, _, L, R}) -> {K, V, L, R}.

insert(K, V, {N, T}) when is_integer(N) ->
    case grow(K, V, T, (N + 1) * (N + 1)) of
        {T1, _, _} -> {N + 1, T1};
        T1 -> {N + 1, T1}
    end.

%% `Room` is the square of the size a tree must have to be as deep as here (size ^ 2 halves with every level); when it is used
%% up, the new leaf lies too deep, and {Tree, Height, Size} travels up until a subtree that is too high for its size is found.
grow(K, V, {X, W, L, R}, Room) when K < X -> up(grow(K, V, L, Room div 2), left, X, W, L, R);
grow(K, V, {X, W, L, R}, Room) when K > X -> up(grow(K, V, R, Room div 2), right, X, W, L, R);
grow(K, V, nil, 0) -> {{K, V, nil, nil}, 1, 1};
grow(K, V, nil, _) -> {K, V, nil, nil};
grow(K, _, _, _) -> erlang:error({key_exists, K}).

up({T, H, S}, Side, X, W, L, R) ->
    {Node, Other} = case Side of
        left -> {{X, W, T, R}, R};
        right -> {{X, W, L, T}, L}
    end,
    {H2, S2} = count(Other),
    Height = 2 * max(H, H2),
    Size = S + S2 + 1,
    case Height > Size * Size of
        true -> rebuild(Node, Size);
        false -> {Node, Height, Size}
    end;
up(T, left, X, W, _, R) -> {X, W, T, R};
up(T, right, X, W, L, _) -> {X, W, L, T}.

%% Two to the height, and the size.
count(nil) -> {1, 0};
count({_, _, nil, nil}) -> {1, 1};
count({_, _, L, R}) ->
    {HL, SL} = count(L),
    {HR, SR} = count(R),
    {2 * max(HL, HR), SL + SR + 1}.

enter(K, V, T) ->
    case is_defined(K, T) of
        true -> update(K, V, T);
        false -> insert(K, V, T)
    end.

balance({N, T}) -> {N, rebuild(T, N)}.

rebuild(T, N) -> build(to_list_1(T, []), N).

build(L, N) ->
    {T, []} = build_1(L, N),
    T.

build_1(L, N) when N > 1 ->
    Rest = N - 1,
    Right = Rest div 2,
    {Smaller, [{K, V} | L1]} = build_1(L, Rest - Right),
    {Bigger, L2} = build_1(L1, Right),
    {{K, V, Smaller, Bigger}, L2};
build_1([{K, V} | L], 1) -> {{K, V, nil, nil}, L};
build_1(L, 0) -> {nil, L}.

from_orddict(L) ->
    N = length(L),
    {N, build(L, N)}.

delete_any(K, T) ->
    case is_defined(K, T) of
        true -> delete(K, T);
        false -> T
    end.

delete(K, {N, T}) when is_integer(N), N >= 0 -> {N - 1, delete_1(K, T)}.

delete_1(K, {X, V, L, R}) when K < X -> {X, V, delete_1(K, L), R};
delete_1(K, {X, V, L, R}) when K > X -> {X, V, L, delete_1(K, R)};
delete_1(_, {_, _, L, R}) -> join(L, R).

join(L, nil) -> L;
join(nil, R) -> R;
join(L, R) ->
    {K, V, R1} = take_smallest_1(R),
    {K, V, L, R1}.

take_any(K, T) ->
    case is_defined(K, T) of
        true -> take(K, T);
        false -> error
    end.

take(K, T) ->
    V = get(K, T),
    {V, delete(K, T)}.

take_smallest({N, T}) when is_integer(N), N >= 0 ->
    {K, V, T1} = take_smallest_1(T),
    {K, V, {N - 1, T1}}.

take_smallest_1({K, V, nil, R}) -> {K, V, R};
take_smallest_1({K, V, L, R}) ->
    {K1, V1, L1} = take_smallest_1(L),
    {K1, V1, {K, V, L1, R}}.

take_largest({N, T}) when is_integer(N), N >= 0 ->
    {K, V, T1} = take_largest_1(T),
    {K, V, {N - 1, T1}}.

take_largest_1({K, V, L, nil}) -> {K, V, L};
take_largest_1({K, V, L, R}) ->
    {K1, V1, R1} = take_largest_1(R),
    {K1, V1, {K, V, L, R1}}.

smallest({_, T}) -> smallest_1(T).

smallest_1({K, V, nil, _}) -> {K, V};
smallest_1({_, _, L, _}) -> smallest_1(L).

largest({_, T}) -> largest_1(T).

largest_1({K, V, _, nil}) -> {K, V};
largest_1({_, _, _, R}) -> largest_1(R).

smaller(K, {_, T}) -> smaller_1(K, T, none).

smaller_1(_, nil, Best) -> Best;
smaller_1(K, {X, V, _, R}, _) when K > X -> smaller_1(K, R, {X, V});
smaller_1(K, {_, _, L, _}, Best) -> smaller_1(K, L, Best).

larger(K, {_, T}) -> larger_1(K, T, none).

larger_1(_, nil, Best) -> Best;
larger_1(K, {X, V, L, _}, _) when K < X -> larger_1(K, L, {X, V});
larger_1(K, {_, _, _, R}, Best) -> larger_1(K, R, Best).

to_list({_, T}) -> to_list_1(T, []).

to_list_1({K, V, L, R}, Acc) -> to_list_1(L, [{K, V} | to_list_1(R, Acc)]);
to_list_1(nil, Acc) -> Acc.

keys(T) -> [K || {K, _} <- to_list(T)].

values(T) -> [V || {_, V} <- to_list(T)].

map(F, {N, T}) when is_function(F, 2) -> {N, map_1(F, T)}.

map_1(_, nil) -> nil;
map_1(F, {K, V, L, R}) -> {K, F(K, V), map_1(F, L), map_1(F, R)}.

%% ---- Iterators: the order and the nodes still to be visited ----

iterator(T) -> iterator(T, ordered).

iterator({_, T}, Order) when Order =:= ordered; Order =:= reversed -> {Order, descend(Order, T, [])}.

descend(ordered, {_, _, L, _} = T, Acc) -> descend(ordered, L, [T | Acc]);
descend(reversed, {_, _, _, R} = T, Acc) -> descend(reversed, R, [T | Acc]);
descend(_, nil, Acc) -> Acc.

iterator_from(K, T) -> iterator_from(K, T, ordered).

iterator_from(K, {_, T}, ordered) -> {ordered, from(K, T, [])};
iterator_from(K, {_, T}, reversed) -> {reversed, from_reversed(K, T, [])}.

from(K, {X, _, _, R}, Acc) when K > X -> from(K, R, Acc);
from(K, {X, _, L, _} = T, Acc) when K < X -> from(K, L, [T | Acc]);
from(_, nil, Acc) -> Acc;
from(_, T, Acc) -> [T | Acc].

from_reversed(K, {X, _, L, _}, Acc) when K < X -> from_reversed(K, L, Acc);
from_reversed(K, {X, _, _, R} = T, Acc) when K > X -> from_reversed(K, R, [T | Acc]);
from_reversed(_, nil, Acc) -> Acc;
from_reversed(_, T, Acc) -> [T | Acc].

next({ordered, [{K, V, _, R} | Acc]}) -> {K, V, {ordered, descend(ordered, R, Acc)}};
next({reversed, [{K, V, L, _} | Acc]}) -> {K, V, {reversed, descend(reversed, L, Acc)}};
next({_, []}) -> none;
next([]) -> none.
