%% Answers recorded from erl, and a few refusals.
-module(proplists_tests).
-include_lib("eunit/include/eunit.hrl").

append_values_2_test() ->
    ?assertEqual([false], proplists:append_values(c, [{c,false},b])),
    ?assertEqual([], proplists:append_values(c, [{d,[1]},a,d])),
    ?assertEqual([], proplists:append_values(zz, [{d,[1]}])),
    ?assertEqual([true], proplists:append_values(b, [c,{b,true},c,{a,1}])),
    ?assertEqual([], proplists:append_values(a, [c,{"k",v}])),
    ?assertEqual([], proplists:append_values(zz, [{"k",v},{a,1},d,{no_a,true}])).

compact_1_test() ->
    ?assertEqual(["x",{a,1},{b},{b},no_a,{b}], proplists:compact(["x",{a,1},{b},{b},{no_a,true},{b}])),
    ?assertEqual([b,c,{d,[1]}], proplists:compact([b,c,{d,[1]}])),
    ?assertEqual([{a,1}], proplists:compact([{a,1}])),
    ?assertEqual([{d,[1]},{d,[1]}], proplists:compact([{d,[1]},{d,[1]}])),
    ?assertEqual([d,{c,false}], proplists:compact([d,{c,false}])),
    ?assertEqual([], proplists:compact([])).

delete_2_test() ->
    ?assertEqual([], proplists:delete("k", [{"k",v}])),
    ?assertEqual([7,{no_a,true}], proplists:delete(c, [7,{no_a,true},c])),
    ?assertEqual([], proplists:delete(c, [])),
    ?assertEqual([{b,true}], proplists:delete(d, [{b,true}])),
    ?assertEqual(["x",{b}], proplists:delete("k", [{"k",v},"x",{b}])),
    ?assertEqual([], proplists:delete(d, [{d,[1]}])),
    ?assertError(function_clause, proplists:delete(#{1.0 => y,b => 2,c => 0}, #{})).

expand_2_test() ->
    ?assertEqual([{a,1,2},c,a,a], proplists:expand([{a,[x,y]},{{b,true},[z]},{{c,false},[w]}], [{a,1,2},c,a,a])),
    ?assertEqual([{"k",v}], proplists:expand([{a,[x,y]},{{b,true},[z]},{{c,false},[w]}], [{"k",v}])),
    ?assertEqual([w], proplists:expand([{a,[x,y]},{{b,true},[z]},{{c,false},[w]}], [{c,false}])),
    ?assertEqual([], proplists:expand([{a,[x,y]},{{b,true},[z]},{{c,false},[w]}], [])),
    ?assertEqual([z,{a,1},{a,1}], proplists:expand([{a,[x,y]},{{b,true},[z]},{{c,false},[w]}], [{b,true},{a,1},b,{a,1}])),
    ?assertEqual([d,{d,[1]},{b}], proplists:expand([{a,[x,y]},{{b,true},[z]},{{c,false},[w]}], [d,{d,[1]},{b}])).

from_map_1_test() ->
    ?assertEqual([{1,x},{1.0,y},{b,2}], proplists:from_map(#{1 => x,1.0 => y,b => 2})),
    ?assertEqual([{b,b}], proplists:from_map(#{b => b})),
    ?assertEqual([{a,3}], proplists:from_map(#{a => 3})),
    ?assertEqual([], proplists:from_map(#{})),
    ?assertEqual([{1,x},{a,1}], proplists:from_map(#{1 => x,a => 1})),
    ?assertEqual([{1.0,y},{b,2},{c,0}], proplists:from_map(#{1.0 => y,b => 2,c => 0})),
    ?assertError({badmap, _}, proplists:from_map([])).

get_all_values_2_test() ->
    ?assertEqual([], proplists:get_all_values(b, [7,{a,1},c,{a,1},{"k",v}])),
    ?assertEqual([], proplists:get_all_values(a, [{b,true},{no_a,true}])),
    ?assertEqual([v], proplists:get_all_values("k", [{d,[1]},{"k",v},a])),
    ?assertEqual([], proplists:get_all_values(a, [])),
    ?assertEqual([], proplists:get_all_values("k", [{d,[1]},c])),
    ?assertEqual([], proplists:get_all_values(a, [b])),
    ?assertError(function_clause, proplists:get_all_values([{b,2}], #{})).

get_bool_2_test() ->
    ?assertEqual(false, proplists:get_bool(zz, [{a,1,2},{a,1,2}])),
    ?assertEqual(false, proplists:get_bool("k", [{c,false},{b},{b,true}])),
    ?assertEqual(false, proplists:get_bool(zz, [{d,[1]},{d,[1]}])),
    ?assertEqual(false, proplists:get_bool(zz, [a,b,a])),
    ?assertEqual(false, proplists:get_bool(a, [d,d,{d,[1]},{c,false}])),
    ?assertEqual(false, proplists:get_bool(c, ["x",{c,false},{c,false},{"k",v}])),
    ?assertError(function_clause, proplists:get_bool(fun(X,Y)-> {true,{X,Y}} end, -1)).

get_keys_1_test() ->
    ?assertEqual(lists:sort(["k"]), lists:sort(proplists:get_keys([{"k",v},"x",{"k",v},{"k",v}]))),
    ?assertEqual(lists:sort([]), lists:sort(proplists:get_keys([]))),
    ?assertEqual([a,c,d,no_a], lists:sort(proplists:get_keys([{c,false},{no_a,true},d,c,a,{a,1,2}]))),
    ?assertEqual(lists:sort([a,b,c]), lists:sort(proplists:get_keys([c,{a,1,2},b,{b},{a,1}]))),
    ?assertEqual(lists:sort([d]), lists:sort(proplists:get_keys([{d,[1]}]))),
    ?assertEqual(lists:sort([no_a,c,d]), lists:sort(proplists:get_keys([{d,[1]},{no_a,true},"x",{c,false},{d,[1]}]))).

get_value_2_test() ->
    ?assertEqual(undefined, proplists:get_value("k", [])),
    ?assertEqual(undefined, proplists:get_value("k", [{a,1,2},{c,false},c])),
    ?assertEqual(undefined, proplists:get_value(d, [])),
    ?assertEqual(undefined, proplists:get_value(fun(X,Y) -> X =< Y end, [[0,#{}],[c,b],[b,0,<<"ab">>,{b,2}],[1]])),
    ?assertEqual(1, proplists:get_value(a, [{"k",v},{a,1}])),
    ?assertEqual(undefined, proplists:get_value("k", [d,7])),
    ?assertError(function_clause, proplists:get_value(#{1.0 => y,a => 1,b => 2}, fun(X) -> [X,X] end)).

get_value_3_test() ->
    ?assertEqual(def, proplists:get_value(c, ["x",{d,[1]},a,{b,true}], def)),
    ?assertEqual(true, proplists:get_value(d, [{a,1,2},{a,1,2},"x",a,d], def)),
    ?assertEqual(true, proplists:get_value(c, [b,{b,true},{no_a,true},c], def)),
    ?assertEqual(def, proplists:get_value(zz, ["x","x",{a,1},{a,1,2}], def)),
    ?assertEqual(true, proplists:get_value(a, [{"k",v},{"k",v},c,a,{a,1,2},a], def)),
    ?assertEqual(def, proplists:get_value(b, [{a,1,2},"x",{a,1,2},{a,1}], def)).

is_defined_2_test() ->
    ?assertEqual(true, proplists:is_defined(a, [a,7,{b,true},"x",b])),
    ?assertEqual(false, proplists:is_defined(b, [7,c])),
    ?assertEqual(false, proplists:is_defined(c, [{a,1},{"k",v},a])),
    ?assertEqual(false, proplists:is_defined(c, [d,{b},{"k",v},b])),
    ?assertEqual(false, proplists:is_defined(b, [7])),
    ?assertEqual(false, proplists:is_defined("k", [a,a,b])).

lookup_2_test() ->
    ?assertEqual(none, proplists:lookup(zz, [{b},d,{d,[1]},{c,false},d,{b}])),
    ?assertEqual(none, proplists:lookup(b, [])),
    ?assertEqual(none, proplists:lookup(zz, [{a,1,2},{no_a,true},{c,false},c])),
    ?assertEqual(none, proplists:lookup(zz, [{d,[1]},7,{c,false}])),
    ?assertEqual({a,1,2}, proplists:lookup(a, [{a,1,2},"x",{a,1,2}])),
    ?assertEqual(none, proplists:lookup(d, [{a,1}])),
    ?assertError(function_clause, proplists:lookup(#{a => 3,b => b,c => 0}, 2)).

lookup_all_2_test() ->
    ?assertEqual([], proplists:lookup_all(zz, ["x",{c,false},{a,1,2},{c,false}])),
    ?assertEqual([{d,true}], proplists:lookup_all(d, [d,c,a,{a,1,2},b,a])),
    ?assertEqual([{a,1,2},{a,true}], proplists:lookup_all(a, [{a,1,2},7,a,{b},"x",{d,[1]}])),
    ?assertEqual([], proplists:lookup_all(zz, [{c,false},b,{"k",v}])),
    ?assertEqual([], proplists:lookup_all("k", [a,{a,1,2}])),
    ?assertEqual([], proplists:lookup_all(c, [])),
    ?assertError(function_clause, proplists:lookup_all(fun is_atom/1, {a,1})).

normalize_2_test() ->
    ?assertEqual([], proplists:normalize([], [{negations,[{no_a,a}]}])),
    ?assertEqual([], proplists:normalize([], [{aliases,[{a,b}]}])),
    ?assertEqual([{"k",v},{b},{"k",v}], proplists:normalize([{"k",v},{b},{"k",v}], [{negations,[{no_a,a}]}])),
    ?assertEqual([c], proplists:normalize([c], [{aliases,[{a,b}]}])),
    ?assertEqual([b,{d,[1]}], proplists:normalize([b,{d,[1]}], [{expand,[{a,[x]}]}])),
    ?assertEqual([{d,[1]},{b,1},c,{d,[1]},7], proplists:normalize([{d,[1]},{a,1},c,{d,[1]},7], [{aliases,[{a,b}]}])),
    ?assertError(function_clause, proplists:normalize(<<>>, [[c,2,c,2],[[a],0,2.0],[{a,1},"abc",1.0,2,1.0,c,2.0],[2,{b,2},{a,1}]])).

property_1_test() ->
    ?assertEqual([{a,1},{b,b},{b,2},{c,0},{a,1}], proplists:property([{a,1},{b,b},{b,2},{c,0},{a,1}])),
    ?assertEqual(#{1 => x,b => b}, proplists:property(#{1 => x,b => b})),
    ?assertEqual({b,2}, proplists:property({b,2})),
    ?assertEqual(#{1.0 => y,a => 1,c => 0}, proplists:property(#{1.0 => y,a => 1,c => 0})).

property_2_test() ->
    ?assertEqual({<<>>,[4,4,6,5,1,5,6,1,1,3,5,5,6,5,2]}, proplists:property(<<>>, [4,4,6,5,1,5,6,1,1,3,5,5,6,5,2])),
    ?assertEqual({[{a,3},{b,b},{1.0,y},{b,b}],<<"ab">>}, proplists:property([{a,3},{b,b},{1.0,y},{b,b}], <<"ab">>)),
    ?assertEqual({[2,6,1],-1}, proplists:property([2,6,1], -1)),
    ?assertEqual({[],[5,6,4,3,5]}, proplists:property([], [5,6,4,3,5])),
    ?assertEqual({[],2}, proplists:property([], 2)),
    ?assertEqual({#{a => 3,b => 2},1.5}, proplists:property(#{a => 3,b => 2}, 1.5)).

split_2_test() ->
    ?assertEqual({[[],[]],[a,a]}, proplists:split([a,a], [d,"k"])),
    ?assertEqual({[[{a,1,2}]],[]}, proplists:split([{a,1,2}], [a])),
    ?assertEqual({[[{d,[1]}],[]],["x",{b,true},a,{a,1},7]}, proplists:split(["x",{b,true},a,{d,[1]},{a,1},7], [d,"k"])),
    ?assertEqual({[[]],[c,{c,false},d,d]}, proplists:split([c,{c,false},d,d], [a])),
    ?assertEqual({[[],[]],["x",{a,1,2},{b,true},c]}, proplists:split(["x",{a,1,2},{b,true},c], [d,"k"])),
    ?assertEqual({[[a]],["x"]}, proplists:split(["x",a], [a])).

substitute_aliases_2_test() ->
    ?assertEqual([], proplists:substitute_aliases([{a,b},{no_a,a},{c,z}], [])),
    ?assertEqual([7,{b,1,2},b,b,d,b], proplists:substitute_aliases([{a,b},{no_a,a},{c,z}], [7,{a,1,2},b,b,d,a])),
    ?assertEqual([d,b,d,a,{b,1,2}], proplists:substitute_aliases([{a,b},{no_a,a},{c,z}], [d,b,d,{no_a,true},{a,1,2}])),
    ?assertEqual([z], proplists:substitute_aliases([{a,b},{no_a,a},{c,z}], [c])),
    ?assertEqual([z,{"k",v}], proplists:substitute_aliases([{a,b},{no_a,a},{c,z}], [c,{"k",v}])),
    ?assertEqual([{b},7,{z,false},b], proplists:substitute_aliases([{a,b},{no_a,a},{c,z}], [{b},7,{c,false},a])).

substitute_negations_2_test() ->
    ?assertEqual([7,7], proplists:substitute_negations([{a,b},{no_a,a},{c,z}], [7,7])),
    ?assertEqual([{a,false},b,b], proplists:substitute_negations([{a,b},{no_a,a},{c,z}], [{no_a,true},b,{a,1}])),
    ?assertEqual([{b,false}], proplists:substitute_negations([{a,b},{no_a,a},{c,z}], [a])),
    ?assertEqual([{z,false}], proplists:substitute_negations([{a,b},{no_a,a},{c,z}], [c])),
    ?assertEqual([{b},b], proplists:substitute_negations([{a,b},{no_a,a},{c,z}], [{b},b])),
    ?assertEqual([], proplists:substitute_negations([{a,b},{no_a,a},{c,z}], [])).

to_map_1_test() ->
    ?assertEqual(#{a => 1,b => true,d => [1]}, proplists:to_map([{a,1},b,"x",a,{d,[1]},{b,true}])),
    ?assertEqual(#{b => true,"k" => v}, proplists:to_map([{"k",v},{b,true},"x",7])),
    ?assertEqual(#{a => true}, proplists:to_map(["x",a])),
    ?assertEqual(#{a => true}, proplists:to_map([a])),
    ?assertEqual(#{c => true}, proplists:to_map([c])),
    ?assertEqual(#{a => 1,no_a => true}, proplists:to_map([{b},{a,1},{b},{no_a,true},7,{no_a,true}])).

to_map_2_test() ->
    ?assertEqual(#{d => true,no_a => true}, proplists:to_map([{no_a,true},{b},7,d], [{aliases,[{a,b}]}])),
    ?assertEqual(#{"k" => v}, proplists:to_map([{"k",v}], [{aliases,[{a,b}]}])),
    ?assertEqual(#{}, proplists:to_map([], [{aliases,[{a,b}]}])),
    ?assertEqual(#{b => true,"k" => v}, proplists:to_map([b,{"k",v},{a,1},{b,true},{"k",v}], [{aliases,[{a,b}]}])),
    ?assertEqual(#{c => true,d => [1]}, proplists:to_map([{d,[1]},c], [{aliases,[{a,b}]}])),
    ?assertEqual(#{b => true,c => false}, proplists:to_map([a,{a,1},{c,false},{a,1,2}], [{aliases,[{a,b}]}])).

unfold_1_test() ->
    ?assertEqual([{c,true},7,7,{a,1},{d,[1]},{"k",v}], proplists:unfold([c,7,7,{a,1},{d,[1]},{"k",v}])),
    ?assertEqual(["x",{b,true},"x",{c,false}], proplists:unfold(["x",b,"x",{c,false}])),
    ?assertEqual(["x",{d,true},7,{b},7], proplists:unfold(["x",d,7,{b},7])),
    ?assertEqual([{b,true},{c,true},{c,true},{b,true},{d,true}], proplists:unfold([{b,true},c,c,{b,true},d])),
    ?assertEqual([], proplists:unfold([])),
    ?assertEqual([{"k",v},{b,true},"x"], proplists:unfold([{"k",v},{b,true},"x"])).
