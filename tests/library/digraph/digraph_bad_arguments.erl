%% What the functions of digraph say of arguments that are none.
-module(digraph_bad_arguments).
-include("../bad_arguments.hrl").

start() ->
    show(fun() -> not_always(digraph, badrecord, [{add_edge, 3}, {add_edge, 4}, {add_edge, 5}, {add_vertex, 1}, {add_vertex, 2}, {add_vertex, 3}, {del_edge, 2}, {del_path, 3}, {del_vertex, 2}, {delete, 1}, {edge, 2}, {edges, 1}, {edges, 2}, {get_cycle, 2}, {get_path, 3}, {get_short_cycle, 2}, {get_short_path, 3}, {in_degree, 2}, {in_edges, 2}, {in_neighbours, 2}, {info, 1}, {no_edges, 1}, {no_vertices, 1}, {out_degree, 2}, {out_edges, 2}, {out_neighbours, 2}, {sink_vertices, 1}, {source_vertices, 1}, {vertex, 2}, {vertices, 1}]) end),  % expect: []
    show(fun() -> bad(digraph, del_edges, 2) end),  % expect: [{badrecord,33},{function_clause,88}]
    show(fun() -> bad(digraph, del_vertices, 2) end),  % expect: [{badrecord,33},{function_clause,88}]
    show(fun() -> bad(digraph, new, 1) end).  % expect: [{badarg,10},{ok,1}]
