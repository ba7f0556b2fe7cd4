%% gb_trees, gb_sets, sets and dict against lists: every operation on random contents must agree with the obvious model.
-module(trees_and_sets_tests).
-include_lib("eunit/include/eunit.hrl").

keys(N) -> [rand:uniform(30) || _ <- lists:seq(1, N)].

gb_trees_test() ->
    rand:seed(exsss, 1),
    lists:foreach(fun(N) ->
        Steps = [{K, rand:uniform(4), rand:uniform(9)} || K <- keys(N)],
        {T, M} = lists:foldl(fun tree_step/2, {gb_trees:empty(), #{}}, Steps),
        L = lists:sort(maps:to_list(M)),
        ?assertEqual(L, gb_trees:to_list(T)),
        ?assertEqual(length(L), gb_trees:size(T)),
        ?assertEqual([K || {K, _} <- L], gb_trees:keys(T)),
        ?assertEqual([V || {_, V} <- L], gb_trees:values(T)),
        ?assertEqual(L, gb_trees:to_list(gb_trees:balance(T))),
        ?assertEqual(L, walk(gb_trees:next(gb_trees:iterator(T)))),
        ?assertEqual([P || {K, _} = P <- L, K >= 15], walk(gb_trees:next(gb_trees:iterator_from(15, T)))),
        ?assertEqual([maps:find(K, M) || K <- lists:seq(1, 30)],
                     [case gb_trees:lookup(K, T) of {value, V} -> {ok, V}; none -> error end || K <- lists:seq(1, 30)]),
        L =:= [] orelse begin
            {K1, V1} = hd(L),
            ?assertEqual({K1, V1}, gb_trees:smallest(T)),
            ?assertEqual(lists:last(L), gb_trees:largest(T)),
            {K1, V1, Rest} = gb_trees:take_smallest(T),
            ?assertEqual(tl(L), gb_trees:to_list(Rest))
        end
    end, lists:seq(0, 60)).

tree_step({K, 1, _}, {T, M}) -> {gb_trees:delete_any(K, T), maps:remove(K, M)};
tree_step({K, _, V}, {T, M}) -> {gb_trees:enter(K, V, T), M#{K => V}}.

walk({K, V, I}) -> [{K, V} | walk(gb_trees:next(I))];
walk(none) -> [].

%% Inserting in order must not make a list of the tree.
gb_trees_depth_test() ->
    {_, T} = lists:foldl(fun(K, A) -> gb_trees:insert(K, K, A) end, gb_trees:empty(), lists:seq(1, 1000)),
    ?assert(depth(T) =< 18).

depth(nil) -> 0;
depth({_, _, L, R}) -> 1 + max(depth(L), depth(R)).

gb_trees_errors_test() ->
    T = gb_trees:insert(a, 1, gb_trees:empty()),
    ?assertError({key_exists, a}, gb_trees:insert(a, 2, T)),
    ?assertError(function_clause, gb_trees:get(b, T)),
    ?assertError(function_clause, gb_trees:update(b, 2, T)),
    ?assertError(function_clause, gb_trees:smallest(gb_trees:empty())).

sets_test_() -> [{atom_to_list(M), fun() -> set_module(M) end} || M <- [sets, gb_sets, ordsets]].

set_module(M) ->
    rand:seed(exsss, 2),
    lists:foreach(fun(N) ->
        A = keys(N),
        B = keys(10),
        SA = M:from_list(A),
        SB = M:from_list(B),
        UA = lists:usort(A),
        UB = lists:usort(B),
        ?assertEqual(UA, list(M, SA)),
        ?assertEqual(length(UA), M:size(SA)),
        ?assertEqual(lists:usort(A ++ B), list(M, M:union(SA, SB))),
        ?assertEqual([X || X <- UA, lists:member(X, UB)], list(M, M:intersection(SA, SB))),
        ?assertEqual(UA -- UB, list(M, M:subtract(SA, SB))),
        ?assertEqual(UA -- UB =:= [], M:is_subset(SA, SB)),
        ?assertEqual(UA -- UB =:= UA, M:is_disjoint(SA, SB)),
        ?assertEqual([X || X <- UA, X > 10], list(M, M:filter(fun(X) -> X > 10 end, SA))),
        ?assertEqual(lists:sum(UA), M:fold(fun(X, S) -> X + S end, 0, SA)),
        ?assertEqual(lists:usort([5 | A]), list(M, M:add_element(5, SA))),
        ?assertEqual(lists:delete(5, UA), list(M, M:del_element(5, SA))),
        ?assertEqual(lists:member(5, A), M:is_element(5, SA))
    end, lists:seq(0, 40)).

list(M, S) -> lists:sort(M:to_list(S)).

dict_test() ->
    D0 = dict:from_list([{a, 1}, {b, 2}]),
    ?assertEqual([{a, 1}, {b, 2}], lists:sort(dict:to_list(D0))),
    ?assertEqual({ok, 1}, dict:find(a, D0)),
    ?assertEqual(error, dict:find(z, D0)),
    ?assertError(badarg, dict:fetch(z, D0)),
    ?assertEqual([{a, 1}, {b, 2}, {c, [x, y]}], lists:sort(dict:to_list(dict:append(c, y, dict:append(c, x, D0))))),
    ?assertEqual([{a, 11}, {b, 2}], lists:sort(dict:to_list(dict:update(a, fun(V) -> V + 10 end, D0)))),
    ?assertEqual([{a, 6}, {b, 2}], lists:sort(dict:to_list(dict:update_counter(a, 5, D0)))),
    ?assertEqual(3, dict:fold(fun(_, V, Acc) -> V + Acc end, 0, D0)),
    ?assertEqual([b], dict:fetch_keys(dict:erase(a, D0))),
    ?assertEqual({1, dict:from_list([{b, 2}])}, dict:take(a, D0)),
    ?assertEqual([{a, {1, 3}}, {b, 2}], lists:sort(dict:to_list(dict:merge(fun(_, X, Y) -> {X, Y} end, D0, dict:from_list([{a, 3}]))))).

sets_versions_test() ->
    One = sets:from_list([a, b], [{version, 1}]),
    Two = sets:from_list([a, b], [{version, 2}]),
    ?assert(is_tuple(One)),
    ?assert(is_map(Two)),
    ?assert(sets:is_set(One) andalso sets:is_set(Two)),
    ?assertEqual([a, b], lists:sort(sets:to_list(sets:add_element(b, sets:add_element(a, sets:new([{version, 1}])))))),
    ?assert(sets:is_element(a, One)).
