%% What the functions of maps say of arguments that are none.
-module(maps_bad_arguments).
-include("../bad_arguments.hrl").

start() ->
    show(fun() -> not_always(maps, badarg, [{filter, 2}, {filtermap, 2}, {fold, 3}, {foreach, 2}, {groups_from_list, 2}, {groups_from_list, 3}, {intersect_with, 3}, {map, 2}, {merge_with, 3}, {next, 1}]) end),  % expect: []
    show(fun() -> bad(maps, find, 2) end),  % expect: [{badmap,110},{ok,11}]
    show(fun() -> bad(maps, from_keys, 2) end),  % expect: [{badarg,88},{ok,33}]
    show(fun() -> bad(maps, from_list, 1) end),  % expect: [{badarg,9},{ok,2}]
    show(fun() -> bad(maps, get, 2) end),  % expect: [{badkey,11},{badmap,110}]
    show(fun() -> bad(maps, get, 3) end),  % expect: [{badmap,110},{ok,11}]
    show(fun() -> bad(maps, intersect, 2) end),  % expect: [{badmap,120},{ok,1}]
    show(fun() -> bad(maps, is_key, 2) end),  % expect: [{badmap,110},{ok,11}]
    show(fun() -> bad(maps, iterator, 1) end),  % expect: [{badmap,10},{ok,1}]
    show(fun() -> bad(maps, keys, 1) end),  % expect: [{badmap,10},{ok,1}]
    show(fun() -> bad(maps, merge, 2) end),  % expect: [{badmap,120},{ok,1}]
    show(fun() -> bad(maps, put, 3) end),  % expect: [{badmap,110},{ok,11}]
    show(fun() -> bad(maps, remove, 2) end),  % expect: [{badmap,110},{ok,11}]
    show(fun() -> bad(maps, size, 1) end),  % expect: [{badmap,10},{ok,1}]
    show(fun() -> bad(maps, take, 2) end),  % expect: [{badmap,110},{ok,11}]
    show(fun() -> bad(maps, to_list, 1) end),  % expect: [{badmap,10},{ok,1}]
    show(fun() -> bad(maps, update, 3) end),  % expect: [{badkey,11},{badmap,110}]
    show(fun() -> bad(maps, update_with, 3) end),  % expect: [{badarg,11},{badmap,110}]
    show(fun() -> bad(maps, update_with, 4) end),  % expect: [{badarg,11},{badmap,110}]
    show(fun() -> bad(maps, values, 1) end),  % expect: [{badmap,10},{ok,1}]
    show(fun() -> bad(maps, with, 2) end),  % expect: [{badarg,7},{badmap,110},{function_clause,1},{ok,3}]
    show(fun() -> bad(maps, without, 2) end).  % expect: [{badarg,7},{badmap,110},{function_clause,1},{ok,3}]
