%% What the functions of proplists say of arguments that are none.
-module(proplists_bad_arguments).
-include("../bad_arguments.hrl").

start() ->
    show(fun() -> not_always(proplists, ok, [{property, 1}, {property, 2}]) end),  % expect: []
    show(fun() -> bad(proplists, append_values, 2) end),  % expect: [{function_clause,88},{ok,33}]
    show(fun() -> bad(proplists, compact, 1) end),  % expect: [{bad_generator,8},{ok,3}]
    show(fun() -> bad(proplists, delete, 2) end),  % expect: [{function_clause,88},{ok,33}]
    show(fun() -> bad(proplists, expand, 2) end),  % expect: [{bad_generator,32},{function_clause,80},{ok,9}]
    show(fun() -> bad(proplists, from_map, 1) end),  % expect: [{badmap,10},{ok,1}]
    show(fun() -> bad(proplists, get_all_values, 2) end),  % expect: [{function_clause,88},{ok,33}]
    show(fun() -> bad(proplists, get_bool, 2) end),  % expect: [{function_clause,88},{ok,33}]
    show(fun() -> bad(proplists, get_keys, 1) end),  % expect: [{function_clause,8},{ok,3}]
    show(fun() -> bad(proplists, get_value, 2) end),  % expect: [{function_clause,88},{ok,33}]
    show(fun() -> bad(proplists, get_value, 3) end),  % expect: [{function_clause,88},{ok,33}]
    show(fun() -> bad(proplists, is_defined, 2) end),  % expect: [{function_clause,88},{ok,33}]
    show(fun() -> bad(proplists, lookup, 2) end),  % expect: [{function_clause,88},{ok,33}]
    show(fun() -> bad(proplists, lookup_all, 2) end),  % expect: [{function_clause,88},{ok,33}]
    show(fun() -> bad(proplists, normalize, 2) end),  % expect: [{bad_generator,8},{function_clause,110},{ok,3}]
    show(fun() -> bad(proplists, split, 2) end),  % expect: [{bad_generator,88},{function_clause,24},{ok,9}]
    show(fun() -> bad(proplists, substitute_aliases, 2) end),  % expect: [{bad_generator,79},{function_clause,27},{ok,15}]
    show(fun() -> bad(proplists, substitute_negations, 2) end),  % expect: [{bad_generator,79},{function_clause,27},{ok,15}]
    show(fun() -> bad(proplists, to_map, 1) end),  % expect: [{function_clause,8},{ok,3}]
    show(fun() -> bad(proplists, to_map, 2) end),  % expect: [{function_clause,118},{ok,3}]
    show(fun() -> bad(proplists, unfold, 1) end).  % expect: [{function_clause,8},{ok,3}]
