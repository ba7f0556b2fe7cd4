-module(transom_history_tests).

-include_lib("eunit/include/eunit.hrl").

command_test() ->
    Dir = filename:join("/tmp", "transom-history-tests-" ++ os:getpid()),
    File = filename:join(Dir, "th_a.erl"),
    ok = filelib:ensure_dir(File),
    try
        ok = file:write_file(File, "-module(th_a).\n"),
        {ok, #{number := N}} = transom_reload:reload([File]),
        [#{number := N, what := reload, verdict := ok, modules := [{th_a, _, none, _}]}] = transom_reload:history(th_a),
        0 = transom_history:command(["th_a"]),
        0 = transom_history:command([]),
        2 = transom_history:command(["a", "b"])
    after file:del_dir_r(Dir)
    end.
