%% What the functions of orddict say of arguments that are none.
-module(orddict_bad_arguments).
-include("../bad_arguments.hrl").

start() ->
    show(fun() -> not_always(orddict, function_clause, [{fetch, 2}, {update, 3}]) end),  % expect: []
    show(fun() -> not_always(orddict, ok, [{to_list, 1}]) end),  % expect: []
    show(fun() -> bad(orddict, append, 3) end),  % expect: [{function_clause,99},{ok,22}]
    show(fun() -> bad(orddict, append_list, 3) end),  % expect: [{function_clause,99},{ok,22}]
    show(fun() -> bad(orddict, erase, 2) end),  % expect: [{function_clause,99},{ok,22}]
    show(fun() -> bad(orddict, fetch_keys, 1) end),  % expect: [{function_clause,9},{ok,2}]
    show(fun() -> bad(orddict, filter, 2) end),  % expect: [{badfun,11},{function_clause,110}]
    show(fun() -> bad(orddict, find, 2) end),  % expect: [{function_clause,99},{ok,22}]
    show(fun() -> bad(orddict, fold, 3) end),  % expect: [{badfun,11},{function_clause,110}]
    show(fun() -> bad(orddict, from_list, 1) end),  % expect: [{function_clause,9},{ok,2}]
    show(fun() -> bad(orddict, is_empty, 1) end),  % expect: [{function_clause,7},{ok,4}]
    show(fun() -> bad(orddict, is_key, 2) end),  % expect: [{function_clause,99},{ok,22}]
    show(fun() -> bad(orddict, map, 2) end),  % expect: [{badfun,11},{function_clause,110}]
    show(fun() -> bad(orddict, merge, 3) end),  % expect: [{badfun,1},{function_clause,120}]
    show(fun() -> bad(orddict, size, 1) end),  % expect: [{badarg,8},{ok,3}]
    show(fun() -> bad(orddict, store, 3) end),  % expect: [{function_clause,99},{ok,22}]
    show(fun() -> bad(orddict, take, 2) end),  % expect: [{function_clause,99},{ok,22}]
    show(fun() -> bad(orddict, update, 4) end),  % expect: [{function_clause,99},{ok,22}]
    show(fun() -> bad(orddict, update_counter, 3) end).  % expect: [{function_clause,99},{ok,22}]
