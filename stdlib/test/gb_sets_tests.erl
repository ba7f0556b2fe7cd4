%% Answers recorded from erl.
-module(gb_sets_tests).
-include_lib("eunit/include/eunit.hrl").

all_test() ->
    ?assertEqual([1,2,3], gb_sets:to_list(gb_sets:from_list([3,1,2,1]))),
    ?assertEqual([1,2,3], gb_sets:to_list(gb_sets:from_ordset([1,2,3]))),
    ?assertEqual([1,2,3], gb_sets:to_list(gb_sets:add(2, gb_sets:from_list([1,3])))),
    ?assertEqual([1,2,3], gb_sets:to_list(gb_sets:add_element(2, gb_sets:from_list([1,2,3])))),
    ?assertEqual([1,2,3], gb_sets:to_list(gb_sets:insert(2, gb_sets:from_list([1,3])))),
    ?assertError({key_exists,1}, gb_sets:insert(1, gb_sets:from_list([1]))),
    ?assertEqual([1,3], gb_sets:to_list(gb_sets:delete(2, gb_sets:from_list([1,2,3])))),
    ?assertEqual([1,2,3], gb_sets:to_list(gb_sets:delete_any(9, gb_sets:from_list([1,2,3])))),
    ?assertEqual([2,3], gb_sets:to_list(gb_sets:del_element(1, gb_sets:from_list([1,2,3])))),
    ?assertEqual([[1,2,3,4],[2,3],[1],[4],[1,2,3,4],[2,3],[1,2,3]], begin S = gb_sets:from_list([1,2,3]), T = gb_sets:from_list([2,3,4]), [gb_sets:to_list(X) || X <- [gb_sets:union(S, T), gb_sets:intersection(S, T), gb_sets:subtract(S, T), gb_sets:difference(T, S), gb_sets:union([S, T]), gb_sets:intersection([S, T]), gb_sets:balance(S)]] end),
    ?assertEqual([true,false,false,true,3,true,false,true,true,1,3], begin S = gb_sets:from_list([1,2,3]), [gb_sets:is_member(2, S), gb_sets:is_element(4, S), gb_sets:is_empty(S), gb_sets:is_empty(gb_sets:new()), gb_sets:size(S), gb_sets:is_set(S), gb_sets:is_set(a), gb_sets:is_subset(gb_sets:from_list([1]), S), gb_sets:is_disjoint(S, gb_sets:from_list([7])), gb_sets:smallest(S), gb_sets:largest(S)] end),
    ?assertEqual({1,3,[2]}, begin {X, S} = gb_sets:take_smallest(gb_sets:from_list([1,2,3])), {Y, T} = gb_sets:take_largest(S), {X, Y, gb_sets:to_list(T)} end),
    ?assertError(function_clause, gb_sets:smallest(gb_sets:empty())),
    ?assertEqual([3,2,1], gb_sets:fold(fun(X, A) -> [X | A] end, [], gb_sets:from_list([1,2,3]))),
    ?assertEqual([2,3], gb_sets:to_list(gb_sets:filter(fun(X) -> X > 1 end, gb_sets:from_list([1,2,3])))),
    ?assertEqual({1,2,none}, begin {X, I} = gb_sets:next(gb_sets:iterator(gb_sets:from_list([1,2]))), {Y, J} = gb_sets:next(I), {X, Y, gb_sets:next(J)} end),
    ?assertEqual(2, begin {X, _} = gb_sets:next(gb_sets:iterator_from(2, gb_sets:from_list([1,2,3]))), X end),
    ?assertEqual([a], gb_sets:to_list(gb_sets:singleton(a))).
