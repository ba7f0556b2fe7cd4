%% Which file a module came from, what it is compiled with, when it is compiled again.
-module(transom_source_tests).

-include_lib("eunit/include/eunit.hrl").

compile_test() ->
    Dir = filename:join("/tmp", "transom-source-tests-" ++ os:getpid()),
    File = filename:join(Dir, "ts_a.erl"),
    Header = filename:join(Dir, "ts.hrl"),
    ok = filelib:ensure_dir(File),
    try
        ok = file:write_file(File, "-module(ts_a).\n-include(\"ts.hrl\").\n-export([v/0]).\nv() -> ?V.\n"),
        ok = file:write_file(Header, "-define(V, 1).\n"),
        Cache = transom_source:new_cache(),
        [{ok, #{module := ts_a, headers := [Header], bytes := B1} = U}] = transom_source:compile_all(Cache, [{undefined, File}]),
        %% Nothing changed: the very same answer. A changed header counts like a changed source.
        [{ok, U}] = transom_source:compile_all(Cache, [{undefined, File}]),
        ok = file:write_file(Header, "-define(V, 2).\n"),
        [{ok, #{bytes := B2}}] = transom_source:compile_all(Cache, [{undefined, File}]),
        ?assertNotEqual(B1, B2),
        ok = file:write_file(Header, "-define(V, X).\n"),
        [{error, File, [{Text, #{<<"line">> := 4, <<"code">> := <<"unbound_var">>}}], [Header]}] = transom_source:compile_all(Cache, [{undefined, File}]),
        ?assertMatch({_, _}, binary:match(Text, <<"'X' is unbound">>)),
        ok = file:delete(File),
        [{error, File, [{_, #{<<"code">> := read, <<"file">> := _, <<"message">> := _}}], []}] = transom_source:compile_all(Cache, [{undefined, File}]),
        {module, ts_a} = code:load_binary(ts_a, File, B1),
        error = transom_source:source_of(ts_a),
        {[], [_]} = transom_source:resolve(["ts_a"]),
        {[], [_]} = transom_source:resolve(["no/such/file.erl"])
    after file:del_dir_r(Dir)
    end.
