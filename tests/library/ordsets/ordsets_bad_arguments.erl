%% What the functions of ordsets say of arguments that are none.
-module(ordsets_bad_arguments).
-include("../bad_arguments.hrl").

start() ->
    show(fun() -> not_always(ordsets, function_clause, [{filter, 2}, {fold, 3}]) end),  % expect: []
    show(fun() -> not_always(ordsets, ok, [{is_empty, 1}, {to_list, 1}]) end),  % expect: []
    show(fun() -> bad(ordsets, add_element, 2) end),  % expect: [{function_clause,85},{ok,36}]
    show(fun() -> bad(ordsets, del_element, 2) end),  % expect: [{function_clause,85},{ok,36}]
    show(fun() -> bad(ordsets, from_list, 1) end),  % expect: [{function_clause,8},{ok,3}]
    show(fun() -> bad(ordsets, intersection, 1) end),  % expect: [{function_clause,10},{ok,1}]
    show(fun() -> bad(ordsets, intersection, 2) end),  % expect: [{function_clause,94},{ok,27}]
    show(fun() -> bad(ordsets, is_disjoint, 2) end),  % expect: [{function_clause,93},{ok,28}]
    show(fun() -> bad(ordsets, is_element, 2) end),  % expect: [{function_clause,85},{ok,36}]
    show(fun() -> bad(ordsets, is_set, 1) end),  % expect: [{function_clause,1},{ok,10}]
    show(fun() -> bad(ordsets, is_subset, 2) end),  % expect: [{function_clause,93},{ok,28}]
    show(fun() -> bad(ordsets, size, 1) end),  % expect: [{badarg,8},{ok,3}]
    show(fun() -> bad(ordsets, subtract, 2) end),  % expect: [{function_clause,94},{ok,27}]
    show(fun() -> bad(ordsets, union, 1) end),  % expect: [{function_clause,9},{ok,2}]
    show(fun() -> bad(ordsets, union, 2) end).  % expect: [{function_clause,94},{ok,27}]
