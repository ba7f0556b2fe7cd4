%% What the functions of dict say of arguments that are none.
-module(dict_bad_arguments).
-include("../bad_arguments.hrl").

start() ->
    show(fun() -> bad(dict, append, 3) end),  % expect: [badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord]
    show(fun() -> bad(dict, append_list, 3) end),  % expect: [badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord]
    show(fun() -> bad(dict, erase, 2) end),  % expect: [badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord]
    show(fun() -> bad(dict, fetch, 2) end),  % expect: [badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord]
    show(fun() -> bad(dict, fetch_keys, 1) end),  % expect: [badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord]
    show(fun() -> bad(dict, filter, 2) end),  % expect: [badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord]
    show(fun() -> bad(dict, find, 2) end),  % expect: [badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord]
    show(fun() -> bad(dict, fold, 3) end),  % expect: [badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord]
    show(fun() -> bad(dict, from_list, 1) end),  % expect: [case_clause,case_clause,ok,function_clause,case_clause,case_clause,case_clause,case_clause,function_clause,ok,case_clause,case_clause]
    show(fun() -> bad(dict, is_empty, 1) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(dict, is_key, 2) end),  % expect: [badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord]
    show(fun() -> bad(dict, map, 2) end),  % expect: [badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord]
    show(fun() -> bad(dict, merge, 3) end),  % expect: [badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord]
    show(fun() -> bad(dict, size, 1) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(dict, store, 3) end),  % expect: [badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord]
    show(fun() -> bad(dict, take, 2) end),  % expect: [badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord]
    show(fun() -> bad(dict, to_list, 1) end),  % expect: [badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord]
    show(fun() -> bad(dict, update, 3) end),  % expect: [badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord]
    show(fun() -> bad(dict, update, 4) end),  % expect: [badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord,badrecord]
    show(fun() -> bad(dict, update_counter, 3) end).  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,badrecord,function_clause,badrecord,badrecord,function_clause,function_clause]
