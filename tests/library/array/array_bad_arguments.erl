%% What the functions of array say of arguments that are none.
-module(array_bad_arguments).
-include("../bad_arguments.hrl").

start() ->
    show(fun() -> not_always(array, badarg, [{default, 1}, {foldl, 3}, {foldr, 3}, {get, 2}, {map, 2}, {reset, 2}, {resize, 1}, {resize, 2}, {set, 3}, {size, 1}, {sparse_foldl, 3}, {sparse_foldr, 3}, {sparse_map, 2}, {sparse_size, 1}, {sparse_to_list, 1}, {sparse_to_orddict, 1}, {to_list, 1}, {to_orddict, 1}]) end),  % expect: []
    show(fun() -> not_always(array, function_clause, [{fix, 1}, {is_fix, 1}, {relax, 1}]) end),  % expect: []
    show(fun() -> not_always(array, ok, [{is_array, 1}]) end),  % expect: []
    show(fun() -> bad(array, from_list, 1) end),  % expect: [{badarg,8},{ok,3}]
    show(fun() -> bad(array, from_list, 2) end),  % expect: [{badarg,88},{ok,33}]
    show(fun() -> bad(array, from_orddict, 1) end),  % expect: [{badarg,10},{ok,1}]
    show(fun() -> bad(array, from_orddict, 2) end),  % expect: [{badarg,110},{ok,11}]
    show(fun() -> bad(array, new, 1) end),  % expect: [{badarg,8},{ok,3}]
    show(fun() -> bad(array, new, 2) end).  % expect: [{badarg,118},{ok,3}]
