%% What the functions of digraph_utils say of arguments that are none.
-module(digraph_utils_bad_arguments).
-include("../bad_arguments.hrl").

start() ->
    show(fun() -> bad(digraph_utils, arborescence_root, 1) end),  % expect: [{badrecord,11}]
    show(fun() -> bad(digraph_utils, components, 1) end),  % expect: [{badrecord,11}]
    show(fun() -> bad(digraph_utils, condensation, 1) end),  % expect: [{badrecord,11}]
    show(fun() -> bad(digraph_utils, cyclic_strong_components, 1) end),  % expect: [{badrecord,11}]
    show(fun() -> bad(digraph_utils, is_acyclic, 1) end),  % expect: [{badrecord,11}]
    show(fun() -> bad(digraph_utils, is_arborescence, 1) end),  % expect: [{badrecord,11}]
    show(fun() -> bad(digraph_utils, is_tree, 1) end),  % expect: [{badrecord,11}]
    show(fun() -> bad(digraph_utils, loop_vertices, 1) end),  % expect: [{badrecord,11}]
    show(fun() -> bad(digraph_utils, postorder, 1) end),  % expect: [{badrecord,11}]
    show(fun() -> bad(digraph_utils, preorder, 1) end),  % expect: [{badrecord,11}]
    show(fun() -> bad(digraph_utils, reachable, 2) end),  % expect: [{badrecord,33},{function_clause,77},{ok,11}]
    show(fun() -> bad(digraph_utils, reachable_neighbours, 2) end),  % expect: [{badrecord,33},{function_clause,77},{ok,11}]
    show(fun() -> bad(digraph_utils, reaching, 2) end),  % expect: [{badrecord,33},{function_clause,77},{ok,11}]
    show(fun() -> bad(digraph_utils, reaching_neighbours, 2) end),  % expect: [{badrecord,33},{function_clause,77},{ok,11}]
    show(fun() -> bad(digraph_utils, strong_components, 1) end),  % expect: [{badrecord,11}]
    show(fun() -> bad(digraph_utils, subgraph, 2) end),  % expect: [{badrecord,121}]
    show(fun() -> bad(digraph_utils, subgraph, 3) end),  % expect: [{badarg,110},{badrecord,11}]
    show(fun() -> bad(digraph_utils, topsort, 1) end).  % expect: [{badrecord,11}]
