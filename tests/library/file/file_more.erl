%% Functions of file without a test elsewhere.
-module(file_more).
-include("../show.hrl").

start() ->
    put(cwd, element(2, file:get_cwd())),
    file:set_cwd(dir()),
    show(fun() -> file:get_cwd() =:= {ok, dir()} end),  % expect: true
    show(fun() -> file:get_cwd("x:") end),  % expect: {error,enotsup}
    show(fun() -> file:get_cwd(foo) end),  % expect: {error,einval}
    show(fun() -> file:native_name_encoding() end),  % expect: utf8
    show(fun() -> file:list_dir_all(".") end),  % expect: {ok,[]}
    show(fun() -> [file:write_file(F, "text") || F <- ["a", "b"]] end),  % expect: [ok,ok]
    show(fun() -> lists:sort(element(2, file:list_dir_all("."))) end),  % expect: ["a","b"]
    show(fun() -> file:list_dir_all("nothing") end),  % expect: {error,enoent}
    show(fun() -> file:delete("a", [raw]) end),  % expect: ok
    show(fun() -> file:change_group("b", gid()) end),  % expect: ok
    show(fun() -> file:change_owner("b", uid()) end),  % expect: ok
    show(fun() -> file:change_group("nothing", 0) end),  % expect: {error,enoent}
    show(fun() -> file:change_owner("nothing", 0) end),  % expect: {error,enoent}
    show(fun() -> file:make_symlink("b", "link") end),  % expect: ok
    show(fun() -> file:read_link_all("link") end),  % expect: {ok,"b"}
    show(fun() -> file:read_link_all("b") end),  % expect: {error,einval}
    show(fun() -> element(3, element(2, file:read_link_info("link", [raw]))) end),  % expect: symlink
    show(fun() -> element(3, element(2, file:read_link_info("link", [{time, posix}]))) end),  % expect: symlink
    show(fun() -> file:read_link_info("nothing", []) end),  % expect: {error,enoent}
    show(fun() -> element(3, element(2, file:raw_read_file_info("b"))) end),  % expect: regular
    show(fun() -> file:raw_read_file_info("nothing") end),  % expect: {error,enoent}
    show(fun() -> [file:write_file_info("b", mode(8#600)), mode("b")] end),  % expect: [ok,384]
    show(fun() -> [file:write_file_info("b", mode(8#644), [{time, posix}]), mode("b")] end),  % expect: [ok,420]
    show(fun() -> file:write_file_info("nothing", mode(8#644)) end),  % expect: {error,enoent}
    show(fun() -> file:pid2name(self()) end),  % expect: undefined
    show(fun() -> opened("b", fun(D) -> file:pid2name(D) =:= {ok, filename:absname("b")} end) end),  % expect: false
    show(fun() -> [file:write_file("terms", "X = 1.\nself() ! {evaluated, X + 1}.\n"), file:eval("terms"), next()] end),  % expect: [ok,ok,{evaluated,2}]
    show(fun() -> file:eval("nothing") end),  % expect: {error,enoent}
    show(fun() -> [file:write_file("bad", "f(.\n"), file:eval("bad")] end),  % expect: [ok,{error,{1,erl_parse,["syntax error before: ","'.'"]}}]
    show(fun() -> file:path_eval(["/nonexistent", "."], "terms") end),  % expect: {ok,"terms"}
    show(fun() -> next() end),  % expect: {evaluated,2}
    show(fun() -> file:path_eval(["/nonexistent"], "terms") end),  % expect: {error,enoent}
    show(fun() -> [file:write_file("script", "A = 2.\nA * B.\n"), file:script("script", [{'B', 21}])] end),  % expect: [ok,{ok,42}]
    show(fun() -> file:path_script(["/nonexistent", "."], "terms") end),  % expect: {ok,{evaluated,2},"terms"}
    show(fun() -> file:path_script(["."], "script", [{'B', 2}]) end),  % expect: {ok,4,"script"}
    show(fun() -> file:path_script(["/nonexistent"], "script") end),  % expect: {error,enoent}
    file:set_cwd(get(cwd)),
    os:cmd("rm -r " ++ dir()).

dir() ->
    Dir = filename:join(os:getenv("TMPDIR", "/tmp"), "file_more_" ++ os:getpid()),
    _ = file:make_dir(Dir),
    Dir.

uid() -> {ok, I} = file:read_file_info("b"), element(12, I).
gid() -> {ok, I} = file:read_file_info("b"), element(13, I).
mode(Name) when is_list(Name) -> {ok, I} = file:read_file_info(Name), element(8, I) band 8#777;
mode(Mode) -> {file_info, undefined, undefined, undefined, undefined, undefined, undefined, Mode, undefined, undefined, undefined, undefined, undefined, undefined}.
opened(Name, F) -> {ok, D} = file:open(Name, [read]), R = F(D), file:close(D), R.
