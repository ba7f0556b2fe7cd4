%% filtermap, map and is_equal of the set modules, ordered iterators and neighbours of trees, as documented in OTP 27.
% reference: OTP 27
-module(collections_27).
-include("../show.hrl").

start() ->
    show(fun() -> lists:sort(sets:to_list(sets:map(fun(X) -> X rem 3 end, sets:from_list([1, 2, 3, 4])))) end),  % expect: [0,1,2]
    show(fun() -> lists:sort(sets:to_list(sets:filtermap(fun(1) -> true; (2) -> {true, two}; (_) -> false end, sets:from_list([1, 2, 3])))) end),  % expect: [1,two]
    show(fun() -> [sets:is_equal(sets:from_list([1, 2]), sets:from_list([2, 1], [{version, 1}])), sets:is_equal(sets:from_list([1]), sets:from_list([2]))] end),  % expect: [true,false]
    show(fun() -> ordsets:map(fun(X) -> X rem 3 end, [1, 2, 3, 4]) end),  % expect: [0,1,2]
    show(fun() -> ordsets:filtermap(fun(1) -> true; (2) -> {true, zero}; (_) -> false end, [1, 2, 3]) end),  % expect: [1,zero]
    show(fun() -> [ordsets:is_equal([1, 2], [1, 2]), ordsets:is_equal([1], [1, 2])] end),  % expect: [true,false]
    show(fun() -> gb_sets:to_list(gb_sets:map(fun(X) -> -X end, gb_sets:from_list([1, 2]))) end),  % expect: [-2,-1]
    show(fun() -> gb_sets:to_list(gb_sets:filtermap(fun(X) -> X > 1 andalso {true, X * 10} end, gb_sets:from_list([1, 2, 3]))) end),  % expect: [20,30]
    show(fun() -> gb_sets:is_equal(gb_sets:from_list([1, 2]), gb_sets:from_list([2, 1])) end),  % expect: true
    show(fun() -> [gb_sets:larger(E, gb_sets:from_list([1, 3, 5])) || E <- [0, 1, 4, 5]] end),  % expect: [{found,1},{found,3},{found,5},none]
    show(fun() -> [gb_sets:smaller(E, gb_sets:from_list([1, 3, 5])) || E <- [0, 1, 4, 9]] end),  % expect: [none,none,{found,3},{found,5}]
    show(fun() -> walk(fun gb_sets:next/1, gb_sets:iterator(gb_sets:from_list([1, 2, 3]), reversed)) end),  % expect: [3,2,1]
    show(fun() -> walk(fun gb_sets:next/1, gb_sets:iterator_from(2, gb_sets:from_list([1, 2, 3]), reversed)) end),  % expect: [2,1]
    show(fun() -> walk(fun gb_sets:next/1, gb_sets:iterator_from(2, gb_sets:from_list([1, 2, 3]), ordered)) end),  % expect: [2,3]
    show(fun() -> [gb_trees:larger(K, gb_trees:from_orddict([{1, a}, {3, c}])) || K <- [0, 1, 3]] end),  % expect: [{1,a},{3,c},none]
    show(fun() -> [gb_trees:smaller(K, gb_trees:from_orddict([{1, a}, {3, c}])) || K <- [1, 2, 9]] end),  % expect: [none,{1,a},{3,c}]
    show(fun() -> walk(fun pairs/1, gb_trees:iterator(gb_trees:from_orddict([{1, a}, {3, c}]), reversed)) end),  % expect: [{3,c},{1,a}]
    show(fun() -> walk(fun pairs/1, gb_trees:iterator_from(2, gb_trees:from_orddict([{1, a}, {3, c}]), reversed)) end),  % expect: [{1,a}]
    show(fun() -> maps:to_list(maps:iterator(#{a => 1, c => 3, b => 2}, ordered)) end),  % expect: [{a,1},{b,2},{c,3}]
    show(fun() -> maps:to_list(maps:iterator(#{a => 1, c => 3, b => 2}, reversed)) end),  % expect: [{c,3},{b,2},{a,1}]
    show(fun() -> maps:to_list(maps:iterator(#{a => 1, c => 3}, fun(A, B) -> A >= B end)) end),  % expect: [{c,3},{a,1}]
    show(fun() -> maps:iterator(#{}, odd) end),  % expect: error badarg
    show(fun() -> binary:encode_hex(<<1, 171>>, lowercase) end),  % expect: <<"01ab">>
    show(fun() -> binary:encode_hex(<<1, 171>>, uppercase) end),  % expect: <<"01AB">>
    show(fun() -> binary:encode_hex(<<1>>, odd) end),  % expect: error badarg
    show(fun() -> array:to_list(array:from_list([1, 2], x)) end),  % expect: [1,2]
    show(fun() -> array:get(5, array:from_list([1, 2], x)) end),  % expect: x
    show(fun() -> math:tau() end),  % expect: 6.283185307179586
    show(fun() -> string:jaro_similarity("MARTHA", "MARHTA") end),  % expect: 0.9444444444444445
    show(fun() -> [string:jaro_similarity(A, B) || {A, B} <- [{"ditto", "ditto"}, {"foo", "bar"}, {"michelle", "michael"}, {<<"Édouard"/utf8>>, <<"Claude">>}]] end),  % expect: [1.0,0.0,0.8690476190476191,0.5317460317460317]
    show(fun() -> [string:jaro_similarity(A, B) || {A, B} <- [{"", ""}, {"a", ""}, {"abc", "abc"}, {"abc", "xyz"}, {<<"DIXON">>, "DICKSONX"}]] end),  % expect: [1.0,0.0,1.0,0.0,0.7666666666666666]
    show(fun() -> persistent_term:put_new(coll_27, 1) end),  % expect: ok
    show(fun() -> persistent_term:put_new(coll_27, 1) end),  % expect: ok
    show(fun() -> persistent_term:put_new(coll_27, 2) end).  % expect: error badarg

walk(Next, It) ->
    case Next(It) of
        none -> [];
        {E, It1} -> [E | walk(Next, It1)]
    end.

pairs(It) ->
    case gb_trees:next(It) of
        none -> none;
        {K, V, It1} -> {{K, V}, It1}
    end.
