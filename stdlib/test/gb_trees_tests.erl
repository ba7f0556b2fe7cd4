%% Answers recorded from erl.
-module(gb_trees_tests).
-include_lib("eunit/include/eunit.hrl").

all_test() ->
    ?assertEqual([{1,a},{2,b}], gb_trees:to_list(gb_trees:from_orddict([{1,a},{2,b}]))),
    ?assertEqual([{1,a},{2,b}], gb_trees:to_list(gb_trees:insert(2, b, gb_trees:from_orddict([{1,a}])))),
    ?assertError({key_exists,1}, gb_trees:insert(1, b, gb_trees:from_orddict([{1,a}]))),
    ?assertEqual([{1,b}], gb_trees:to_list(gb_trees:enter(1, b, gb_trees:from_orddict([{1,a}])))),
    ?assertEqual([{1,b}], gb_trees:to_list(gb_trees:update(1, b, gb_trees:from_orddict([{1,a}])))),
    ?assertError(function_clause, gb_trees:update(3, b, gb_trees:from_orddict([{1,a}]))),
    ?assertEqual({b,{value,b},none,true,[1,2,3],[a,b,c],3,false,{1,a},{3,c},[{1,{1,a}},{2,{2,b}},{3,{3,c}}],[{1,a},{3,c}],[{1,a},{2,b},{3,c}],[{1,a},{2,b},{3,c}]}, begin T = gb_trees:from_orddict([{1,a},{2,b},{3,c}]), {gb_trees:get(2, T), gb_trees:lookup(2, T), gb_trees:lookup(9, T), gb_trees:is_defined(1, T), gb_trees:keys(T), gb_trees:values(T), gb_trees:size(T), gb_trees:is_empty(T), gb_trees:smallest(T), gb_trees:largest(T), gb_trees:to_list(gb_trees:map(fun(K, V) -> {K, V} end, T)), gb_trees:to_list(gb_trees:delete(2, T)), gb_trees:to_list(gb_trees:delete_any(7, T)), gb_trees:to_list(gb_trees:balance(T))} end),
    ?assertError(function_clause, gb_trees:get(1, gb_trees:empty())),
    ?assertEqual({1,a,3,c,[{2,b}]}, begin {K, V, T} = gb_trees:take_smallest(gb_trees:from_orddict([{1,a},{2,b},{3,c}])), {K2, V2, U} = gb_trees:take_largest(T), {K, V, K2, V2, gb_trees:to_list(U)} end),
    ?assertEqual({a,[{2,b}],error}, begin {V, T} = gb_trees:take(1, gb_trees:from_orddict([{1,a},{2,b}])), {V, gb_trees:to_list(T), gb_trees:take_any(9, T)} end),
    ?assertEqual({1,a,2,b,none}, begin {K, V, I} = gb_trees:next(gb_trees:iterator(gb_trees:from_orddict([{1,a},{2,b}]))), {K2, V2, J} = gb_trees:next(I), {K, V, K2, V2, gb_trees:next(J)} end),
    ?assertEqual({2,b}, begin {K, V, _} = gb_trees:next(gb_trees:iterator_from(2, gb_trees:from_orddict([{1,a},{2,b}]))), {K, V} end).
