%% Answers recorded from erl.
-module(sets_tests).
-include_lib("eunit/include/eunit.hrl").

all_test() ->
    ?assertEqual([1,2,3], lists:sort(sets:to_list(sets:from_list([3,1,2,1])))),
    ?assertEqual([1,2,3], lists:sort(sets:to_list(sets:from_list([3,1,2,1], [{version, 2}])))),
    ?assertEqual(#{1 => [],2 => []}, sets:from_list([1,2], [{version, 2}])),
    ?assertEqual([{[[1,2,3,4],[2,3],[1],[1,2,3,4],[2,3],[1,2,3,9],[2,3],[2,3]],true,false,3,false,true,true,false,true,true,[1,2,3]},{[[1,2,3,4],[2,3],[1],[1,2,3,4],[2,3],[1,2,3,9],[2,3],[2,3]],true,false,3,false,true,true,false,true,true,[1,2,3]}], begin F = fun(O) -> S = sets:from_list([1,2,3], O), T = sets:from_list([2,3,4], O), {[lists:sort(sets:to_list(X)) || X <- [sets:union(S, T), sets:intersection(S, T), sets:subtract(S, T), sets:union([S, T]), sets:intersection([S, T]), sets:add_element(9, S), sets:del_element(1, S), sets:filter(fun(X) -> X > 1 end, S)]], sets:is_element(1, S), sets:is_element(9, S), sets:size(S), sets:is_empty(S), sets:is_empty(sets:new(O)), sets:is_set(S), sets:is_set(a), sets:is_subset(sets:from_list([1], O), S), sets:is_disjoint(S, sets:from_list([7], O)), lists:sort(sets:fold(fun(X, A) -> [X | A] end, [], S))} end, [F([{version, 1}]), F([{version, 2}])] end),
    ?assertEqual([1,2], lists:sort(sets:to_list(sets:union(sets:from_list([1], [{version, 1}]), sets:from_list([2], [{version, 2}]))))),
    ?assertEqual(1000, sets:size(sets:from_list(lists:seq(1, 1000), [{version, 1}]))),
    ?assertEqual(false, sets:is_element(1, sets:new())).
