%% What the functions of dict say of arguments that are none.
-module(dict_bad_arguments).
-include("../bad_arguments.hrl").

start() ->
    show(fun() -> not_always(dict, badrecord, [{append, 3}, {append_list, 3}, {erase, 2}, {fetch, 2}, {fetch_keys, 1}, {filter, 2}, {find, 2}, {fold, 3}, {is_key, 2}, {map, 2}, {merge, 3}, {store, 3}, {take, 2}, {to_list, 1}, {update, 3}, {update, 4}]) end),  % expect: []
    show(fun() -> not_always(dict, function_clause, [{is_empty, 1}, {size, 1}]) end),  % expect: []
    show(fun() -> bad(dict, from_list, 1) end),  % expect: [{case_clause,7},{function_clause,2},{ok,2}]
    show(fun() -> bad(dict, update_counter, 3) end).  % expect: [{badrecord,33},{function_clause,88}]
