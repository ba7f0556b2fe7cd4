%% What the functions of sets say of arguments that are none.
-module(sets_bad_arguments).
-include("../bad_arguments.hrl").

start() ->
    show(fun() -> not_always(sets, function_clause, [{filter, 2}, {fold, 3}]) end),  % expect: []
    show(fun() -> not_always(sets, ok, [{is_set, 1}]) end),  % expect: []
    show(fun() -> bad(sets, add_element, 2) end),  % expect: [{function_clause,110},{ok,11}]
    show(fun() -> bad(sets, del_element, 2) end),  % expect: [{function_clause,110},{ok,11}]
    show(fun() -> bad(sets, from_list, 1) end),  % expect: [{case_clause,7},{function_clause,1},{ok,3}]
    show(fun() -> bad(sets, from_list, 2) end),  % expect: [{case_clause,21},{function_clause,91},{ok,9}]
    show(fun() -> bad(sets, intersection, 1) end),  % expect: [{function_clause,10},{ok,1}]
    show(fun() -> bad(sets, intersection, 2) end),  % expect: [{function_clause,120},{ok,1}]
    show(fun() -> bad(sets, is_disjoint, 2) end),  % expect: [{function_clause,120},{ok,1}]
    show(fun() -> bad(sets, is_element, 2) end),  % expect: [{function_clause,110},{ok,11}]
    show(fun() -> bad(sets, is_empty, 1) end),  % expect: [{function_clause,10},{ok,1}]
    show(fun() -> bad(sets, is_subset, 2) end),  % expect: [{function_clause,110},{ok,11}]
    show(fun() -> bad(sets, new, 1) end),  % expect: [{function_clause,8},{ok,3}]
    show(fun() -> bad(sets, size, 1) end),  % expect: [{function_clause,10},{ok,1}]
    show(fun() -> bad(sets, subtract, 2) end),  % expect: [{function_clause,110},{ok,11}]
    show(fun() -> bad(sets, to_list, 1) end),  % expect: [{function_clause,10},{ok,1}]
    show(fun() -> bad(sets, union, 1) end),  % expect: [{function_clause,9},{ok,2}]
    show(fun() -> bad(sets, union, 2) end).  % expect: [{function_clause,120},{ok,1}]
