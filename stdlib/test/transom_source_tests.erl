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

%% What belongs to the library is found: behaviours, headers, parse transforms.
library_test() ->
    Dir = filename:join("/tmp", "transom-source-library-" ++ os:getpid()),
    File = filename:join(Dir, "ts_b.erl"),
    ok = filelib:ensure_dir(File),
    Source = fun(Callbacks) ->
        ok = file:write_file(File, ["-module(ts_b).\n-behaviour(gen_server).\n-include_lib(\"kernel/include/file.hrl\").\n"
                                    "-include_lib(\"stdlib/include/ms_transform.hrl\").\n-export([init/1, handle_call/3, ", Callbacks, "first/0]).\n"
                                    "init(_) -> {ok, #file_info{}}.\nhandle_call(_, _, S) -> {reply, S, S}.\nhandle_cast(_, S) -> {noreply, S}.\n"
                                    "first() -> [handle_cast(x, y), ets:fun2ms(fun({X, _}) -> X end)].\n"])
    end,
    try
        Cache = transom_source:new_cache(),
        Source("handle_cast/2, "),
        [{ok, #{warnings := [], headers := [File1, Transform], transforms := [ms_transform], behaviours := [gen_server], bytes := Bytes}}] =
            transom_source:compile_all(Cache, [{undefined, File}]),
        true = lists:suffix("kernel/include/file.hrl", File1),
        true = lists:suffix("stdlib/include/ms_transform.hrl", Transform),
        {module, ts_b} = code:load_binary(ts_b, File, Bytes),
        [_, [{{'$1', '_'}, [], ['$1']}]] = ts_b:first(),
        true = code:delete(ts_b),
        false = code:purge(ts_b),
        Source(""),
        [{ok, #{warnings := [{_, #{<<"code">> := <<"undefined_behaviour_func">>}}]}}] = transom_source:compile_all(Cache, [{undefined, File}])
    after file:del_dir_r(Dir)
    end.

%% More files than are compiled at a time: all answers, in order.
many_test() ->
    Dir = filename:join("/tmp", "transom-source-many-" ++ os:getpid()),
    Modules = [list_to_atom("ts_many_" ++ integer_to_list(N)) || N <- lists:seq(1, 50)],
    Files = [{undefined, filename:join(Dir, atom_to_list(M) ++ ".erl")} || M <- Modules],
    ok = filelib:ensure_dir(element(2, hd(Files))),
    try
        [ok = file:write_file(File, io_lib:format("-module(~s).\n", [M])) || {M, {_, File}} <- lists:zip(Modules, Files)],
        ?assertEqual(Modules, [M || {ok, #{module := M}} <- transom_source:compile_all(transom_source:new_cache(), Files)])
    after file:del_dir_r(Dir)
    end.
