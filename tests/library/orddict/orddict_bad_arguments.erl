%% What the functions of orddict say of arguments that are none.
-module(orddict_bad_arguments).
-include("../bad_arguments.hrl").

start() ->
    show(fun() -> bad(orddict, append, 3) end),  % expect: [function_clause,function_clause,ok,function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(orddict, append_list, 3) end),  % expect: [function_clause,function_clause,ok,function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(orddict, erase, 2) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,ok,function_clause]
    show(fun() -> bad(orddict, fetch, 2) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(orddict, fetch_keys, 1) end),  % expect: [function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,ok,function_clause,function_clause]
    show(fun() -> bad(orddict, filter, 2) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,badfun,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(orddict, find, 2) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,ok,function_clause]
    show(fun() -> bad(orddict, fold, 3) end),  % expect: [function_clause,function_clause,badfun,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(orddict, from_list, 1) end),  % expect: [function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,ok,function_clause,function_clause]
    show(fun() -> bad(orddict, is_empty, 1) end),  % expect: [function_clause,function_clause,ok,ok,function_clause,function_clause,function_clause,function_clause,ok,ok,function_clause,function_clause]
    show(fun() -> bad(orddict, is_key, 2) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,ok,function_clause]
    show(fun() -> bad(orddict, map, 2) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,badfun,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(orddict, merge, 3) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(orddict, size, 1) end),  % expect: [badarg,badarg,ok,badarg,badarg,badarg,badarg,badarg,ok,ok,badarg,badarg]
    show(fun() -> bad(orddict, store, 3) end),  % expect: [function_clause,function_clause,ok,function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(orddict, take, 2) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,ok,function_clause]
    show(fun() -> bad(orddict, to_list, 1) end),  % expect: [ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok]
    show(fun() -> bad(orddict, update, 3) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(orddict, update, 4) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,ok,ok,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(orddict, update_counter, 3) end).  % expect: [function_clause,function_clause,ok,function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
