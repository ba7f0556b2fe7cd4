%% Answers recorded from erl.
-module(digraph_utils_tests).
-include_lib("eunit/include/eunit.hrl").

components_test() ->
    ?assertEqual({[[a,b,c],[d],[e]],[[a,b],[c],[d],[e]],[[a,b],[d]],[d]}, begin G = digraph:new(), [digraph:add_vertex(G, V) || V <- [a,b,c,d,e]], [digraph:add_edge(G, X, Y) || {X, Y} <- [{a,b},{b,a},{b,c},{d,d}]], {lists:sort([lists:sort(C) || C <- digraph_utils:components(G)]), lists:sort([lists:sort(C) || C <- digraph_utils:strong_components(G)]), lists:sort([lists:sort(C) || C <- digraph_utils:cyclic_strong_components(G)]), digraph_utils:loop_vertices(G)} end).

reach_test() ->
    ?assertEqual([[b,c,e],[c,e],[a,b,c,d],[a,b,d]], begin G = digraph:new(), [digraph:add_vertex(G, V) || V <- [a,b,c,d,e]], [digraph:add_edge(G, X, Y) || {X, Y} <- [{a,b},{b,c},{d,c},{c,e}]], [lists:sort(L) || L <- [digraph_utils:reachable([b], G), digraph_utils:reachable_neighbours([b], G), digraph_utils:reaching([c], G), digraph_utils:reaching_neighbours([c], G)]] end).

order_test() ->
    ?assertEqual({[a,b,c],[c,b,a],true,true,true,{yes,a}}, begin G = digraph:new(), [digraph:add_vertex(G, V) || V <- [a,b,c]], [digraph:add_edge(G, X, Y) || {X, Y} <- [{a,b},{b,c}]], {digraph_utils:topsort(G), digraph_utils:postorder(G), digraph_utils:is_acyclic(G), digraph_utils:is_tree(G), digraph_utils:is_arborescence(G), digraph_utils:arborescence_root(G)} end),
    ?assertEqual({false,false,false,false,no}, begin G = digraph:new(), [digraph:add_vertex(G, V) || V <- [a,b,c]], [digraph:add_edge(G, X, Y) || {X, Y} <- [{a,b},{b,c},{c,a}]], {digraph_utils:topsort(G), digraph_utils:is_acyclic(G), digraph_utils:is_tree(G), digraph_utils:is_arborescence(G), digraph_utils:arborescence_root(G)} end),
    ?assertEqual({[a],false}, begin G = digraph:new(), digraph:add_vertex(G, a), digraph:add_edge(G, a, a), {digraph_utils:topsort(G), digraph_utils:is_acyclic(G)} end).

parts_test() ->
    ?assertEqual({[a,b],[{a,b}],{a,l},{{a,b},a,b,m}}, begin G = digraph:new(), [digraph:add_vertex(G, V, l) || V <- [a,b,c]], [digraph:add_edge(G, {X,Y}, X, Y, m) || {X, Y} <- [{a,b},{b,c}]], S = digraph_utils:subgraph(G, [a,b]), {lists:sort(digraph:vertices(S)), digraph:edges(S), digraph:vertex(S, a), digraph:edge(S, {a,b})} end),
    ?assertEqual({{a,[]},1,acyclic}, begin G = digraph:new(), [digraph:add_vertex(G, V, l) || V <- [a,b,c]], digraph:add_edge(G, {a,b}, a, b, m), S = digraph_utils:subgraph(G, [a,b], [{keep_labels, false}, {type, [acyclic]}]), {digraph:vertex(S, a), length(digraph:edges(S)), proplists:get_value(cyclicity, digraph:info(S))} end),
    ?assertError(badarg, begin G = digraph:new(), digraph_utils:subgraph(G, [], [foo]) end),
    ?assertEqual({[[a,b],[c]],1}, begin G = digraph:new(), [digraph:add_vertex(G, V) || V <- [a,b,c]], [digraph:add_edge(G, X, Y) || {X, Y} <- [{a,b},{b,a},{b,c}]], S = digraph_utils:condensation(G), {lists:sort([lists:sort(V) || V <- digraph:vertices(S)]), digraph:no_edges(S)} end).

%% Which root comes first is open; a vertex comes before what is reached from it only.
preorder_test() ->
    G = digraph:new(),
    [digraph:add_vertex(G, V) || V <- [a, b, c]],
    digraph:add_edge(G, a, b),
    digraph:add_edge(G, b, c),
    ?assertEqual([a, b, c], lists:sort(digraph_utils:preorder(G))).
