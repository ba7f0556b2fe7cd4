%% What the functions of uri_string say of arguments that are none.
-module(uri_string_bad_arguments).
-include("../bad_arguments.hrl").

start() ->
    show(fun() -> bad(uri_string, compose_query, 1) end),  % expect: [function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,ok,function_clause,function_clause]
    show(fun() -> bad(uri_string, compose_query, 2) end),  % expect: [function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,ok,function_clause,function_clause]
    show(fun() -> bad(uri_string, dissect_query, 1) end),  % expect: [function_clause,function_clause,ok,badarg,ok,function_clause,function_clause,function_clause,ok,badarg,function_clause,function_clause]
    show(fun() -> bad(uri_string, is_host, 1) end),  % expect: [ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok]
    show(fun() -> bad(uri_string, is_path, 1) end),  % expect: [ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok,ok]
    show(fun() -> bad(uri_string, normalize, 1) end),  % expect: [function_clause,function_clause,ok,badarg,ok,function_clause,function_clause,function_clause,ok,badarg,function_clause,function_clause]
    show(fun() -> bad(uri_string, normalize, 2) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(uri_string, parse, 1) end),  % expect: [function_clause,function_clause,ok,badarg,ok,function_clause,function_clause,function_clause,ok,badarg,function_clause,function_clause]
    show(fun() -> bad(uri_string, percent_decode, 1) end),  % expect: [function_clause,function_clause,ok,badarg,ok,ok,function_clause,function_clause,ok,badarg,function_clause,function_clause]
    show(fun() -> bad(uri_string, quote, 1) end),  % expect: [function_clause,function_clause,ok,badarg,ok,function_clause,function_clause,function_clause,ok,badarg,function_clause,function_clause]
    show(fun() -> bad(uri_string, quote, 2) end),  % expect: [function_clause,function_clause,ok,badarg,ok,function_clause,function_clause,function_clause,ok,badarg,function_clause,function_clause]
    show(fun() -> bad(uri_string, recompose, 1) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(uri_string, resolve, 2) end),  % expect: [function_clause,function_clause,function_clause,badarg,function_clause,badarg,function_clause,function_clause,function_clause,badarg,function_clause,function_clause]
    show(fun() -> bad(uri_string, resolve, 3) end),  % expect: [function_clause,function_clause,function_clause,badarg,function_clause,badarg,function_clause,function_clause,function_clause,badarg,function_clause,function_clause]
    show(fun() -> bad(uri_string, transcode, 2) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(uri_string, unquote, 1) end).  % expect: [function_clause,function_clause,ok,badarg,ok,function_clause,function_clause,function_clause,ok,badarg,function_clause,function_clause]
