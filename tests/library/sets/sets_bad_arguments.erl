%% What the functions of sets say of arguments that are none.
-module(sets_bad_arguments).
-include("../bad_arguments.hrl").

start() ->
    show(fun() -> bad(sets, add_element, 2) end),  % expect: [ok,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,ok]
    show(fun() -> bad(sets, del_element, 2) end),  % expect: [ok,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,ok]
    show(fun() -> bad(sets, filter, 2) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(sets, fold, 3) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(sets, from_list, 1) end),  % expect: [case_clause,case_clause,ok,function_clause,case_clause,case_clause,case_clause,case_clause,ok,ok,case_clause,case_clause]
    show(fun() -> bad(sets, from_list, 2) end),  % expect: [function_clause,case_clause,function_clause,function_clause,function_clause,case_clause,function_clause,function_clause,function_clause,function_clause,case_clause,function_clause]
    show(fun() -> bad(sets, intersection, 1) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,ok,function_clause,function_clause]
    show(fun() -> bad(sets, intersection, 2) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(sets, is_disjoint, 2) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(sets, is_element, 2) end),  % expect: [ok,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,ok]
    show(fun() -> bad(sets, is_empty, 1) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(sets, is_set, 1) end),  % expect: [ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok]
    show(fun() -> bad(sets, is_subset, 2) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(sets, new, 1) end),  % expect: [function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,function_clause,ok,ok,function_clause,function_clause]
    show(fun() -> bad(sets, size, 1) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(sets, subtract, 2) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(sets, to_list, 1) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(sets, union, 1) end),  % expect: [function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,ok,function_clause,function_clause]
    show(fun() -> bad(sets, union, 2) end).  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
