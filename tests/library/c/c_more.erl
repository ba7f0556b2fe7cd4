%% Commands of the shell that print: processes, a compilation with the options of the last one, documentation that is not there.
-module(c_more).
-include("../show.hrl").
-include("../printed.hrl").

start() ->
    show(fun() -> printed(fun() -> c:i([]) end) end),  % expect: {ok,"Pid                   Initial Call                          Heap     Reds Msgs\nRegistered            Current Function                     Stack              \nTotal                                                          0        0    0\n                                                               0              \n"}
    show(fun() -> [tl(printed_lines(fun() -> c:i([whereis(kernel_sup)]) end)) =/= [], length(printed_lines(fun() -> c:i([self(), self()]) end))] end),  % expect: [true,8]
    show(fun() -> printed(fun() -> c:c(no_such_module_here, [], fun(_) -> true end) end) end),  % expect: {{error,non_existing},[]}
    show(fun() -> in_dir(fun recompiled/0) end),  % expect: [{{ok,c_test_mod},y},[],{{ok,c_test_mod},x},"Recompiling c_test_mod.erl\n",{{ok,c_test_mod},none},"Recompiling c_test_mod.erl\n",{error,badarg},[]]
    show(fun() -> [c:h(no_such_module_here), c:h(no_such_module_here, f), c:h(no_such_module_here, f, 1)] end),  % expect: [{error,non_existing},{error,non_existing},{error,non_existing}]
    show(fun() -> [c:ht(no_such_module_here), c:ht(no_such_module_here, t), c:ht(no_such_module_here, t, 1)] end),  % expect: [{error,non_existing},{error,non_existing},{error,non_existing}]
    show(fun() -> [c:hcb(no_such_module_here), c:hcb(no_such_module_here, b), c:hcb(no_such_module_here, b, 1)] end),  % expect: [{error,non_existing},{error,non_existing},{error,non_existing}]
    show(fun() -> [c:h(lists, no_such_function), c:h(lists, no_such_function, 1), c:h(lists, map, 99)] end),  % expect: [{error,function_missing},{error,function_missing},{error,function_missing}]
    show(fun() -> printed(fun() -> [c:ht(lists, no_such_type), c:ht(lists, no_such_type, 1)] end) end),  % expect: {[{error,type_missing},{error,type_missing}],[]}
    show(fun() -> [c:c(no_such_module_here, [], fun(_) -> true end), c:c(lists), c:c(lists, [], fun(_) -> true end)] end),  % expect: [{error,non_existing},{error,no_source},{error,no_source}]
    show(fun() -> c:c("zz", [], fun(_) -> true end) end),  % expect: error function_clause
    show(fun() -> in_dir(fun moved/0) end),  % expect: [{ok,c_test_mod},{error,no_source},{{ok,c_test_mod},y},{{ok,c_test_mod},y},"Recompiling c_test_mod.erl\n",error,true,y]
    show(fun() -> in_dir(fun object_elsewhere/0) end).  % expect: [{ok,c_test_mod},{{ok,c_test_mod},x},"Recompiling c_test_mod.erl\n",["out","src"],"c_test_mod","out"]

%% Compiled with Y, then with X, then with neither: the filter takes the old options away.
recompiled() ->
    {A, T1} = printed(fun() -> {c:c(c_test_mod, [{d, 'Y'}]), c_test_mod:f()} end),
    {B, T2} = printed(fun() -> {c:c(c_test_mod, [{d, 'X'}], fun(_) -> false end), c_test_mod:f()} end),
    {C, T3} = printed(fun() -> {c:c(c_test_mod, [], fun({d, _}) -> false; (_) -> true end), c_test_mod:f()} end),
    {D, T4} = printed(fun() -> {c:c(c_test_mod, {d, 'X'}, fun(_) -> false end), c_test_mod:f()} end),
    [A, T1, B, name_only(T2), C, name_only(T3), D, name_only(T4)].

%% The source is looked for beside the object file; what does not compile leaves the object file as it is.
moved() ->
    {A, _} = printed(fun() -> c:c(c_test_mod) end),
    Gone = filename:join(element(2, file:get_cwd()), "c_test_mod.erl"),
    ok = file:rename(Gone, "kept"),
    true = code:add_patha("."),
    {B, _} = printed(fun() -> c:c(c_test_mod) end),
    ok = file:make_dir("src"),
    ok = file:rename("kept", "src/c_test_mod.erl"),
    {C, _} = printed(fun() -> {c:c("src/c_test_mod", [{d, 'Y'}]), c_test_mod:f()} end),
    {D, T} = printed(fun() -> {c:c(c_test_mod, [{d, 'Y'}], fun(_) -> false end), c_test_mod:f()} end),
    ok = file:write_file("src/c_test_mod.erl", "-module(c_test_mod).\nf("),
    {E, _} = printed(fun() -> c:c(c_test_mod) end),
    code:del_path("."),
    [A, B, C, D, name_only(T), E, filelib:is_regular("c_test_mod" ++ code:objfile_extension()), c_test_mod:f()].

%% The new object file lies where the old one was.
object_elsewhere() ->
    ok = file:make_dir("out"),
    ok = file:make_dir("src"),
    ok = file:rename("c_test_mod.erl", "src/c_test_mod.erl"),
    {A, _} = printed(fun() -> c:c("src/c_test_mod.erl", [{outdir, "out"}]) end),
    {B, T} = printed(fun() -> {c:c(c_test_mod, [{d, 'X'}]), c_test_mod:f()} end),
    {ok, Here} = file:list_dir("."),
    [A, B, name_only(T), lists:sort(Here), filename:rootname(filename:basename(code:which(c_test_mod))),
     filename:basename(filename:dirname(code:which(c_test_mod)))].

name_only(Text) ->
    case string:split(Text, "/") of
        [Before, Path] -> Before ++ filename:basename(Path);
        [Text] -> Text
    end.

printed_lines(F) -> string:lexemes(element(2, printed(F)), "\n").

in_dir(F) ->
    {ok, Old} = file:get_cwd(),
    Dir = filename:join(os:getenv("TMPDIR", "/tmp"), "c_more_" ++ os:getpid()),
    ok = file:make_dir(Dir),
    ok = file:write_file(filename:join(Dir, "c_test_mod.erl"), "-module(c_test_mod).\n-export([f/0]).\n-ifdef(X).\n-ifdef(Y).\nf() -> both.\n-else.\nf() -> x.\n-endif.\n-else.\n-ifdef(Y).\nf() -> y.\n-else.\nf() -> none.\n-endif.\n-endif.\n"),
    ok = file:set_cwd(Dir),
    try F() after file:set_cwd(Old), os:cmd("rm -r " ++ Dir), code:purge(c_test_mod), code:delete(c_test_mod) end.
