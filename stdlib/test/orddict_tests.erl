%% Answers recorded from erl, and a few refusals.
-module(orddict_tests).
-include_lib("eunit/include/eunit.hrl").

append_3_test() ->
    ?assertEqual([{2,[2]},{3,1},{6,1},{7,1},{9,1}], orddict:append(2, 2, [{3,1},{6,1},{7,1},{9,1}])),
    ?assertEqual([{3,1},{4,2},{7,1},{8,2},{9,[2]}], orddict:append(9, 2, [{3,1},{4,2},{7,1},{8,2}])),
    ?assertEqual([{1,1},{2,[2]},{3,3},{4,2}], orddict:append(2, 2, [{1,1},{3,3},{4,2}])),
    ?assertEqual([{2,1},{3,[2]},{5,3},{8,3}], orddict:append(3, 2, [{2,1},{5,3},{8,3}])),
    ?assertEqual([{3,[2]}], orddict:append(3, 2, [])),
    ?assertEqual([{5,[1]}], orddict:append(5, 1, [])),
    ?assertError(badarg, orddict:append(3, 2, [{1,1},{2,1},{3,2},{6,3},{7,1},{8,3}])).

append_list_3_test() ->
    ?assertEqual([{1,1},{3,[1]},{4,3},{7,3}], orddict:append_list(3, [1], [{1,1},{4,3},{7,3}])),
    ?assertEqual([{5,[1]}], orddict:append_list(5, [1], [])),
    ?assertEqual([{2,2},{3,3},{4,3},{7,2},{8,3},{9,[1]}], orddict:append_list(9, [1], [{2,2},{3,3},{4,3},{7,2},{8,3}])),
    ?assertEqual([{1,1},{3,2},{4,2},{5,[1]},{6,2},{7,3}], orddict:append_list(5, [1], [{1,1},{3,2},{4,2},{6,2},{7,3}])),
    ?assertEqual([{2,1},{3,[1]}], orddict:append_list(3, [1], [{2,1}])),
    ?assertEqual([{9,[1]}], orddict:append_list(9, [1], [])),
    ?assertError(badarg, orddict:append_list(1, [1], [{1,2},{4,2},{5,3},{9,2}])).

erase_2_test() ->
    ?assertEqual([{1,3}], orddict:erase(2, [{1,3}])),
    ?assertEqual([], orddict:erase(5, [])),
    ?assertEqual([{2,2},{5,3},{6,1}], orddict:erase(1, [{2,2},{5,3},{6,1}])),
    ?assertEqual([{1,3},{6,3}], orddict:erase(2, [{1,3},{6,3}])),
    ?assertEqual([{3,3},{7,3},{8,1}], orddict:erase(2, [{3,3},{7,3},{8,1}])),
    ?assertEqual([{1,2},{8,1}], orddict:erase(5, [{1,2},{8,1}])),
    ?assertError(function_clause, orddict:erase(fun(X,Y) -> {X,Y} end, [4,1,4,3,2,2,6,4,3])).

fetch_2_test() ->
    ?assertEqual(2, orddict:fetch(5, [{5,2},{6,1},{7,1}])),
    ?assertEqual(1, orddict:fetch(9, [{2,3},{4,1},{9,1}])),
    ?assertEqual(1, orddict:fetch(9, [{3,1},{6,3},{9,1}])),
    ?assertEqual(2, orddict:fetch(1, [{1,2},{8,2},{9,3}])),
    ?assertEqual(1, orddict:fetch(9, [{3,3},{4,2},{8,3},{9,1}])),
    ?assertEqual(1, orddict:fetch(3, [{2,2},{3,1},{4,1},{5,2}])),
    ?assertError(function_clause, orddict:fetch(9, [{1,1},{2,1},{4,3},{5,3},{7,1}])).

fetch_keys_1_test() ->
    ?assertEqual([4,5,6], orddict:fetch_keys([{4,2},{5,1},{6,3}])),
    ?assertEqual([], orddict:fetch_keys([])),
    ?assertEqual([4,7,8,9], orddict:fetch_keys([{4,3},{7,3},{8,1},{9,3}])),
    ?assertEqual([2,3,9], orddict:fetch_keys([{2,2},{3,2},{9,3}])),
    ?assertEqual([2,6,8,9], orddict:fetch_keys([{2,3},{6,3},{8,3},{9,3}])),
    ?assertEqual([1,5,8,9], orddict:fetch_keys([{1,3},{5,1},{8,3},{9,1}])),
    ?assertError(function_clause, orddict:fetch_keys([3,2,6])).

filter_2_test() ->
    ?assertEqual([], orddict:filter(fun(X,Y) -> X =< Y end, [{5,3},{6,1},{8,1}])),
    ?assertEqual([], orddict:filter(fun(X,_) -> is_atom(X) end, [{1,3},{6,2},{9,3}])),
    ?assertEqual([], orddict:filter(fun(X,Y) -> X =< Y end, [{4,3},{5,2},{8,3}])),
    ?assertEqual([{2,2}], orddict:filter(fun(X,Y) -> X =< Y end, [{2,2},{4,3},{8,2}])),
    ?assertEqual([], orddict:filter(fun(X,Y) -> X =< Y end, [{2,1}])),
    ?assertEqual([{1,1}], orddict:filter(fun(X,Y) -> X =< Y end, [{1,1},{3,2},{4,1},{5,3}])),
    ?assertError(function_clause, orddict:filter([{a,3},{b,2},{b,2},{1,x},{c,0}], [1,5,2,3,3,2,6,5,1,3])).

find_2_test() ->
    ?assertEqual({ok,2}, orddict:find(3, [{1,1},{2,1},{3,2},{4,1},{7,1},{9,2}])),
    ?assertEqual(error, orddict:find(3, [{2,2},{5,3},{6,1},{7,2}])),
    ?assertEqual(error, orddict:find(5, [])),
    ?assertEqual(error, orddict:find(3, [{4,1},{5,2},{6,1}])),
    ?assertEqual(error, orddict:find(1, [{3,3},{8,3}])),
    ?assertEqual(error, orddict:find(2, [])),
    ?assertError(function_clause, orddict:find({b,2}, fun(X,Y) -> {X,Y} end)).

fold_3_test() ->
    ?assertEqual({7,1,{4,2,{1,3,[]}}}, orddict:fold(fun(X,Y,Z) -> {X,Y,Z} end, [], [{1,3},{4,2},{7,1}])),
    ?assertEqual([], orddict:fold(fun(_,_,Z)->Z end, [], [{3,1},{4,2},{6,2},{7,1}])),
    ?assertEqual({6,3,{3,1,[]}}, orddict:fold(fun(X,Y,Z) -> {X,Y,Z} end, [], [{3,1},{6,3}])),
    ?assertEqual([], orddict:fold(fun(_,_,Z)->Z end, [], [{2,3},{8,2},{9,2}])),
    ?assertEqual({7,3,{3,1,{1,2,[]}}}, orddict:fold(fun(X,Y,Z) -> {X,Y,Z} end, [], [{1,2},{3,1},{7,3}])),
    ?assertEqual([], orddict:fold(fun(_,_,Z)->Z end, [], [{2,3},{7,3},{9,1}])),
    ?assertError(function_clause, orddict:fold([c], fun(X) -> [X,X] end, 3)).

from_list_1_test() ->
    ?assertEqual([{a,3},{c,0}], orddict:from_list([{c,0},{a,3}])),
    ?assertEqual([{c,0}], orddict:from_list([{c,0}])),
    ?assertEqual([{1,x},{a,1},{b,b},{c,0}], orddict:from_list([{1,x},{1,x},{c,0},{a,1},{b,b}])),
    ?assertEqual([{b,2}], orddict:from_list([{b,2}])),
    ?assertEqual([{1.0,y},{b,b}], orddict:from_list([{1,x},{1.0,y},{b,b}])),
    ?assertEqual([{a,1},{c,0}], orddict:from_list([{a,1},{c,0},{a,1}])),
    ?assertError(function_clause, orddict:from_list(#{1.0 => y,a => 1,b => 2})).

is_empty_1_test() ->
    ?assertEqual(false, orddict:is_empty([{4,3},{5,3},{7,2}])),
    ?assertEqual(false, orddict:is_empty([{3,1},{4,2},{6,1},{8,1},{9,3}])),
    ?assertEqual(false, orddict:is_empty([{7,3},{8,2}])),
    ?assertEqual(false, orddict:is_empty([{4,1},{6,3},{7,3}])),
    ?assertEqual(true, orddict:is_empty([])),
    ?assertEqual(false, orddict:is_empty([{7,2}])),
    ?assertError(function_clause, orddict:is_empty(1.5)).

is_key_2_test() ->
    ?assertEqual(true, orddict:is_key(5, [{5,3}])),
    ?assertEqual(false, orddict:is_key(2, [])),
    ?assertEqual(true, orddict:is_key(3, [{2,1},{3,2},{6,1},{7,2},{9,2}])),
    ?assertEqual(false, orddict:is_key(1, [{2,2},{3,2},{8,1}])),
    ?assertEqual(true, orddict:is_key(9, [{4,3},{5,1},{6,2},{9,2}])),
    ?assertEqual(true, orddict:is_key(3, [{2,2},{3,3},{6,2},{9,2}])).

map_2_test() ->
    ?assertEqual([{1,{1,1}},{6,{6,2}},{8,{8,3}}], orddict:map(fun(X,Y) -> {X,Y} end, [{1,1},{6,2},{8,3}])),
    ?assertEqual([{9,1}], orddict:map(fun(_,Y) -> Y end, [{9,1}])),
    ?assertEqual([{4,{4,2}},{9,{9,2}}], orddict:map(fun(X,Y) -> {X,Y} end, [{4,2},{9,2}])),
    ?assertEqual([{6,{6,1}},{7,{7,3}},{8,{8,2}}], orddict:map(fun(X,Y) -> {X,Y} end, [{6,1},{7,3},{8,2}])),
    ?assertEqual([], orddict:map(fun(X,_) -> is_atom(X) end, [])),
    ?assertEqual([{6,false}], orddict:map(fun(X,Y) -> X =< Y end, [{6,3}])),
    ?assertError(function_clause, orddict:map([{c,0}], [1,6,1,3,1,1,5,2])).

merge_3_test() ->
    ?assertEqual([{4,2}], orddict:merge(fun(_,_,Z)->Z end, [], [{4,2}])),
    ?assertEqual([{2,1},{3,1},{4,2},{8,3}], orddict:merge(fun(_,Y,_) -> Y end, [{3,1},{4,2},{8,3}], [{2,1},{4,3}])),
    ?assertEqual([{3,3},{4,2},{8,2},{9,1}], orddict:merge(fun(_,_,Z)->Z end, [{3,3},{4,2},{8,2},{9,1}], [])),
    ?assertEqual([{1,1},{2,1},{3,3},{7,1},{8,2}], orddict:merge(fun(_,_,Z)->Z end, [{1,1},{3,3},{8,2}], [{2,1},{7,1}])),
    ?assertEqual([{1,3},{2,2},{3,3},{6,3},{9,1}], orddict:merge(fun(_,Y,_) -> Y end, [{2,2},{3,3},{6,3},{9,1}], [{1,3}])),
    ?assertEqual([{1,3},{3,2},{4,2},{5,2},{8,2}], orddict:merge(fun(_,Y,_) -> Y end, [{3,2},{8,2}], [{1,3},{4,2},{5,2}])),
    ?assertError(function_clause, orddict:merge(fun(X,Y)-> {true,{X,Y}} end, fun(X,Y,Z) -> {X,Y,Z} end, #{b => b,c => 0})).

new_0_test() ->
    ?assertEqual([], orddict:new()).

size_1_test() ->
    ?assertEqual(1, orddict:size([{1,2}])),
    ?assertEqual(3, orddict:size([{1,3},{3,3},{4,1}])),
    ?assertEqual(3, orddict:size([{2,1},{4,1},{9,2}])),
    ?assertEqual(3, orddict:size([{1,3},{3,2},{9,3}])),
    ?assertEqual(2, orddict:size([{1,1},{5,3}])),
    ?assertEqual(4, orddict:size([{1,2},{3,1},{4,3},{5,1}])),
    ?assertError(badarg, orddict:size(-1)).

store_3_test() ->
    ?assertEqual([{1,1},{3,2},{6,2},{8,1},{9,1}], orddict:store(9, 1, [{1,1},{3,2},{6,2},{8,1}])),
    ?assertEqual([{2,2},{4,2},{8,2},{9,2}], orddict:store(2, 2, [{4,2},{8,2},{9,2}])),
    ?assertEqual([{2,1},{3,1},{9,2}], orddict:store(2, 1, [{3,1},{9,2}])),
    ?assertEqual([{1,2},{2,2},{3,1},{4,3},{9,3}], orddict:store(3, 1, [{1,2},{2,2},{4,3},{9,3}])),
    ?assertEqual([{2,3},{3,2},{9,1}], orddict:store(3, 2, [{2,3},{9,1}])),
    ?assertEqual([{1,1},{2,2},{5,1}], orddict:store(1, 1, [{2,2},{5,1}])).

take_2_test() ->
    ?assertEqual({1,[{1,1},{7,3},{8,1},{9,2}]}, orddict:take(5, [{1,1},{5,1},{7,3},{8,1},{9,2}])),
    ?assertEqual(error, orddict:take(1, [{4,2}])),
    ?assertEqual(error, orddict:take(9, [{8,2}])),
    ?assertEqual({3,[{3,2},{4,3}]}, orddict:take(9, [{3,2},{4,3},{9,3}])),
    ?assertEqual(error, orddict:take(2, [{3,2},{8,2}])),
    ?assertEqual({3,[{3,3},{8,3}]}, orddict:take(9, [{3,3},{8,3},{9,3}])),
    ?assertError(function_clause, orddict:take([5,6,6,1], -1)).

to_list_1_test() ->
    ?assertEqual([{3,1},{8,1}], orddict:to_list([{3,1},{8,1}])),
    ?assertEqual([{2,3},{4,1},{5,3},{7,2},{9,1}], orddict:to_list([{2,3},{4,1},{5,3},{7,2},{9,1}])),
    ?assertEqual([{3,3},{4,1},{7,3}], orddict:to_list([{3,3},{4,1},{7,3}])),
    ?assertEqual([{5,1}], orddict:to_list([{5,1}])),
    ?assertEqual([{1,1},{2,3},{3,2},{8,1}], orddict:to_list([{1,1},{2,3},{3,2},{8,1}])),
    ?assertEqual([{2,1}], orddict:to_list([{2,1}])).

update_3_test() ->
    ?assertEqual([{5,1}], orddict:update(5, fun(X) -> X end, [{5,1}])),
    ?assertEqual([{3,false},{9,1}], orddict:update(3, fun is_atom/1, [{3,3},{9,1}])),
    ?assertEqual([{1,[2,2]},{2,3},{5,3},{6,2}], orddict:update(1, fun(X) -> [X,X] end, [{1,2},{2,3},{5,3},{6,2}])),
    ?assertEqual([{6,3},{7,3},{9,false}], orddict:update(9, fun is_atom/1, [{6,3},{7,3},{9,1}])),
    ?assertEqual([{2,false},{4,1},{6,3},{8,1}], orddict:update(2, fun(X) -> X > 2 end, [{2,2},{4,1},{6,3},{8,1}])),
    ?assertEqual([{9,{true,1}}], orddict:update(9, fun(X) -> {true,X} end, [{9,1}])),
    ?assertError(function_clause, orddict:update([1,2,2.0,#{},<<97,98>>], fun is_atom/1, [3,6,5,1,1,2,6,1,2,1,2,5,2,2,1,4,1,6,2])).

update_4_test() ->
    ?assertEqual([{9,i}], orddict:update(9, fun(X) -> [X,X] end, i, [])),
    ?assertEqual([{9,i}], orddict:update(9, fun(X) -> {true,X} end, i, [])),
    ?assertEqual([{2,true},{4,1},{5,2}], orddict:update(2, fun(X) -> X > 2 end, i, [{2,3},{4,1},{5,2}])),
    ?assertEqual([{9,i}], orddict:update(9, fun(X)->is_list(X) end, i, [])),
    ?assertEqual([{1,2},{2,i},{3,2},{5,3}], orddict:update(2, fun(X) -> X end, i, [{1,2},{3,2},{5,3}])),
    ?assertEqual([{2,2},{3,i},{8,2}], orddict:update(3, fun(X) -> {true,X} end, i, [{2,2},{8,2}])).

update_counter_3_test() ->
    ?assertEqual([{1,1},{2,2},{4,3},{7,2}], orddict:update_counter(1, 1, [{2,2},{4,3},{7,2}])),
    ?assertEqual([{3,3},{4,2},{6,3},{7,1}], orddict:update_counter(3, 1, [{3,2},{4,2},{6,3},{7,1}])),
    ?assertEqual([{2,3},{4,2},{5,3},{8,3}], orddict:update_counter(2, 1, [{2,2},{4,2},{5,3},{8,3}])),
    ?assertEqual([{2,3},{3,1},{5,3}], orddict:update_counter(3, 1, [{2,3},{5,3}])),
    ?assertEqual([{1,2},{5,2},{6,2},{7,3},{8,3}], orddict:update_counter(5, 1, [{1,2},{5,1},{6,2},{7,3},{8,3}])),
    ?assertEqual([{2,1},{5,1},{8,3},{9,2}], orddict:update_counter(5, 1, [{2,1},{8,3},{9,2}])).
