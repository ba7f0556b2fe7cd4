%% Answers recorded from erl.
-module(digraph_tests).
-include_lib("eunit/include/eunit.hrl").

build_test() ->
    ?assertEqual({['$v'|0],['$v'|1],a,b,{b,lab},false,4}, begin G = digraph:new(), {digraph:add_vertex(G), digraph:add_vertex(G), digraph:add_vertex(G, a), digraph:add_vertex(G, b, lab), digraph:vertex(G, b), digraph:vertex(G, c), digraph:no_vertices(G)} end),
    ?assertEqual({['$e'|0],['$e'|1],e,{error,{bad_vertex,x}},{error,{bad_vertex,x}},{e,a,c,m},false,3,[e,['$e'|0],['$e'|1]],[e,['$e'|0]]}, begin G = digraph:new(), [digraph:add_vertex(G, V) || V <- [a,b,c]], {digraph:add_edge(G, a, b), digraph:add_edge(G, b, c, l), digraph:add_edge(G, e, a, c, m), digraph:add_edge(G, a, x), digraph:add_edge(G, x, a), digraph:edge(G, e), digraph:edge(G, f), digraph:no_edges(G), lists:sort(digraph:edges(G)), lists:sort(digraph:edges(G, a))} end),
    ?assertEqual({{error,{bad_edge,[a,b,c]}},{error,{bad_edge,[a,a]}}}, begin G = digraph:new([acyclic]), [digraph:add_vertex(G, V) || V <- [a,b,c]], digraph:add_edge(G, a, b), digraph:add_edge(G, b, c), {digraph:add_edge(G, c, a), digraph:add_edge(G, a, a)} end),
    ?assertEqual([{cyclicity,acyclic},{protection,private}], begin G = digraph:new([acyclic, private]), proplists:delete(memory, digraph:info(G)) end),
    ?assertError(badarg, digraph:new([foo])),
    ?assertEqual({e,{e,a,b,y},{error,{bad_edge,[b,a]}}}, begin G = digraph:new(), [digraph:add_vertex(G, V) || V <- [a,b]], digraph:add_edge(G, e, a, b, x), {digraph:add_edge(G, e, a, b, y), digraph:edge(G, e), digraph:add_edge(G, e, b, a, y)} end).

neighbours_test() ->
    ?assertEqual({[b,c],[a,b],2,0,2,2,[a],[c],[a,b,c]}, begin G = digraph:new(), [digraph:add_vertex(G, V) || V <- [a,b,c]], [digraph:add_edge(G, X, Y) || {X, Y} <- [{a,b},{b,c},{a,c}]], {lists:sort(digraph:out_neighbours(G, a)), lists:sort(digraph:in_neighbours(G, c)), digraph:in_degree(G, c), digraph:out_degree(G, c), length(digraph:in_edges(G, c)), length(digraph:out_edges(G, a)), digraph:source_vertices(G), digraph:sink_vertices(G), lists:sort(digraph:vertices(G))} end).

delete_test() ->
    ?assertEqual({true,1,true,0,true,0,true}, begin G = digraph:new(), [digraph:add_vertex(G, V) || V <- [a,b,c]], [digraph:add_edge(G, X, Y) || {X, Y} <- [{a,b},{b,c},{a,c}]], {digraph:del_vertex(G, b), digraph:no_edges(G), digraph:del_edges(G, digraph:edges(G)), digraph:no_edges(G), digraph:del_vertices(G, [a,c]), digraph:no_vertices(G), digraph:delete(G)} end),
    ?assertEqual({true,true,[]}, begin G = digraph:new(), [digraph:add_vertex(G, V) || V <- [a,b,c]], E = digraph:add_edge(G, a, b), {digraph:del_edge(G, E), digraph:del_edge(G, E), digraph:edges(G)} end),
    ?assertEqual({true,false}, begin G = digraph:new(), [digraph:add_vertex(G, V) || V <- [a,b,c]], [digraph:add_edge(G, X, Y) || {X, Y} <- [{a,b},{b,c},{c,a}]], {digraph:del_path(G, a, c), digraph:get_path(G, a, c)} end).

paths_test() ->
    ?assertEqual({[a,b,c,d],false,[d,d],[a,b,c,a],[d],[a,b,c,d],false,[b,c,a,b],[d,d],[a,b,c,a]}, begin G = digraph:new(), [digraph:add_vertex(G, V) || V <- [a,b,c,d]], [digraph:add_edge(G, X, Y) || {X, Y} <- [{a,b},{b,c},{c,a},{c,d},{d,d}]], {digraph:get_path(G, a, d), digraph:get_path(G, d, a), digraph:get_path(G, d, d), digraph:get_cycle(G, a), digraph:get_cycle(G, d), digraph:get_short_path(G, a, d), digraph:get_short_path(G, d, a), digraph:get_short_cycle(G, b), digraph:get_short_cycle(G, d), digraph:get_path(G, a, a)} end),
    ?assertEqual({[a,d],false,false}, begin G = digraph:new(), [digraph:add_vertex(G, V) || V <- [a,b,c,d]], [digraph:add_edge(G, X, Y) || {X, Y} <- [{a,b},{b,c},{c,d},{a,d}]], {digraph:get_short_path(G, a, d), digraph:get_cycle(G, a), digraph:get_short_cycle(G, a)} end).
