%% Directed graphs with named vertices and edges, in three tables: vertices, edges, and who is next to whom.
-module(digraph).

-export([new/0, new/1, delete/1, info/1, add_vertex/1, add_vertex/2, add_vertex/3, vertex/2, vertices/1, no_vertices/1,
         source_vertices/1, sink_vertices/1, del_vertex/2, del_vertices/2, add_edge/3, add_edge/4, add_edge/5, edge/2, edges/1,
         edges/2, no_edges/1, del_edge/2, del_edges/2, in_neighbours/2, out_neighbours/2, in_edges/2, out_edges/2, in_degree/2,
         out_degree/2, del_path/3, get_path/3, get_cycle/2, get_short_path/3, get_short_cycle/2]).
-export_type([graph/0, vertex/0, edge/0, label/0]).

-record(digraph, {vtab, etab, ntab, cyclic = true}).

-opaque graph() :: #digraph{}.
-type vertex() :: term().
-type edge() :: term().
-type label() :: term().

%% ---- The graph ----

new() -> new([]).

new(Types) ->
    {Cyclic, Access} = types(Types, Types, true, protected),
    V = ets:new(vertices, [set, Access]),
    E = ets:new(edges, [set, Access]),
    N = ets:new(neighbours, [bag, Access]),
    ets:insert(N, [{'$vid', 0}, {'$eid', 0}]),
    #digraph{vtab = V, etab = E, ntab = N, cyclic = Cyclic}.

types([cyclic | T], All, _, Access) -> types(T, All, true, Access);
types([acyclic | T], All, _, Access) -> types(T, All, false, Access);
types([protected | T], All, Cyclic, _) -> types(T, All, Cyclic, protected);
types([private | T], All, Cyclic, _) -> types(T, All, Cyclic, private);
types([], _, Cyclic, Access) -> {Cyclic, Access};
types(_, All, _, _) -> erlang:error(badarg, [All]).

delete(G) ->
    ets:delete(G#digraph.vtab),
    ets:delete(G#digraph.etab),
    ets:delete(G#digraph.ntab).

info(G) ->
    V = G#digraph.vtab,
    #digraph{etab = E, ntab = N, cyclic = Cyclic} = G,
    Words = lists:sum([ets:info(T, memory) || T <- [V, E, N]]),
    [{cyclicity, case Cyclic of true -> cyclic; false -> acyclic end}, {memory, Words}, {protection, ets:info(V, protection)}].

%% Names that were not given count up.
fresh(G, Kind, Tag) ->
    N = G#digraph.ntab,
    [{Kind, Id}] = ets:lookup(N, Kind),
    ets:delete(N, Kind),
    ets:insert(N, {Kind, Id + 1}),
    [Tag | Id].

%% ---- Vertices ----

add_vertex(G) -> add_vertex(G, fresh(G, '$vid', '$v'), []).
add_vertex(G, V) -> add_vertex(G, V, []).

add_vertex(G, V, Label) ->
    T = G#digraph.vtab,
    ets:insert(T, {V, Label}),
    V.

vertex(G, V) ->
    T = G#digraph.vtab,
    case ets:lookup(T, V) of
        [] -> false;
        [Vertex] -> Vertex
    end.

vertices(G) ->
    T = G#digraph.vtab,
    ets:select(T, [{{'$1', '_'}, [], ['$1']}]).

no_vertices(G) ->
    T = G#digraph.vtab,
    ets:info(T, size).

source_vertices(G) -> [V || V <- vertices(G), in_degree(G, V) =:= 0].
sink_vertices(G) -> [V || V <- vertices(G), out_degree(G, V) =:= 0].

del_vertex(G, V) ->
    T = G#digraph.vtab,
    N = G#digraph.ntab,
    del_edges(G, edges(G, V)),
    ets:delete(T, V),
    ets:delete(N, {in, V}),
    ets:delete(N, {out, V}),
    true.

del_vertices(G, [V | Vs]) ->
    del_vertex(G, V),
    del_vertices(G, Vs);
del_vertices(#digraph{}, []) -> true.

%% ---- Edges ----

add_edge(G, V1, V2) -> add_edge(G, fresh(G, '$eid', '$e'), V1, V2, []).
add_edge(G, V1, V2, Label) -> add_edge(G, fresh(G, '$eid', '$e'), V1, V2, Label).

add_edge(G, Edge, V1, V2, Label) ->
    E = G#digraph.etab,
    case ets:lookup(E, Edge) of
        [{Edge, V1, V2, _}] -> put_edge(G, Edge, V1, V2, Label);
        [_] -> {error, {bad_edge, [V1, V2]}};
        [] ->
            case {vertex(G, V1), vertex(G, V2)} of
                {false, _} -> {error, {bad_vertex, V1}};
                {_, false} -> {error, {bad_vertex, V2}};
                _ -> new_edge(G, Edge, V1, V2, Label)
            end
    end.

new_edge(#digraph{cyclic = true} = G, Edge, V1, V2, Label) -> put_edge(G, Edge, V1, V2, Label);
new_edge(#digraph{cyclic = false} = G, Edge, V1, V2, Label) ->
    case V1 =:= V2 of
        true -> {error, {bad_edge, [V1, V2]}};
        false ->
            case get_path(G, V2, V1) of
                false -> put_edge(G, Edge, V1, V2, Label);
                Path -> {error, {bad_edge, Path}}
            end
    end.

put_edge(#digraph{etab = E, ntab = N}, Edge, V1, V2, Label) ->
    ets:insert(N, [{{out, V1}, Edge}, {{in, V2}, Edge}]),
    ets:insert(E, {Edge, V1, V2, Label}),
    Edge.

edge(G, E) ->
    T = G#digraph.etab,
    case ets:lookup(T, E) of
        [] -> false;
        [Edge] -> Edge
    end.

edges(G) ->
    T = G#digraph.etab,
    ets:select(T, [{{'$1', '_', '_', '_'}, [], ['$1']}]).

edges(G, V) ->
    N = G#digraph.ntab,
    ets:select(N, [{{{out, V}, '$1'}, [], ['$1']}, {{{in, V}, '$1'}, [], ['$1']}]).

no_edges(G) ->
    T = G#digraph.etab,
    ets:info(T, size).

del_edge(G, E) ->
    T = G#digraph.etab,
    N = G#digraph.ntab,
    case ets:lookup(T, E) of
        [{E, V1, V2, _}] ->
            ets:delete_object(N, {{out, V1}, E}),
            ets:delete_object(N, {{in, V2}, E}),
            ets:delete(T, E);
        [] -> true
    end.

del_edges(G, [E | Es]) ->
    del_edge(G, E),
    del_edges(G, Es);
del_edges(#digraph{}, []) -> true.

in_edges(G, V) ->
    N = G#digraph.ntab,
    [E || {_, E} <- ets:lookup(N, {in, V})].
out_edges(G, V) ->
    N = G#digraph.ntab,
    [E || {_, E} <- ets:lookup(N, {out, V})].

in_degree(G, V) -> length(in_edges(G, V)).
out_degree(G, V) -> length(out_edges(G, V)).

in_neighbours(G, V) ->
    T = G#digraph.etab,
    [ets:lookup_element(T, E, 2) || E <- in_edges(G, V)].
out_neighbours(G, V) ->
    T = G#digraph.etab,
    [ets:lookup_element(T, E, 3) || E <- out_edges(G, V)].

%% ---- Paths ----

%% As long as there is a path, the edges of one go.
del_path(G, V1, V2) ->
    case get_path(G, V1, V2) of
        false -> true;
        Path ->
            del_steps(G, Path),
            del_path(G, V1, V2)
    end.

del_steps(G, [V1 | [V2 | _] = Rest]) ->
    [del_edge(G, E) || E <- out_edges(G, V1), element(3, edge(G, E)) =:= V2],
    del_steps(G, Rest);
del_steps(_, _) -> ok.

%% Depth first; no vertex is entered twice.
get_path(G, V1, V2) -> path(lists:reverse(out_neighbours(G, V1)), G, V2, [V1], #{V1 => true}, []).

%% A cycle through V of at least two vertices, else the one of a loop.
get_cycle(G, V) ->
    case get_path_longer(G, V) of
        false ->
            case lists:member(V, out_neighbours(G, V)) of
                true -> [V];
                false -> false
            end;
        Path -> Path
    end.

get_path_longer(G, V) -> path([N || N <- lists:reverse(out_neighbours(G, V)), N =/= V], G, V, [V], #{V => true}, []).

%% What is left to try at this vertex, and, outwards, at those before it with the path that led there.
path([To | _], _, To, Path, _, _) -> lists:reverse([To | Path]);
path([V | Vs], G, To, Path, Seen, Back) ->
    case Seen of
        #{V := _} -> path(Vs, G, To, Path, Seen, Back);
        #{} -> path(lists:reverse(out_neighbours(G, V)), G, To, [V | Path], Seen#{V => true}, [{Vs, Path} | Back])
    end;
path([], G, To, _, Seen, [{Vs, Path} | Back]) -> path(Vs, G, To, Path, Seen, Back);
path([], _, _, _, _, []) -> false.

get_short_cycle(G, V) -> get_short_path(G, V, V).

%% Breadth first: who was first reached from where tells the way back.
get_short_path(G, V1, V2) -> short(queue:from_list([{V1, N} || N <- out_neighbours(G, V1)]), G, V1, V2, #{}).

short(Q, G, V1, V2, From) ->
    case queue:out(Q) of
        {empty, _} -> false;
        {{value, {V, V2}}, _} -> way_back(V, V1, From, [V2]);
        {{value, {V, N}}, Q1} when is_map_key(N, From); N =:= V1 ->
            _ = V,
            short(Q1, G, V1, V2, From);
        {{value, {V, N}}, Q1} ->
            Next = lists:foldl(fun(M, A) -> queue:in({N, M}, A) end, Q1, out_neighbours(G, N)),
            short(Next, G, V1, V2, From#{N => V})
    end.

way_back(V1, V1, _, Path) -> [V1 | Path];
way_back(V, V1, From, Path) -> way_back(map_get(V, From), V1, From, [V | Path]).
