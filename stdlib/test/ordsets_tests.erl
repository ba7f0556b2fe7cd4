%% Answers recorded from erl, and a few refusals.
-module(ordsets_tests).
-include_lib("eunit/include/eunit.hrl").

add_element_2_test() ->
    ?assertEqual([2,7], ordsets:add_element(2, [2,7])),
    ?assertEqual([3,6,7], ordsets:add_element(3, [3,6,7])),
    ?assertEqual([1,5], ordsets:add_element(5, [1])),
    ?assertEqual([2,4,5,8], ordsets:add_element(2, [4,5,8])),
    ?assertEqual([2,7,9], ordsets:add_element(9, [2,7])),
    ?assertEqual([1,3,6,7,9], ordsets:add_element(9, [1,3,6,7])).

del_element_2_test() ->
    ?assertEqual([2], ordsets:del_element(9, [2,9])),
    ?assertEqual([5,6,7,8,9], ordsets:del_element(1, [5,6,7,8,9])),
    ?assertEqual([1,3,4,5,8], ordsets:del_element(9, [1,3,4,5,8])),
    ?assertEqual([], ordsets:del_element(1, [])),
    ?assertEqual([1,7,8], ordsets:del_element(2, [1,7,8])),
    ?assertEqual([4,8], ordsets:del_element(1, [4,8])),
    ?assertError(function_clause, ordsets:del_element([], fun(X)->is_list(X) end)).

filter_2_test() ->
    ?assertEqual([], ordsets:filter(fun(X)->is_list(X) end, [4,5,6,7])),
    ?assertEqual([], ordsets:filter(fun(X)->is_list(X) end, [7])),
    ?assertEqual([], ordsets:filter(fun(X)->is_list(X) end, [3,4,6])),
    ?assertEqual([3,7], ordsets:filter(fun(X) -> X > 2 end, [3,7])),
    ?assertEqual([], ordsets:filter(fun(X) -> X > 2 end, [])),
    ?assertEqual([], ordsets:filter(fun is_atom/1, [])),
    ?assertError(function_clause, ordsets:filter([5,1,6,3,3,2,6,4,1,6,6,3,6,1,5,1,6,4,3,4,6,6,6], fun(_,_,Z)->Z end)).

fold_3_test() ->
    ?assertEqual({2,[]}, ordsets:fold(fun(X,Y) -> {X,Y} end, [], [2])),
    ?assertEqual([], ordsets:fold(fun(_,Y) -> Y end, [], [])),
    ?assertEqual(false, ordsets:fold(fun(X,_) -> is_atom(X) end, [], [1,2,6,8])),
    ?assertEqual(true, ordsets:fold(fun(X,Y) -> X =< Y end, [], [1,2,5])),
    ?assertEqual({true,{6,[]}}, ordsets:fold(fun(X,Y)-> {true,{X,Y}} end, [], [6])),
    ?assertEqual(false, ordsets:fold(fun(X,_) -> is_atom(X) end, [], [5,8])),
    ?assertError(function_clause, ordsets:fold([{c,3,z},{b,2,y},{a,1,x}], [2,2], [["abc",2,1.0,{b,2},3],[{b,2},a,[],b,c,2.0]])).

from_list_1_test() ->
    ?assertEqual([1,2,3,4,5,6], ordsets:from_list([6,6,6,6,3,1,2,5,1,4,6])),
    ?assertEqual([2,4,5], ordsets:from_list([2,5,4])),
    ?assertEqual([2,3,4,5,6], ordsets:from_list([2,2,2,6,4,5,2,2,6,3,2,4,3,2,5,2,5])),
    ?assertEqual([{1.0,y},{a,3},{b,b}], ordsets:from_list([{1.0,y},{1.0,y},{b,b},{a,3}])),
    ?assertEqual([1,2,3,4,5,6], ordsets:from_list([6,2,1,3,6,4,5,2,6,3,1,4])),
    ?assertEqual([1,2,3,4,5,6], ordsets:from_list([6,2,2,2,4,5,6,3,2,1,5,6,6,1,6,4])).

intersection_1_test() ->
    ?assertEqual([], ordsets:intersection([[3,6,7],[3,8,9],[2,4,6,9]])),
    ?assertEqual([], ordsets:intersection([[1,2],[],[7]])),
    ?assertEqual([7], ordsets:intersection([[3,5,6,7,9],[2,3,6,7],[5,7,9]])),
    ?assertEqual([], ordsets:intersection([[3,8],[6,8,9],[]])),
    ?assertEqual([], ordsets:intersection([[1,6,9],[3,4,7,8],[2]])),
    ?assertEqual([], ordsets:intersection([[4,5],[6],[1,2,8,9]])),
    ?assertError(function_clause, ordsets:intersection(fun(X,Y)-> {true,{X,Y}} end)).

intersection_2_test() ->
    ?assertEqual([1], ordsets:intersection([1,2,4], [1,9])),
    ?assertEqual([], ordsets:intersection([], [2,4,5,7])),
    ?assertEqual([], ordsets:intersection([], [2,3,4,8])),
    ?assertEqual([], ordsets:intersection([2,4,6], [1,3,7,8])),
    ?assertEqual([], ordsets:intersection([1,8,9], [3])),
    ?assertEqual([2], ordsets:intersection([2,4,5,8], [1,2,7,9])),
    ?assertError(function_clause, ordsets:intersection(#{1.0 => y,a => 1,b => 2}, fun(X) -> [X,X] end)).

is_disjoint_2_test() ->
    ?assertEqual(true, ordsets:is_disjoint([5], [2,7])),
    ?assertEqual(true, ordsets:is_disjoint([1,5], [])),
    ?assertEqual(true, ordsets:is_disjoint([1,6], [])),
    ?assertEqual(false, ordsets:is_disjoint([4,5], [2,3,4,8])),
    ?assertEqual(false, ordsets:is_disjoint([9], [2,5,9])),
    ?assertEqual(true, ordsets:is_disjoint([], [1,5,6,7,8])),
    ?assertError(function_clause, ordsets:is_disjoint(#{1 => x,1.0 => y,a => 3,b => 2,c => 0}, [5,5,3,3,5,5,2,4,6,2,5,4,3,6,3,4,5])).

is_element_2_test() ->
    ?assertEqual(false, ordsets:is_element(9, [1,2])),
    ?assertEqual(false, ordsets:is_element(1, [7])),
    ?assertEqual(false, ordsets:is_element(5, [2,3,4])),
    ?assertEqual(false, ordsets:is_element(2, [])),
    ?assertEqual(true, ordsets:is_element(5, [3,4,5,9])),
    ?assertEqual(true, ordsets:is_element(1, [1,2,5,8,9])).

is_empty_1_test() ->
    ?assertEqual(true, ordsets:is_empty([])),
    ?assertEqual(false, ordsets:is_empty([8])),
    ?assertEqual(false, ordsets:is_empty([1,2,3,8])),
    ?assertEqual(false, ordsets:is_empty([3,5])),
    ?assertEqual(false, ordsets:is_empty([2,3,6,9])),
    ?assertEqual(false, ordsets:is_empty([9])).

is_set_1_test() ->
    ?assertEqual(true, ordsets:is_set([1])),
    ?assertEqual(true, ordsets:is_set([1,2,3,4,6])),
    ?assertEqual(true, ordsets:is_set([6])),
    ?assertEqual(true, ordsets:is_set([4,8,9])),
    ?assertEqual(true, ordsets:is_set([1,5,8])),
    ?assertEqual(true, ordsets:is_set([2,6,7,8])).

is_subset_2_test() ->
    ?assertEqual(false, ordsets:is_subset([5,6,8], [4,5,8])),
    ?assertEqual(false, ordsets:is_subset([5,6,7,8], [2])),
    ?assertEqual(false, ordsets:is_subset([1,8], [4,7,9])),
    ?assertEqual(true, ordsets:is_subset([], [4])),
    ?assertEqual(false, ordsets:is_subset([3,4,5,7,8,9], [2,4,6])),
    ?assertEqual(false, ordsets:is_subset([4,6,9], [6,7])),
    ?assertError(function_clause, ordsets:is_subset([5,1,5,4,4,3,1,5,5,6,5,6,2,5,5,3], #{})).

new_0_test() ->
    ?assertEqual([], ordsets:new()).

size_1_test() ->
    ?assertEqual(4, ordsets:size([2,3,4,5])),
    ?assertEqual(2, ordsets:size([3,8])),
    ?assertEqual(4, ordsets:size([3,4,7,9])),
    ?assertEqual(1, ordsets:size([5])),
    ?assertEqual(1, ordsets:size([3])),
    ?assertEqual(0, ordsets:size([])).

subtract_2_test() ->
    ?assertEqual([7], ordsets:subtract([7], [])),
    ?assertEqual([1,2,3,8], ordsets:subtract([1,2,3,8], [6])),
    ?assertEqual([], ordsets:subtract([2], [1,2,3,5])),
    ?assertEqual([1], ordsets:subtract([1], [2,4,7,9])),
    ?assertEqual([4,5,7,9], ordsets:subtract([4,5,7,9], [1,3])),
    ?assertEqual([2,5,9], ordsets:subtract([2,5,9], [4])).

to_list_1_test() ->
    ?assertEqual([4,5,6,7,8], ordsets:to_list([4,5,6,7,8])),
    ?assertEqual([3,4,5,6,9], ordsets:to_list([3,4,5,6,9])),
    ?assertEqual([3,4,5], ordsets:to_list([3,4,5])),
    ?assertEqual([1,2,4,6,7], ordsets:to_list([1,2,4,6,7])),
    ?assertEqual([2,4,5,6,7,9], ordsets:to_list([2,4,5,6,7,9])),
    ?assertEqual([2,4,5,7,8], ordsets:to_list([2,4,5,7,8])).

union_1_test() ->
    ?assertEqual([2,4,5,6,8,9], ordsets:union([[4,8,9],[2,5,6,8],[5]])),
    ?assertEqual([2,5,6], ordsets:union([[],[2],[5,6]])),
    ?assertEqual([2,3,4,6,7,9], ordsets:union([[2,4,6,9],[3,6,7],[]])),
    ?assertEqual([1,2,3,5,9], ordsets:union([[1,3,5,9],[1,2,5],[3]])),
    ?assertEqual([1,3,4,5,6,7], ordsets:union([[4,5,6,7],[3],[1,3,5]])),
    ?assertEqual([2,3,5,6,7], ordsets:union([[],[2,3,5],[3,6,7]])).

union_2_test() ->
    ?assertEqual([2,5,6,7,8,9], ordsets:union([2,5,6,9], [6,7,8,9])),
    ?assertEqual([1,2,3,4,5,6,8], ordsets:union([1,2,3,4,6,8], [4,5,6])),
    ?assertEqual([1,2,4,5,7,9], ordsets:union([1,2,4], [2,5,7,9])),
    ?assertEqual([2], ordsets:union([2], [])),
    ?assertEqual([3,6,8], ordsets:union([], [3,6,8])),
    ?assertEqual([1,2,4,5,6,7], ordsets:union([2,6,7], [1,4,5,6,7])).
