%% Answers recorded from erl, and a few refusals.
-module(lists_tests).
-include_lib("eunit/include/eunit.hrl").

all_2_test() ->
    ?assertEqual(true, lists:all(fun(X) -> {true,X} end, [])),
    ?assertEqual(false, lists:all(fun(X)->is_list(X) end, [{c,3,z},{a,1,x},{c,3,z},{a,1,x}])),
    ?assertEqual(true, lists:all(fun(X) -> X > 2 end, [])),
    ?assertEqual(false, lists:all(fun(X)->is_list(X) end, [{c,3,z}])),
    ?assertEqual(true, lists:all(fun(X)->is_list(X) end, [])),
    ?assertEqual(false, lists:all(fun is_atom/1, [#{},[],2])),
    ?assertError(function_clause, lists:all(fun(X,Y) -> {X,Y} end, [4,1,4,3,2,2,6,4,3])).

any_2_test() ->
    ?assertEqual(true, lists:any(fun(X) -> X > 2 end, [2,[],0,"abc"])),
    ?assertEqual(false, lists:any(fun is_atom/1, [])),
    ?assertEqual(false, lists:any(fun is_atom/1, [{a,3},{1.0,y}])),
    ?assertEqual(false, lists:any(fun(X) -> X > 2 end, [1])),
    ?assertEqual(false, lists:any(fun(X) -> X > 2 end, [])),
    ?assertEqual(false, lists:any(fun(X)->is_list(X) end, [6,3,2,3,6,3,3,6,2,5,5,4,4,3,4,5,5,2,1,3,6,2,1,1,2,5])),
    ?assertError(function_clause, lists:any([6,4,2,1,4,4,4,1], [{a,1,x}])).

append_1_test() ->
    ?assertEqual([], lists:append([])),
    ?assertEqual([<<"ab">>,1.0,2,a,2,"abc",[a],c,2], lists:append([[<<"ab">>,1.0,2,a],[2],["abc",[a],c,2]])),
    ?assertEqual(2, lists:append([2])),
    ?assertEqual([#{},"abc"], lists:append([[#{},"abc"]])),
    ?assertEqual([#{},{b,2},[],{b,2},b,1.0], lists:append([[#{},{b,2},[],{b,2},b],[1.0]])),
    ?assertEqual([a,[],3,c,0,0], lists:append([[a,[],3,c,0,0],[],[]])),
    ?assertError(badarg, lists:append([a,<<"ab">>,3,{a,1}])).

append_2_test() ->
    ?assertEqual([1,6,2,2,3,5,3,4,5,3,2,5,5], lists:append([1], [6,2,2,3,5,3,4,5,3,2,5,5])),
    ?assertEqual([5,4,3,5,1,5,5,4,3,3,1,4,3,3,5,6,6], lists:append([], [5,4,3,5,1,5,5,4,3,3,1,4,3,3,5,6,6])),
    ?assertEqual([4,4,4,1,3,5,5,5,4,3,3,2,5,4,3,6,1,4,4,5], lists:append([4,4,4,1,3,5,5,5,4,3], [3,2,5,4,3,6,1,4,4,5])),
    ?assertEqual([5,4,2,6,6,2,3,6,2,4], lists:append([5,4,2,6,6], [2,3,6,2,4])),
    ?assertEqual([5,1,3,3,2,4,6,2,6,2,1,3,2,5,4,6], lists:append([5,1,3,3,2,4,6,2,6,2,1,3,2,5,4], [6])),
    ?assertEqual([3,6,2,5,2,4,6,5,3,3,5,5,5,3,5,1,1,5], lists:append([3,6,2,5,2,4,6,5,3,3,5], [5,5,3,5,1,1,5])).

concat_1_test() ->
    ?assertEqual([[],<<"ab">>,<<"ab">>,a,b,2], lists:concat([[[],<<"ab">>,<<"ab">>],[a,b,2]])),
    ?assertEqual([2,[],a,2.0,1.0,b,{a,1,x},#{}], lists:concat([[2,[],a,2.0,1.0,b,{a,1,x}],[#{}]])),
    ?assertEqual([{a,1}], lists:concat([[{a,1}]])),
    ?assertEqual("2", lists:concat([2])),
    ?assertEqual([], lists:concat([])),
    ?assertEqual([97,98,99,97,97,98,99,a], lists:concat(["abc",a,"abc",[a]])),
    ?assertError(function_clause, lists:concat([{a,1},2.0,1.0,c])).

delete_2_test() ->
    ?assertEqual([{b,2,y}], lists:delete([], [{b,2,y}])),
    ?assertEqual([2,3,2,4,4,2,3], lists:delete(<<"ab">>, [2,3,2,4,4,2,3])),
    ?assertEqual([], lists:delete({b,2}, [])),
    ?assertEqual([{a,1,x}], lists:delete(0, [{a,1,x}])),
    ?assertEqual([{b,2,y},{b,2,y},{c,3,z}], lists:delete({a,1,x}, [{b,2,y},{b,2,y},{a,1,x},{c,3,z}])),
    ?assertEqual([{a,3},{a,1},{a,1},{b,2}], lists:delete(0, [{a,3},{a,1},{a,1},{b,2}])).

droplast_1_test() ->
    ?assertEqual([<<"ab">>,<<"ab">>,0,[],0], lists:droplast([<<"ab">>,<<"ab">>,0,[],0,1.0])),
    ?assertEqual([{1,x},{1.0,y},{b,b},{1.0,y},{1.0,y}], lists:droplast([{1,x},{1.0,y},{b,b},{1.0,y},{1.0,y},{b,b}])),
    ?assertEqual([3,4,4,4,3,5,4,6,4,1,3,4,5], lists:droplast([3,4,4,4,3,5,4,6,4,1,3,4,5,5])),
    ?assertEqual([{a,1,x},{a,1,x}], lists:droplast([{a,1,x},{a,1,x},{a,1,x}])),
    ?assertEqual([{a,1,x},{a,1,x}], lists:droplast([{a,1,x},{a,1,x},{c,3,z}])),
    ?assertEqual([#{},2.0,c,2,2,3], lists:droplast([#{},2.0,c,2,2,3,1])),
    ?assertError(function_clause, lists:droplast([])).

dropwhile_2_test() ->
    ?assertEqual([{c,3,z},{c,3,z}], lists:dropwhile(fun(X)->is_list(X) end, [{c,3,z},{c,3,z}])),
    ?assertEqual([], lists:dropwhile(fun(X) -> X > 2 end, [{a,3},{b,2},{b,2}])),
    ?assertEqual([2,5,3,2,2,6,2,5,5,2], lists:dropwhile(fun(X) -> X > 2 end, [2,5,3,2,2,6,2,5,5,2])),
    ?assertEqual([], lists:dropwhile(fun(X) -> X > 2 end, [{c,3,z},{a,1,x},{c,3,z},{c,3,z}])),
    ?assertEqual([], lists:dropwhile(fun(X) -> {true,X} end, [])),
    ?assertEqual([{b,b},{1,x},{a,3},{1.0,y},{b,2}], lists:dropwhile(fun is_atom/1, [{b,b},{1,x},{a,3},{1.0,y},{b,2}])),
    ?assertError(function_clause, lists:dropwhile([4,3], [{1.0,y},{c,0},{1.0,y},{1,x},{1.0,y},{1.0,y}])).

duplicate_2_test() ->
    ?assertEqual([[{b,b}],[{b,b}]], lists:duplicate(2, [{b,b}])),
    ?assertEqual([], lists:duplicate(0, [])),
    ?assertEqual([[{a,3}],[{a,3}],[{a,3}]], lists:duplicate(3, [{a,3}])),
    ?assertEqual([[],[]], lists:duplicate(2, [])),
    ?assertEqual([[],[],[],[],[]], lists:duplicate(5, [])),
    ?assertEqual([], lists:duplicate(0, [{b,2,y},{a,1,x}])),
    ?assertError(function_clause, lists:duplicate(fun(X)->is_list(X) end, [{a,3}])).

enumerate_1_test() ->
    ?assertEqual([{1,{c,3,z}}], lists:enumerate([{c,3,z}])),
    ?assertEqual([{1,{a,1}},{2,{a,1}},{3,{1.0,y}}], lists:enumerate([{a,1},{a,1},{1.0,y}])),
    ?assertEqual([{1,5}], lists:enumerate([5])),
    ?assertEqual([{1,a}], lists:enumerate([a])),
    ?assertEqual([{1,2.0},{2,b},{3,"abc"}], lists:enumerate([2.0,b,"abc"])),
    ?assertEqual([{1,{b,2}},{2,1.0},{3,"abc"}], lists:enumerate([{b,2},1.0,"abc"])),
    ?assertError(function_clause, lists:enumerate(fun(X)->is_list(X) end)).

enumerate_2_test() ->
    ?assertEqual([{-1,{1,x}},{0,{a,1}},{1,{1,x}}], lists:enumerate(-1, [{1,x},{a,1},{1,x}])),
    ?assertEqual([{100,{a,1,x}}], lists:enumerate(100, [{a,1,x}])),
    ?assertEqual([{1,{1,x}},{2,{b,2}}], lists:enumerate(1, [{1,x},{b,2}])),
    ?assertEqual([{100,{b,2}}], lists:enumerate(100, [{b,2}])),
    ?assertEqual([{10,4}], lists:enumerate(10, [4])),
    ?assertEqual([{3,2},{4,6},{5,4},{6,5}], lists:enumerate(3, [2,6,4,5])),
    ?assertError(function_clause, lists:enumerate(fun(X,A)->[X|A] end, #{1 => x,1.0 => y,a => 1})).

filter_2_test() ->
    ?assertEqual([], lists:filter(fun(X) -> X > 2 end, [])),
    ?assertEqual([], lists:filter(fun(X)->is_list(X) end, [{c,3,z},{b,2,y}])),
    ?assertEqual([], lists:filter(fun is_atom/1, [{c,3,z}])),
    ?assertEqual([3,4,4,5,5], lists:filter(fun(X) -> X > 2 end, [3,1,4,4,2,5,2,5,2])),
    ?assertEqual([], lists:filter(fun(X)->is_list(X) end, [{b,b},{1.0,y},{c,0},{b,2},{a,1}])),
    ?assertEqual([], lists:filter(fun is_atom/1, [{b,b}])),
    ?assertError(function_clause, lists:filter([4,2,6,6,4,3,1], a)).

filtermap_2_test() ->
    ?assertEqual([a], lists:filtermap(fun is_atom/1, [<<"ab">>,0,1,[a],a,{a,1},1])),
    ?assertEqual([], lists:filtermap(fun(X)->is_list(X) end, [{a,3}])),
    ?assertEqual([3,[],"abc"], lists:filtermap(fun(X) -> X > 2 end, [1,1,3,[],"abc"])),
    ?assertEqual([{b,2},{a,1,x},1.0,c,1,2.0], lists:filtermap(fun(X) -> {true,X} end, [{b,2},{a,1,x},1.0,c,1,2.0])),
    ?assertEqual([[]], lists:filtermap(fun(X)->is_list(X) end, [1,a,c,[],c,3,a])),
    ?assertEqual([], lists:filtermap(fun is_atom/1, [])),
    ?assertError(function_clause, lists:filtermap([], <<>>)).

flatlength_1_test() ->
    ?assertEqual(2, lists:flatlength([b,[a]])),
    ?assertEqual(9, lists:flatlength([[2.0,[a],a,0,[a],1,[]],[[a],1,{a,1}]])),
    ?assertEqual(4, lists:flatlength([[a],[],[a],{b,2},1])),
    ?assertEqual(6, lists:flatlength([[3],[#{},{a,1,x},"abc"]])),
    ?assertEqual(7, lists:flatlength([a,a,a,c,1,#{},a])),
    ?assertEqual(5, lists:flatlength([c,{b,2},3,{a,1},[],2.0])).

flatmap_2_test() ->
    ?assertEqual([{a,3},{a,3},{a,3},{a,3},{c,0},{c,0}], lists:flatmap(fun(X) -> [X,X] end, [{a,3},{a,3},{c,0}])),
    ?assertEqual([], lists:flatmap(fun(X)->is_list(X) end, [])),
    ?assertEqual([], lists:flatmap(fun(X) -> X > 2 end, [])),
    ?assertEqual([{a,1,x},{a,1,x}], lists:flatmap(fun(X) -> [X,X] end, [{a,1,x}])),
    ?assertEqual([{b,2},{b,2},1,1,b,b,a,a], lists:flatmap(fun(X) -> [X,X] end, [{b,2},1,b,a])),
    ?assertEqual([], lists:flatmap(fun(X) -> {true,X} end, [])),
    ?assertError(badarg, lists:flatmap(fun(X) -> X end, [1,c,{a,1}])).

flatten_1_test() ->
    ?assertEqual([a,2.0,97,98,99,{a,1}], lists:flatten([a,2.0,"abc",{a,1}])),
    ?assertEqual([{b,2},3,1.0,b,a], lists:flatten([{b,2},[],3,1.0,b,[a]])),
    ?assertEqual([3,c,c,a,a,a,c,a,a,0,{a,1,x}], lists:flatten([[3,c,c,[a],[a]],[[a],c],[[a],a,0,{a,1,x}]])),
    ?assertEqual([97,98,99,a,a,{a,1},a], lists:flatten(["abc",a,[a],{a,1},a,[]])),
    ?assertEqual([2.0], lists:flatten([2.0])),
    ?assertEqual([{b,2},2.0,1.0,#{},97,98,99], lists:flatten([[],{b,2},2.0,1.0,#{},"abc"])).

flatten_2_test() ->
    ?assertEqual([1.0,3], lists:flatten([1.0], [3])),
    ?assertEqual([], lists:flatten([], [])),
    ?assertEqual([{b,2,y},{a,1,x},{a,1,x},<<"ab">>], lists:flatten([{b,2,y},{a,1,x},{a,1,x}], [<<"ab">>])),
    ?assertEqual([{c,3,z},{a,1,x},{a,1,x},{a,1,x}], lists:flatten([], [{c,3,z},{a,1,x},{a,1,x},{a,1,x}])),
    ?assertEqual([1,{b,2},1,a,a,{a,1,x},{c,3,z}], lists:flatten([1,{b,2},1,a,[a]], [{a,1,x},{c,3,z}])),
    ?assertEqual([{b,b},5,1,6,2,6,6,5,6,3,5], lists:flatten([{b,b}], [5,1,6,2,6,6,5,6,3,5])),
    ?assertError(function_clause, lists:flatten(fun(X,Y)-> {true,{X,Y}} end, [5,6,1,2,5,4,3,3,5,2,6,1,6,2])).

foldl_3_test() ->
    ?assertEqual({true,{{1.0,y},{true,{{c,0},2}}}}, lists:foldl(fun(X,Y)-> {true,{X,Y}} end, 2, [{c,0},{1.0,y}])),
    ?assertEqual(3, lists:foldl(fun(_,Y) -> Y end, 3, [])),
    ?assertEqual(0, lists:foldl(fun(_,Y) -> Y end, 0, [3,2])),
    ?assertEqual({a,1}, lists:foldl(fun(X,_) -> is_atom(X) end, {a,1}, [])),
    ?assertEqual({a,1}, lists:foldl(fun(X,Y) -> {X,Y} end, {a,1}, [])),
    ?assertEqual(b, lists:foldl(fun(_,Y) -> Y end, b, [2,2,2,3,5,4,4,4,1,3,5,5,5,1,5,6,3,1,5,4,2])),
    ?assertError(function_clause, lists:foldl([1,5,6,5,5,6,5,1,5], [{b,b},{1,x}], [a])).

foldr_3_test() ->
    ?assertEqual(false, lists:foldr(fun(X,Y) -> X =< Y end, 2, [{b,2},{b,2},c,"abc",1.0,{a,1},2.0])),
    ?assertEqual([], lists:foldr(fun(_,Y) -> Y end, [], ["abc",2,<<"ab">>,0,#{}])),
    ?assertEqual(true, lists:foldr(fun(X,Y) -> X =< Y end, {a,1}, [2,5,3,5,1,4,6,3,4,6,2,6,5,5,6,6,1,1,2,5,5,6,5,2])),
    ?assertEqual(<<"ab">>, lists:foldr(fun(_,Y) -> Y end, <<"ab">>, [1,1,1,3,1,2,3,3,5,3,6,5,6,1,1,6,2,1,2])),
    ?assertEqual(false, lists:foldr(fun(X,_) -> is_atom(X) end, a, [{b,2,y},{c,3,z},{b,2,y}])),
    ?assertEqual("abc", lists:foldr(fun(_,Y) -> Y end, "abc", [{a,1},{1.0,y},{b,b}])).

foreach_2_test() ->
    ?assertEqual(ok, lists:foreach(fun(X)->is_list(X) end, [{c,3,z}])),
    ?assertEqual(ok, lists:foreach(fun(X)->is_list(X) end, [{a,1,x},{c,3,z},{b,2,y}])),
    ?assertEqual(ok, lists:foreach(fun(X) -> X end, [{b,2,y},{c,3,z}])),
    ?assertEqual(ok, lists:foreach(fun(X) -> X > 2 end, [])),
    ?assertEqual(ok, lists:foreach(fun(X) -> X > 2 end, [{a,1},{1,x},{a,3},{a,1},{b,b},{b,2}])),
    ?assertEqual(ok, lists:foreach(fun(X)->is_list(X) end, [<<"ab">>,1,0,3,3,c,{a,1,x}])).

join_2_test() ->
    ?assertEqual([{c,3,z}], lists:join(fun(X,_) -> is_atom(X) end, [{c,3,z}])),
    ?assertEqual([0,[],3,[],{b,2},[],{a,1,x}], lists:join([], [0,3,{b,2},{a,1,x}])),
    ?assertEqual([{a,1,x}], lists:join([{b,b}], [{a,1,x}])),
    ?assertEqual([], lists:join([c,[a],0,0], [])),
    ?assertEqual([[[a],2.0,b,b,2.0,1.0,2]], lists:join([a], [[[a],2.0,b,b,2.0,1.0,2]])),
    ?assertEqual([4,[],4,[],3,[],6], lists:join([], [4,4,3,6])),
    ?assertError(function_clause, lists:join({a,1,x}, 1)).

keydelete_3_test() ->
    ?assertEqual([{1,x},{1,x},{b,b},{1.0,y}], lists:keydelete(a, 2, [{1,x},{1,x},{b,b},{1.0,y}])),
    ?assertEqual([{a,3},{a,1}], lists:keydelete(b, 2, [{a,3},{a,1}])),
    ?assertEqual([{b,2,y}], lists:keydelete(a, 1, [{b,2,y}])),
    ?assertEqual([[a]], lists:keydelete(z, 2, [[a]])),
    ?assertEqual([1.0,[],[a]], lists:keydelete(1, 3, [1.0,[],[a]])),
    ?assertEqual([{b,2},{a,1},{b,2},[a]], lists:keydelete(1, 1, [{b,2},{a,1},{b,2},[a]])),
    ?assertError(function_clause, lists:keydelete([{c,0},{b,2},{a,1},{1.0,y},{1,x},{b,b}], fun(X,Y,Z) -> {X,Y,Z} end, fun(X,Y,Z) -> {X,Y,Z} end)).

keyfind_3_test() ->
    ?assertEqual(false, lists:keyfind(z, 2, [{1,x},{1.0,y},{1.0,y}])),
    ?assertEqual(false, lists:keyfind(b, 1, [0,<<"ab">>,b,1,0])),
    ?assertEqual(false, lists:keyfind(b, 2, [])),
    ?assertEqual({b,b}, lists:keyfind(b, 2, [{a,1},{1.0,y},{b,b},{1,x}])),
    ?assertEqual(false, lists:keyfind(a, 3, [{c,3,z}])),
    ?assertEqual(false, lists:keyfind(b, 1, [c,b])),
    ?assertError(badarg, lists:keyfind([], [1,2,2,1,1,4,2,3,4,4,6,2,1], [])).

keymap_3_test() ->
    ?assertEqual([{a,true},{1.0,true}], lists:keymap(fun(X) -> X > 2 end, 2, [{a,3},{1.0,y}])),
    ?assertEqual([{{true,a},1},{{true,1.0},y}], lists:keymap(fun(X) -> {true,X} end, 1, [{a,1},{1.0,y}])),
    ?assertEqual([{1.0,y},{1.0,y},{a,1}], lists:keymap(fun(X) -> X end, 1, [{1.0,y},{1.0,y},{a,1}])),
    ?assertEqual([], lists:keymap(fun(X) -> {true,X} end, 2, [])),
    ?assertEqual([{true,3},{false,y},{true,b}], lists:keymap(fun is_atom/1, 1, [{a,3},{1.0,y},{b,b}])),
    ?assertEqual([{1.0,false},{1.0,false}], lists:keymap(fun(X)->is_list(X) end, 2, [{1.0,y},{1.0,y}])),
    ?assertError(badarg, lists:keymap([{1.0,y},{a,3}], [a], [{b,2},{b,2}])).

keymember_3_test() ->
    ?assertEqual(false, lists:keymember(a, 2, [a,2.0,2,2.0,1,[],a])),
    ?assertEqual(false, lists:keymember(z, 2, [0,[a],c])),
    ?assertEqual(false, lists:keymember(1, 3, [{b,2},{1,x},{c,0}])),
    ?assertEqual(false, lists:keymember(a, 3, [{c,0},{a,3}])),
    ?assertEqual(false, lists:keymember(b, 2, [{b,2,y}])),
    ?assertEqual(false, lists:keymember(z, 3, [])),
    ?assertError(badarg, lists:keymember(fun(X,Y)-> {true,{X,Y}} end, [{a,1,x},{c,3,z}], [2,3,3,3,5,2,5,1,2,4,5,5,1,2])).

keymerge_3_test() ->
    ?assertEqual([{1,x},{a,1},{b,b}], lists:keymerge(1, [{1,x}], [{a,1},{b,b}])),
    ?assertEqual([{1,x},{1.0,y},{a,1},{a,1}], lists:keymerge(1, [{1,x},{a,1}], [{1.0,y},{a,1}])),
    ?assertEqual([{b,2},{b,2}], lists:keymerge(1, [{b,2},{b,2}], [])),
    ?assertEqual([], lists:keymerge(1, [], [])),
    ?assertEqual([{1,x},{1,x},{1,x},{b,2},{c,0}], lists:keymerge(1, [{1,x},{1,x},{b,2},{c,0}], [{1,x}])),
    ?assertEqual([{a,3},{b,2},{b,2},{b,2},{c,0},{c,0}], lists:keymerge(1, [{b,2},{b,2},{c,0}], [{a,3},{b,2},{c,0}])),
    ?assertError(function_clause, lists:keymerge(fun(X,_) -> is_atom(X) end, [4,4,4,3,4,6,5,3,4,6,6,4,4,5,1,1,3,1,6,2,2,5,4,4], 2)).

keyreplace_4_test() ->
    ?assertEqual([{b,2,y},{a,1,x}], lists:keyreplace(b, 3, [{b,2,y},{a,1,x}], {n,n})),
    ?assertEqual([2,b,b], lists:keyreplace(z, 1, [2,b,b], {n,n})),
    ?assertEqual([{b,2,y},{a,1,x},{c,3,z},{c,3,z}], lists:keyreplace(b, 2, [{b,2,y},{a,1,x},{c,3,z},{c,3,z}], {n,n})),
    ?assertEqual([[a],<<"ab">>,<<"ab">>,c,2,{b,2},c], lists:keyreplace(1, 1, [[a],<<"ab">>,<<"ab">>,c,2,{b,2},c], {n,n})),
    ?assertEqual([{b,2},{b,2},{a,3},{1.0,y}], lists:keyreplace(a, 2, [{b,2},{b,2},{a,3},{1.0,y}], {n,n})),
    ?assertEqual([{a,1,x},{c,3,z}], lists:keyreplace(b, 1, [{a,1,x},{c,3,z}], {n,n})),
    ?assertError(function_clause, lists:keyreplace([{b,b},{b,2},{b,2}], "abc", 3, [])).

keysearch_3_test() ->
    ?assertEqual(false, lists:keysearch(a, 1, [{1.0,y}])),
    ?assertEqual({value,{a,1}}, lists:keysearch(a, 1, [{b,b},{b,2},{c,0},{a,1},{a,3},{a,3}])),
    ?assertEqual(false, lists:keysearch(z, 3, [<<"ab">>,0,{a,1,x},a,c,#{},1])),
    ?assertEqual(false, lists:keysearch(1, 1, [a,[],2.0,<<"ab">>,[],[a]])),
    ?assertEqual(false, lists:keysearch(b, 2, [{c,3,z}])),
    ?assertEqual(false, lists:keysearch(1, 1, [{b,2},{b,2},{b,b},{b,b}])).

keysort_2_test() ->
    ?assertEqual([{b,b},{1,x},{1.0,y}], lists:keysort(2, [{1,x},{1.0,y},{b,b}])),
    ?assertEqual([{a,3},{c,0}], lists:keysort(1, [{a,3},{c,0}])),
    ?assertEqual([{a,3},{b,b},{b,b},{1,x}], lists:keysort(2, [{a,3},{b,b},{1,x},{b,b}])),
    ?assertEqual([], lists:keysort(2, [])),
    ?assertEqual([], lists:keysort(1, [])),
    ?assertEqual([{c,0}], lists:keysort(2, [{c,0}])),
    ?assertError(function_clause, lists:keysort([2,4,4,5,2,1,6,4,4,3,4,2], [[0,3,[a]],[0,1]])).

keystore_4_test() ->
    ?assertEqual([{b,2,y},{c,3,z},{n,n}], lists:keystore(b, 3, [{b,2,y},{c,3,z}], {n,n})),
    ?assertEqual([{n,n}], lists:keystore(z, 2, [], {n,n})),
    ?assertEqual([{b,2},{b,b},{1.0,y},{n,n}], lists:keystore(a, 1, [{b,2},{b,b},{1.0,y}], {n,n})),
    ?assertEqual([{n,n}], lists:keystore(a, 2, [], {n,n})),
    ?assertEqual([{1,x},{a,1},{c,0},{n,n}], lists:keystore(b, 2, [{1,x},{a,1},{c,0}], {n,n})),
    ?assertEqual([{n,n},{b,2,y},{c,3,z},{c,3,z}], lists:keystore(a, 1, [{a,1,x},{b,2,y},{c,3,z},{c,3,z}], {n,n})),
    ?assertError(function_clause, lists:keystore(fun(X)->is_list(X) end, [b,[a],2.0,2], fun(X) -> [X,X] end, fun(X,Y,Z) -> {X,Y,Z} end)).

keytake_3_test() ->
    ?assertEqual(false, lists:keytake(a, 1, [[],a,<<"ab">>,c,b])),
    ?assertEqual(false, lists:keytake(z, 2, [{a,1,x},{a,1,x},{b,2,y}])),
    ?assertEqual(false, lists:keytake(b, 2, [])),
    ?assertEqual(false, lists:keytake(a, 3, [[a],b,<<"ab">>,3,c])),
    ?assertEqual(false, lists:keytake(z, 3, [{a,1},{a,3},{c,0}])),
    ?assertEqual(false, lists:keytake(b, 3, [])),
    ?assertError(function_clause, lists:keytake([{c,3,z},{a,1,x}], [{a,3},{a,3},{b,2}], [{b,2,y},{b,2,y},{b,2,y},{b,2,y}])).

last_1_test() ->
    ?assertEqual({a,1,x}, lists:last([{c,3,z},{a,1,x},{a,1,x}])),
    ?assertEqual({a,1,x}, lists:last([{b,2,y},{b,2,y},{b,2,y},{a,1,x}])),
    ?assertEqual(4, lists:last([2,3,4,5,4])),
    ?assertEqual(c, lists:last([{a,1},1,{a,1,x},<<"ab">>,c])),
    ?assertEqual(5, lists:last([2,5,5,3,3,6,2,1,3,3,2,6,6,5,3,2,1,5,3,4,3,5])),
    ?assertEqual(2, lists:last([5,2])),
    ?assertError(function_clause, lists:last([])).

map_2_test() ->
    ?assertEqual([false,false], lists:map(fun is_atom/1, [{a,1,x},"abc"])),
    ?assertEqual([true,true,true,true], lists:map(fun(X) -> X > 2 end, [{a,1,x},{a,1,x},{c,3,z},{c,3,z}])),
    ?assertEqual([{true,3},{true,1},{true,6}], lists:map(fun(X) -> {true,X} end, [3,1,6])),
    ?assertEqual([], lists:map(fun(X) -> {true,X} end, [])),
    ?assertEqual([{1.0,y},{a,3}], lists:map(fun(X) -> X end, [{1.0,y},{a,3}])),
    ?assertEqual([false,false,false,false,false,false,false,false], lists:map(fun is_atom/1, [4,6,3,1,2,2,4,6])),
    ?assertError(function_clause, lists:map(fun(X,Y) -> X =< Y end, [{1,x},{a,3},{a,1},{a,1},{a,3}])).

mapfoldl_3_test() ->
    ?assertEqual({[],a}, lists:mapfoldl(fun(X,Y)-> {true,{X,Y}} end, a, [])),
    ?assertEqual({[{b,2}],<<"ab">>}, lists:mapfoldl(fun(X,Y) -> {X,Y} end, <<"ab">>, [{b,2}])),
    ?assertEqual({[],[a]}, lists:mapfoldl(fun(_,Y) -> Y end, [a], [])),
    ?assertEqual({[{a,1},{1.0,y},{a,3},{a,3}],c}, lists:mapfoldl(fun(X,Y) -> {X,Y} end, c, [{a,1},{1.0,y},{a,3},{a,3}])),
    ?assertEqual({[{1,x},{a,3}],2.0}, lists:mapfoldl(fun(X,Y) -> {X,Y} end, 2.0, [{1,x},{a,3}])),
    ?assertEqual({[],"abc"}, lists:mapfoldl(fun(_,Y) -> Y end, "abc", [])),
    ?assertError(function_clause, lists:mapfoldl([2,1,6,1], [4,1,3,6,6,4,3,1,1,2,2,4,2,3,2,1,6,1,1,4,3,5], [])).

mapfoldr_3_test() ->
    ?assertEqual({[],{b,2}}, lists:mapfoldr(fun(_,Y) -> Y end, {b,2}, [])),
    ?assertEqual({[],{a,1,x}}, lists:mapfoldr(fun(X,Y)-> {true,{X,Y}} end, {a,1,x}, [])),
    ?assertEqual({[],1.0}, lists:mapfoldr(fun(X,Y) -> X =< Y end, 1.0, [])),
    ?assertEqual({[],[a]}, lists:mapfoldr(fun(X,_) -> is_atom(X) end, [a], [])),
    ?assertEqual({[{b,2,y},{c,3,z}],1}, lists:mapfoldr(fun(X,Y) -> {X,Y} end, 1, [{b,2,y},{c,3,z}])),
    ?assertEqual({[],<<"ab">>}, lists:mapfoldr(fun(X,A)->[X|A] end, <<"ab">>, [])),
    ?assertError(function_clause, lists:mapfoldr(1, 1.5, [])).

max_1_test() ->
    ?assertEqual({b,b}, lists:max([{b,b},{b,2},{a,1},{1,x},{1.0,y},{b,b}])),
    ?assertEqual({b,2,y}, lists:max([{a,1,x},{a,1,x},{b,2,y}])),
    ?assertEqual({c,3,z}, lists:max([{a,1,x},{c,3,z},{b,2,y},{c,3,z}])),
    ?assertEqual(<<"ab">>, lists:max([2,a,{b,2},b,c,2,<<"ab">>])),
    ?assertEqual({b,2,y}, lists:max([{b,2,y},{a,1,x}])),
    ?assertEqual({b,2}, lists:max([{b,2},c])),
    ?assertError(function_clause, lists:max([])).

member_2_test() ->
    ?assertEqual(false, lists:member([], [])),
    ?assertEqual(false, lists:member(1.0, [{a,1,x}])),
    ?assertEqual(false, lists:member("abc", [6,4,6,5,2,2,4,4,5,3,1,6,2,2,6,3])),
    ?assertEqual(false, lists:member({b,2}, [2,3,5,2,1,4,5,5,3,1,1,3,1,4,2,4,5,5,3,2,1,4,3,1])),
    ?assertEqual(true, lists:member(3, [1,1,6,1,2,4,3,4,1,4,4,5,2,1,5,2,1,2,1])),
    ?assertEqual(false, lists:member(0, [6,4,3,1,1,1,3,1,4,3,5,2,5,1,4,6,4,3,2,4,4])),
    ?assertError(badarg, lists:member(#{1 => x,1.0 => y,b => b,c => 0}, [a|b])).

merge_1_test() ->
    ?assertEqual([1.0,3,c,{b,2},{b,2},[],[]], lists:merge([[{b,2}],[c],[],[1.0,3,{b,2},[],[]]])),
    ?assertEqual([0,1.0,1,2,a,c,c,{a,1},{b,2},#{},#{}], lists:merge([[1.0,a,c,#{}],[1,2,{b,2}],[0,{a,1},#{}],[c]])),
    ?assertEqual([1,2.0,{a,1,x},[],"abc",<<"ab">>], lists:merge([[[],<<"ab">>],[1,2.0,"abc"],[],[{a,1,x}]])),
    ?assertEqual([{a,1},{a,1},{a,1,x},#{},#{},[],[a]], lists:merge([[#{},[a]],[{a,1},{a,1},{a,1,x},[]],[#{}],[]])),
    ?assertEqual([1,1,2.0,a,b,{a,1},{b,2},[],[]], lists:merge([[2.0,{b,2}],[],[1],[1,a,b,{a,1},[],[]]])),
    ?assertEqual([1,3,3,a,b,{b,2},[],"abc"], lists:merge([[],[3,3,b,{b,2}],[1,"abc"],[a,[]]])).

merge_2_test() ->
    ?assertEqual([0,2.0,2,3,a,b,{b,2},#{},"abc",<<"ab">>], lists:merge([2.0,a,"abc",<<"ab">>], [0,2,3,b,{b,2},#{}])),
    ?assertEqual([1.0,2.0,c,{b,2},#{},[a]], lists:merge([1.0,2.0,c,{b,2},#{}], [[a]])),
    ?assertEqual([1.0,a,c,c,{a,1},[a],<<"ab">>], lists:merge([a,<<"ab">>], [1.0,c,c,{a,1},[a]])),
    ?assertEqual([0,1,1.0,1.0,2,2,2,3,a,a,"abc",[a]], lists:merge([1,2,2,2,3,a], [0,1.0,1.0,a,"abc",[a]])),
    ?assertEqual([0,0,{a,1,x},#{},#{},"abc",<<"ab">>], lists:merge([#{},#{},<<"ab">>], [0,0,{a,1,x},"abc"])),
    ?assertEqual([1,3,b,{b,2},[],[a]], lists:merge([{b,2},[],[a]], [1,3,b])),
    ?assertError(function_clause, lists:merge([], fun(X,A)->[X|A] end)).

merge3_3_test() ->
    ?assertEqual([0,2.0,2,2,a,b,b,b,c,c,{a,1},[a]], lists:merge3([2.0,b,b,c,{a,1}], [0,2,2,a,b,c,[a]], [])),
    ?assertEqual([0,1.0,2,{a,1},{b,2}], lists:merge3([], [0,1.0,2,{a,1},{b,2}], [])),
    ?assertEqual([a,b], lists:merge3([a], [], [b])),
    ?assertEqual([1.0,2.0,a,c,c,{b,2},{b,2},#{},"abc"], lists:merge3([1.0,2.0,a,{b,2}], [], [c,c,{b,2},#{},"abc"])),
    ?assertEqual([1.0,1.0,2.0,2,b,{a,1},{a,1,x},[]], lists:merge3([2.0], [1.0], [1.0,2,b,{a,1},{a,1,x},[]])),
    ?assertEqual([0,1,1,a,a,c,{b,2},#{}], lists:merge3([1,a,a,c,{b,2},#{}], [0,1], [])),
    ?assertError(function_clause, lists:merge3(-1, [3,4,2,2,5,1,2,4,1,5,4,1,4,4,2,3,2,4,5,1,2,2,1,2,1,6,3,6,3], [0,b])).

min_1_test() ->
    ?assertEqual(0, lists:min([1,1,0,[a],{b,2},1,[]])),
    ?assertEqual(2, lists:min([2])),
    ?assertEqual({1.0,y}, lists:min([{a,3},{a,3},{1.0,y}])),
    ?assertEqual(0, lists:min([{a,1,x},0,1.0,a,a])),
    ?assertEqual(1, lists:min([1,3,5,4])),
    ?assertEqual({b,2,y}, lists:min([{b,2,y},{b,2,y},{c,3,z}])),
    ?assertError(function_clause, lists:min([])).

nth_2_test() ->
    ?assertEqual(5, lists:nth(5, [5,2,3,5,5,4,5,1,5,2,2,2,2,2,2,1,3,6])),
    ?assertEqual({a,1}, lists:nth(2, [a,{a,1},"abc",2,c,1.0,{a,1}])),
    ?assertEqual([], lists:nth(3, [a,b,[],b,2])),
    ?assertEqual(#{}, lists:nth(5, [{a,1,x},[],{a,1,x},{a,1},#{}])),
    ?assertEqual(5, lists:nth(2, [1,5,6])),
    ?assertEqual(0, lists:nth(2, [c,0,0,[a]])),
    ?assertError(function_clause, lists:nth(10, [{b,2,y},{a,1,x},{b,2,y},{c,3,z}])).

nthtail_2_test() ->
    ?assertEqual([{a,1,x},{a,1,x},{a,1,x},{c,3,z}], lists:nthtail(0, [{a,1,x},{a,1,x},{a,1,x},{c,3,z}])),
    ?assertEqual([<<"ab">>], lists:nthtail(2, [1,3,<<"ab">>])),
    ?assertEqual([3,2,5,2,3,1,5,6,4,3,3,4,4,2,4,6,5,4], lists:nthtail(1, [3,3,2,5,2,3,1,5,6,4,3,3,4,4,2,4,6,5,4])),
    ?assertEqual([], lists:nthtail(3, [{b,2},a,1.0])),
    ?assertEqual([1,5,5,5,4,4,4,4], lists:nthtail(10, [4,3,4,6,1,5,6,6,1,5,1,5,5,5,4,4,4,4])),
    ?assertEqual(["abc"], lists:nthtail(0, ["abc"])),
    ?assertError(function_clause, lists:nthtail(100, [])).

partition_2_test() ->
    ?assertEqual({[{a,3},{c,0},{1.0,y}],[]}, lists:partition(fun(X) -> X > 2 end, [{a,3},{c,0},{1.0,y}])),
    ?assertEqual({[],[]}, lists:partition(fun(X) -> X end, [])),
    ?assertEqual({[],[]}, lists:partition(fun(X) -> X > 2 end, [])),
    ?assertEqual({[{a,1,x},{b,2}],[2,0,1.0,2.0]}, lists:partition(fun(X) -> X > 2 end, [{a,1,x},2,0,1.0,2.0,{b,2}])),
    ?assertEqual({[{1,x},{a,3}],[]}, lists:partition(fun(X) -> X > 2 end, [{1,x},{a,3}])),
    ?assertEqual({[],[{1.0,y},{c,0},{1,x}]}, lists:partition(fun(X)->is_list(X) end, [{1.0,y},{c,0},{1,x}])),
    ?assertError(function_clause, lists:partition([[2.0,{a,1},3,0,2,<<"ab">>,0]], fun(X,Y) -> X =< Y end)).

prefix_2_test() ->
    ?assertEqual(false, lists:prefix([5,5,4,5,5,2,4,1,6,6,2,6,5,1,1,1,1,5,2,1,5], [4])),
    ?assertEqual(false, lists:prefix([1], [4,2,1,2,6,4,1,3,2,3,5,1,5,5,4,3,2,6,1])),
    ?assertEqual(false, lists:prefix([5,2,1,6,5,3,5,4,6,3,3,1,1,5,4,5,2,2,3], [2,1,4,5,2,3,2,5,5,4,4,4,2,5])),
    ?assertEqual(false, lists:prefix([3,6,5], [1,6,1,6,1,1,2,4,3,4,6,3,1,2,1,4,6,3,4,1,3,1,2])),
    ?assertEqual(false, lists:prefix([3,1], [1,3,2,1,4,1,3,2,1,6,4,2,3,3,6,3])),
    ?assertEqual(false, lists:prefix([5,5,2,6,6,1,3,3,6,5,6,1,5,4,1,6,2,4,6,5,3,3,2,1,6], [6,3,6,1,4,5,6,1,2,5,4,2])),
    ?assertError(function_clause, lists:prefix([], fun is_atom/1)).

reverse_1_test() ->
    ?assertEqual([c], lists:reverse([c])),
    ?assertEqual([6,2,5,2,1,3,4,3,6,5], lists:reverse([5,6,3,4,3,1,2,5,2,6])),
    ?assertEqual([], lists:reverse([])),
    ?assertEqual([{a,3}], lists:reverse([{a,3}])),
    ?assertEqual([2.0,a], lists:reverse([a,2.0])),
    ?assertEqual([a], lists:reverse([a])).

reverse_2_test() ->
    ?assertEqual([[c,[],2],97,98,99], lists:reverse([[c,[],2]], "abc")),
    ?assertEqual([{a,1,x},{b,2},a,c], lists:reverse([a,{b,2},{a,1,x}], [c])),
    ?assertEqual([1.0,[a],2,2,<<"ab">>|#{b => 2}], lists:reverse([<<"ab">>,2,2,[a],1.0], #{b => 2})),
    ?assertEqual([{a,1,x},{b,2,y},{c,3,z}], lists:reverse([{a,1,x}], [{b,2,y},{c,3,z}])),
    ?assertEqual([{a,3},{1,x},5,1,6,5,2,2,4], lists:reverse([{1,x},{a,3}], [5,1,6,5,2,2,4])),
    ?assertEqual([2,2.0|foo], lists:reverse([2.0,2], foo)),
    ?assertError(badarg, lists:reverse(fun(_,Y,_) -> Y end, {x})).

search_2_test() ->
    ?assertEqual({value,5}, lists:search(fun(X) -> X > 2 end, [1,5,1,5,2,5,2,5,5,6,1,3,6,6,5,3,3,1,1,3,5,5])),
    ?assertEqual(false, lists:search(fun(X)->is_list(X) end, [1,1,2,1,3,3,6,2,3,4,2,6,3,4])),
    ?assertEqual(false, lists:search(fun(X)->is_list(X) end, [])),
    ?assertEqual({value,3}, lists:search(fun(X) -> X > 2 end, [3,5,2,1,5,4,4,4,2,3,3,1,4,6,2,4,3,3,4,4,5,4,5,6,5])),
    ?assertEqual(false, lists:search(fun is_atom/1, [1,2,1,6,1,6,1,6])),
    ?assertEqual(false, lists:search(fun is_atom/1, [{c,3,z},{a,1,x},{b,2,y}])),
    ?assertError(function_clause, lists:search([{1.0,y}], 0)).

seq_2_test() ->
    ?assertEqual([1,2,3,4,5], lists:seq(1, 5)),
    ?assertEqual([0,1,2,3,4,5,6,7,8,9,10], lists:seq(0, 10)),
    ?assertEqual([2,3,4,5,6,7,8,9,10], lists:seq(2, 10)),
    ?assertEqual([0,1,2], lists:seq(0, 2)),
    ?assertEqual([2,3], lists:seq(2, 3)),
    ?assertEqual([], lists:seq(1, 0)),
    ?assertError(function_clause, lists:seq(10, 2)).

seq_3_test() ->
    ?assertEqual([1,0,-1], lists:seq(1, -1, -1)),
    ?assertEqual([0,3], lists:seq(0, 5, 3)),
    ?assertEqual("\n", lists:seq(10, 10, -1)),
    ?assertEqual([-1], lists:seq(-1, -1, 10)),
    ?assertEqual([-1], lists:seq(-1, -1, 3)),
    ?assertEqual([10,9,8,7,6,5,4,3,2,1,0], lists:seq(10, 0, -1)),
    ?assertError(badarg, lists:seq(100, 1, 10)).

sort_1_test() ->
    ?assertEqual([{c,3,z}], lists:sort([{c,3,z}])),
    ?assertEqual([{a,1},{b,2},{b,b},{c,0}], lists:sort([{a,1},{b,2},{b,b},{c,0}])),
    ?assertEqual([], lists:sort([])),
    ?assertEqual([1,2], lists:sort([1,2])),
    ?assertEqual([{a,1,x},{c,3,z},{c,3,z}], lists:sort([{a,1,x},{c,3,z},{c,3,z}])),
    ?assertEqual([0,1.0,a,b], lists:sort([0,a,1.0,b])).

split_2_test() ->
    ?assertEqual({[{b,2,y},{b,2,y}],[{b,2,y},{a,1,x}]}, lists:split(2, [{b,2,y},{b,2,y},{b,2,y},{a,1,x}])),
    ?assertEqual({[],[{c,3,z}]}, lists:split(0, [{c,3,z}])),
    ?assertEqual({[{a,3},{b,b}],[]}, lists:split(2, [{a,3},{b,b}])),
    ?assertEqual({[6],[1,1,2,6,3,4,5,1,4]}, lists:split(1, [6,1,1,2,6,3,4,5,1,4])),
    ?assertEqual({[5,2,5,5,1],[4,4,4,6,6,1]}, lists:split(5, [5,2,5,5,1,4,4,4,6,6,1])),
    ?assertEqual({[],[{b,2,y},{b,2,y},{b,2,y}]}, lists:split(0, [{b,2,y},{b,2,y},{b,2,y}])),
    ?assertError(badarg, lists:split(10, [{b,2},{1.0,y}])).

splitwith_2_test() ->
    ?assertEqual({[],[1,6,6,5,2,6,2,6,1,1,5,1]}, lists:splitwith(fun(X)->is_list(X) end, [1,6,6,5,2,6,2,6,1,1,5,1])),
    ?assertEqual({[],[{a,1,x}]}, lists:splitwith(fun is_atom/1, [{a,1,x}])),
    ?assertEqual({[],[]}, lists:splitwith(fun(X) -> {true,X} end, [])),
    ?assertEqual({[],[5,6,6,2,4,3,4,4,4,4,4,6,5]}, lists:splitwith(fun(X)->is_list(X) end, [5,6,6,2,4,3,4,4,4,4,4,6,5])),
    ?assertEqual({[],[]}, lists:splitwith(fun(X) -> X end, [])),
    ?assertEqual({[],[]}, lists:splitwith(fun(X)->is_list(X) end, [])).

sublist_2_test() ->
    ?assertEqual([4], lists:sublist([4], 2)),
    ?assertEqual([], lists:sublist([4,1,4,5,6,6,4,4,2,1,4,3,5,3,1,6], 0)),
    ?assertEqual([{a,1,x},{a,1,x},{c,3,z}], lists:sublist([{a,1,x},{a,1,x},{c,3,z}], 5)),
    ?assertEqual([4,4,3,5,1,2,1,1,1,6,3,2,4,4,4,6,4,2], lists:sublist([4,4,3,5,1,2,1,1,1,6,3,2,4,4,4,6,4,2], 100)),
    ?assertEqual([], lists:sublist([a], 0)),
    ?assertEqual([4,4,3,5,2,3], lists:sublist([4,4,3,5,2,3], 10)),
    ?assertError(function_clause, lists:sublist([], fun(_,_,Z)->Z end)).

sublist_3_test() ->
    ?assertEqual([], lists:sublist([{b,b},{c,0}], 100, 10)),
    ?assertEqual([{a,1,x},{c,3,z},{c,3,z},{c,3,z}], lists:sublist([{a,1,x},{c,3,z},{c,3,z},{c,3,z}], 1, 10)),
    ?assertEqual([], lists:sublist([{1.0,y},{1.0,y}], 100, 10)),
    ?assertEqual([], lists:sublist([], 1, 100)),
    ?assertEqual([2], lists:sublist([2,5,5,4,2,4,3,4,4,5,3,5,2,5,6,1,6,1,1,4,3,4,1], 1, 1)),
    ?assertEqual([], lists:sublist([], 5, 1)),
    ?assertError(function_clause, lists:sublist([], -1, -1)).

subtract_2_test() ->
    ?assertEqual([], lists:subtract([], [1,3,6,1,4,5,2,3,4,1,6,6,4,5,6,4,4,4,4,2])),
    ?assertEqual([6], lists:subtract([1,6,2,3], [3,3,5,4,4,1,4,3,2,1,1,1,5,3,4,3,2,4])),
    ?assertEqual([], lists:subtract([4,6,6], [6,5,4,6,2,4,3,5,4,2,2,6])),
    ?assertEqual([1,1,1,5,1,4,1,6], lists:subtract([4,3,1,2,3,1,1,1,6,1,5,6,1,6,4,1,6,3,3], [1,2,6,3,3,6,6,4,2,3,3,2,1])),
    ?assertEqual([], lists:subtract([5,5,5,2,5,3,5], [1,4,6,6,2,4,6,1,4,1,3,2,5,2,1,1,5,5,5,6,6,5,5,1,3,3])),
    ?assertEqual([1,4], lists:subtract([3,2,1,1,4,1,6,5,4], [2,1,4,6,5,6,2,6,5,3,6,2,1,3,5])),
    ?assertError(badarg, lists:subtract(100, [[]])).

suffix_2_test() ->
    ?assertEqual(false, lists:suffix([1,2,5,3,6,2,4,2,4,1,6], [4,1,1,4,5,2,1,4,2,6])),
    ?assertEqual(false, lists:suffix([5,6,3,4,5,5,6,2,2,1,6,4,6,5,5,5,5,2,6], [3,6,2,6,4])),
    ?assertEqual(false, lists:suffix([4,2,3,4,1,2,6,5,2,1], [3,4])),
    ?assertEqual(false, lists:suffix([3,4,3], [1,5,5,3,5,5,5])),
    ?assertEqual(false, lists:suffix([5,4,2,2,3,2,6,6,4,2,4,5,5,5,3,3,6,5,2], [1,2,3,6,2,5,5,5,2,1,4,3,4,1,2,5,1])),
    ?assertEqual(false, lists:suffix([6], [4,3,2,6,1,4,3,1])),
    ?assertError(badarg, lists:suffix(fun(X,_) -> is_atom(X) end, [2,2])).

sum_1_test() ->
    ?assertEqual(0, lists:sum([])),
    ?assertEqual(4, lists:sum([2,2])),
    ?assertEqual(58, lists:sum([1,1,4,1,5,4,5,5,2,4,4,3,3,5,5,6])),
    ?assertEqual(62, lists:sum([1,6,4,5,4,2,6,4,6,3,5,4,6,4,1,1])),
    ?assertEqual(86, lists:sum([3,6,5,2,4,6,6,4,4,6,2,5,3,2,6,6,2,5,5,4])),
    ?assertEqual(30, lists:sum([3,6,6,1,4,5,4,1])),
    ?assertError(badarith, lists:sum([{1,x},{b,b},{1,x},{a,1}])).

takewhile_2_test() ->
    ?assertEqual([], lists:takewhile(fun is_atom/1, [{c,3,z}])),
    ?assertEqual([], lists:takewhile(fun is_atom/1, [5,2,6,6,3,2,5,3,6,6,2,6,6,1,1,5,4,2,1,4,5,2,3,3,5])),
    ?assertEqual([], lists:takewhile(fun(X) -> {true,X} end, [])),
    ?assertEqual([], lists:takewhile(fun is_atom/1, [4,2,2,5,4,4,1,2,5,4,2,2,5])),
    ?assertEqual([], lists:takewhile(fun is_atom/1, ["abc",2,"abc",{b,2},<<"ab">>,{b,2},"abc"])),
    ?assertEqual([], lists:takewhile(fun is_atom/1, [])),
    ?assertError(function_clause, lists:takewhile(#{1.0 => y}, foo)).

ukeymerge_3_test() ->
    ?assertEqual([{a,3},{b,2},{c,0}], lists:ukeymerge(1, [{a,3},{b,2},{c,0}], [{a,1},{c,0}])),
    ?assertEqual([{1,x},{a,3},{b,2}], lists:ukeymerge(1, [{a,3},{b,2}], [{1,x},{a,3},{b,b}])),
    ?assertEqual([{1,x},{a,1}], lists:ukeymerge(1, [{a,1}], [{1,x}])),
    ?assertEqual([{a,1},{c,0}], lists:ukeymerge(1, [], [{a,1},{c,0}])),
    ?assertEqual([{1,x},{a,3},{b,2},{c,0}], lists:ukeymerge(1, [{1,x},{c,0}], [{1.0,y},{a,3},{b,2},{c,0}])),
    ?assertEqual([{1.0,y},{a,3},{b,b},{c,0}], lists:ukeymerge(1, [{1.0,y},{a,3},{b,b},{c,0}], [{c,0}])),
    ?assertError(function_clause, lists:ukeymerge(1.5, fun(X) -> [X,X] end, [[{a,1,x},2],[]])).

ukeysort_2_test() ->
    ?assertEqual([{1.0,y},{a,3},{b,b},{c,0}], lists:ukeysort(1, [{1.0,y},{a,3},{1,x},{1,x},{b,b},{c,0}])),
    ?assertEqual([{1.0,y},{a,1},{b,b}], lists:ukeysort(1, [{a,1},{1.0,y},{b,b}])),
    ?assertEqual([{1,x},{a,3},{b,b}], lists:ukeysort(1, [{b,b},{1,x},{b,2},{b,b},{a,3},{a,3}])),
    ?assertEqual([{a,1},{b,2}], lists:ukeysort(2, [{a,1},{b,2},{b,2}])),
    ?assertEqual([{c,0},{b,2},{a,3},{b,b},{1,x}], lists:ukeysort(2, [{c,0},{b,2},{b,b},{1,x},{a,3},{a,3}])),
    ?assertEqual([{1,x},{a,3},{b,b}], lists:ukeysort(1, [{a,3},{1,x},{b,b},{1.0,y},{a,1},{b,b}])),
    ?assertError(function_clause, lists:ukeysort([3,2,6,1,6,3,2,5,3,2,3,1,5,2,3,5,4,2], 100)).

umerge_1_test() ->
    ?assertEqual([0,1,2.0,3,a,c,#{},[],[a]], lists:umerge([[1,2.0,#{}],[1.0,3,[]],[[],[a]],[0,1,2,a,c,#{}]])),
    ?assertEqual([0,2,b,{a,1,x},#{},<<"ab">>], lists:umerge([[0,b,#{},<<"ab">>],[{a,1,x}],[],[2]])),
    ?assertEqual([1.0,2.0,a,c,#{},"abc",[a]], lists:umerge([[1.0,a,"abc"],[a,[a]],[2.0,#{}],[c,#{}]])),
    ?assertEqual([0,1.0,2,3,a,b,c,{b,2},#{},[a]], lists:umerge([[0,1.0,2,3,b,{b,2}],[2,a,[a]],[2,c,[a]],[#{}]])),
    ?assertEqual([1.0,2,{b,2},#{},[a]], lists:umerge([[],[#{}],[1.0,2,[a]],[2,{b,2}]])),
    ?assertEqual([1.0,2,{a,1},{b,2},[a]], lists:umerge([[2],[{a,1},{b,2},[a]],[],[1.0,2,{b,2}]])),
    ?assertError(function_clause, lists:umerge([{a,1},{c,0},{1.0,y},{1.0,y},{b,2},{a,1}])).

umerge_2_test() ->
    ?assertEqual([3,b,{b,2},#{},<<"ab">>], lists:umerge([3,b,{b,2},#{},<<"ab">>], [])),
    ?assertEqual([0,1,2,c,{a,1},"abc",<<"ab">>], lists:umerge([1,2,c,{a,1},"abc"], [0,2.0,"abc",<<"ab">>])),
    ?assertEqual([1,{b,2},{a,1,x},#{},"abc"], lists:umerge([1,{b,2},{a,1,x},#{},"abc"], [])),
    ?assertEqual([0,1.0,2,a,c,{a,1},{b,2},{a,1,x},[],[a]], lists:umerge([1.0,2,{a,1,x},[]], [0,1.0,a,c,{a,1},{b,2},[a]])),
    ?assertEqual([2,b,{b,2},{a,1,x},"abc"], lists:umerge([b], [2,{b,2},{a,1,x},"abc"])),
    ?assertEqual([0,1.0,a,c,{b,2},[],<<"ab">>], lists:umerge([0,1.0,a,c,{b,2},[],<<"ab">>], [1.0])),
    ?assertError(function_clause, lists:umerge([0,2], fun(X)->is_list(X) end)).

umerge3_3_test() ->
    ?assertEqual([1,b,{b,2},#{},[]], lists:umerge3([], [1,#{},[]], [b,{b,2}])),
    ?assertEqual([0,1,2.0,a,b,c,{a,1,x},[a]], lists:umerge3([], [0,1,2.0,a,{a,1,x}], [a,b,c,[a]])),
    ?assertEqual([0,1,2.0,b,{a,1,x},[]], lists:umerge3([1,2.0,b,{a,1,x}], [2], [0,2,{a,1,x},[]])),
    ?assertEqual([1.0,2,3,a,c,{b,2},{a,1,x},"abc"], lists:umerge3([2,a,{b,2}], [1.0,2,3,c,{a,1,x},"abc"], [1])),
    ?assertEqual([0,1,a,{a,1,x},[],[a]], lists:umerge3([1,a,[]], [0,{a,1,x},[a]], [1])),
    ?assertEqual([1.0,2,a,c,#{}], lists:umerge3([1.0,2,a,c,#{}], [1], [])),
    ?assertError(function_clause, lists:umerge3({a,1}, fun(_,Y,_) -> Y end, [[<<"ab">>,1.0,c],["abc",1,{a,1},{a,1},1.0]])).

uniq_1_test() ->
    ?assertEqual([[],["abc",{a,1},1.0,a]], lists:uniq([[],["abc",{a,1},1.0,a]])),
    ?assertEqual([b,1.0,2], lists:uniq([b,1.0,2])),
    ?assertEqual([{b,b}], lists:uniq([{b,b}])),
    ?assertEqual([c,2], lists:uniq([c,2])),
    ?assertEqual([{1,x},{1.0,y}], lists:uniq([{1,x},{1.0,y},{1.0,y}])),
    ?assertEqual([{a,1},"abc",{b,2},{a,1,x},b,<<"ab">>,1.0], lists:uniq([{a,1},"abc",{b,2},{a,1,x},b,<<"ab">>,1.0])),
    ?assertError(function_clause, lists:uniq(#{})).

uniq_2_test() ->
    ?assertEqual([], lists:uniq(fun(X) -> X > 2 end, [])),
    ?assertEqual([{b,2,y}], lists:uniq(fun(X)->is_list(X) end, [{b,2,y}])),
    ?assertEqual([[]], lists:uniq(fun(X) -> X > 2 end, [[],<<"ab">>,[a]])),
    ?assertEqual([{b,2,y}], lists:uniq(fun(X) -> X > 2 end, [{b,2,y}])),
    ?assertEqual([{b,b}], lists:uniq(fun is_atom/1, [{b,b},{b,b},{1.0,y}])),
    ?assertEqual([{a,1,x},{c,3,z}], lists:uniq(fun(X) -> [X,X] end, [{a,1,x},{c,3,z}])),
    ?assertError(function_clause, lists:uniq([#{}], [3,3,2,2,4,4,3,1,1,4,3,4,2])).

unzip_1_test() ->
    ?assertEqual({[b,1.0,1,c,b],[2,y,x,0,b]}, lists:unzip([{b,2},{1.0,y},{1,x},{c,0},{b,b}])),
    ?assertEqual({[],[]}, lists:unzip([])),
    ?assertEqual({[1.0,1],[y,x]}, lists:unzip([{1.0,y},{1,x}])),
    ?assertEqual({[a,a],[1,1]}, lists:unzip([{a,1},{a,1}])),
    ?assertEqual({[1],[x]}, lists:unzip([{1,x}])),
    ?assertEqual({[1.0],[y]}, lists:unzip([{1.0,y}])),
    ?assertError(function_clause, lists:unzip(100)).

unzip3_1_test() ->
    ?assertEqual({[],[],[]}, lists:unzip3([])),
    ?assertEqual({[c,c,b,c],[3,3,2,3],[z,z,y,z]}, lists:unzip3([{c,3,z},{c,3,z},{b,2,y},{c,3,z}])),
    ?assertEqual({[c,a,c,c],[3,1,3,3],[z,x,z,z]}, lists:unzip3([{c,3,z},{a,1,x},{c,3,z},{c,3,z}])),
    ?assertEqual({[a,a],[1,1],[x,x]}, lists:unzip3([{a,1,x},{a,1,x}])),
    ?assertEqual({[b,a,c,a],[2,1,3,1],[y,x,z,x]}, lists:unzip3([{b,2,y},{a,1,x},{c,3,z},{a,1,x}])),
    ?assertEqual({[c],[3],[z]}, lists:unzip3([{c,3,z}])).

usort_1_test() ->
    ?assertEqual([3], lists:usort([3])),
    ?assertEqual([], lists:usort([])),
    ?assertEqual([2.0,{b,2}], lists:usort([{b,2},2.0])),
    ?assertEqual([1,3,4,5,6], lists:usort([6,1,6,3,4,6,6,5,3,4,1,1,3,4,4,3,5,4,1,3,1])),
    ?assertEqual([{1,x},{1.0,y}], lists:usort([{1,x},{1.0,y}])),
    ?assertEqual([{1,x},{a,1},{b,2},{c,0}], lists:usort([{c,0},{b,2},{1,x},{a,1}])).

usort_2_test() ->
    ?assertError(function_clause, lists:usort(fun(_,Y,_) -> Y end, {b,2})).

zf_2_test() ->
    ?assertEqual([], lists:zf(fun(X) -> X end, [])),
    ?assertEqual([[a],[a],#{},1.0,{a,1,x},2,1], lists:zf(fun(X) -> {true,X} end, [[a],[a],#{},1.0,{a,1,x},2,1])),
    ?assertEqual([{a,1},"abc",#{},#{},a,0,{a,1,x}], lists:zf(fun(X) -> {true,X} end, [{a,1},"abc",#{},#{},a,0,{a,1,x}])),
    ?assertEqual([], lists:zf(fun is_atom/1, [{a,3},{1.0,y},{b,2}])),
    ?assertEqual([], lists:zf(fun(X)->is_list(X) end, [{a,1,x},{c,3,z}])),
    ?assertEqual([], lists:zf(fun is_atom/1, [{b,2},{c,0},{a,3}])).

zip_2_test() ->
    ?assertError(function_clause, lists:zip([3,4,5,2,4,1,1,5,3,3,6,1,3,1,1,3,6,5,5,5,4,3,4,2], [5,1,1,3,5,3,6])).

zip3_3_test() ->
    ?assertEqual([{a,a,a},{b,b,b}], lists:zip3([a,b], [a,b], [a,b])),
    ?assertEqual([], lists:zip3([], [], [])),
    ?assertError(function_clause, lists:zip3([a,b], [], [a,b])).

zipwith_3_test() ->
    ?assertError(function_clause, lists:zipwith(fun(_,Y) -> Y end, [1,4,4,1,6,3,3,5,6,5,5,3,6,1,2,3,4,6,2,3,1,6,2,3,1,6,3], [])).

zipwith3_4_test() ->
    ?assertEqual([{1,3,5},{2,4,6}], lists:zipwith3(fun(X,Y,Z) -> {X,Y,Z} end, [1,2], [3,4], [5,6])),
    ?assertEqual([5,6], lists:zipwith3(fun(_,_,Z)->Z end, [1,2], [3,4], [5,6])),
    ?assertEqual([3,4], lists:zipwith3(fun(_,Y,_) -> Y end, [1,2], [3,4], [5,6])),
    ?assertError(function_clause, lists:zipwith3(fun(_,_,Z)->Z end, [1,2], [3,4], [])).
