%% Answers recorded from erl.
-module(zlib_tests).
-include_lib("eunit/include/eunit.hrl").

whole_test() ->
    ?assertEqual(<<120,156,75,76,74,6,0,2,77,1,39>>, zlib:compress("abc")),
    ?assertEqual(<<31,139,8,0,0,0,0,0,0,3,75,76,74,6,0,194,65,36,53,3,0,0,0>>, zlib:gzip("abc")),
    ?assertEqual(<<75,76,74,6,0>>, zlib:zip("abc")),
    ?assertEqual([<<"abc">>,<<"abc">>,<<"abc">>,<<>>,<<>>], [zlib:uncompress(zlib:compress("abc")), zlib:gunzip(zlib:gzip(["a", <<"bc">>])), zlib:unzip(zlib:zip(<<"abc">>)), zlib:uncompress(zlib:compress("")), zlib:unzip(zlib:zip(""))]),
    ?assertEqual(<<"hellotwo">>, zlib:gunzip([zlib:gzip("hello"), zlib:gzip("two")])),
    ?assertEqual(1000000, byte_size(zlib:uncompress(zlib:compress(binary:copy(<<"a">>, 1000000))))).

errors_test() ->
    ?assertError(data_error, zlib:uncompress("abc")),
    ?assertError(data_error, zlib:uncompress(<<"abcdefghijkl">>)),
    ?assertError(data_error, zlib:gunzip("abc")),
    ?assertError(badarg, zlib:compress(a)),
    ?assertError(data_error, zlib:gunzip([zlib:gzip("hello"), "xx"])).

stream_test() ->
    ?assertEqual({[<<120,156,75,76,76,76,4,0,3,206,1,133>>],ok,ok}, begin Z = zlib:open(), ok = zlib:deflateInit(Z), R = zlib:deflate(Z, "aaaa", finish), {R, zlib:deflateEnd(Z), zlib:close(Z)} end),
    ?assertEqual(<<"aaaabbbb">>, begin Z = zlib:open(), zlib:deflateInit(Z, best_compression), A = zlib:deflate(Z, "aaaa"), B = zlib:deflate(Z, "bbbb", finish), zlib:uncompress([A, B]) end),
    ?assertEqual(<<"hello">>, begin Z = zlib:open(), zlib:deflateInit(Z, default, deflated, -15, 8, default), A = zlib:deflate(Z, "hello", sync), I = zlib:open(), zlib:inflateInit(I, -15), iolist_to_binary(zlib:inflate(I, A)) end),
    ?assertError(data_error, begin Z = zlib:open(), zlib:deflateInit(Z), zlib:deflate(Z, "a"), zlib:deflateEnd(Z) end),
    ?assertError(not_initialized, begin Z = zlib:open(), zlib:deflate(Z, "a") end),
    ?assertError(already_initialized, begin Z = zlib:open(), zlib:deflateInit(Z), zlib:deflateInit(Z) end),
    ?assertError(bad_compression_level, begin Z = zlib:open(), zlib:deflateInit(Z, foo) end),
    ?assertError(not_initialized, begin Z = zlib:open(), zlib:close(Z), zlib:close(Z) end),
    ?assertEqual(<<120,156,75,76,74,6,0,2,77,1,39>>, begin Z = zlib:open(), zlib:deflateInit(Z), zlib:deflate(Z, "abc", finish), ok = zlib:deflateReset(Z), iolist_to_binary(zlib:deflate(Z, "abc", finish)) end),
    ?assertEqual(ok, begin Z = zlib:open(), zlib:deflateInit(Z), zlib:deflateParams(Z, best_speed, default) end),
    ?assertEqual(135004749, begin Z = zlib:open(), zlib:deflateInit(Z, default), zlib:deflateSetDictionary(Z, "abcabc") end).

expand_test() ->
    ?assertEqual({<<"hello">>,ok}, begin I = zlib:open(), zlib:inflateInit(I), R = zlib:inflate(I, zlib:compress("hello")), {iolist_to_binary(R), zlib:inflateEnd(I)} end),
    ?assertEqual(<<"hello hello hello">>, begin I = zlib:open(), zlib:inflateInit(I), <<A:5/binary, B/binary>> = zlib:compress("hello hello hello"), R = zlib:inflate(I, A), iolist_to_binary([R, zlib:inflate(I, B)]) end),
    ?assertError(data_error, begin I = zlib:open(), zlib:inflateInit(I), zlib:inflate(I, "abcdef") end),
    ?assertError(data_error, begin I = zlib:open(), zlib:inflateInit(I), <<A:5/binary, _/binary>> = zlib:compress("hello hello hello"), zlib:inflate(I, A), zlib:inflateEnd(I) end),
    ?assertEqual(<<"hello">>, begin I = zlib:open(), zlib:inflateInit(I, 47), iolist_to_binary(zlib:inflate(I, zlib:gzip("hello"))) end),
    ?assertEqual(<<"hello">>, begin I = zlib:open(), zlib:inflateInit(I, 47), iolist_to_binary(zlib:inflate(I, zlib:compress("hello"))) end),
    ?assertEqual(<<"hellotwo">>, begin I = zlib:open(), zlib:inflateInit(I, 31, reset), iolist_to_binary(zlib:inflate(I, [zlib:gzip("hello"), zlib:gzip("two")])) end),
    ?assertEqual(100000, begin I = zlib:open(), zlib:inflateInit(I), G = fun G({continue, O}, A) -> G(zlib:safeInflate(I, []), [A, O]); G({finished, O}, A) -> byte_size(iolist_to_binary([A, O])) end, G(zlib:safeInflate(I, zlib:compress(binary:copy(<<"a">>, 100000))), []) end),
    ?assertEqual({135004749,<<"abcabcabc">>}, begin Z = zlib:open(), zlib:deflateInit(Z), zlib:deflateSetDictionary(Z, "abcabc"), D = zlib:deflate(Z, "abcabcabc", finish), I = zlib:open(), zlib:inflateInit(I), {need_dictionary, N, _} = zlib:inflate(I, D, [{exception_on_need_dict, false}]), zlib:inflateSetDictionary(I, "abcabc"), {N, iolist_to_binary(zlib:inflate(I, []))} end).

%% A native state is some ten thousand bytes: it does not stay until the collector comes.
ended_streams_leave_nothing_test() ->
    Before = erlang:memory(total),
    [begin
         Z = zlib:open(),
         ok = zlib:inflateInit(Z, -15),
         <<"hello">> = iolist_to_binary(zlib:inflate(Z, zlib:zip("hello"))),
         ok = zlib:close(Z)
     end || _ <- lists:seq(1, 3000)],
    ?assert(erlang:memory(total) - Before < 20000000).

owner_test() ->
    ?assertEqual(not_on_controlling_process, begin Z = zlib:open(), zlib:inflateInit(Z), {_, M} = spawn_monitor(fun() -> exit(catch element(1, element(2, (catch zlib:inflate(Z, "a"))))) end), receive {'DOWN', M, _, _, W} -> W end end),
    ?assertEqual(ok, begin Z = zlib:open(), zlib:set_controlling_process(Z, self()) end).
