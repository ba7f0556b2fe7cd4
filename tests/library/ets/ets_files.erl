%% Tables in files: what is verified, what a file says of its table.
-module(ets_files).
-include("../show.hrl").

start() ->
    File = filename:join(os:getenv("TMPDIR", "/tmp"), "ets_files_" ++ os:getpid()),
    T = ets:new(plain_name, [bag, {keypos, 2}, protected, compressed]),
    ets:insert(T, [{N, x} || N <- lists:seq(1, 20)]),
    show(fun() -> ets:tab2file(T, File) end),  % expect: ok
    show(fun() -> info(File) end),  % expect: [{extended_info,[]},{keypos,2},{name,plain_name},{named_table,false},{protection,protected},{size,20},{type,bag}]
    show(fun() -> again(File, []) end),  % expect: [plain_name,bag,2,protected,20,true,false]
    show(fun() -> again(File, [{verify, true}]) end),  % expect: [plain_name,bag,2,protected,20,true,false]
    show(fun() -> ets:tab2file(T, File, [{extended_info, [object_count, md5sum]}, {sync, true}]) end),  % expect: ok
    show(fun() -> info(File) end),  % expect: [{extended_info,[object_count,md5sum]},{keypos,2},{name,plain_name},{named_table,false},{protection,protected},{size,20},{type,bag}]
    show(fun() -> again(File, [{verify, true}]) end),  % expect: [plain_name,bag,2,protected,20,true,false]
    show(fun() -> again(File, [{verify, false}]) end),  % expect: [plain_name,bag,2,protected,20,true,false]
    show(fun() -> ets:tab2file(T, File, [odd]) end),  % expect: {error,{unknown_option,odd}}
    show(fun() -> ets:tab2file(T, File, [{extended_info, [odd]}]) end),  % expect: {error,{unknown_option,[{extended_info,[odd]}]}}
    show(fun() -> ets:tab2file(T, File, odd) end),  % expect: error function_clause
    show(fun() -> ets:tab2file(no_such_table, File, []) end),  % expect: {error,badtab}
    show(fun() -> ets:file2tab(File, [odd]) end),  % expect: {error,{unknown_option,odd}}
    show(fun() -> ets:file2tab(File, [{verify, maybe_so}]) end),  % expect: {error,{unknown_option,{verify,maybe_so}}}
    show(fun() -> [ets:tab2file(T, File, [{sync, odd}]), ets:tab2file(T, File, [{extended_info, odd}]), ets:tab2file(T, File, [{extended_info, [md5sum, odd]}, foo])] end),  % expect: [{error,{unknown_option,{sync,odd}}},{error,{malformed_option,odd}},{error,{unknown_option,[{extended_info,[odd]}]}}]
    show(fun() -> [changed(File, Extended, Options) || Extended <- [[], [md5sum], [object_count], [md5sum, object_count]], Options <- [[], [{verify, true}]]] end),  % expect: [ok,ok,ok,{error,checksum_error},ok,ok,ok,{error,checksum_error}]
    show(fun() -> ets:tabfile_info("/nonexistent/file") end),  % expect: {error,{read_error,{file_error,"/nonexistent/file",enoent}}}
    show(fun() -> file:write_file(File, "no table"), [element(1, element(2, ets:tabfile_info(File))), element(1, element(2, element(2, ets:file2tab(File))))] end),  % expect: [read_error,not_a_log_file]
    show(fun() -> named(File) end),  % expect: [{error,cannot_create_table},{ok,ets_files_named},public]
    file:delete(File).

info(File) ->
    {ok, Info} = ets:tabfile_info(File),
    [{K, V} || {K, V} <- lists:sort(Info), K =/= version].

again(File, Options) ->
    {ok, T} = ets:file2tab(File, Options),
    Answer = [ets:info(T, K) || K <- [name, type, keypos, protection, size, compressed, named_table]],
    ets:delete(T),
    Answer.

%% A letter of an object is another one.
changed(File, Extended, Options) ->
    T = ets:new(t, []),
    ets:insert(T, [{N, <<"needle", N>>} || N <- lists:seq(1, 9)]),
    ok = ets:tab2file(T, File, [{extended_info, Extended}]),
    {ok, Bytes} = file:read_file(File),
    {At, _} = binary:match(Bytes, <<"needle">>),
    <<Before:At/binary, _, After/binary>> = Bytes,
    ok = file:write_file(File, <<Before/binary, "N", After/binary>>),
    case ets:file2tab(File, Options) of
        {ok, _} -> ok;
        Error -> Error
    end.

named(File) ->
    T = ets:new(ets_files_named, [named_table, public]),
    ok = ets:tab2file(T, File),
    A = ets:file2tab(File),
    ets:delete(T),
    B = ets:file2tab(File),
    C = ets:info(ets_files_named, protection),
    ets:delete(ets_files_named),
    [A, B, C].
