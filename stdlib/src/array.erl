%% array: functional arrays, extendible or of fixed size, counted from zero.
%%
%% An array is a tree of tuples ten wide. A subtree nobody has written to
%% is only the number of entries it would hold, so sparse arrays stay small.
-module(array).

-export([new/0, new/1, new/2, is_array/1, set/3, get/2, size/1,
         sparse_size/1, default/1, reset/2, to_list/1, sparse_to_list/1,
         from_list/1, from_list/2, to_orddict/1, sparse_to_orddict/1,
         from_orddict/1, from_orddict/2, map/2, sparse_map/2, foldl/3,
         foldr/3, sparse_foldl/3, sparse_foldr/3, fix/1, relax/1, is_fix/1,
         resize/1, resize/2]).

-compile({no_auto_import, [size/1, get/2]}).

-export_type([array/0, array/1]).

%% max is what the tree can hold, or 0 for an array of fixed size. It is
%% told from the tree whenever it matters, as a shrunk array keeps its tree.
-record(array, {size = 0, max = 10, default, elements = 10}).

-opaque array(_Type) :: #array{}.
-type array() :: array(term()).

-define(WIDTH, 10).

new() -> new([]).

new(Options) -> create(options(Options, {0, false, undefined})).

new(Size, Options) when is_integer(Size), Size >= 0 ->
    create(options(Options, {Size, true, undefined}));
new(_, _) ->
    erlang:error(badarg).

create({Size, Fixed, Default}) ->
    Holds = holding(Size, ?WIDTH),
    Max = case Fixed of true -> 0; false -> Holds end,
    #array{size = Size, max = Max, default = Default, elements = Holds}.

options([Option | Rest], So) -> options(Rest, option(Option, So));
options([], So) -> So;
options(Option, So) -> option(Option, So).

option(fixed, {N, _, D}) -> {N, true, D};
option({fixed, F}, {N, _, D}) when is_boolean(F) -> {N, F, D};
option({default, D}, {N, F, _}) -> {N, F, D};
option({size, N}, {_, _, D}) when is_integer(N), N >= 0 -> {N, true, D};
option(N, {_, _, D}) when is_integer(N), N >= 0 -> {N, true, D};
option(_, _) -> erlang:error(badarg).

%% The least power of ten, from From on, that holds N entries.
holding(N, From) when N =< From -> From;
holding(N, From) -> holding(N, From * ?WIDTH).

is_array(#array{size = N, max = M}) when is_integer(N), is_integer(M) -> true;
is_array(_) -> false.

size(#array{size = N}) -> N;
size(_) -> erlang:error(badarg).

default(#array{default = D}) -> D;
default(_) -> erlang:error(badarg).

is_fix(#array{max = 0}) -> true;
is_fix(#array{}) -> false.

fix(#array{} = A) -> A#array{max = 0}.

relax(#array{max = 0, elements = E} = A) -> A#array{max = capacity(E)};
relax(#array{} = A) -> A.

resize(#array{} = A) -> resize(sparse_size(A), A);
resize(_) -> erlang:error(badarg).

resize(N, #array{max = M, elements = E} = A) when is_integer(N), N >= 0 ->
    Grown = grow(N, E),
    Max = case M of 0 -> 0; _ -> capacity(Grown) end,
    A#array{size = N, max = Max, elements = Grown};
resize(_, _) ->
    erlang:error(badarg).

get(I, #array{size = N, default = D, elements = E})
  when is_integer(I), I >= 0, I < N ->
    fetch(I, E, D);
get(I, #array{max = M, default = D}) when is_integer(I), I >= 0, M > 0 ->
    D;
get(_, _) ->
    erlang:error(badarg).

fetch(_, E, D) when is_integer(E) -> D;
fetch(I, E, D) when tuple_size(E) =:= ?WIDTH + 1 ->
    Each = element(?WIDTH + 1, E),
    fetch(I rem Each, element(I div Each + 1, E), D);
fetch(I, E, _) -> element(I + 1, E).

set(I, Value, #array{size = N, default = D, elements = E} = A)
  when is_integer(I), I >= 0, I < N ->
    A#array{elements = store(I, E, Value, D)};
set(I, Value, #array{max = M, default = D, elements = E} = A)
  when is_integer(I), I >= 0, M > 0 ->
    Grown = grow(I + 1, E),
    A#array{size = I + 1, max = capacity(Grown),
            elements = store(I, Grown, Value, D)};
set(_, _, _) ->
    erlang:error(badarg).

reset(I, #array{size = N, default = D, elements = E} = A)
  when is_integer(I), I >= 0, I < N ->
    case fetch(I, E, D) of
        D -> A;
        _ -> A#array{elements = store(I, E, D, D)}
    end;
reset(I, #array{max = M} = A) when is_integer(I), I >= 0, M > 0 -> A;
reset(_, _) -> erlang:error(badarg).

store(I, E, Value, D) when is_integer(E) ->
    store(I, expand(E, D), Value, D);
store(I, E, Value, D) when tuple_size(E) =:= ?WIDTH + 1 ->
    Each = element(?WIDTH + 1, E),
    At = I div Each + 1,
    setelement(At, E, store(I rem Each, element(At, E), Value, D));
store(I, E, Value, _) ->
    setelement(I + 1, E, Value).

%% An unwritten subtree as a node of its own.
expand(?WIDTH, D) -> erlang:make_tuple(?WIDTH, D);
expand(Holds, _) -> erlang:make_tuple(?WIDTH + 1, Holds div ?WIDTH).

capacity(E) when is_integer(E) -> E;
capacity(E) when tuple_size(E) =:= ?WIDTH + 1 ->
    element(?WIDTH + 1, E) * ?WIDTH;
capacity(_) -> ?WIDTH.

grow(N, E) when is_integer(E) -> holding(N, E);
grow(N, E) ->
    case capacity(E) of
        Holds when N =< Holds -> E;
        Holds ->
            grow(N, setelement(1, erlang:make_tuple(?WIDTH + 1, Holds), E))
    end.

sparse_size(A) ->
    try sparse_foldr(fun(I, _, _) -> throw({?MODULE, last, I}) end, 0, A)
    catch throw:{?MODULE, last, I} -> I + 1
    end.

%% Lists

to_list(#array{} = A) -> listed(A#array.elements, 0, A#array.size, A#array.default, []);
to_list(_) -> erlang:error(badarg).

%% The entries from From to N, in front of a list.
listed(_, From, N, _, L) when From >= N -> L;
listed(E, From, N, D, L) when is_integer(E) -> lists:duplicate(min(E, N - From), D) ++ L;
listed(E, From, N, D, L) when tuple_size(E) =:= ?WIDTH + 1 ->
    listed_nodes(?WIDTH, E, element(?WIDTH + 1, E), From, N, D, L);
listed(E, From, N, _, L) -> listed_leaf(min(?WIDTH, N - From), E, L).

listed_nodes(0, _, _, _, _, _, L) -> L;
listed_nodes(K, E, Each, From, N, D, L) ->
    listed_nodes(K - 1, E, Each, From, N, D, listed(element(K, E), From + (K - 1) * Each, N, D, L)).

listed_leaf(0, _, L) -> L;
listed_leaf(K, E, L) -> listed_leaf(K - 1, E, [element(K, E) | L]).

sparse_to_list(#array{} = A) -> ones(A#array.elements, 0, A#array.size, A#array.default, []);
sparse_to_list(_) -> erlang:error(badarg).

%% The entries from From to N that are not the default, in front of a list.
ones(E, From, N, _, L) when From >= N; is_integer(E) -> L;
ones(E, From, N, D, L) when tuple_size(E) =:= ?WIDTH + 1 -> set_nodes(?WIDTH, E, element(?WIDTH + 1, E), From, N, D, L);
ones({A, B, C, E, F, G, H, I, J, K}, From, N, D, L) when From + ?WIDTH =< N ->
    one(A, D, one(B, D, one(C, D, one(E, D, one(F, D, one(G, D, one(H, D, one(I, D, one(J, D, one(K, D, L))))))))));
ones(E, From, N, D, L) -> lists:foldr(fun(I, Acc) -> one(element(I, E), D, Acc) end, L, lists:seq(1, N - From)).

set_nodes(0, _, _, _, _, _, L) -> L;
set_nodes(K, E, Each, From, N, D, L) -> set_nodes(K - 1, E, Each, From, N, D, ones(element(K, E), From + (K - 1) * Each, N, D, L)).

one(D, D, L) -> L;
one(V, _, L) -> [V | L].

to_orddict(#array{} = A) -> foldr(fun(I, V, L) -> [{I, V} | L] end, [], A);
to_orddict(_) -> erlang:error(badarg).

sparse_to_orddict(#array{} = A) ->
    sparse_foldr(fun(I, V, L) -> [{I, V} | L] end, [], A);
sparse_to_orddict(_) -> erlang:error(badarg).

from_list(List) -> from_list(List, undefined).

from_list([], Default) -> new({default, Default});
from_list(List, Default) when is_list(List) ->
    {Leaves, N} = leaves(List, Default, [], 0),
    E = join(Leaves, ?WIDTH),
    #array{size = N, max = capacity(E), default = Default, elements = E};
from_list(_, _) ->
    erlang:error(badarg).

leaves([], _, Leaves, N) -> {lists:reverse(Leaves), N};
leaves(List, D, Leaves, N) ->
    {Leaf, Rest, Got} = take(List, ?WIDTH, D, [], 0),
    leaves(Rest, D, [Leaf | Leaves], N + Got).

take(Rest, 0, _, Taken, Got) ->
    {list_to_tuple(lists:reverse(Taken)), Rest, Got};
take([V | Rest], K, D, Taken, Got) ->
    take(Rest, K - 1, D, [V | Taken], Got + 1);
take([], K, D, Taken, Got) ->
    take([], K - 1, D, [D | Taken], Got);
take(_, _, _, _, _) ->
    erlang:error(badarg).

%% Nodes of Each entries a piece, joined by tens until one is left.
join([E], _) -> E;
join(Nodes, Each) -> join(tens(Nodes, Each), Each * ?WIDTH).

tens([], _) -> [];
tens(Nodes, Each) ->
    {Node, Rest, _} = take(Nodes, ?WIDTH, Each, [], 0),
    [erlang:append_element(Node, Each) | tens(Rest, Each)].

from_orddict(Pairs) -> from_orddict(Pairs, undefined).

from_orddict(Pairs, Default) when is_list(Pairs) ->
    from_pairs(Pairs, -1, new({default, Default}));
from_orddict(_, _) ->
    erlang:error(badarg).

from_pairs([{I, V} | Rest], Last, A) when is_integer(I), I > Last ->
    from_pairs(Rest, I, set(I, V, A));
from_pairs([], _, A) -> A;
from_pairs(Rest, _, _) -> erlang:error({badarg, Rest}).

%% Maps and folds

map(F, #array{} = A) when is_function(F, 2) -> map(F, A, false);
map(_, _) -> erlang:error(badarg).

sparse_map(F, #array{} = A) when is_function(F, 2) -> map(F, A, true);
sparse_map(_, _) -> erlang:error(badarg).

map(F, #array{size = N, default = D, elements = E} = A, Sparse) ->
    A#array{elements = map_tree(E, 0, N, F, D, Sparse)}.

map_tree(E, From, N, _, _, _) when From >= N -> prune(E);
map_tree(E, _, _, _, _, true) when is_integer(E) -> E;
map_tree(E, From, N, F, D, Sparse) when is_integer(E) ->
    map_tree(expand(E, D), From, N, F, D, Sparse);
map_tree(E, From, N, F, D, Sparse) when tuple_size(E) =:= ?WIDTH + 1 ->
    Each = element(?WIDTH + 1, E),
    list_to_tuple(map_nodes(1, E, Each, From, N, F, D, Sparse));
map_tree(E, From, N, F, D, Sparse) ->
    list_to_tuple(map_leaf(tuple_to_list(E), From, N, F, D, Sparse)).

%% Beyond the end of the array nothing needs keeping.
prune(E) -> capacity(E).

map_nodes(K, _, Each, _, _, _, _, _) when K > ?WIDTH -> [Each];
map_nodes(K, E, Each, From, N, F, D, Sparse) ->
    Node = map_tree(element(K, E), From, N, F, D, Sparse),
    [Node | map_nodes(K + 1, E, Each, From + Each, N, F, D, Sparse)].

map_leaf([], _, _, _, _, _) -> [];
map_leaf([_ | Vs], I, N, F, D, Sparse) when I >= N ->
    [D | map_leaf(Vs, I + 1, N, F, D, Sparse)];
map_leaf([D | Vs], I, N, F, D, true) ->
    [D | map_leaf(Vs, I + 1, N, F, D, true)];
map_leaf([V | Vs], I, N, F, D, Sparse) ->
    New = F(I, V),
    [New | map_leaf(Vs, I + 1, N, F, D, Sparse)].

foldl(F, Acc, #array{} = A) when is_function(F, 3) ->
    up(A#array.elements, 0, A#array.size, F, Acc, A#array.default, false);
foldl(_, _, _) -> erlang:error(badarg).

sparse_foldl(F, Acc, #array{} = A) when is_function(F, 3) ->
    up(A#array.elements, 0, A#array.size, F, Acc, A#array.default, true);
sparse_foldl(_, _, _) -> erlang:error(badarg).

foldr(F, Acc, #array{} = A) when is_function(F, 3) ->
    down(A#array.elements, 0, A#array.size, F, Acc, A#array.default, false);
foldr(_, _, _) -> erlang:error(badarg).

sparse_foldr(F, Acc, #array{} = A) when is_function(F, 3) ->
    down(A#array.elements, 0, A#array.size, F, Acc, A#array.default, true);
sparse_foldr(_, _, _) -> erlang:error(badarg).

up(_, From, N, _, Acc, _, _) when From >= N -> Acc;
up(E, _, _, _, Acc, _, true) when is_integer(E) -> Acc;
up(E, From, N, F, Acc, D, Sparse) when is_integer(E) ->
    up(expand(E, D), From, N, F, Acc, D, Sparse);
up(E, From, N, F, Acc, D, Sparse) when tuple_size(E) =:= ?WIDTH + 1 ->
    up_nodes(1, E, element(?WIDTH + 1, E), From, N, F, Acc, D, Sparse);
up(E, From, N, F, Acc, D, Sparse) ->
    up_leaf(1, E, From, N, F, Acc, D, Sparse).

up_nodes(K, _, _, From, N, _, Acc, _, _) when K > ?WIDTH; From >= N -> Acc;
up_nodes(K, E, Each, From, N, F, Acc, D, Sparse) ->
    Next = up(element(K, E), From, N, F, Acc, D, Sparse),
    up_nodes(K + 1, E, Each, From + Each, N, F, Next, D, Sparse).

up_leaf(1, {A, B, C, E, G, H, I, J, K, L}, At, N, F, Acc, _, false) when At + ?WIDTH =< N ->
    F(At + 9, L, F(At + 8, K, F(At + 7, J, F(At + 6, I, F(At + 5, H, F(At + 4, G, F(At + 3, E, F(At + 2, C, F(At + 1, B, F(At, A, Acc))))))))));
up_leaf(K, _, I, N, _, Acc, _, _) when K > ?WIDTH; I >= N -> Acc;
up_leaf(K, E, I, N, F, Acc, D, Sparse) ->
    Next = visit(I, element(K, E), F, Acc, D, Sparse),
    up_leaf(K + 1, E, I + 1, N, F, Next, D, Sparse).

down(_, From, N, _, Acc, _, _) when From >= N -> Acc;
down(E, _, _, _, Acc, _, true) when is_integer(E) -> Acc;
down(E, From, N, F, Acc, D, Sparse) when is_integer(E) ->
    down(expand(E, D), From, N, F, Acc, D, Sparse);
down(E, From, N, F, Acc, D, Sparse) when tuple_size(E) =:= ?WIDTH + 1 ->
    down_nodes(?WIDTH, E, element(?WIDTH + 1, E), From, N, F, Acc, D, Sparse);
down(E, From, N, F, Acc, D, Sparse) ->
    down_leaf(min(?WIDTH, N - From), E, From, F, Acc, D, Sparse).

down_nodes(0, _, _, _, _, _, Acc, _, _) -> Acc;
down_nodes(K, E, Each, From, N, F, Acc, D, Sparse) ->
    Start = From + (K - 1) * Each,
    Next = down(element(K, E), Start, N, F, Acc, D, Sparse),
    down_nodes(K - 1, E, Each, From, N, F, Next, D, Sparse).

down_leaf(?WIDTH, {A, B, C, E, G, H, I, J, K, L}, At, F, Acc, _, false) ->
    F(At, A, F(At + 1, B, F(At + 2, C, F(At + 3, E, F(At + 4, G, F(At + 5, H, F(At + 6, I, F(At + 7, J, F(At + 8, K, F(At + 9, L, Acc))))))))));
down_leaf(0, _, _, _, Acc, _, _) -> Acc;
down_leaf(K, E, From, F, Acc, D, Sparse) ->
    Next = visit(From + K - 1, element(K, E), F, Acc, D, Sparse),
    down_leaf(K - 1, E, From, F, Next, D, Sparse).

visit(_, D, _, Acc, D, true) -> Acc;
visit(I, V, F, Acc, _, _) -> F(I, V, Acc).
