%% Commands of the shell as functions: compiling, listing, printing.
-module(c_commands).
-include("../show.hrl").
-include("../printed.hrl").

start() ->
    show(fun() -> out(fun() -> c:pwd() end, fun is_text/1) end),  % expect: {ok,true}
    show(fun() -> out(fun() -> c:cd("/nonexistent/dir") end, fun is_text/1) end),  % expect: {ok,true}
    show(fun() -> out(fun() -> c:ls("/nonexistent/dir") end, fun same/1) end),  % expect: {ok,"no such file or directory\n"}
    show(fun() -> out(fun() -> in_dir(fun() -> c:ls() end) end, fun same/1) end),  % expect: {ok,"c_test_mod.erl     \n"}
    show(fun() -> out(fun() -> in_dir(fun() -> c:ls(".") end) end, fun same/1) end),  % expect: {ok,"c_test_mod.erl     \n"}
    show(fun() -> out(fun() -> c:flush() end, fun same/1) end),  % expect: {ok,[]}
    show(fun() -> c:pid(0, 1, 2) end),  % expect: pid
    show(fun() -> is_integer(c:memory(total)) end),  % expect: true
    show(fun() -> c:memory(odd_type) end),  % expect: error badarg
    show(fun() -> is_list(c:memory()) end),  % expect: true
    show(fun() -> [K || {K, _} <- c:memory([total, ets])] end),  % expect: [total,ets]
    show(fun() -> out(fun() -> c:help() end, fun is_text/1) end),  % expect: {ok,true}
    show(fun() -> out(fun() -> c:regs() end, fun is_text/1) end),  % expect: {ok,true}
    show(fun() -> out(fun() -> c:nregs() end, fun is_text/1) end),  % expect: {ok,true}
    show(fun() -> out(fun() -> c:i() end, fun is_text/1) end),  % expect: {ok,true}
    show(fun() -> out(fun() -> c:ni() end, fun is_text/1) end),  % expect: {ok,true}
    show(fun() -> element(1, hd(c_i(self()))) end),  % expect: current_function
    show(fun() -> out(fun() -> c:uptime() end, fun is_text/1) end),  % expect: {ok,true}
    show(fun() -> out(fun() -> c:m() end, fun is_text/1) end),  % expect: {ok,true}
    show(fun() -> out(fun() -> c:m(lists) end, fun is_text/1) end),  % expect: {ok,true}
    show(fun() -> out(fun() -> in_dir(fun() -> {c:c(c_test_mod), c_test_mod:f()} end) end, fun is_text/1) end),  % expect: {{{ok,c_test_mod},no_x},false}
    show(fun() -> out(fun() -> in_dir(fun() -> {c:c("c_test_mod", [{d, 'X'}]), c_test_mod:f()} end) end, fun is_text/1) end),  % expect: {{{ok,c_test_mod},x},false}
    show(fun() -> out(fun() -> in_dir(fun() -> c:lc(["c_test_mod"]) end) end, fun is_text/1) end),  % expect: {ok,false}
    show(fun() -> out(fun() -> in_dir(fun() -> c:nc(c_test_mod) end) end, fun is_text/1) end),  % expect: {{ok,c_test_mod},false}
    show(fun() -> out(fun() -> in_dir(fun() -> c:nc(c_test_mod, []) end) end, fun is_text/1) end),  % expect: {{ok,c_test_mod},false}
    show(fun() -> out(fun() -> c:c(no_such_file_here) end, fun is_text/1) end),  % expect: {{error,non_existing},false}
    show(fun() -> c:l(no_such_module_here) end),  % expect: {error,nofile}
    show(fun() -> c:nl(no_such_module_here) end),  % expect: error
    show(fun() -> c:mm() end),  % expect: []
    show(fun() -> c:lm() end),  % expect: []
    show(fun() -> out(fun() -> c:erlangrc() end, fun same/1) end),  % expect: {{error,enoent},[]}
    show(fun() -> c:erlangrc(["/nonexistent/dir"]) end),  % expect: {error,enoent}
    show(fun() -> c:bt(dead()) end).  % expect: undefined

out(F, Seen) ->
    Me = self(),
    Leader = spawn_link(fun() -> printing_leader([]) end),
    {_, M} = spawn_monitor(fun() -> group_leader(Leader, self()), Me ! {result, F()} end),
    receive {'DOWN', M, _, _, R} -> R end,
    Leader ! {self(), text},
    Text = receive {text, T} -> T end,
    {receive {result, V} -> shown(V) after 0 -> plain(R) end, Seen(Text)}.

shown(V) when is_list(V), length(V) > 5 -> long_list;
shown(V) -> V.

same(Text) -> Text.
is_text(Text) -> length(Text) > 0.

c_i(P) ->
    [X, Y, Z] = [list_to_integer(N) || N <- string:lexemes(pid_to_list(P), "<.>")],
    c:i(X, Y, Z).

dead() -> P = spawn(fun() -> ok end), _ = ends(P), P.

in_dir(F) ->
    {ok, Old} = file:get_cwd(),
    Dir = filename:join(os:getenv("TMPDIR", "/tmp"), "c_commands_" ++ os:getpid()),
    ok = file:make_dir(Dir),
    ok = file:write_file(filename:join(Dir, "c_test_mod.erl"), "-module(c_test_mod).\n-export([f/0]).\n-ifdef(X).\nf() -> x.\n-else.\nf() -> no_x.\n-endif.\n"),
    ok = file:set_cwd(Dir),
    try F() after file:set_cwd(Old), os:cmd("rm -r " ++ Dir) end.
