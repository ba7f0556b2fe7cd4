%% What can be computed from a directed graph: components, orders, reachability, parts.
-module(digraph_utils).

-export([components/1, strong_components/1, cyclic_strong_components/1, reachable/2, reachable_neighbours/2, reaching/2,
         reaching_neighbours/2, topsort/1, is_acyclic/1, is_arborescence/1, arborescence_root/1, is_tree/1, loop_vertices/1,
         subgraph/2, subgraph/3, condensation/1, preorder/1, postorder/1]).

out(G) -> fun(V) -> digraph:out_neighbours(G, V) end.
in(G) -> fun(V) -> digraph:in_neighbours(G, V) end.
both(G) -> fun(V) -> digraph:out_neighbours(G, V) ++ digraph:in_neighbours(G, V) end.

components(G) -> forest(both(G), digraph:vertices(G)).

%% Trees of vertices reached from roots in order; no vertex is in two.
forest(Next, Roots) ->
    {Trees, _} = lists:foldl(fun(V, {Acc, Seen}) ->
        case reach([V], Next, Seen, []) of
            {[], Seen1} -> {Acc, Seen1};
            {Tree, Seen1} -> {[Tree | Acc], Seen1}
        end
    end, {[], #{}}, Roots),
    Trees.

reach([V | Vs], Next, Seen, Acc) when is_map_key(V, Seen) -> reach(Vs, Next, Seen, Acc);
reach([V | Vs], Next, Seen, Acc) -> reach(Next(V) ++ Vs, Next, Seen#{V => true}, [V | Acc]);
reach([], _, Seen, Acc) -> {Acc, Seen}.

%% Kosaraju: trees against the edges, the roots in reversed postorder.
strong_components(G) -> forest(in(G), lists:reverse(postorder(G))).

cyclic_strong_components(G) ->
    [C || C <- strong_components(G), case C of [V] -> is_loop(G, V); _ -> true end].

is_loop(G, V) -> lists:member(V, digraph:out_neighbours(G, V)).

loop_vertices(G) -> [V || V <- digraph:vertices(G), is_loop(G, V)].

reachable(Vs, G) when is_list(Vs) -> lists:append(forest(out(G), Vs)).
reaching(Vs, G) when is_list(Vs) -> lists:append(forest(in(G), Vs)).

%% By at least one step.
reachable_neighbours(Vs, G) when is_list(Vs) -> lists:append(forest(out(G), lists:flatmap(out(G), Vs))).
reaching_neighbours(Vs, G) when is_list(Vs) -> lists:append(forest(in(G), lists:flatmap(in(G), Vs))).

topsort(G) ->
    L = lists:reverse(postorder(G)),
    Seen = fun Ordered([V | Vs], Before) ->
        case lists:any(fun(N) -> is_map_key(N, Before) end, digraph:out_neighbours(G, V)) of
            true -> false;
            false -> Ordered(Vs, Before#{V => true})
        end;
        Ordered([], _) -> true
    end,
    case Seen(L, #{}) of
        true -> L;
        false -> false
    end.

is_acyclic(G) -> loop_vertices(G) =:= [] andalso topsort(G) =/= false.

preorder(G) -> {Pre, _} = orders(G), Pre.
postorder(G) -> {_, Post} = orders(G), Post.

%% Depth first from the sources, then from what is on cycles without one.
orders(G) ->
    Roots = digraph:source_vertices(G) ++ digraph:vertices(G),
    {Pre, Post, _} = lists:foldl(fun(V, Acc) -> visit([{enter, V}], G, Acc) end, {[], [], #{}}, Roots),
    {lists:reverse(Pre), lists:reverse(Post)}.

visit([{enter, V} | Todo], G, {_, _, Seen} = Acc) when is_map_key(V, Seen) -> visit(Todo, G, Acc);
visit([{enter, V} | Todo], G, {Pre, Post, Seen}) ->
    Next = [{enter, N} || N <- digraph:out_neighbours(G, V)],
    visit(Next ++ [{leave, V} | Todo], G, {[V | Pre], Post, Seen#{V => true}});
visit([{leave, V} | Todo], G, {Pre, Post, Seen}) -> visit(Todo, G, {Pre, [V | Post], Seen});
visit([], _, Acc) -> Acc.

is_tree(G) ->
    digraph:no_edges(G) =:= digraph:no_vertices(G) - 1 andalso length(components(G)) =:= 1.

is_arborescence(G) -> arborescence_root(G) =/= no.

arborescence_root(G) ->
    case digraph:no_edges(G) =:= digraph:no_vertices(G) - 1 of
        true ->
            case {[V || V <- digraph:vertices(G), digraph:in_degree(G, V) =:= 0],
                  lists:all(fun(V) -> digraph:in_degree(G, V) =< 1 end, digraph:vertices(G))} of
                {[Root], true} -> {yes, Root};
                _ -> no
            end;
        false -> no
    end.

subgraph(G, Vs) -> subgraph(G, Vs, []).

subgraph(G, Vs, Options) ->
    {Type, Keep} = try sub_options(Options, inherit, true)
                   catch throw:bad -> erlang:error(badarg, [G, Vs, Options])
                   end,
    Info = digraph:info(G),
    Types = case Type of
        inherit -> [T || {K, T} <- Info, K =:= cyclicity orelse K =:= protection];
        _ -> Type
    end,
    Sub = digraph:new(Types),
    [case digraph:vertex(G, V) of
         false -> ok;
         {_, Label} when Keep -> digraph:add_vertex(Sub, V, Label);
         _ -> digraph:add_vertex(Sub, V)
     end || V <- Vs],
    [case digraph:edge(G, E) of
         {_, V1, V2, Label} when Keep -> add_inside(Sub, E, V1, V2, Label);
         {_, V1, V2, _} -> add_inside(Sub, fresh, V1, V2, [])
     end || V <- digraph:vertices(Sub), E <- digraph:out_edges(G, V)],
    Sub.

add_inside(Sub, E, V1, V2, Label) ->
    case {digraph:vertex(Sub, V2), E} of
        {false, _} -> ok;
        {_, fresh} -> digraph:add_edge(Sub, V1, V2, Label);
        _ -> digraph:add_edge(Sub, E, V1, V2, Label)
    end.

sub_options([{type, inherit} | T], _, Keep) -> sub_options(T, inherit, Keep);
sub_options([{type, Type} | T], _, Keep) when is_list(Type) -> sub_options(T, Type, Keep);
sub_options([{keep_labels, Keep} | T], Type, _) when is_boolean(Keep) -> sub_options(T, Type, Keep);
sub_options([], Type, Keep) -> {Type, Keep};
sub_options(_, _, _) -> throw(bad).

%% One vertex for each strong component, an edge where one leads to another.
condensation(G) ->
    Components = strong_components(G),
    Of = maps:from_list([{V, C} || C <- Components, V <- C]),
    Condensed = digraph:new(),
    [digraph:add_vertex(Condensed, C) || C <- Components],
    Edges = lists:usort([{C, D} || C <- Components, V <- C, N <- digraph:out_neighbours(G, V), D <- [map_get(N, Of)], D =/= C]),
    [digraph:add_edge(Condensed, C1, C2) || {C1, C2} <- Edges],
    Condensed.
