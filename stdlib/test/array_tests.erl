%% Answers of array on erl, and a few refusals.
-module(array_tests).

-include_lib("eunit/include/eunit.hrl").

new_test() ->
    ?assertEqual(0, array:size(array:new())),
    ?assertNot(array:is_fix(array:new())),
    A = array:new(25),
    ?assertEqual(25, array:size(A)),
    ?assert(array:is_fix(A)),
    ?assertEqual(undefined, array:get(24, A)),
    ?assertError(badarg, array:get(25, A)),
    ?assertError(badarg, array:set(25, x, A)),
    ?assertError(badarg, array:get(-1, A)),
    B = array:new([{size, 5}, {fixed, false}, {default, 0}]),
    ?assertNot(array:is_fix(B)),
    ?assertEqual(0, array:default(B)),
    ?assertEqual([0, 0, 0, 0, 0], array:to_list(B)),
    ?assert(array:is_fix(array:new(3, {default, a}))),
    ?assertNot(array:is_fix(array:new(3, {fixed, false}))),
    ?assertError(badarg, array:new(-1)),
    ?assertError(badarg, array:new(none)),
    ?assertNot(array:is_array(x)),
    ?assert(array:is_array(A)).

set_get_test() ->
    A = array:set(120, x, array:new()),
    ?assertEqual(121, array:size(A)),
    ?assertEqual(x, array:get(120, A)),
    ?assertEqual(undefined, array:get(7, A)),
    ?assertEqual(undefined, array:get(5000, A)),
    B = lists:foldl(fun(I, B0) -> array:set(I, I * I, B0) end, array:new(),
                    lists:seq(1500, 0, -1)),
    ?assertEqual([I * I || I <- lists:seq(0, 1500)], array:to_list(B)),
    C = array:reset(3, B),
    ?assertEqual(undefined, array:get(3, C)),
    ?assertEqual(1501, array:size(C)),
    ?assertEqual(1500, length(array:sparse_to_list(C))).

lists_test() ->
    [begin
         L = lists:seq(1, N),
         A = array:from_list(L),
         ?assertEqual(N, array:size(A)),
         ?assertEqual(L, array:to_list(A)),
         ?assertEqual(lists:sum(L),
                      array:foldl(fun(_, V, S) -> S + V end, 0, A))
     end || N <- [0, 1, 9, 10, 11, 99, 100, 101, 1001]],
    ?assertError(badarg, array:from_list(x)),
    ?assertError(badarg, array:from_list([a | b])).

orddict_test() ->
    D = [{1, a}, {15, b}, {200, c}],
    A = array:from_orddict(D, z),
    ?assertEqual(201, array:size(A)),
    ?assertEqual(D, array:sparse_to_orddict(A)),
    ?assertEqual(201, length(array:to_orddict(A))),
    ?assertEqual({0, z}, hd(array:to_orddict(A))),
    ?assertError({badarg, [{1, b}]}, array:from_orddict([{2, a}, {1, b}])).

map_fold_test() ->
    A = array:set(12, b, array:set(2, a, array:new())),
    ?assertEqual([{2, a}, {12, b}],
                 array:sparse_foldr(fun(I, V, L) -> [{I, V} | L] end, [], A)),
    ?assertEqual([12, 2],
                 array:sparse_foldl(fun(I, _, L) -> [I | L] end, [], A)),
    ?assertEqual(lists:seq(0, 12),
                 array:foldr(fun(I, _, L) -> [I | L] end, [], A)),
    ?assertEqual(lists:seq(0, 12),
                 array:to_list(array:map(fun(I, _) -> I end, A))),
    ?assertEqual([{2, {a}}, {12, {b}}],
                 array:sparse_to_orddict(
                   array:sparse_map(fun(_, V) -> {V} end, A))),
    ?assertError(badarg, array:map(x, A)).

size_test() ->
    A = array:from_list(lists:seq(0, 29)),
    B = array:resize(5, A),
    ?assertEqual([0, 1, 2, 3, 4], array:to_list(B)),
    ?assertEqual(undefined, array:get(5, B)),
    ?assertEqual(50, array:size(array:resize(50, A))),
    F = array:fix(A),
    ?assertError(badarg, array:set(30, x, F)),
    ?assertEqual(31, array:size(array:set(30, x, array:relax(F)))),
    S = array:set(3, x, array:new(20)),
    ?assertEqual(4, array:sparse_size(S)),
    ?assertEqual(4, array:size(array:resize(S))),
    ?assertEqual(0, array:sparse_size(array:new(9))).
