%% What the functions of proplists say of arguments that are none.
-module(proplists_bad_arguments).
-include("../bad_arguments.hrl").

start() ->
    show(fun() -> bad(proplists, append_values, 2) end),  % expect: [function_clause,ok,function_clause,function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,ok,function_clause]
    show(fun() -> bad(proplists, compact, 1) end),  % expect: [bad_generator,bad_generator,ok,bad_generator,bad_generator,bad_generator,bad_generator,bad_generator,ok,ok,bad_generator,bad_generator]
    show(fun() -> bad(proplists, delete, 2) end),  % expect: [function_clause,ok,function_clause,function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,ok,function_clause]
    show(fun() -> bad(proplists, expand, 2) end),  % expect: [function_clause,bad_generator,function_clause,bad_generator,function_clause,bad_generator,function_clause,function_clause,function_clause,function_clause,bad_generator,function_clause]
    show(fun() -> bad(proplists, from_map, 1) end),  % expect: [badmap,badmap,badmap,badmap,badmap,ok,badmap,badmap,badmap,badmap,badmap,badmap]
    show(fun() -> bad(proplists, get_all_values, 2) end),  % expect: [function_clause,ok,function_clause,function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,ok,function_clause]
    show(fun() -> bad(proplists, get_bool, 2) end),  % expect: [function_clause,ok,function_clause,function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,ok,function_clause]
    show(fun() -> bad(proplists, get_keys, 1) end),  % expect: [function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,function_clause,ok,ok,function_clause,function_clause]
    show(fun() -> bad(proplists, get_value, 2) end),  % expect: [function_clause,ok,function_clause,function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,ok,function_clause]
    show(fun() -> bad(proplists, get_value, 3) end),  % expect: [function_clause,ok,function_clause,function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,ok,function_clause]
    show(fun() -> bad(proplists, is_defined, 2) end),  % expect: [function_clause,ok,function_clause,function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,ok,function_clause]
    show(fun() -> bad(proplists, lookup, 2) end),  % expect: [function_clause,ok,function_clause,function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,ok,function_clause]
    show(fun() -> bad(proplists, lookup_all, 2) end),  % expect: [function_clause,ok,function_clause,function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,ok,function_clause]
    show(fun() -> bad(proplists, normalize, 2) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,bad_generator,function_clause]
    show(fun() -> bad(proplists, property, 1) end),  % expect: [ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok]
    show(fun() -> bad(proplists, property, 2) end),  % expect: [ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok]
    show(fun() -> bad(proplists, split, 2) end),  % expect: [bad_generator,function_clause,bad_generator,bad_generator,bad_generator,function_clause,bad_generator,bad_generator,bad_generator,bad_generator,function_clause,bad_generator]
    show(fun() -> bad(proplists, substitute_aliases, 2) end),  % expect: [bad_generator,function_clause,bad_generator,function_clause,bad_generator,function_clause,bad_generator,bad_generator,bad_generator,bad_generator,ok,bad_generator]
    show(fun() -> bad(proplists, substitute_negations, 2) end),  % expect: [bad_generator,function_clause,bad_generator,function_clause,bad_generator,function_clause,bad_generator,bad_generator,bad_generator,bad_generator,ok,bad_generator]
    show(fun() -> bad(proplists, to_map, 1) end),  % expect: [function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,function_clause,ok,ok,function_clause,function_clause]
    show(fun() -> bad(proplists, to_map, 2) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(proplists, unfold, 1) end).  % expect: [function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,function_clause,ok,ok,function_clause,function_clause]
