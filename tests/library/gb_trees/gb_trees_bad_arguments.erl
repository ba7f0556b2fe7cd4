%% What the functions of gb_trees say of arguments that are none.
-module(gb_trees_bad_arguments).
-include("../bad_arguments.hrl").

start() ->
    show(fun() -> not_always(gb_trees, function_clause, [{balance, 1}, {delete, 2}, {delete_any, 2}, {enter, 3}, {get, 2}, {insert, 3}, {is_defined, 2}, {iterator, 1}, {iterator_from, 2}, {keys, 1}, {largest, 1}, {lookup, 2}, {map, 2}, {size, 1}, {smallest, 1}, {take, 2}, {take_any, 2}, {take_largest, 1}, {take_smallest, 1}, {to_list, 1}, {update, 3}, {values, 1}]) end),  % expect: []
    show(fun() -> not_always(gb_trees, ok, [{is_empty, 1}]) end),  % expect: []
    show(fun() -> bad(gb_trees, from_orddict, 1) end),  % expect: [{badarg,8},{function_clause,1},{ok,2}]
    show(fun() -> bad(gb_trees, next, 1) end).  % expect: [{function_clause,10},{ok,1}]
