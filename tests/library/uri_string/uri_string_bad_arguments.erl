%% What the functions of uri_string say of arguments that are none.
-module(uri_string_bad_arguments).
-include("../bad_arguments.hrl").

start() ->
    show(fun() -> not_always(uri_string, ok, [{is_host, 1}, {is_path, 1}]) end),  % expect: []
    show(fun() -> bad(uri_string, compose_query, 1) end),  % expect: [{function_clause,9},{ok,2}]
    show(fun() -> bad(uri_string, dissect_query, 1) end),  % expect: [{badarg,2},{function_clause,6},{ok,3}]
    show(fun() -> bad(uri_string, normalize, 1) end),  % expect: [{badarg,2},{function_clause,6},{ok,3}]
    show(fun() -> bad(uri_string, normalize, 2) end),  % expect: [{badarg,2},{function_clause,116},{ok,3}]
    show(fun() -> bad(uri_string, parse, 1) end),  % expect: [{badarg,2},{function_clause,6},{ok,3}]
    show(fun() -> bad(uri_string, percent_decode, 1) end),  % expect: [{badarg,2},{function_clause,5},{ok,4}]
    show(fun() -> bad(uri_string, quote, 1) end),  % expect: [{badarg,2},{function_clause,6},{ok,3}]
    show(fun() -> bad(uri_string, quote, 2) end),  % expect: [{badarg,22},{function_clause,66},{ok,33}]
    show(fun() -> bad(uri_string, recompose, 1) end),  % expect: [{function_clause,10},{ok,1}]
    show(fun() -> bad(uri_string, resolve, 2) end),  % expect: [{badarg,30},{function_clause,75},{ok,16}]
    show(fun() -> bad(uri_string, resolve, 3) end),  % expect: [{badarg,30},{function_clause,75},{ok,16}]
    show(fun() -> bad(uri_string, unquote, 1) end).  % expect: [{badarg,2},{function_clause,6},{ok,3}]
