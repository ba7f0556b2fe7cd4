%% Answers recorded from erl, and a few refusals.
-module(queue_tests).
-include_lib("eunit/include/eunit.hrl").

all_2_test() ->
    ?assertEqual(false, queue:all(fun is_atom/1, {[5,2,3,2,4,4,3,6,4,5],[6,3,1]})),
    ?assertEqual(false, queue:all(fun(X) -> X > 2 end, {[2],[5,3]})),
    ?assertEqual(false, queue:all(fun(X) -> X > 2 end, {[5,2,6],[6]})),
    ?assertEqual(false, queue:all(fun(X)->is_list(X) end, {[3,4,4,4,4,2],[2,1,5,1,1]})),
    ?assertEqual(false, queue:all(fun(X)->is_list(X) end, {[5],[1,1]})),
    ?assertEqual(false, queue:all(fun is_atom/1, {[6,1,2,1,3,6,2,6,1,1,6],[5,6,2,5,6,6,2]})).

any_2_test() ->
    ?assertEqual(false, queue:any(fun is_atom/1, {[6],[]})),
    ?assertEqual(false, queue:any(fun is_atom/1, {[4,5,5],[5,1]})),
    ?assertEqual(false, queue:any(fun(X)->is_list(X) end, {[3],[2]})),
    ?assertEqual(true, queue:any(fun(X) -> X > 2 end, {[1,1],[6]})),
    ?assertEqual(false, queue:any(fun is_atom/1, {[6,1,1],[6,4,4]})),
    ?assertEqual(false, queue:any(fun(X)->is_list(X) end, {[3,2],[4,1,2]})).

cons_2_test() ->
    ?assertEqual({[4],[1,5]}, queue:cons(1, {[4],[5]})),
    ?assertEqual({[6,3,5,6,6],[2,4,6,1,3]}, queue:cons(2, {[6,3,5,6,6],[4,6,1,3]})),
    ?assertEqual({[3,6,2,3,4,1,6,1,5,1],[1,3,3,2,4,6]}, queue:cons(1, {[3,6,2,3,4,1,6,1,5,1],[3,3,2,4,6]})),
    ?assertEqual({[4],[2,4]}, queue:cons(2, {[4],[4]})),
    ?assertEqual({[3,3,5,1,4,3],[3,1,3]}, queue:cons(3, {[3,3,5,1,4,3],[1,3]})),
    ?assertEqual({[1],[3,6]}, queue:cons(3, {[1],[6]})).

daeh_1_test() ->
    ?assertEqual(4, queue:daeh({[4],[]})),
    ?assertEqual(6, queue:daeh({[6,6,6,3,2,3,3,5,4,6,5],[1,5,4,1,1,4,6]})),
    ?assertEqual(1, queue:daeh({[1,5],[6]})),
    ?assertEqual(2, queue:daeh({[2],[]})),
    ?assertEqual(2, queue:daeh({[2,4],[6]})),
    ?assertEqual(3, queue:daeh({[3,1],[1]})),
    ?assertError(empty, queue:daeh({[],[]})).

delete_2_test() ->
    ?assertEqual({[1,6,3],[3]}, queue:delete(2, {[1,6,3],[3]})),
    ?assertEqual({[2],[]}, queue:delete(1, {[2],[]})),
    ?assertEqual({[5,1],[1]}, queue:delete(2, {[2,5,1],[1]})),
    ?assertEqual({[4,5,1],[1,1]}, queue:delete(2, {[4,5,1],[1,2,1]})),
    ?assertEqual({[2],[6]}, queue:delete(3, {[2],[6]})),
    ?assertEqual({[],[]}, queue:delete(2, {[],[]})),
    ?assertError(badarg, queue:delete(a, [1])).

delete_r_2_test() ->
    ?assertEqual({[3,5],[4,6]}, queue:delete_r(1, {[3,5,6,4],[1]})),
    ?assertEqual({[5,2],[3,5]}, queue:delete_r(1, {[5,2],[3,5]})),
    ?assertEqual({[2],[4]}, queue:delete_r(3, {[3,2],[4]})),
    ?assertEqual({[6,4,6],[1,6]}, queue:delete_r(3, {[6,4,6],[1,6]})),
    ?assertEqual({[3,2],[6,1,6]}, queue:delete_r(3, {[3,3,2],[6,1,6]})),
    ?assertEqual({[],[]}, queue:delete_r(3, {[],[3]})),
    ?assertError(badarg, queue:delete_r([6,2,2,1,6,1,1,1,4,3,3,4,2,1,2], [5,1,4,3,3])).

delete_with_2_test() ->
    ?assertEqual({[],[]}, queue:delete_with(fun(X) -> [X,X] end, {[],[]})),
    ?assertEqual({[2,2,1,1,1,5,3],[5,2,3]}, queue:delete_with(fun(X)->is_list(X) end, {[2,2,1,1,1,5,3],[5,2,3]})),
    ?assertEqual({[6,4,5,6],[2]}, queue:delete_with(fun is_atom/1, {[6,4,5,6],[2]})),
    ?assertEqual({[3,5],[2]}, queue:delete_with(fun(X)->is_list(X) end, {[3,5],[2]})),
    ?assertEqual({[2,2,4,5],[2,1,6]}, queue:delete_with(fun(X) -> X > 2 end, {[2,2,4,5],[2,6,1,6]})),
    ?assertEqual({[3,5,3,1,5],[6]}, queue:delete_with(fun(X)->is_list(X) end, {[3,5,3,1,5],[6]})),
    ?assertError(badarg, queue:delete_with(#{1.0 => y,b => b,c => 0}, [{b,b},{b,2},{1,x},{a,1},{1,x}])).

delete_with_r_2_test() ->
    ?assertEqual({[],[4]}, queue:delete_with_r(fun(X)->is_list(X) end, {[],[4]})),
    ?assertEqual({[5,2,2,1],[4,2]}, queue:delete_with_r(fun is_atom/1, {[5,2,2,1],[4,2]})),
    ?assertEqual({[],[]}, queue:delete_with_r(fun(X) -> X end, {[],[]})),
    ?assertEqual({[4],[3,6,1]}, queue:delete_with_r(fun is_atom/1, {[4],[3,6,1]})),
    ?assertEqual({[3,1,5],[6,6,5,6]}, queue:delete_with_r(fun(X) -> X > 2 end, {[4,3,1,5],[6,6,5,6]})),
    ?assertEqual({[],[]}, queue:delete_with_r(fun(X) -> X > 2 end, {[],[]})),
    ?assertError(badarg, queue:delete_with_r(fun(X,Y,Z) -> {X,Y,Z} end, [6,1,3,4])).

drop_1_test() ->
    ?assertEqual({[6,6,4,5,4,6,6,3,6,4,5,5],[3,5,5,3,6]}, queue:drop({[6,6,4,5,4,6,6,3,6,4,5,5],[6,3,5,5,3,6]})),
    ?assertEqual({[2,6,2],[5]}, queue:drop({[2,6,2],[6,5]})),
    ?assertEqual({[1,4],[1,4]}, queue:drop({[1,4],[5,1,4]})),
    ?assertEqual({[5],[5]}, queue:drop({[5,5],[5]})),
    ?assertEqual({[1],[6,5]}, queue:drop({[1],[4,6,5]})),
    ?assertEqual({[],[]}, queue:drop({[],[6]})),
    ?assertError(empty, queue:drop({[],[]})).

drop_r_1_test() ->
    ?assertEqual({[5,4,1,2,2,3],[6,1,2,3]}, queue:drop_r({[1,5,4,1,2,2,3],[6,1,2,3]})),
    ?assertEqual({[4],[1,2]}, queue:drop_r({[5,4],[1,2]})),
    ?assertEqual({[2,4],[2,6,2]}, queue:drop_r({[5,2,4],[2,6,2]})),
    ?assertEqual({[1],[5]}, queue:drop_r({[1,1],[5]})),
    ?assertEqual({[5,4,5,3,4,4,1],[3,2,3,3]}, queue:drop_r({[1,5,4,5,3,4,4,1],[3,2,3,3]})),
    ?assertEqual({[6,2],[3]}, queue:drop_r({[2,6,2],[3]})),
    ?assertError(empty, queue:drop_r({[],[]})).

filter_2_test() ->
    ?assertEqual({[],[]}, queue:filter(fun is_atom/1, {[3,5,3,6,5,2,3,3,2],[2,3]})),
    ?assertEqual({[],[]}, queue:filter(fun(X) -> X > 2 end, {[1,1],[1]})),
    ?assertEqual({[],[]}, queue:filter(fun(X)->is_list(X) end, {[6],[]})),
    ?assertEqual({[],[]}, queue:filter(fun(X) -> X end, {[],[]})),
    ?assertEqual({[3,5],[5,4]}, queue:filter(fun(X) -> X > 2 end, {[3,5],[5,4]})),
    ?assertEqual({[],[]}, queue:filter(fun(X)->is_list(X) end, {[3],[]})),
    ?assertError(badarg, queue:filter([1,5,6,5,5,6,5,1,5], [{b,b},{1,x}])).

filtermap_2_test() ->
    ?assertEqual({[4,6],[6]}, queue:filtermap(fun(X) -> {true,X} end, {[4,6],[6]})),
    ?assertEqual({[2],[1]}, queue:filtermap(fun(X) -> {true,X} end, {[2],[1]})),
    ?assertEqual({[],[]}, queue:filtermap(fun(X)->is_list(X) end, {[5,5,1,1],[6]})),
    ?assertEqual({[],[]}, queue:filtermap(fun(X)->is_list(X) end, {[2,2],[5]})),
    ?assertEqual({[],[]}, queue:filtermap(fun is_atom/1, {[6,3,4],[1,1]})),
    ?assertEqual({[],[]}, queue:filtermap(fun(X)->is_list(X) end, {[3,6,3,1,5,1,2],[6,6]})),
    ?assertError(badarg, queue:filtermap(fun(X) -> [X,X] end, fun(_,Y,_) -> Y end)).

fold_3_test() ->
    ?assertEqual({4,[]}, queue:fold(fun(X,Y) -> {X,Y} end, [], {[4],[]})),
    ?assertEqual(true, queue:fold(fun(X,Y) -> X =< Y end, [], {[3,4,6,6,1],[6,2,5]})),
    ?assertEqual(true, queue:fold(fun(X,Y) -> X =< Y end, [], {[5,4,6,2,2,4,6,1,5],[2,5]})),
    ?assertEqual([], queue:fold(fun(X,Y)-> {true,{X,Y}} end, [], {[],[]})),
    ?assertEqual([], queue:fold(fun(_,Y) -> Y end, [], {[5],[]})),
    ?assertEqual([], queue:fold(fun(X,_) -> is_atom(X) end, [], {[],[]})),
    ?assertError(badarg, queue:fold([{b,2},{b,2}], [[#{},{b,2},0,1,c,2.0,a],[<<"ab">>]], [{a,1},{c,0},{b,2}])).

from_list_1_test() ->
    ?assertEqual({[4,3,4,1,1,6],[4,4,1,6,6]}, queue:from_list([4,4,1,6,6,6,1,1,4,3,4])),
    ?assertEqual({[2,3,6,1,3,4,4,1],[2,2,1,4,2,3,4]}, queue:from_list([2,2,1,4,2,3,4,1,4,4,3,1,6,3,2])),
    ?assertEqual({[3,2,5,2,2],[6,6,3,3]}, queue:from_list([6,6,3,3,2,2,5,2,3])),
    ?assertEqual({[4,6,1,4,1,3],[3,5,6,3,5]}, queue:from_list([3,5,6,3,5,3,1,4,1,6,4])),
    ?assertEqual({[1,3,6,1,4,6,4],[5,4,2,6,4,3,3]}, queue:from_list([5,4,2,6,4,3,3,4,6,4,1,6,3,1])),
    ?assertEqual({[1,5,1,3,5,5,3],[3,2,6,4,2,6]}, queue:from_list([3,2,6,4,2,6,3,5,5,3,1,5,1])).

get_1_test() ->
    ?assertEqual(6, queue:get({[3],[6]})),
    ?assertEqual(4, queue:get({[5,4,2,3],[4,3]})),
    ?assertEqual(1, queue:get({[4,5,4,1,5,1,2],[1,5,1]})),
    ?assertEqual(4, queue:get({[1,3,1,6,5,6],[4,5]})),
    ?assertEqual(1, queue:get({[],[1]})),
    ?assertEqual(5, queue:get({[1,2,4,4,1,2,3,3,5,1,6],[5,4,1,3]})),
    ?assertError(badarg, queue:get(1)).

get_r_1_test() ->
    ?assertEqual(2, queue:get_r({[2,2,2,2],[2]})),
    ?assertEqual(5, queue:get_r({[5,1],[4]})),
    ?assertEqual(5, queue:get_r({[5,1],[1,4]})),
    ?assertEqual(5, queue:get_r({[],[5]})),
    ?assertEqual(1, queue:get_r({[1,1,4,4,5,3,3,4],[4,4,2]})),
    ?assertEqual(4, queue:get_r({[4],[4]})),
    ?assertError(badarg, queue:get_r(fun(_,_,Z)->Z end)).

head_1_test() ->
    ?assertEqual(2, queue:head({[6,1,3,3,6,4,5,6,6],[2,2,3,6,2]})),
    ?assertEqual(1, queue:head({[3,6,6,6],[1]})),
    ?assertEqual(3, queue:head({[1,1,5,6],[3,4]})),
    ?assertEqual(2, queue:head({[1],[2,2]})),
    ?assertEqual(6, queue:head({[6],[]})),
    ?assertEqual(2, queue:head({[1,4,5],[2,1]})),
    ?assertError(empty, queue:head({[],[]})).

in_2_test() ->
    ?assertEqual({[2],[]}, queue:in(2, {[],[]})),
    ?assertEqual({[3,6,6,4,3],[4,3]}, queue:in(3, {[6,6,4,3],[4,3]})),
    ?assertEqual({[1,2,5,3],[1,6]}, queue:in(1, {[2,5,3],[1,6]})),
    ?assertEqual({[2,5,3,2,1,3,2],[2,5,6,6,4]}, queue:in(2, {[5,3,2,1,3,2],[2,5,6,6,4]})),
    ?assertEqual({[3,3,3,6,1,2],[5,6]}, queue:in(3, {[3,3,6,1,2],[5,6]})),
    ?assertEqual({[2,3,2,6,4,6,2,6,6,4,6,2],[2,2,6,1,6]}, queue:in(2, {[3,2,6,4,6,2,6,6,4,6,2],[2,2,6,1,6]})),
    ?assertError(badarg, queue:in(fun(_,_,Z)->Z end, [[a],c])).

in_r_2_test() ->
    ?assertEqual({[4,5],[1,2,1,3]}, queue:in_r(1, {[4,5],[2,1,3]})),
    ?assertEqual({[2,6,6],[3,3,4]}, queue:in_r(3, {[2,6,6],[3,4]})),
    ?assertEqual({[2,6,4,4,3,2],[1,3,4]}, queue:in_r(1, {[2,6,4,4,3,2],[3,4]})),
    ?assertEqual({[1,6,6,3,5,5,5,3,2,4,3,3,4,5],[2,5,2]}, queue:in_r(2, {[1,6,6,3,5,5,5,3,2,4,3,3,4,5],[5,2]})),
    ?assertEqual({[4,2,5,4,2,2,2,3],[2,3,5,6]}, queue:in_r(2, {[4,2,5,4,2,2,2,3],[3,5,6]})),
    ?assertEqual({[4],[2]}, queue:in_r(2, {[4],[]})).

init_1_test() ->
    ?assertEqual({[1,2,4,4,4,3,3,1,2],[4,2,4,1,3]}, queue:init({[6,1,2,4,4,4,3,3,1,2],[4,2,4,1,3]})),
    ?assertEqual({[2],[4]}, queue:init({[2,2],[4]})),
    ?assertEqual({[4,3,5],[4,2,1,1,3]}, queue:init({[4,4,3,5],[4,2,1,1,3]})),
    ?assertEqual({[5,2,2,4,5,2,5,5,1],[2,4]}, queue:init({[2,5,2,2,4,5,2,5,5,1],[2,4]})),
    ?assertEqual({[5,5],[6,4,4]}, queue:init({[2,5,5],[6,4,4]})),
    ?assertEqual({[6,5,3,5,5,5,6,1,6],[6,2,5,6,4]}, queue:init({[1,6,5,3,5,5,5,6,1,6],[6,2,5,6,4]})),
    ?assertError(empty, queue:init({[],[]})).

is_empty_1_test() ->
    ?assertEqual(false, queue:is_empty({[1,2,1,2],[6,2,1,3,1]})),
    ?assertEqual(false, queue:is_empty({[1,4],[6,1]})),
    ?assertEqual(false, queue:is_empty({[5],[]})),
    ?assertEqual(false, queue:is_empty({[1,3,3,4,3,4,5],[6,4]})),
    ?assertEqual(false, queue:is_empty({[2],[3,1,1,5]})),
    ?assertEqual(false, queue:is_empty({[6,3,1,6,1],[3]})),
    ?assertError(badarg, queue:is_empty(5)).

is_queue_1_test() ->
    ?assertEqual(true, queue:is_queue({[],[]})),
    ?assertEqual(true, queue:is_queue({[5],[2]})),
    ?assertEqual(true, queue:is_queue({[3,2],[1]})),
    ?assertEqual(true, queue:is_queue({[6,4,5,1,1],[2,1]})),
    ?assertEqual(true, queue:is_queue({[6,2,2,2],[6]})),
    ?assertEqual(true, queue:is_queue({[],[6]})).

join_2_test() ->
    ?assertEqual({[4,3,4,3,4,6],[4,1,5,4,4,3,3]}, queue:join({[3,4,4],[4,1,5]}, {[4,3,4,3,4,6],[3]})),
    ?assertEqual({[],[3,3,2,6,1,3,2,3,6,1,3,5,2,2]}, queue:join({[2,5,3,1,6,3,2,3,1,6],[3,3,2]}, {[],[2]})),
    ?assertEqual({[5,6,6,2,2,3],[6,6,4,4]}, queue:join({[4,6],[6]}, {[5,6,6,2,2,3],[4]})),
    ?assertEqual({[3],[3,1,2,1]}, queue:join({[2,1],[3]}, {[3],[1]})),
    ?assertEqual({[5,6,3],[5,5,2,3,4,1,1,2]}, queue:join({[4,3,2],[5,5]}, {[5,6,3],[1,1,2]})),
    ?assertEqual({[5,4,1,3,5,3,6,6,4],[1,5,2,3]}, queue:join({[1],[]}, {[5,4,1,3,5,3,6,6,4],[5,2,3]})),
    ?assertError(badarg, queue:join(fun(X) -> [X,X] end, fun(X) -> X > 2 end)).

lait_1_test() ->
    ?assertEqual({[],[]}, queue:lait({[3],[]})),
    ?assertEqual({[6,2,6],[5,5,3]}, queue:lait({[2,6,2,6],[5,5,3]})),
    ?assertEqual({[1,6],[4,4]}, queue:lait({[6,1,6],[4,4]})),
    ?assertEqual({[2],[1,6,2]}, queue:lait({[5,2],[1,6,2]})),
    ?assertEqual({[1,4,6,2,5],[6,5,6,3]}, queue:lait({[6,1,4,6,2,5],[6,5,6,3]})),
    ?assertEqual({[],[]}, queue:lait({[],[5]})),
    ?assertError(empty, queue:lait({[],[]})).

last_1_test() ->
    ?assertEqual(3, queue:last({[3,5,6,3,2,6,6,3],[4,4]})),
    ?assertEqual(2, queue:last({[2,1,1,3,6],[4,6,1]})),
    ?assertEqual(5, queue:last({[5,1,5,6,2,6],[1,5]})),
    ?assertEqual(4, queue:last({[4,4,5,6,1,1],[3,2]})),
    ?assertEqual(3, queue:last({[3,6,3,6],[5,2]})),
    ?assertEqual(4, queue:last({[4,2,1,3,3,3],[4]})),
    ?assertError(empty, queue:last({[],[]})).

len_1_test() ->
    ?assertEqual(1, queue:len({[],[4]})),
    ?assertEqual(10, queue:len({[3,3,2,1,1,2,6,3],[6,1]})),
    ?assertEqual(2, queue:len({[4],[1]})),
    ?assertEqual(8, queue:len({[2,3,1,5,3,1],[4,3]})),
    ?assertEqual(10, queue:len({[2,1,1,2,3,5,2],[2,4,2]})),
    ?assertEqual(6, queue:len({[4,2,1,6,5],[6]})),
    ?assertError(badarg, queue:len([1,2,3,2,1,5,2,3,6,6,6])).

liat_1_test() ->
    ?assertEqual({[5,4,2],[4,6,2,4]}, queue:liat({[2,5,4,2],[4,6,2,4]})),
    ?assertEqual({[3,6,2],[4,3,3,1,5]}, queue:liat({[3,3,6,2],[4,3,3,1,5]})),
    ?assertEqual({[2],[]}, queue:liat({[1],[2]})),
    ?assertEqual({[1],[]}, queue:liat({[3],[1]})),
    ?assertEqual({[1,3,5,6,5],[5]}, queue:liat({[1,1,3,5,6,5],[5]})),
    ?assertEqual({[1,6,6,6,3],[2]}, queue:liat({[6,1,6,6,6,3],[2]})),
    ?assertError(empty, queue:liat({[],[]})).

member_2_test() ->
    ?assertEqual(true, queue:member(2, {[1,2],[3,6,2,4,5,2]})),
    ?assertEqual(false, queue:member(1, {[3,6],[5]})),
    ?assertEqual(false, queue:member(2, {[6,1,1,3,4,3,5,3,3,3,5],[4,3,6,3]})),
    ?assertEqual(true, queue:member(3, {[5,6,1,3],[5,5]})),
    ?assertEqual(true, queue:member(2, {[6,3,2],[4]})),
    ?assertEqual(false, queue:member(1, {[2],[6]})).

new_0_test() ->
    ?assertEqual({[],[]}, queue:new()).

out_1_test() ->
    ?assertEqual({{value,5},{[],[6]}}, queue:out({[6],[5]})),
    ?assertEqual({{value,6},{[6,4,5,1,1],[5]}}, queue:out({[6,4,5,1,1],[6,5]})),
    ?assertEqual({{value,6},{[],[]}}, queue:out({[6],[]})),
    ?assertEqual({{value,3},{[1],[2]}}, queue:out({[1,2],[3]})),
    ?assertEqual({{value,1},{[5,3,6,1,3],[5,3]}}, queue:out({[5,3,6,1,3],[1,5,3]})),
    ?assertEqual({{value,2},{[4,3,5,2],[2]}}, queue:out({[4,3,5,2],[2,2]})),
    ?assertError(badarg, queue:out(#{1 => x,1.0 => y,a => 3,b => 2})).

out_r_1_test() ->
    ?assertEqual({{value,6},{[4],[6]}}, queue:out_r({[6],[6,4]})),
    ?assertEqual({empty,{[],[]}}, queue:out_r({[],[]})),
    ?assertEqual({{value,1},{[5,1,1],[6,4]}}, queue:out_r({[1,5,1,1],[6,4]})),
    ?assertEqual({{value,5},{[3,5],[2,4,4,2]}}, queue:out_r({[5,3,5],[2,4,4,2]})),
    ?assertEqual({{value,5},{[],[]}}, queue:out_r({[],[5]})),
    ?assertEqual({{value,1},{[6,3,1,4,3,3,1],[3,1,1,2]}}, queue:out_r({[1,6,3,1,4,3,3,1],[3,1,1,2]})),
    ?assertError(badarg, queue:out_r(fun(X,Y,Z) -> {X,Y,Z} end)).

peek_1_test() ->
    ?assertEqual({value,2}, queue:peek({[5,3,4,3,5],[2,2]})),
    ?assertEqual(empty, queue:peek({[],[]})),
    ?assertEqual({value,1}, queue:peek({[1,1,2,1,6],[1,6,1]})),
    ?assertEqual({value,6}, queue:peek({[5],[6,5]})),
    ?assertEqual({value,1}, queue:peek({[6,1,3,2,4,1],[1,4]})),
    ?assertEqual({value,3}, queue:peek({[5],[3]})).

peek_r_1_test() ->
    ?assertEqual({value,3}, queue:peek_r({[3,3],[5]})),
    ?assertEqual({value,4}, queue:peek_r({[4,3,2,4,4,2,4],[6,4,5]})),
    ?assertEqual(empty, queue:peek_r({[],[]})),
    ?assertEqual({value,6}, queue:peek_r({[6],[]})),
    ?assertEqual({value,4}, queue:peek_r({[4,6],[4]})),
    ?assertEqual({value,3}, queue:peek_r({[3,4,2,2,4,6,4],[3,3]})),
    ?assertError(badarg, queue:peek_r(3)).

reverse_1_test() ->
    ?assertEqual({[1],[6]}, queue:reverse({[6],[1]})),
    ?assertEqual({[6,1,5,6,1],[5,1,5,5,1,5,5,5,6,3]}, queue:reverse({[5,1,5,5,1,5,5,5,6,3],[6,1,5,6,1]})),
    ?assertEqual({[6,2,4],[5,3]}, queue:reverse({[5,3],[6,2,4]})),
    ?assertEqual({[4,6,1,5,3],[5,2,6]}, queue:reverse({[5,2,6],[4,6,1,5,3]})),
    ?assertEqual({[3,5],[4,2,6,5]}, queue:reverse({[4,2,6,5],[3,5]})),
    ?assertEqual({[4,1,2],[5,5,5,4,3,5]}, queue:reverse({[5,5,5,4,3,5],[4,1,2]})),
    ?assertError(badarg, queue:reverse([[0,1.0,{b,2},{b,2},2.0,1],[0,{a,1},<<"ab">>,<<"ab">>,b,{a,1,x},<<"ab">>]])).

snoc_2_test() ->
    ?assertEqual({[x,4],[4]}, queue:snoc({[4],[4]}, x)),
    ?assertEqual({[x],[6]}, queue:snoc({[6],[]}, x)),
    ?assertEqual({[x,2,6,3,4,1],[3,5]}, queue:snoc({[2,6,3,4,1],[3,5]}, x)),
    ?assertEqual({[x,1,2,3,4,3,6],[4]}, queue:snoc({[1,2,3,4,3,6],[4]}, x)),
    ?assertEqual({[x],[]}, queue:snoc({[],[]}, x)),
    ?assertEqual({[x,2,5,3,2,5,1],[4,5,4,2]}, queue:snoc({[2,5,3,2,5,1],[4,5,4,2]}, x)),
    ?assertError(badarg, queue:snoc(fun(_,Y) -> Y end, fun(X) -> [X,X] end)).

split_2_test() ->
    ?assertEqual({{[4,4],[4]},{[2,6],[4]}}, queue:split(3, {[2,6],[4,4,4,4]})),
    ?assertEqual({{[3],[]},{[],[]}}, queue:split(1, {[],[3]})),
    ?assertEqual({{[6],[]},{[],[]}}, queue:split(1, {[6],[]})),
    ?assertEqual({{[1],[]},{[4],[3]}}, queue:split(1, {[4,3],[1]})),
    ?assertEqual({{[2],[5]},{[],[]}}, queue:split(2, {[2],[5]})),
    ?assertEqual({{[5,6],[5]},{[1,1,5],[2,3,2]}}, queue:split(3, {[1,1,5],[5,6,5,2,3,2]})),
    ?assertError(badarg, queue:split(1, {[],[]})).

tail_1_test() ->
    ?assertEqual({[1],[1]}, queue:tail({[1,1],[6]})),
    ?assertEqual({[1,2,2,6],[4,5]}, queue:tail({[1,2,2,6],[3,4,5]})),
    ?assertEqual({[6,1],[4,3]}, queue:tail({[6,1,3,4],[2]})),
    ?assertEqual({[4],[1,5]}, queue:tail({[4,5,1],[2]})),
    ?assertEqual({[4,6],[1,2,5]}, queue:tail({[4,6,5,2,1],[6]})),
    ?assertEqual({[4,3,2,4],[5,6,1,1]}, queue:tail({[4,3,2,4,1,1,6,5],[4]})),
    ?assertError(empty, queue:tail({[],[]})).

to_list_1_test() ->
    ?assertEqual([1,6,6,5], queue:to_list({[5,6,6],[1]})),
    ?assertEqual([5,1,5,6,5,3,4,3,3,5,5], queue:to_list({[5,5,3,3,4,3,5,6],[5,1,5]})),
    ?assertEqual([], queue:to_list({[],[]})),
    ?assertEqual([2,2,5,4,2,2,1,2,6,3,3], queue:to_list({[3,3,6,2,1,2,2,4],[2,2,5]})),
    ?assertEqual([4,4,3,1], queue:to_list({[1,3,4],[4]})),
    ?assertEqual([5,4,2,1,2,6,1,1,5,4], queue:to_list({[4,5,1,1,6,2,1],[5,4,2]})),
    ?assertError(badarg, queue:to_list([b,b,{b,2},{a,1,x}])).
