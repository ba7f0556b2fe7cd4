%% What the functions of gb_sets say of arguments that are none.
-module(gb_sets_bad_arguments).
-include("../bad_arguments.hrl").

start() ->
    show(fun() -> not_always(gb_sets, function_clause, [{add, 2}, {add_element, 2}, {balance, 1}, {del_element, 2}, {delete, 2}, {delete_any, 2}, {difference, 2}, {filter, 2}, {fold, 3}, {insert, 2}, {intersection, 2}, {is_disjoint, 2}, {is_element, 2}, {is_member, 2}, {is_subset, 2}, {iterator, 1}, {iterator_from, 2}, {largest, 1}, {size, 1}, {smallest, 1}, {subtract, 2}, {take_largest, 1}, {take_smallest, 1}, {to_list, 1}, {union, 2}]) end),  % expect: []
    show(fun() -> not_always(gb_sets, ok, [{is_empty, 1}, {is_set, 1}, {singleton, 1}]) end),  % expect: []
    show(fun() -> bad(gb_sets, from_list, 1) end),  % expect: [{function_clause,8},{ok,3}]
    show(fun() -> bad(gb_sets, from_ordset, 1) end),  % expect: [{badarg,8},{ok,3}]
    show(fun() -> bad(gb_sets, intersection, 1) end),  % expect: [{function_clause,10},{ok,1}]
    show(fun() -> bad(gb_sets, next, 1) end),  % expect: [{function_clause,10},{ok,1}]
    show(fun() -> bad(gb_sets, union, 1) end).  % expect: [{function_clause,9},{ok,2}]
