%% Answers recorded from erl: what a set is outside, and its type.
-module(sofs_tests).
-include_lib("eunit/include/eunit.hrl").

%% A set as others see it.
x(Set) ->
    case catch sofs:is_sofs_set(Set) of
        true -> {sofs:to_external(Set), sofs:type(Set)};
        _ -> Set
    end.

a() -> sofs:relation([{a, 1}, {b, 2}, {b, 3}, {c, a}]).
b() -> sofs:relation([{1, x}, {2, y}, {3, x}]).
fa() -> sofs:family([{a, [1, 2]}, {b, [2, 3]}, {c, []}]).
fb() -> sofs:family([{b, [3]}, {c, [4]}, {d, [5]}]).
fr() -> sofs:from_term([{a, [{1, x}, {2, y}]}, {b, []}], [{k, [{m, n}]}]).

making_test() ->
    ?assertEqual({[],['_']}, x(sofs:empty_set())),
    ?assertEqual({[{a,[1,2]},{b,[]}],[{atom,[atom]}]}, x(sofs:from_term([{a,[1,2]},{b,[]}]))),
    ?assertEqual({{[a,b],{c,[d]}},{[atom],{atom,[atom]}}}, x(sofs:from_term({[a,b],{c,[d]}}))),
    ?assertError(badarg, x(sofs:from_term([[a],{b}]))),
    ?assertEqual({[],['_']}, x(sofs:from_term([]))),
    ?assertEqual({a,atom}, x(sofs:from_term(a))),
    ?assertEqual({[a,b],[foo]}, x(sofs:from_term([a,b],[foo]))),
    ?assertEqual({[[],[a]],[[atom]]}, x(sofs:from_term([[],[a]]))),
    ?assertEqual({[{a,b},{c,d}],[{x,y}]}, x(sofs:from_term([{a,b},{c,d}],[{x,y}]))),
    ?assertError(badarg, x(sofs:from_term([1,a,"x"]))),
    ?assertEqual({"abc",[atom]}, x(sofs:from_term("abc"))),
    ?assertError(badarg, x(sofs:from_term([a|b]))),
    ?assertEqual({[[],[[]]],[[['_']]]}, x(sofs:from_term([[[]],[]]))),
    ?assertError(badarg, x(sofs:from_term([a],[[x]]))),
    ?assertEqual({{a,b},{x,y}}, x(sofs:from_term({a,b},{x,y}))),
    ?assertEqual({a,foo}, x(sofs:from_term(a,foo))),
    ?assertEqual({[],foo}, x(sofs:from_term([],foo))),
    ?assertEqual({[b,a,b],[x]}, x(sofs:from_external([b,a,b],[x]))),
    ?assertEqual({{a,[b]},{x,[y]}}, x(sofs:from_external({a,[b]},{x,[y]}))),
    ?assertEqual({a,x}, x(sofs:from_external(a,x))),
    ?assertEqual({[a,b],[atom]}, x(sofs:set([b,a,b]))),
    ?assertEqual({[a],[x]}, x(sofs:set([a],[x]))),
    ?assertEqual({[{a,b}],[{x,y}]}, x(sofs:set([{a,b}],[{x,y}]))),
    ?assertError(badarg, x(sofs:set([a],x))),
    ?assertError(badarg, x(sofs:set(a))),
    ?assertEqual({[],[atom]}, x(sofs:set([]))),
    ?assertEqual({[[a]],[atom]}, x(sofs:set([[a]]))),
    ?assertEqual({[[a]],[[x]]}, x(sofs:set([[a]],[[x]]))),
    ?assertEqual({[{a}],[x]}, x(sofs:set([{a}],[x]))),
    ?assertEqual({[{a,2},{b,1}],[{atom,atom}]}, x(sofs:relation([{b,1},{a,2}]))),
    ?assertEqual({[{a,b,c}],[{atom,atom,atom}]}, x(sofs:relation([{a,b,c}]))),
    ?assertEqual({[{a,b,c}],[{atom,atom,atom}]}, x(sofs:relation([{a,b,c}],3))),
    ?assertError(badarg, x(sofs:relation([{a,b}],3))),
    ?assertEqual({[],[{atom,atom}]}, x(sofs:relation([],2))),
    ?assertEqual({[],[{atom,atom}]}, x(sofs:relation([]))),
    ?assertError(badarg, x(sofs:relation([a]))),
    ?assertEqual({[{[a],b}],[{[x],y}]}, x(sofs:relation([{[a],b}],[{[x],y}]))),
    ?assertError(badarg, x(sofs:relation([{a,b}],[x]))),
    ?assertError(badarg, x(sofs:relation([{a,b}],0))),
    ?assertEqual({[{a,1},{b,2}],[{atom,atom}]}, x(sofs:a_function([{a,1},{b,2}]))),
    ?assertError(bad_function, x(sofs:a_function([{a,1},{a,2}]))),
    ?assertEqual({[{a,[1]}],[{x,[y]}]}, x(sofs:a_function([{a,[1]}],[{x,[y]}]))),
    ?assertEqual({[],[{atom,atom}]}, x(sofs:a_function([]))),
    ?assertError(badarg, x(sofs:a_function([{a,b,c}]))),
    ?assertEqual({[{a,[]},{b,[1,2]}],[{atom,[atom]}]}, x(sofs:family([{b,[2,1]},{a,[]}]))),
    ?assertError(bad_function, x(sofs:family([{a,[1]},{a,[2]}]))),
    ?assertEqual({[{a,[1]}],[{x,[y]}]}, x(sofs:family([{a,[1]}],[{x,[y]}]))),
    ?assertEqual({[],[{atom,[atom]}]}, x(sofs:family([]))),
    ?assertError(badarg, x(sofs:family([{a,b}]))),
    ?assertEqual({[[a],[b]],[[atom]]}, x(sofs:from_sets([sofs:set([a]),sofs:set([b])]))),
    ?assertEqual({{[a],x},{[atom],atom}}, x(sofs:from_sets({sofs:set([a]),sofs:from_term(x)}))),
    ?assertError(type_mismatch, x(sofs:from_sets([sofs:set([a]),sofs:relation([{a,b}])]))),
    ?assertEqual({[],['_']}, x(sofs:from_sets([]))),
    ?assertError(badarg, x(sofs:from_sets([a]))),
    ?assertEqual({{},{}}, x(sofs:from_sets({}))).

types_test() ->
    ?assertEqual([true,false,true,true,false,false,false,false,true,false,true],
                 [sofs:is_type(X)||X<-[a,'_',[a],{a,b},{},[],[a,b],1,{a,[b]},[[]],['_']]]),
    ?assertEqual({a,[b]}, x(sofs:to_external(sofs:from_term({a,[b]})))),
    ?assertEqual([{[a],[atom]},{[b],[atom]}], [x(Y)||Y<-sofs:to_sets(sofs:from_term([[a],[b]]))]),
    ?assertError(badarg, x(sofs:to_sets(sofs:from_term(a)))).

algebra_test() ->
    ?assertEqual({[2,3],[atom]}, x(sofs:specification({external,fun(X)->X>1 end},sofs:set([1,2,3])))),
    ?assertEqual({[[]],[[atom]]}, x(sofs:specification(fun sofs:is_empty_set/1,sofs:from_term([[],[a]])))),
    ?assertError(badarg, x(sofs:specification({external,fun(_)->x end},sofs:set([1])))),
    ?assertEqual({[a,b],[atom]}, x(sofs:union(sofs:set([a]),sofs:set([b])))),
    ?assertError(type_mismatch, x(sofs:union(sofs:set([a]),sofs:relation([{a,b}])))),
    ?assertEqual({[{a,b}],[{atom,atom}]}, x(sofs:union(sofs:empty_set(),sofs:relation([{a,b}])))),
    ?assertEqual({[a,b],[atom]}, x(sofs:union(sofs:from_term([[a],[b]])))),
    ?assertEqual({[],['_']}, x(sofs:union(sofs:from_term([])))),
    ?assertError(badarg, x(sofs:union(sofs:set([a])))),
    ?assertError(function_clause, x(sofs:union(sofs:from_term(a),sofs:set([a])))),
    ?assertEqual({[b],[atom]}, x(sofs:intersection(sofs:from_term([[a,b],[b]])))),
    ?assertError(badarg, x(sofs:intersection(sofs:from_term([],[[x]])))),
    ?assertEqual({[{a,1},{b,1}],[{atom,atom}]}, x(sofs:product(sofs:set([a,b]),sofs:set([1])))),
    ?assertEqual({[{a,b,c},{a,b,d}],[{atom,atom,atom}]}, x(sofs:product({sofs:set([a]),sofs:set([b]),sofs:set([c,d])}))),
    ?assertEqual({[{a}],[{atom}]}, x(sofs:product({sofs:set([a])}))),
    ?assertError(badarg, x(sofs:product({}))).

relations_test() ->
    ?assertEqual({[{a,b}],[{atom,atom}]}, x(sofs:strict_relation(sofs:relation([{a,a},{a,b}])))),
    ?assertError(bad_function, x(sofs:inverse(sofs:relation([{a,1},{b,1}])))),
    ?assertEqual({[{a,[a,b]},{b,[a,b]},{b,[b,c]},{c,[b,c]}],[{atom,[atom]}]},
                 x(sofs:canonical_relation(sofs:from_term([[a,b],[b,c]])))),
    ?assertEqual({[[a],[b,c],[d,f],[e],[g,h,i]],[[atom]]}, x(sofs:partition(sofs:from_term([[a,b,c],[d,e,f],[g,h,i],[b,c],[e]])))),
    ?assertEqual({[[{a,1}],[{b,2},{b,3}],[{c,a}]],[[{atom,atom}]]}, x(sofs:partition(1,a()))),
    ?assertEqual([{[{b,2},{b,3}],[{atom,atom}]},{[{a,1},{c,a}],[{atom,atom}]}],
                 [x(Z)||Z<-tuple_to_list(sofs:partition(1,a(),sofs:set([b])))]),
    ?assertEqual({[{a,[{a,1}]},{b,[{b,2},{b,3}]},{c,[{c,a}]}],[{atom,[{atom,atom}]}]}, x(sofs:partition_family(1,a()))),
    ?assertEqual({[{1,[{a,1}]},{2,[{b,2}]},{3,[{b,3}]},{a,[{c,a}]}],[{atom,[{atom,atom}]}]},
                 x(sofs:partition_family({external,fun({_,X})->X end},a()))),
    ?assertEqual({[{a,x},{b,x},{b,y}],[{atom,atom}]}, x(sofs:relative_product(a(),b()))),
    ?assertEqual({[{c,1}],[{atom,atom}]}, x(sofs:relative_product1(sofs:converse(a()),a()))),
    ?assertEqual({[],[{atom,{atom,atom}}]}, x(sofs:relative_product({a(),b()}))),
    ?assertError(type_mismatch, x(sofs:relative_product([a(),a()],sofs:relation([{{1,1},z}])))),
    ?assertEqual({[{a,{1,1}},{b,{2,2}},{b,{2,3}},{b,{3,2}},{b,{3,3}},{c,{a,a}}],[{atom,{atom,atom}}]},
                 x(sofs:relative_product([a(),a()]))),
    ?assertError(badarg, x(sofs:relative_product(sofs:set([a]),b()))),
    ?assertEqual({[{{c,a},{a,1}}],[{{atom,atom},{atom,atom}}]}, x(sofs:multiple_relative_product({a(),a()},a()))),
    ?assertEqual({[{a,1,x},{b,2,y},{b,3,x}],[{atom,atom,atom}]}, x(sofs:join(a(),2,b(),1))),
    ?assertEqual({[{a,b,c,x}],[{atom,atom,atom,atom}]}, x(sofs:join(sofs:relation([{a,b,c}]),1,sofs:relation([{x,a}]),2))),
    ?assertError(badarg, x(sofs:join(a(),3,b(),1))),
    ?assertEqual([{[{b,2},{b,3}],[{atom,atom}]},{[{a,1},{c,a}],[{atom,atom}]},{[{a,1}],[{atom,atom}]},{[{b,2},{b,3},{c,a}],[{atom,atom}]}],
                 [x(sofs:restriction(a(),sofs:set([b]))),x(sofs:drestriction(a(),sofs:set([b]))),x(sofs:restriction(2,a(),sofs:set([1]))),x(sofs:drestriction(2,a(),sofs:set([1])))]),
    ?assertEqual({[{a,1}],[{atom,atom}]}, x(sofs:restriction({external,fun({X,_})->X end},a(),sofs:set([a])))),
    ?assertEqual([{[2,3],[atom]},{[a,b],[atom]}], [x(sofs:image(a(),sofs:set([b,z]))),x(sofs:inverse_image(a(),sofs:set([1,2])))]),
    ?assertEqual({[{a,1},{b,2},{b,3},{c,a},{z,0}],[{atom,atom}]}, x(sofs:extension(a(),sofs:set([a,z]),sofs:from_term(0)))),
    ?assertEqual({[{a,x},{b,y}],[{atom,atom}]}, x(sofs:composite(sofs:a_function([{a,1},{b,2}]),sofs:a_function([{1,x},{2,y},{3,z}])))),
    ?assertError(bad_function, x(sofs:composite(sofs:a_function([{a,1}]),sofs:a_function([{2,y}])))),
    ?assertEqual({[{a,1},{b,1}],[{atom,atom}]}, x(sofs:constant_function(sofs:set([a,b]),sofs:from_term(1)))).

functions_test() ->
    ?assertEqual([{[a,b,c],[atom]},{[{1,a},{2,b},{3,b},{a,c}],[{atom,atom}]},{[],['_']}],
                 [x(sofs:projection(1,a())),x(sofs:projection({external,fun({X,Y})->{Y,X} end},a())),x(sofs:projection(fun sofs:from_term/1,sofs:from_term([]))) ]),
    ?assertError(badarg, x(sofs:projection(3,a()))),
    ?assertEqual([{[{a,{a}},{b,{b}}],[{atom,{atom}}]},{[{{a,1},a},{{b,2},b},{{b,3},b},{{c,a},c}],[{{atom,atom},atom}]}],
                 [x(sofs:substitution({external,fun(X)->{X} end},sofs:set([a,b]))),x(sofs:substitution(1,a()))]),
    ?assertEqual({[[a,b]],[[atom]]}, x(sofs:projection(fun sofs:union/1,sofs:from_term([[[a],[b]]])))).

families_test() ->
    ?assertEqual({[2],[atom]}, x(sofs:intersection_of_family(sofs:family([{a,[1,2]},{b,[2]}])))),
    ?assertError(badarg, x(sofs:intersection_of_family(sofs:family([])))),
    ?assertEqual({[{a,[1,2]},{b,[]}],[{atom,[atom]}]}, x(sofs:family_union(sofs:from_term([{a,[[1],[2]]},{b,[]}])))),
    ?assertEqual({[{a,[2]}],[{atom,[atom]}]}, x(sofs:family_intersection(sofs:from_term([{a,[[1,2],[2]]}])))),
    ?assertError(badarg, x(sofs:family_intersection(sofs:from_term([{a,[]}],[{x,[[y]]}])))),
    ?assertEqual({[{a,[1,2]},{b,[2,3]}],[{atom,[atom]}]}, x(sofs:family_specification({external,fun(X)->X=/=[] end},fa()))),
    ?assertEqual({[{c,[]}],[{atom,[atom]}]}, x(sofs:family_specification(fun sofs:is_empty_set/1,fa()))),
    ?assertEqual({[{a,[1,2]}],[{atom,[atom]}]}, x(sofs:family_projection(fun sofs:union/1,sofs:from_term([{a,[[1],[2]]}])))).

bad_test() ->
    ?assertError(badarg, x(sofs:domain(sofs:set([a])))),
    ?assertError(function_clause, x(sofs:domain(foo))),
    ?assertError(function_clause, x(sofs:union(sofs:set([a]),foo))),
    ?assertError(badarg, x(sofs:relation_to_family(sofs:set([a])))).

one_relation_test() ->
    ?assertEqual({[a,b,c],[atom]}, x(sofs:domain(a()))),
    ?assertEqual({[1,2,3,a],[atom]}, x(sofs:range(a()))),
    ?assertEqual({[1,2,3,a,b,c],[atom]}, x(sofs:field(a()))),
    ?assertEqual({[{1,a},{2,b},{3,b},{a,c}],[{atom,atom}]}, x(sofs:converse(a()))),
    ?assertError(bad_function, x(sofs:inverse(a()))),
    ?assertEqual({[{a,1},{b,2},{b,3},{c,a}],[{atom,atom}]}, x(sofs:strict_relation(a()))),
    ?assertEqual({[{1,1},{2,2},{3,3},{a,1},{a,a},{b,2},{b,3},{b,b},{c,a},{c,c}],[{atom,atom}]}, x(sofs:weak_relation(a()))),
    ?assertEqual(false, x(sofs:is_a_function(a()))),
    ?assertEqual({[{a,[1]},{b,[2,3]},{c,[a]}],[{atom,[atom]}]}, x(sofs:relation_to_family(a()))),
    ?assertEqual({[{a,[1]},{b,[2,3]},{c,[a]}],[{atom,[atom]}]}, x(sofs:rel2fam(a()))),
    ?assertError(badarg, x(sofs:canonical_relation(a()))),
    ?assertError(badarg, x(sofs:partition(a()))),
    ?assertError(badarg, x(sofs:union(a()))),
    ?assertEqual([{atom,atom}], x(sofs:type(a()))),
    ?assertEqual(4, x(sofs:no_elements(a()))).

one_family_test() ->
    ?assertEqual({[{a,1},{a,2},{b,2},{b,3}],[{atom,atom}]}, x(sofs:family_to_relation(fa()))),
    ?assertEqual({[{a,1},{a,2},{b,2},{b,3}],[{atom,atom}]}, x(sofs:fam2rel(fa()))),
    ?assertEqual({[1,2,3],[atom]}, x(sofs:union_of_family(fa()))),
    ?assertEqual({[],[atom]}, x(sofs:intersection_of_family(fa()))),
    ?assertEqual([{atom,[atom]}], x(sofs:type(fa()))),
    ?assertEqual({[{a,[1,2]},{b,[2,3]},{c,[4]},{d,[5]}],[{atom,[atom]}]}, x(sofs:family_union(fa(), fb()))),
    ?assertEqual({[{b,[3]},{c,[]}],[{atom,[atom]}]}, x(sofs:family_intersection(fa(), fb()))),
    ?assertEqual({[{a,[1,2]},{b,[2]},{c,[]}],[{atom,[atom]}]}, x(sofs:family_difference(fa(), fb()))),
    ?assertEqual({[{a,[1,2]},{b,[]}],[{k,[m]}]}, x(sofs:family_domain(fr()))),
    ?assertEqual({[{a,[x,y]},{b,[]}],[{k,[n]}]}, x(sofs:family_range(fr()))),
    ?assertError(type_mismatch, x(sofs:family_field(fr()))).

differences_test() ->
    ?assertEqual({[a],[atom]}, x(sofs:difference(sofs:set([a,b]), sofs:set([b])))),
    ?assertEqual({[a,c],[atom]}, x(sofs:symdiff(sofs:set([a,b]), sofs:set([b,c])))),
    ?assertEqual([{[a],[atom]},{[b],[atom]},{[c],[atom]}],
                 [x(P) || P <- tuple_to_list(sofs:symmetric_partition(sofs:set([a,b]), sofs:set([b,c])))]).

questions_test() ->
    ?assertEqual(true, sofs:is_set(sofs:set([]))),
    ?assertEqual(false, sofs:is_set(sofs:from_term(a))),
    ?assertEqual(true, sofs:is_empty_set(sofs:set([]))),
    ?assertEqual(false, sofs:is_empty_set(sofs:from_term(a))),
    ?assertEqual(false, sofs:is_sofs_set(a)),
    ?assertEqual(true, sofs:is_equal(sofs:set([a]), sofs:set([a]))),
    ?assertError(type_mismatch, sofs:is_equal(sofs:set([a]), sofs:relation([{a,b}]))),
    ?assertEqual(true, sofs:is_subset(sofs:set([a]), sofs:set([a,b]))),
    ?assertEqual(true, sofs:is_disjoint(sofs:set([a]), sofs:set([b]))),
    ?assertEqual(true, sofs:is_a_function(sofs:relation([]))),
    ?assertEqual(true, sofs:is_equal(sofs:from_term(a), sofs:from_term(a))),
    ?assertEqual(true, sofs:is_equal(sofs:empty_set(), sofs:set([]))),
    ?assertEqual(3, sofs:no_elements(sofs:from_term({a,b,c}))),
    ?assertEqual(2, sofs:no_elements(sofs:set([a,b]))),
    ?assertEqual([{a,atom},{[b],[atom]}], [x(P) || P <- tuple_to_list(sofs:to_sets(sofs:from_term({a,[b]})))]).

graphs_test() ->
    ?assertEqual([{[{a,[b]},{b,[]}],[{atom,[atom]}]},{[{a,[b]},{b,[]}],[{v,[v]}]}],
                 begin G = digraph:new(), digraph:add_vertex(G, a), digraph:add_vertex(G, b), digraph:add_edge(G, a, b), [x(sofs:digraph_to_family(G)), x(sofs:digraph_to_family(G, [{v, [v]}]))] end),
    ?assertEqual({[a,b,c],[{a,b}]},
                 begin G = sofs:family_to_digraph(sofs:family([{a, [b]}, {c, []}])), {lists:sort(digraph:vertices(G)), [begin {_, V1, V2, _} = digraph:edge(G, E), {V1, V2} end || E <- digraph:edges(G)]} end),
    ?assertError(cyclic, sofs:family_to_digraph(sofs:family([{a, [a]}]), [acyclic])).
