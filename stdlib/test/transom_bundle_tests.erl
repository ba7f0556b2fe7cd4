%% The archive, made and run in this system; that it stands behind an executable is tested from outside (tests/system/bundle.rs).
-module(transom_bundle_tests).
-include_lib("eunit/include/eunit.hrl").

scratch(Fun) ->
    Dir = filename:join(os:getenv("TMPDIR", "/tmp"), "bundle_tests" ++ os:getpid() ++ integer_to_list(erlang:unique_integer([positive]))),
    ok = filelib:ensure_dir(filename:join(Dir, "x")),
    try Fun(Dir) after file:del_dir_r(Dir) end.

a_script_gets_its_arguments_test() ->
    {ok, M, File, _, _} = prim_compile:compile(<<"-module(tb_script).\n-export([main/1]).\nmain(Args) -> {got, Args}.\n">>, "tb_script.erl", []),
    Archive = transom_bundle:script([atom_to_list(M), "script"], File, []),
    ?assertEqual({got, ["a"]}, transom_bundle:run(Archive, "/exe", "/nowhere", ["a"])),
    ?assertEqual("/exe/tb_script.tbc", code:which(tb_script)),
    code:delete(tb_script),
    code:purge(tb_script).

modules_of_the_path_come_along_test() ->
    scratch(fun(Dir) ->
        ok = file:write_file(filename:join(Dir, "tb_helper.erl"), "-module(tb_helper).\n-export([f/0]).\nf() -> helped.\n"),
        {ok, _, File, _, _} = prim_compile:compile(<<"-module(tb_start).\n-export([start/0]).\nstart() -> tb_helper:f().\n">>, "tb_start.erl", []),
        code:add_patha(Dir),
        Archive = transom_bundle:script(["tb_start", "start"], File, [Dir]),
        code:del_path(Dir),
        [begin code:delete(M), code:purge(M) end || M <- [tb_helper]],
        ?assertEqual(helped, transom_bundle:run(Archive, "/exe", "/nowhere", [])),
        [begin code:delete(M), code:purge(M) end || M <- [tb_start, tb_helper]]
    end).
