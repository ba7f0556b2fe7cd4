%% What the functions of ordsets say of arguments that are none.
-module(ordsets_bad_arguments).
-include("../bad_arguments.hrl").

start() ->
    show(fun() -> bad(ordsets, add_element, 2) end),  % expect: [function_clause,ok,function_clause,function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,ok,function_clause]
    show(fun() -> bad(ordsets, del_element, 2) end),  % expect: [function_clause,ok,function_clause,function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,ok,function_clause]
    show(fun() -> bad(ordsets, filter, 2) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(ordsets, fold, 3) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(ordsets, from_list, 1) end),  % expect: [function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,function_clause,ok,ok,function_clause,function_clause]
    show(fun() -> bad(ordsets, intersection, 1) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,ok,function_clause,function_clause]
    show(fun() -> bad(ordsets, intersection, 2) end),  % expect: [function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,ok,function_clause]
    show(fun() -> bad(ordsets, is_disjoint, 2) end),  % expect: [function_clause,function_clause,ok,ok,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,ok,function_clause]
    show(fun() -> bad(ordsets, is_element, 2) end),  % expect: [function_clause,ok,function_clause,function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,ok,function_clause]
    show(fun() -> bad(ordsets, is_empty, 1) end),  % expect: [ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok]
    show(fun() -> bad(ordsets, is_set, 1) end),  % expect: [ok,ok,ok,function_clause,ok,ok,ok,ok,ok,ok,ok,ok]
    show(fun() -> bad(ordsets, is_subset, 2) end),  % expect: [function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,ok,function_clause]
    show(fun() -> bad(ordsets, size, 1) end),  % expect: [badarg,badarg,ok,badarg,badarg,badarg,badarg,badarg,ok,ok,badarg,badarg]
    show(fun() -> bad(ordsets, subtract, 2) end),  % expect: [function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,ok,function_clause]
    show(fun() -> bad(ordsets, to_list, 1) end),  % expect: [ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok]
    show(fun() -> bad(ordsets, union, 1) end),  % expect: [function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,ok,function_clause,function_clause]
    show(fun() -> bad(ordsets, union, 2) end).  % expect: [function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,ok,function_clause]
