%% Answers recorded from erl, and a few refusals.
-module(maps_tests).
-include_lib("eunit/include/eunit.hrl").

filter_2_test() ->
    ?assertEqual(#{b => 2}, maps:filter(fun(X,_) -> is_atom(X) end, #{1.0 => y,b => 2})),
    ?assertEqual(#{a => 1}, maps:filter(fun(X,_) -> is_atom(X) end, #{1 => x,1.0 => y,a => 1})),
    ?assertEqual(#{1 => x}, maps:filter(fun(X,Y) -> X =< Y end, #{1 => x,a => 3,c => 0})),
    ?assertEqual(#{1 => x,1.0 => y}, maps:filter(fun(X,Y) -> X =< Y end, #{1 => x,1.0 => y,b => 2})),
    ?assertEqual(#{1 => x,1.0 => y,b => b}, maps:filter(fun(X,Y) -> X =< Y end, #{1 => x,1.0 => y,b => b,c => 0})),
    ?assertEqual(#{1 => x,1.0 => y}, maps:filter(fun(X,Y) -> X =< Y end, #{1 => x,1.0 => y,a => 1,b => 2})).

filtermap_2_test() ->
    ?assertEqual(#{b => b}, maps:filtermap(fun(X,Y) -> X =< Y end, #{b => b,c => 0})),
    ?assertEqual(#{1 => x,1.0 => y,b => b}, maps:filtermap(fun(X,Y) -> X =< Y end, #{1 => x,1.0 => y,a => 3,b => b})),
    ?assertEqual(#{}, maps:filtermap(fun(X,Y)-> {true,{X,Y}} end, #{})),
    ?assertEqual(#{b => b}, maps:filtermap(fun(X,Y) -> X =< Y end, #{a => 3,b => b,c => 0})),
    ?assertEqual(#{1 => {1,x},b => {b,b}}, maps:filtermap(fun(X,Y)-> {true,{X,Y}} end, #{1 => x,b => b})),
    ?assertEqual(#{}, maps:filtermap(fun(X,Y) -> X =< Y end, #{b => 2})),
    ?assertError({badmap, _}, maps:filtermap(fun(X,Y) -> {X,Y} end, [4,1,4,3,2,2,6,4,3])).

find_2_test() ->
    ?assertEqual(error, maps:find(1, #{1.0 => y,a => 3,b => 2,c => 0})),
    ?assertEqual({ok,b}, maps:find(b, #{b => b})),
    ?assertEqual({ok,2}, maps:find(b, #{1 => x,b => 2})),
    ?assertEqual({ok,b}, maps:find(b, #{1 => x,1.0 => y,a => 3,b => b})),
    ?assertEqual(error, maps:find(a, #{1.0 => y,b => b,c => 0})),
    ?assertEqual(error, maps:find(a, #{1 => x,b => 2,c => 0})),
    ?assertError({badmap, _}, maps:find([{c,3,z},{b,2,y},{a,1,x}], [2,2])).

fold_3_test() ->
    ?assertEqual(1, maps:fold(fun(_,Y,_) -> Y end, 1.0, #{a => 1})),
    ?assertEqual({b,2,{a,1,{b,2}}}, maps:fold(fun(X,Y,Z) -> {X,Y,Z} end, {b,2}, #{a => 1,b => 2})),
    ?assertEqual(0, maps:fold(fun(_,_,Z)->Z end, 0, #{1.0 => y,a => 3,c => 0})),
    ?assertEqual({a,3,{1,x,0}}, maps:fold(fun(X,Y,Z) -> {X,Y,Z} end, 0, #{1 => x,a => 3})),
    ?assertEqual({a,3,{1.0,y,b}}, maps:fold(fun(X,Y,Z) -> {X,Y,Z} end, b, #{1.0 => y,a => 3})),
    ?assertEqual(0, maps:fold(fun(_,Y,_) -> Y end, {a,1,x}, #{a => 3,b => b,c => 0})).

foreach_2_test() ->
    ?assertEqual(ok, maps:foreach(fun(X,Y)-> {true,{X,Y}} end, #{b => 2,c => 0})),
    ?assertEqual(ok, maps:foreach(fun(_,Y) -> Y end, #{1 => x,1.0 => y,b => 2})),
    ?assertEqual(ok, maps:foreach(fun(_,Y) -> Y end, #{b => 2})),
    ?assertEqual(ok, maps:foreach(fun(X,Y)-> {true,{X,Y}} end, #{a => 3})),
    ?assertEqual(ok, maps:foreach(fun(X,Y) -> {X,Y} end, #{a => 3,b => 2})),
    ?assertEqual(ok, maps:foreach(fun(X,Y) -> {X,Y} end, #{1 => x,a => 1})).

from_keys_2_test() ->
    ?assertEqual(#{1 => foo,2 => foo,5 => foo,6 => foo}, maps:from_keys([6,6,5,6,1,2,1,1,5], foo)),
    ?assertEqual(#{1 => 5,2 => 5,3 => 5,4 => 5,5 => 5,6 => 5}, maps:from_keys([4,3,4,1,5,6,4,6,5,1,6,2,5,1,2,5,6], 5)),
    ?assertEqual(#{3 => [],a => [],{b,2} => []}, maps:from_keys([3,a,{b,2}], [])),
    ?assertEqual(#{3 => [],4 => [],5 => [],6 => []}, maps:from_keys([3,6,5,4,3,4,3], [])),
    ?assertEqual(#{}, maps:from_keys([], 100)),
    ?assertEqual(#{["abc",<<"ab">>] => foo}, maps:from_keys([["abc",<<"ab">>]], foo)),
    ?assertError(badarg, maps:from_keys(0, [1,"abc",[a]])).

from_list_1_test() ->
    ?assertError(badarg, maps:from_list(#{1 => x,1.0 => y,b => b})).

get_2_test() ->
    ?assertEqual(b, maps:get(b, #{a => 3,b => b,c => 0})),
    ?assertEqual(3, maps:get(a, #{1 => x,1.0 => y,a => 3,b => 2})),
    ?assertEqual(1, maps:get(a, #{1 => x,a => 1,b => 2})),
    ?assertEqual(x, maps:get(1, #{1 => x,a => 1,c => 0})),
    ?assertEqual(0, maps:get(c, #{c => 0})),
    ?assertEqual(b, maps:get(b, #{1.0 => y,a => 1,b => b,c => 0})),
    ?assertError({badkey, _}, maps:get(b, #{1 => x})).

get_3_test() ->
    ?assertEqual(def, maps:get(z, #{1 => x,1.0 => y}, def)),
    ?assertEqual(def, maps:get(z, #{1 => x,c => 0}, def)),
    ?assertEqual(2, maps:get(b, #{a => 1,b => 2}, def)),
    ?assertEqual(x, maps:get(1, #{1 => x,a => 1}, def)),
    ?assertEqual(def, maps:get(1, #{1.0 => y,a => 1,c => 0}, def)),
    ?assertEqual(def, maps:get(b, #{a => 3,c => 0}, def)).

groups_from_list_2_test() ->
    ?assertEqual(#{{true,c} => [c],{true,{a,1}} => [{a,1}]}, maps:groups_from_list(fun(X) -> {true,X} end, [c,{a,1}])),
    ?assertError(badarg, maps:groups_from_list(#{1.0 => y,a => 3}, [2,3,1,1,6,5,4,4,1,2,6,2,6,2,3,2,1,1,1,2])).

groups_from_list_3_test() ->
    ?assertError(badarg, maps:groups_from_list([5,4,5,5,2,2,4,3,2,2,1,5,3,4,5,4,2,3,4,3,1,6,1,3,1], 2, fun(X) -> X end)).

intersect_2_test() ->
    ?assertEqual(#{a => 3,b => b}, maps:intersect(#{a => 3,b => b}, #{a => 3,b => b,c => 0})),
    ?assertEqual(#{b => 2,c => 0}, maps:intersect(#{1 => x,b => 2,c => 0}, #{a => 3,b => 2,c => 0})),
    ?assertEqual(#{b => b}, maps:intersect(#{1 => x,b => 2}, #{b => b,c => 0})),
    ?assertEqual(#{b => b}, maps:intersect(#{1 => x,b => b}, #{b => b})),
    ?assertEqual(#{1.0 => y}, maps:intersect(#{1 => x,1.0 => y,a => 3,b => b}, #{1.0 => y})),
    ?assertEqual(#{}, maps:intersect(#{}, #{a => 1,b => 2,c => 0})),
    ?assertError({badmap, _}, maps:intersect(2, [{a,1,x}])).

intersect_with_3_test() ->
    ?assertEqual(#{}, maps:intersect_with(fun(_,Y,_) -> Y end, #{a => 1,b => b}, #{1.0 => y})),
    ?assertEqual(#{c => 0}, maps:intersect_with(fun(_,_,Z)->Z end, #{1 => x,1.0 => y,c => 0}, #{a => 1,c => 0})),
    ?assertEqual(#{}, maps:intersect_with(fun(_,Y,_) -> Y end, #{}, #{a => 3})),
    ?assertEqual(#{}, maps:intersect_with(fun(X,Y,Z) -> {X,Y,Z} end, #{}, #{b => 2})),
    ?assertEqual(#{}, maps:intersect_with(fun(X,Y,Z) -> {X,Y,Z} end, #{a => 3}, #{})),
    ?assertEqual(#{}, maps:intersect_with(fun(_,Y,_) -> Y end, #{}, #{1 => x,1.0 => y,a => 3,b => 2,c => 0})).

is_key_2_test() ->
    ?assertEqual(false, maps:is_key(z, #{1.0 => y,b => 2})),
    ?assertEqual(false, maps:is_key(a, #{})),
    ?assertEqual(false, maps:is_key(1, #{1.0 => y,a => 3,c => 0})),
    ?assertEqual(true, maps:is_key(a, #{a => 3})),
    ?assertEqual(false, maps:is_key(z, #{a => 1,b => b,c => 0})),
    ?assertEqual(false, maps:is_key(1, #{})),
    ?assertError({badmap, _}, maps:is_key([1,2,2,3,2,4,4,6,4,1,5,5,3], 2)).

keys_1_test() ->
    ?assertEqual([1.0,a,b,c], maps:keys(#{1.0 => y,a => 1,b => 2,c => 0})),
    ?assertEqual([1,1.0,a,b], maps:keys(#{1 => x,1.0 => y,a => 1,b => 2})),
    ?assertEqual([1,a,b,c], maps:keys(#{1 => x,a => 1,b => b,c => 0})),
    ?assertEqual([1,a], maps:keys(#{1 => x,a => 3})),
    ?assertEqual([a,b], maps:keys(#{a => 1,b => b})),
    ?assertEqual([], maps:keys(#{})),
    ?assertError({badmap, _}, maps:keys([{a,3}])).

map_2_test() ->
    ?assertEqual(#{b => {b,b}}, maps:map(fun(X,Y) -> {X,Y} end, #{b => b})),
    ?assertEqual(#{1 => [1|x],b => [b|b],c => [c|0]}, maps:map(fun(X,A)->[X|A] end, #{1 => x,b => b,c => 0})),
    ?assertEqual(#{b => true,c => true}, maps:map(fun(X,_) -> is_atom(X) end, #{b => b,c => 0})),
    ?assertEqual(#{1 => {true,{1,x}},1.0 => {true,{1.0,y}}}, maps:map(fun(X,Y)-> {true,{X,Y}} end, #{1 => x,1.0 => y})),
    ?assertEqual(#{1 => [1|x],a => [a|1],c => [c|0]}, maps:map(fun(X,A)->[X|A] end, #{1 => x,a => 1,c => 0})),
    ?assertEqual(#{1.0 => {true,{1.0,y}}}, maps:map(fun(X,Y)-> {true,{X,Y}} end, #{1.0 => y})).

merge_2_test() ->
    ?assertEqual(#{1 => x,a => 1,b => 2,c => 0}, maps:merge(#{c => 0}, #{1 => x,a => 1,b => 2,c => 0})),
    ?assertEqual(#{a => 3}, maps:merge(#{a => 3}, #{})),
    ?assertEqual(#{a => 3,b => 2,c => 0}, maps:merge(#{}, #{a => 3,b => 2,c => 0})),
    ?assertEqual(#{1 => x,1.0 => y,b => b,c => 0}, maps:merge(#{1 => x}, #{1 => x,1.0 => y,b => b,c => 0})),
    ?assertEqual(#{1.0 => y,a => 1,b => b,c => 0}, maps:merge(#{1.0 => y,a => 3,c => 0}, #{a => 1,b => b,c => 0})),
    ?assertEqual(#{1 => x,a => 3,b => b,c => 0}, maps:merge(#{}, #{1 => x,a => 3,b => b,c => 0})),
    ?assertError({badmap, _}, maps:merge([2,5,3,6,4,4,2,5,2,3,3,6,5,5,2,4,4,6,3], [2,4,1,4,3,3,3,4,3,2,4,4,3,3,3,6,5,4,4,1,2,3])).

merge_with_3_test() ->
    ?assertEqual(#{}, maps:merge_with(fun(_,Y,_) -> Y end, #{}, #{})),
    ?assertEqual(#{}, maps:merge_with(fun(X,Y,Z) -> {X,Y,Z} end, #{}, #{})),
    ?assertEqual(#{1 => x}, maps:merge_with(fun(_,_,Z)->Z end, #{}, #{1 => x})),
    ?assertEqual(#{1 => x,1.0 => y,b => 2}, maps:merge_with(fun(_,Y,_) -> Y end, #{1 => x,1.0 => y}, #{1.0 => y,b => 2})),
    ?assertEqual(#{a => 3,b => 2}, maps:merge_with(fun(_,_,Z)->Z end, #{a => 3,b => b}, #{b => 2})),
    ?assertEqual(#{1 => x,a => 3,b => 2}, maps:merge_with(fun(_,_,Z)->Z end, #{1 => x,a => 3,b => 2}, #{a => 3})).

new_0_test() ->
    ?assertEqual(#{}, maps:new()).

put_3_test() ->
    ?assertEqual(#{c => v}, maps:put(c, v, #{})),
    ?assertEqual(#{1 => x,a => 3,b => 2,c => v}, maps:put(c, v, #{1 => x,a => 3,b => 2})),
    ?assertEqual(#{1 => x,b => 2,c => v}, maps:put(c, v, #{1 => x,b => 2})),
    ?assertEqual(#{b => v}, maps:put(b, v, #{})),
    ?assertEqual(#{1 => x,a => 3,b => b,c => 0,z => v}, maps:put(z, v, #{1 => x,a => 3,b => b,c => 0})),
    ?assertEqual(#{1 => x,a => 1,b => 2,z => v}, maps:put(z, v, #{1 => x,a => 1,b => 2})).

remove_2_test() ->
    ?assertEqual(#{1 => x,1.0 => y,a => 1}, maps:remove(b, #{1 => x,1.0 => y,a => 1,b => 2})),
    ?assertEqual(#{1.0 => y,b => b}, maps:remove(a, #{1.0 => y,a => 1,b => b})),
    ?assertEqual(#{a => 1}, maps:remove(1, #{a => 1})),
    ?assertEqual(#{}, maps:remove(a, #{})),
    ?assertEqual(#{1 => x,1.0 => y,b => b}, maps:remove(a, #{1 => x,1.0 => y,b => b})),
    ?assertEqual(#{1 => x,a => 3,b => 2,c => 0}, maps:remove(z, #{1 => x,a => 3,b => 2,c => 0})),
    ?assertError({badmap, _}, maps:remove([4,2,6,6,4,3,1], a)).

size_1_test() ->
    ?assertEqual(0, maps:size(#{})),
    ?assertEqual(2, maps:size(#{b => 2,c => 0})),
    ?assertEqual(4, maps:size(#{1.0 => y,a => 3,b => b,c => 0})),
    ?assertEqual(2, maps:size(#{1 => x,b => 2})),
    ?assertEqual(1, maps:size(#{c => 0})),
    ?assertEqual(2, maps:size(#{b => b,c => 0})),
    ?assertError({badmap, _}, maps:size(3)).

take_2_test() ->
    ?assertEqual(error, maps:take(1, #{1.0 => y,a => 1,b => b})),
    ?assertEqual(error, maps:take(a, #{b => 2})),
    ?assertEqual({1,#{c => 0}}, maps:take(a, #{a => 1,c => 0})),
    ?assertEqual(error, maps:take(z, #{a => 1,b => 2})),
    ?assertEqual({b,#{1 => x,1.0 => y}}, maps:take(b, #{1 => x,1.0 => y,b => b})),
    ?assertEqual(error, maps:take(c, #{1 => x,a => 3,b => 2})),
    ?assertError({badmap, _}, maps:take([], <<>>)).

update_3_test() ->
    ?assertEqual(#{b => v}, maps:update(b, v, #{b => 2})),
    ?assertEqual(#{1 => v,a => 1,b => 2}, maps:update(1, v, #{1 => x,a => 1,b => 2})),
    ?assertEqual(#{a => v,b => 2,c => 0}, maps:update(a, v, #{a => 3,b => 2,c => 0})),
    ?assertEqual(#{a => v}, maps:update(a, v, #{a => 1})),
    ?assertEqual(#{1 => x,1.0 => y,a => v,b => b}, maps:update(a, v, #{1 => x,1.0 => y,a => 3,b => b})),
    ?assertEqual(#{1.0 => y,b => v}, maps:update(b, v, #{1.0 => y,b => 2})),
    ?assertError({badkey, _}, maps:update(z, v, #{b => 2})).

update_with_3_test() ->
    ?assertEqual(#{a => 3}, maps:update_with(a, fun(X) -> X end, #{a => 3})),
    ?assertEqual(#{a => {true,3},b => 2,c => 0}, maps:update_with(a, fun(X) -> {true,X} end, #{a => 3,b => 2,c => 0})),
    ?assertEqual(#{1 => x,a => 1,b => false}, maps:update_with(b, fun is_atom/1, #{1 => x,a => 1,b => 2})),
    ?assertEqual(#{1 => x,1.0 => y,a => 3}, maps:update_with(a, fun(X) -> X end, #{1 => x,1.0 => y,a => 3})),
    ?assertEqual(#{a => 1,c => 0}, maps:update_with(c, fun(X) -> X end, #{a => 1,c => 0})),
    ?assertEqual(#{a => 3,b => false}, maps:update_with(b, fun(X)->is_list(X) end, #{a => 3,b => b})),
    ?assertError({badkey, _}, maps:update_with(b, fun(X) -> [X,X] end, #{1.0 => y,c => 0})).

update_with_4_test() ->
    ?assertEqual(#{z => i}, maps:update_with(z, fun(X)->is_list(X) end, i, #{})),
    ?assertEqual(#{z => i}, maps:update_with(z, fun is_atom/1, i, #{})),
    ?assertEqual(#{1 => x,a => i,b => b}, maps:update_with(a, fun(X) -> X > 2 end, i, #{1 => x,b => b})),
    ?assertEqual(#{a => i}, maps:update_with(a, fun(X) -> {true,X} end, i, #{})),
    ?assertEqual(#{b => b,c => 0,z => i}, maps:update_with(z, fun(X) -> {true,X} end, i, #{b => b,c => 0})),
    ?assertEqual(#{1 => x,b => [b,b]}, maps:update_with(b, fun(X) -> [X,X] end, i, #{1 => x,b => b})).

values_1_test() ->
    ?assertEqual([x,3,0], maps:values(#{1 => x,a => 3,c => 0})),
    ?assertEqual([x,y,3], maps:values(#{1 => x,1.0 => y,a => 3})),
    ?assertEqual([], maps:values(#{})),
    ?assertEqual([y,1,b,0], maps:values(#{1.0 => y,a => 1,b => b,c => 0})),
    ?assertEqual([3,b,0], maps:values(#{a => 3,b => b,c => 0})),
    ?assertEqual([b], maps:values(#{b => b})),
    ?assertError({badmap, _}, maps:values([a,2,a,{b,2}])).

with_2_test() ->
    ?assertEqual(#{b => 2}, maps:with([a,b,z], #{b => 2,c => 0})),
    ?assertEqual(#{a => 1,b => b}, maps:with([a,b,z], #{1 => x,a => 1,b => b,c => 0})),
    ?assertEqual(#{a => 1,b => 2}, maps:with([a,b,z], #{1 => x,a => 1,b => 2,c => 0})),
    ?assertEqual(#{a => 1}, maps:with([a,b,z], #{1 => x,a => 1,c => 0})),
    ?assertEqual(#{a => 1,b => b}, maps:with([a,b,z], #{1 => x,1.0 => y,a => 1,b => b})),
    ?assertEqual(#{b => b}, maps:with([a,b,z], #{1 => x,b => b,c => 0})),
    ?assertError({badmap, _}, maps:with(foo, fun is_atom/1)).

without_2_test() ->
    ?assertEqual(#{c => 0}, maps:without([a,b,z], #{c => 0})),
    ?assertEqual(#{1 => x,c => 0}, maps:without([a,b,z], #{1 => x,a => 1,c => 0})),
    ?assertEqual(#{c => 0}, maps:without([a,b,z], #{a => 1,b => 2,c => 0})),
    ?assertEqual(#{1.0 => y}, maps:without([a,b,z], #{1.0 => y,a => 3,b => 2})),
    ?assertEqual(#{}, maps:without([a,b,z], #{a => 1,b => 2})),
    ?assertEqual(#{}, maps:without([a,b,z], #{a => 1,b => b})),
    ?assertError({badmap, _}, maps:without([2,3,4,4,4,1,6,5,2,6,3,5,6,4,6,6,4,5,1,5,1,2,1,6,6,4,5,5], [4,5,5,5,1,5,5,5,4,1,3,2,2,4,4,1,5,2,1])).
