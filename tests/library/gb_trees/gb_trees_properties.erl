%% Balanced trees against sorted lists of pairs; 1 and 1.0 are one key.
-module(gb_trees_properties).
-include("../properties.hrl").

start() ->
    show(fun() -> forall(60, fun() -> in_step(80, gb_trees:empty(), [], fun op/2, fun same/2) end) end),  % expect: {passed,60}
    show(fun() -> forall(40, fun() -> L = orddict:from_list(list(40, fun() -> {key(), below(9)} end)), gb_trees:to_list(gb_trees:balance(gb_trees:from_orddict(L))) =:= L end) end),  % expect: {passed,40}
    show(fun() -> forall(40, fun depth/0) end).  % expect: {passed,40}

k() -> case below(3) of 0 -> number_key(); _ -> key() end.

op(T, L) ->
    K = k(),
    V = below(100),
    case below(6) of
        0 -> {{delete_any, K}, gb_trees:delete_any(K, T), [P || {A, _} = P <- L, A /= K]};
        1 when L =/= [] -> {take_smallest, element(3, gb_trees:take_smallest(T)), tl(L)};
        2 when L =/= [] -> {take_largest, element(3, gb_trees:take_largest(T)), lists:droplast(L)};
        3 -> {map, gb_trees:map(fun(_, X) -> X + 1 end, T), [{A, X + 1} || {A, X} <- L]};
        _ -> {{enter, K}, gb_trees:enter(K, V, T), lists:keysort(1, [{K, V} | [P || {A, _} = P <- L, A /= K]])}
    end.

same(T, L) ->
    K = k(),
    Found = [V || {A, V} <- L, A == K],
    gb_trees:size(T) =:= length(L) andalso [V || {_, V} <- gb_trees:to_list(T)] =:= [V || {_, V} <- L] andalso [A || A <- gb_trees:keys(T)] == [A || {A, _} <- L]
        andalso gb_trees:lookup(K, T) =:= (case Found of [V] -> {value, V}; [] -> none end) andalso gb_trees:is_defined(K, T) =:= (Found =/= [])
        andalso [A || {A, _} <- from(K, T)] == [A || {A, _} <- L, A >= K].

from(K, T) -> walk(gb_trees:next(gb_trees:iterator_from(K, T))).
walk(none) -> [];
walk({K, V, I}) -> [{K, V} | walk(gb_trees:next(I))].

%% Inserting in order keeps lookups short: the tree is rebalanced on the way.
depth() ->
    N = 50 + below(400),
    {_, Root} = lists:foldl(fun(K, T) -> gb_trees:insert(K, x, T) end, gb_trees:empty(), lists:seq(1, N)),
    deep(Root) =< 2 * math:ceil(math:log2(N + 1)).
deep(nil) -> 0;
deep({_, _, A, B}) -> 1 + max(deep(A), deep(B)).
