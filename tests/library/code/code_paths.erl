%% The path, names of libraries, what is loaded, sticky modules.
-module(code_paths).
-include("../show.hrl").
-include("../printed.hrl").

start() ->
    process_flag(trap_exit, true),
    show(fun() -> [is_list(code:get_path()), lists:member(".", code:get_path())] end),  % expect: [true,true]
    show(fun() -> code:add_path("/nonexistent/dir") end),  % expect: {error,bad_directory}
    show(fun() -> code:add_patha("/nonexistent/dir") end),  % expect: {error,bad_directory}
    show(fun() -> code:add_pathz("/nonexistent/dir") end),  % expect: {error,bad_directory}
    show(fun() -> code:add_paths(["/nonexistent/dir"]) end),  % expect: ok
    show(fun() -> code:add_pathsa(["/nonexistent/dir"]) end),  % expect: ok
    show(fun() -> code:add_pathsz(["/nonexistent/dir"]) end),  % expect: ok
    show(fun() -> code:add_path(foo) end),  % expect: error function_clause
    show(fun() -> added(fun(D) -> code:add_path(D) end) end),  % expect: {true,last,true,false}
    show(fun() -> added(fun(D) -> code:add_patha(D) end) end),  % expect: {true,first,true,false}
    show(fun() -> added(fun(D) -> code:add_pathz(D) end) end),  % expect: {true,last,true,false}
    show(fun() -> added(fun(D) -> code:add_paths([D]) end) end),  % expect: {ok,last,true,false}
    show(fun() -> added(fun(D) -> code:add_pathsa([D]) end) end),  % expect: {ok,first,true,false}
    show(fun() -> added(fun(D) -> code:add_pathsz([D]) end) end),  % expect: {ok,last,true,false}
    show(fun() -> code:del_path("/nonexistent/dir") end),  % expect: false
    show(fun() -> code:del_path(no_such_app) end),  % expect: false
    show(fun() -> code:del_path(17) end),  % expect: error function_clause
    show(fun() -> code:set_path(foo) end),  % expect: error function_clause
    show(fun() -> code:set_path(code:get_path()) end),  % expect: true
    show(fun() -> code:replace_path(no_such_app, "/nonexistent/dir") end),  % expect: {error,bad_name}
    show(fun() -> code:replace_path(17, "x") end),  % expect: error function_clause
    show(fun() -> [filename:basename(filename:dirname(code:lib_dir(stdlib))) =/= "", is_list(code:lib_dir()), is_list(code:root_dir()), is_list(code:compiler_dir())] end),  % expect: [true,true,true,true]
    show(fun() -> code:lib_dir(no_such_app) end),  % expect: {error,bad_name}
    show(fun() -> code:lib_dir(no_such_app, include) end),  % expect: {error,bad_name}
    show(fun() -> code:lib_dir("stdlib", include) end),  % expect: error function_clause
    show(fun() -> code:priv_dir(no_such_app) end),  % expect: {error,bad_name}
    show(fun() -> code:priv_dir("x") end),  % expect: {error,bad_name}
    show(fun() -> code:objfile_extension() =/= "" end),  % expect: true
    show(fun() -> code:get_mode() end),  % expect: interactive
    show(fun() -> [is_tuple(code:is_loaded(lists)), code:is_loaded(no_such_module_here), element(1, code:is_loaded(?MODULE))] end),  % expect: [true,false,file]
    show(fun() -> code:is_loaded("lists") end),  % expect: error function_clause
    show(fun() -> code:which(no_such_module_here) end),  % expect: non_existing
    show(fun() -> code:which(erlang) end),  % expect: preloaded
    show(fun() -> code:ensure_loaded(lists) end),  % expect: {module,lists}
    show(fun() -> code:ensure_loaded(erlang) end),  % expect: {module,erlang}
    show(fun() -> code:ensure_loaded(no_such_module_here) end),  % expect: {error,nofile}
    show(fun() -> code:ensure_loaded("lists") end),  % expect: error function_clause
    show(fun() -> code:ensure_modules_loaded([lists, maps]) end),  % expect: ok
    show(fun() -> code:ensure_modules_loaded([lists, no_such_module_here]) end),  % expect: {error,[{no_such_module_here,nofile}]}
    show(fun() -> code:ensure_modules_loaded([foo | bar]) end),  % expect: error function_clause
    show(fun() -> code:load_file(no_such_module_here) end),  % expect: {error,nofile}
    show(fun() -> code:load_file(lists) end),  % expect: {error,sticky_directory}
    show(fun() -> code:load_abs("/nonexistent/no_such_module_here") end),  % expect: {error,nofile}
    show(fun() -> code:load_abs("/nonexistent/no_such_module_here", no_such_module_here) end),  % expect: {error,nofile}
    show(fun() -> [code:is_sticky(lists), code:is_sticky(?MODULE), code:is_sticky(no_such_module_here)] end),  % expect: [true,false,false]
    show(fun() -> [code:stick_mod(?MODULE), code:is_sticky(?MODULE), code:unstick_mod(?MODULE), code:is_sticky(?MODULE)] end),  % expect: [true,true,true,false]
    show(fun() -> code:stick_dir("/nonexistent/dir") end),  % expect: error
    show(fun() -> code:unstick_dir("/nonexistent/dir") end),  % expect: error
    show(fun() -> code:get_object_code(no_such_module_here) end),  % expect: error
    show(fun() -> element(1, code:get_object_code(lists)) end),  % expect: lists
    show(fun() -> code:where_is_file("no_such_file_here.beam") end),  % expect: non_existing
    show(fun() -> code:where_is_file(code:get_path(), "no_such_file_here.beam") end),  % expect: non_existing
    show(fun() -> code:where_is_file([], "x") end),  % expect: non_existing
    show(fun() -> is_binary(code:module_md5(element(2, code:get_object_code(lists)))) end),  % expect: true
    show(fun() -> code:module_md5(<<"nonsense">>) end),  % expect: undefined
    show(fun() -> code:module_status(no_such_module_here) end),  % expect: not_loaded
    show(fun() -> code:module_status(lists) end),  % expect: loaded
    show(fun() -> code:module_status([lists, no_such_module_here]) end),  % expect: [{lists,loaded},{no_such_module_here,not_loaded}]
    show(fun() -> is_list(code:module_status()) end),  % expect: true
    show(fun() -> code:modified_modules() end),  % expect: []
    show(fun() -> code:is_module_native(lists) end),  % expect: false
    show(fun() -> code:is_module_native(no_such_module_here) end),  % expect: undefined
    show(fun() -> code:rehash() end),  % expect: ok
    show(fun() -> [lists:keymember(M, 1, code:all_loaded()) || M <- [lists, ?MODULE, no_such_module_here]] end),  % expect: [true,true,false]
    show(fun() -> [is_list(hd(code:all_available())) orelse is_tuple(hd(code:all_available()))] end),  % expect: [true]
    show(fun() -> code:soft_purge(no_such_module_here) end),  % expect: true
    show(fun() -> code:purge(no_such_module_here) end),  % expect: false
    show(fun() -> code:delete(no_such_module_here) end),  % expect: false
    show(fun() -> code:prepare_loading([]) end),  % expect: {ok,{'$prepared$',[]}}
    show(fun() -> code:finish_loading([foo]) end),  % expect: error function_clause
    show(fun() -> code:atomic_load([]) end),  % expect: ok
    show(fun() -> code:atomic_load([no_such_module_here]) end),  % expect: {error,[{no_such_module_here,nofile}]}
    show(fun() -> code:atomic_load(foo) end),  % expect: error function_clause
    show(fun() -> prepared() end),  % expect: {false,ok,yes,true,true,false,ok,yes}
    show(fun() -> quietly(fun() -> code:clash() end) end).  % expect: ok

added(F) ->
    Dir = filename:join(os:getenv("TMPDIR", "/tmp"), "code_paths_" ++ os:getpid()),
    ok = file:make_dir(Dir),
    R = F(Dir),
    Path = code:get_path(),
    Where = if hd(Path) =:= Dir -> first; true -> case lists:last(Path) of Dir -> last; _ -> lists:member(Dir, Path) end end,
    Gone = code:del_path(Dir),
    file:del_dir(Dir),
    {R, Where, Gone, lists:member(Dir, code:get_path())}.

prepared() ->
    Forms = [{attribute, 1, module, prepared_mod}, {attribute, 2, export, [{f, 0}]}, {function, 3, f, 0, [{clause, 3, [], [], [{atom, 3, yes}]}]}],
    {ok, M, Code} = compile:forms(Forms),
    {ok, P} = code:prepare_loading([{M, "prepared_mod.beam", Code}]),
    Before = erlang:module_loaded(M),
    R = code:finish_loading(P),
    {Before, R, M:f(), code:soft_purge(M), code:delete(M), code:purge(M), code:atomic_load([{M, "prepared_mod.beam", Code}]), M:f()}.
