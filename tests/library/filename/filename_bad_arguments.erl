%% What the functions of filename say of arguments that are none.
-module(filename_bad_arguments).
-include("../bad_arguments.hrl").

start() ->
    show(fun() -> not_always(filename, function_clause, [{join, 1}]) end),  % expect: []
    show(fun() -> bad(filename, absname, 1) end),  % expect: [{function_clause,6},{ok,5}]
    show(fun() -> bad(filename, basedir, 2) end),  % expect: [{case_clause,5},{function_clause,116}]
    show(fun() -> bad(filename, basedir, 3) end),  % expect: [{case_clause,1},{function_clause,120}]
    show(fun() -> bad(filename, basename, 1) end),  % expect: [{function_clause,6},{ok,5}]
    show(fun() -> bad(filename, dirname, 1) end),  % expect: [{function_clause,6},{ok,5}]
    show(fun() -> bad(filename, extension, 1) end),  % expect: [{function_clause,6},{ok,5}]
    show(fun() -> bad(filename, flatten, 1) end),  % expect: [{function_clause,5},{ok,6}]
    show(fun() -> bad(filename, nativename, 1) end),  % expect: [{function_clause,7},{ok,4}]
    show(fun() -> bad(filename, pathtype, 1) end),  % expect: [{function_clause,5},{ok,6}]
    show(fun() -> bad(filename, rootname, 1) end),  % expect: [{function_clause,6},{ok,5}]
    show(fun() -> bad(filename, split, 1) end),  % expect: [{function_clause,6},{ok,5}]
    show(fun() -> bad(filename, validate, 1) end).  % expect: [{function_clause,5},{ok,6}]
