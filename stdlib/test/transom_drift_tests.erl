-module(transom_drift_tests).

-include_lib("eunit/include/eunit.hrl").

command_test() ->
    Dir = filename:join("/tmp", "transom-drift-tests-" ++ os:getpid()),
    File = filename:join(Dir, "td_a.erl"),
    ok = filelib:ensure_dir(File),
    Text = fun(V) -> ok = file:write_file(File, "-module(td_a).\n-export([v/0]).\nv() -> " ++ V ++ ".\n") end,
    try
        Text("1"),
        {ok, _} = transom_reload:reload([File]),
        0 = transom_drift:command(["td_a"]),
        Text("2"),
        1 = transom_drift:command(["td_a"]),
        Text("X"),
        {[{td_a, File, {broken, [_]}}], []} = transom_reload:drift([td_a]),
        1 = transom_drift:command(["td_a", "no_such_module"]),
        1 = td_a:v()
    after file:del_dir_r(Dir)
    end.
