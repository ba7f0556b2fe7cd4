%% What the functions of filename say of arguments that are none.
-module(filename_bad_arguments).
-include("../bad_arguments.hrl").

start() ->
    show(fun() -> bad(filename, absname, 1) end),  % expect: [ok,function_clause,ok,ok,ok,function_clause,function_clause,function_clause,ok,function_clause,function_clause,ok]
    show(fun() -> bad(filename, absname, 2) end),  % expect: [function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(filename, absname_join, 2) end),  % expect: [function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(filename, append, 2) end),  % expect: [badarg,badarg,ok,badarg,function_clause,badarg,badarg,function_clause,ok,ok,badarg,badarg]
    show(fun() -> bad(filename, basedir, 2) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(filename, basedir, 3) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(filename, basename, 1) end),  % expect: [ok,function_clause,ok,ok,ok,function_clause,function_clause,function_clause,ok,function_clause,function_clause,ok]
    show(fun() -> bad(filename, basename, 2) end),  % expect: [function_clause,function_clause,ok,ok,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(filename, dirname, 1) end),  % expect: [ok,function_clause,ok,ok,ok,function_clause,function_clause,function_clause,ok,function_clause,function_clause,ok]
    show(fun() -> bad(filename, extension, 1) end),  % expect: [ok,function_clause,ok,ok,ok,function_clause,function_clause,function_clause,ok,function_clause,function_clause,ok]
    show(fun() -> bad(filename, flatten, 1) end),  % expect: [ok,function_clause,ok,ok,ok,function_clause,function_clause,function_clause,ok,ok,function_clause,ok]
    show(fun() -> bad(filename, join, 1) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(filename, join, 2) end),  % expect: [function_clause,function_clause,ok,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(filename, nativename, 1) end),  % expect: [ok,function_clause,ok,function_clause,ok,function_clause,function_clause,function_clause,ok,function_clause,function_clause,ok]
    show(fun() -> bad(filename, pathtype, 1) end),  % expect: [ok,function_clause,ok,ok,ok,function_clause,function_clause,function_clause,ok,ok,function_clause,ok]
    show(fun() -> bad(filename, rootname, 1) end),  % expect: [ok,function_clause,ok,ok,ok,function_clause,function_clause,function_clause,ok,function_clause,function_clause,ok]
    show(fun() -> bad(filename, rootname, 2) end),  % expect: [function_clause,function_clause,ok,ok,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(filename, split, 1) end),  % expect: [ok,function_clause,ok,ok,ok,function_clause,function_clause,function_clause,ok,function_clause,function_clause,ok]
    show(fun() -> bad(filename, validate, 1) end).  % expect: [ok,function_clause,ok,ok,ok,function_clause,function_clause,function_clause,ok,ok,function_clause,ok]
