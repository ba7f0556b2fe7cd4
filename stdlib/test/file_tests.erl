%% Files: raw and served, in memory and compressed, their encodings, directories, attributes. Every answer here was seen from erl 25 first.
-module(file_tests).
-include_lib("eunit/include/eunit.hrl").
-include_lib("kernel/include/file.hrl").

%% A fresh folder for each test; the working directory stays.
in_folder(Fun) ->
    Dir = "file_tests." ++ os:getpid() ++ "." ++ integer_to_list(erlang:unique_integer([positive])),
    ok = file:make_dir(Dir),
    try Fun(fun(Name) -> filename:join(Dir, Name) end)
    after
        ok = file:del_dir_r(Dir)
    end.

whole_files_test() ->
    in_folder(fun(At) ->
        ?assertEqual(ok, file:write_file(At("a"), "hello")),
        ?assertEqual({ok, <<"hello">>}, file:read_file(At("a"))),
        ?assertEqual({error, enoent}, file:read_file(At("none"))),
        ?assertEqual({error, enoent}, file:write_file(At("no/b"), "x")),
        ?assertEqual({error, badarg}, file:write_file(At("a"), foo)),
        ok = file:write_file(At("b"), "abc", [append]),
        ok = file:write_file(At("b"), ["d", <<"ef">>], [append]),
        ?assertEqual({ok, <<"abcdef">>}, file:read_file(At("b"))),
        ?assertEqual({error, eexist}, file:write_file(At("b"), "x", [exclusive])),
        ?assertEqual({error, eisdir}, file:read_file(At(".")))
    end).

open_failures_test() ->
    in_folder(fun(At) ->
        ?assertEqual({error, enoent}, file:open(At("none"), [read])),
        ?assertEqual({error, enoent}, file:open(At("no/x"), [write])),
        ?assertEqual({error, eisdir}, file:open(At("."), [read])),
        ?assertEqual({error, eisdir}, file:open(At("."), [write])),
        ?assertEqual({error, badarg}, file:open(At("a"), foo)),
        ?assertEqual({error, badarg}, file:open({x}, [read])),
        ?assertEqual({error, badarg}, file:open("a\0b", [read])),
        ?assertEqual({error, enoent}, file:open("", [read])),
        ok = file:write_file(At("there"), ""),
        ?assertEqual({error, eexist}, file:open(At("there"), [write, exclusive]))
    end).

served_reading_test() ->
    in_folder(fun(At) ->
        ok = file:write_file(At("a"), "hello\nworld\r\nlast"),
        {ok, F} = file:open(At("a"), [read]),
        ?assertEqual([{ok, "hel"}, {ok, "lo\n"}, {ok, "world\n"}, {ok, "last"}, eof, eof],
                     [file:read(F, 3), file:read_line(F), file:read_line(F), file:read_line(F), file:read_line(F), file:read(F, 1)]),
        ?assertEqual([{ok, 0}, {ok, "hello\nworld\r\nlast"}, {ok, 15}, {ok, "st"}],
                     [file:position(F, bof), file:read(F, 100), file:position(F, {eof, -2}), file:read(F, 5)]),
        ?assertEqual([{error, einval}, {error, einval}, {error, badarg}],
                     [file:position(F, -1), file:position(F, {cur, -100}), file:position(F, foo)]),
        ?assertEqual([{ok, "hel"}, {ok, ["he", eof, "l"]}, eof, {error, einval}],
                     [file:pread(F, 0, 3), file:pread(F, [{0, 2}, {1000, 2}, {3, 1}]), file:pread(F, 100, 2), file:pread(F, -1, 2)]),
        ?assertEqual([{error, ebadf}, {error, badarg}, {error, badarg}], [file:write(F, "x"), file:read(F, -1), file:read(F, foo)]),
        ?assertEqual([ok, ok, {error, terminated}], [file:close(F), file:close(F), file:read(F, 1)])
    end).

raw_reading_test() ->
    in_folder(fun(At) ->
        ok = file:write_file(At("a"), "hello\nworld\r\nlast"),
        {ok, F} = file:open(At("a"), [raw, binary, read]),
        ?assertEqual([{ok, <<"hel">>}, {ok, <<"lo\n">>}, {ok, <<"world\n">>}, {ok, <<"last">>}, eof, eof],
                     [file:read(F, 3), file:read_line(F), file:read_line(F), file:read_line(F), file:read_line(F), file:read(F, 1)]),
        ?assertEqual([{error, einval}, {error, einval}, {error, badarg}],
                     [file:position(F, -1), file:position(F, {cur, -100}), file:position(F, foo)]),
        ?assertEqual([{ok, <<"hel">>}, {ok, [<<"he">>, eof]}, eof, {error, einval}],
                     [file:pread(F, 0, 3), file:pread(F, [{0, 2}, {1000, 2}]), file:pread(F, 100, 2), file:pread(F, -1, 2)]),
        ?assertEqual([{error, ebadf}, {error, badarg}, ok, ok, {error, einval}],
                     [file:write(F, "x"), file:read(F, -1), file:datasync(F), file:advise(F, 0, 0, normal), file:advise(F, 0, 0, foo)]),
        ?assertEqual([ok, {error, einval}, {error, einval}], [file:close(F), file:close(F), file:read(F, 1)])
    end).

writing_test() ->
    in_folder(fun(At) ->
        {ok, F} = file:open(At("w"), [write, read, binary]),
        ?assertEqual([ok, ok, ok, {ok, 5}, ok, {ok, 0}, {ok, <<"x1AB4">>}],
                     [file:write(F, "0123456789"), file:pwrite(F, 2, "AB"), file:pwrite(F, [{0, "x"}, {9, "y"}]), file:position(F, 5),
                      file:truncate(F), file:position(F, bof), file:read(F, 20)]),
        ?assertEqual([ok, {ok, <<"x1AB4", 0, 0, "zz">>}, ok, ok, ok, ok],
                     [file:pwrite(F, 7, "zz"), file:pread(F, 0, 20), file:sync(F), file:datasync(F), file:advise(F, 0, 10, will_need),
                      file:allocate(F, 0, 20)]),
        ?assertEqual([ok, {error, badarg}, {error, badarg}, ok],
                     [file:write(F, [<<"a">>, ["b"]]), file:write(F, foo), file:write(F, [300]), file:close(F)])
    end).

modes_test() ->
    in_folder(fun(At) ->
        Written = fun(Modes) ->
            {ok, F} = file:open(At("m"), Modes),
            W = file:write(F, "ab"),
            R = file:read(F, 5),
            file:close(F),
            {W, R, element(2, file:read_file(At("m")))}
        end,
        ?assertEqual([{ok, {error, ebadf}, <<"ab">>}, {ok, {error, ebadf}, <<"abab">>}, {ok, {ok, "ab"}, <<"abab">>},
                      {ok, {error, ebadf}, <<"ababab">>}, {ok, {error, ebadf}, <<"ab">>}, {ok, {error, ebadf}, <<"ab">>},
                      {ok, eof, <<"abab">>}],
                     [Written(M) || M <- [[write], [append], [read, write], [write, append], [write, delayed_write], [raw, write],
                                          [raw, append, read]]])
    end).

memory_test() ->
    {ok, F} = file:open("ram data", [ram, read, write, binary]),
    ?assertEqual([{ok, <<"ram">>}, {ok, 8}, ok, {ok, 0}, {ok, <<"ram data!!">>}, {ok, <<"am">>}, ok, {ok, 3}, ok, {ok, 0}, {ok, <<"Ram">>}, ok],
                 [file:read(F, 3), file:position(F, eof), file:write(F, "!!"), file:position(F, bof), file:read(F, 20), file:pread(F, 1, 2),
                  file:pwrite(F, 0, "R"), file:position(F, 3), file:truncate(F), file:position(F, 0), file:read(F, 100), file:close(F)]).

compressed_test() ->
    in_folder(fun(At) ->
        {ok, W} = file:open(At("z.gz"), [write, compressed]),
        ok = file:write(W, lists:duplicate(1000, $a)),
        ok = file:close(W),
        {ok, <<16#1f, 16#8b, _/binary>> = Packed} = file:read_file(At("z.gz")),
        ?assert(byte_size(Packed) < 200),
        {ok, R} = file:open(At("z.gz"), [read, compressed, binary]),
        ?assertEqual([{ok, <<"aaa">>}, {ok, 998}, {ok, <<"aa">>}, eof, ok],
                     [file:read(R, 3), file:position(R, 998), file:read(R, 10), file:read(R, 1), file:close(R)])
    end).

attributes_test() ->
    in_folder(fun(At) ->
        ok = file:write_file(At("a"), "hello"),
        ok = file:change_mode(At("a"), 8#640),
        {ok, Info} = file:read_file_info(At("a")),
        ?assertMatch(#file_info{size = 5, type = regular, access = read_write, links = 1}, Info),
        ?assertEqual(8#640, Info#file_info.mode band 8#777),
        ok = file:change_time(At("a"), {{2020, 1, 1}, {0, 0, 0}}, {{2021, 1, 1}, {0, 0, 0}}),
        {ok, Times} = file:read_file_info(At("a")),
        ?assertEqual({{{2020, 1, 1}, {0, 0, 0}}, {{2021, 1, 1}, {0, 0, 0}}}, {Times#file_info.atime, Times#file_info.mtime}),
        {ok, #file_info{mtime = Posix}} = file:read_file_info(At("a"), [{time, posix}]),
        ?assert(is_integer(Posix)),
        ?assertEqual({error, enoent}, file:change_mode(At("none"), 8#600)),
        ?assertEqual({error, enoent}, file:read_file_info(At("none")))
    end).

links_test() ->
    in_folder(fun(At) ->
        ok = file:write_file(At("a"), "hello"),
        ok = file:make_symlink("a", At("s")),
        ?assertEqual({ok, "a"}, file:read_link(At("s"))),
        ?assertEqual({error, einval}, file:read_link(At("a"))),
        ok = file:make_link(At("a"), At("h")),
        ?assertMatch({ok, #file_info{links = 2, type = regular}}, file:read_link_info(At("h"))),
        ?assertMatch({ok, #file_info{type = symlink}}, file:read_link_info(At("s"))),
        ?assertMatch({ok, #file_info{type = regular}}, file:read_file_info(At("s"))),
        ?assertEqual({error, eexist}, file:make_symlink("a", At("s"))),
        ?assertEqual({error, enoent}, file:make_link(At("none"), At("q"))),
        ?assertEqual(ok, file:delete(At("s"))),
        ?assertEqual({error, enoent}, file:delete(At("s"))),
        ?assertEqual({error, eperm}, file:delete(At(".")))
    end).

directories_test() ->
    in_folder(fun(At) ->
        ok = file:make_dir(At("d")),
        ok = file:write_file(At("d/f"), ""),
        ok = file:write_file(At("a"), ""),
        ?assertEqual([{error, eexist}, {error, enoent}], [file:make_dir(At("d")), file:make_dir(At("x/y"))]),
        ?assertEqual([{error, eexist}, {error, enotdir}, {error, enoent}], [file:del_dir(At("d")), file:del_dir(At("a")), file:del_dir(At("none"))]),
        ?assertEqual(["a", "d"], lists:sort(element(2, file:list_dir(At("."))))),
        ?assertEqual([{error, enoent}, {error, enotdir}], [file:list_dir(At("none")), file:list_dir(At("a"))]),
        ?assertEqual([ok, {error, enoent}, {error, eisdir}],
                     [file:rename(At("d"), At("e")), file:rename(At("none"), At("z")), file:rename(At("a"), At("e"))]),
        ?assertEqual([ok, {error, enoent}], [file:del_dir_r(At("e")), file:del_dir_r(At("none"))]),
        ?assertEqual([{error, enoent}, {error, enotdir}], [file:set_cwd(At("none")), file:set_cwd(At("a"))])
    end).

copy_test() ->
    in_folder(fun(At) ->
        ok = file:write_file(At("a"), "hello world"),
        ?assertEqual([{ok, 11}, {error, enoent}, {ok, 5}], [file:copy(At("a"), At("c")), file:copy(At("none"), At("d")), file:copy(At("a"), At("c"), 5)]),
        ?assertEqual({ok, <<"hello">>}, file:read_file(At("c"))),
        ?assertEqual({ok, 11}, file:copy({At("a"), [raw]}, {At("c"), [append]})),
        ?assertEqual({ok, <<"hellohello world">>}, file:read_file(At("c")))
    end).

encodings_test() ->
    in_folder(fun(At) ->
        {ok, W} = file:open(At("u"), [write, {encoding, utf8}]),
        ok = io:put_chars(W, [97, 229, 946, 119070, 10]),
        ok = io:format(W, "~ts~w~n", [[1078], [1]]),
        ok = file:close(W),
        ?assertEqual({ok, <<97, 195, 165, 206, 178, 240, 157, 132, 158, 10, 208, 182, 91, 49, 93, 10>>}, file:read_file(At("u"))),
        {ok, R} = file:open(At("u"), [read, {encoding, utf8}]),
        ?assertEqual([97, 229, 946, 119070, 10], io:get_line(R, '')),
        ?assertEqual([{binary, false}, {encoding, unicode}], io:getopts(R)),
        %% What cannot be given as bytes ends the server.
        ?assertEqual([{error, {no_translation, unicode, latin1}}, {error, terminated}], [file:read(R, 3), io:get_line(R, '')]),
        [begin
             {ok, V} = file:open(At("v"), [write, {encoding, E}]),
             ok = io:put_chars(V, [97, 229, 10]),
             ok = file:close(V),
             {ok, B} = file:open(At("v"), [read, {encoding, E}]),
             ?assertEqual([97, 229, 10], io:get_line(B, '')),
             ok = file:close(B),
             ?assertEqual({ok, Bytes}, file:read_file(At("v")))
         end || {E, Bytes} <- [{latin1, <<97, 229, 10>>}, {utf16, <<0, 97, 0, 229, 0, 10>>}, {{utf16, little}, <<97, 0, 229, 0, 10, 0>>},
                               {utf32, <<0, 0, 0, 97, 0, 0, 0, 229, 0, 0, 0, 10>>}, {unicode, <<97, 195, 165, 10>>}]],
        {ok, L} = file:open(At("l"), [write]),
        ?assertError(no_translation, io:put_chars(L, [97, 946])),
        ?assertError(terminated, io:put_chars(L, "a")),
        ok = file:write_file(At("bad"), <<"ok\n", 255, "x\n">>),
        {ok, X} = file:open(At("bad"), [read, {encoding, utf8}]),
        ?assertEqual(["ok\n", {error, {no_translation, unicode, unicode}}], [io:get_line(X, ''), io:get_line(X, '')])
    end).

terms_test() ->
    in_folder(fun(At) ->
        ok = file:write_file(At("t"), "{a,1}. \n%% c\n[1,2].\n\"x\"."),
        ok = file:write_file(At("bad"), "{a,1}.\n{b.\n"),
        ok = file:write_file(At("e"), "X=1.\nX+A.\n"),
        ok = file:write_file(At("x"), "1/0.\n"),
        ?assertEqual({ok, [{a, 1}, [1, 2], "x"]}, file:consult(At("t"))),
        ?assertEqual({error, {2, erl_parse, ["syntax error before: ", "'.'"]}}, file:consult(At("bad"))),
        ?assertEqual({error, enoent}, file:consult(At("none"))),
        ?assertEqual({ok, [{a, 1}, [1, 2], "x"], At("t")}, file:path_consult(["none", At("")], "t")),
        ?assertEqual({error, enoent}, file:path_open(["none", At("")], "nope", [read])),
        ?assertEqual(ok, file:eval(At("e"), [{'A', 2}])),
        ?assertEqual({ok, 3}, file:script(At("e"), [{'A', 2}])),
        ?assertEqual({ok, 6, At("e")}, file:path_script([At("")], "e", [{'A', 5}])),
        ?assertEqual({ok, At("t")}, file:path_eval([At("")], "t")),
        ?assertMatch({error, {_, file, {error, badarith, _}}}, file:script(At("x"))),
        ?assertEqual({error, enoent}, file:script(At("none")))
    end).

sendfile_test() ->
    in_folder(fun(At) ->
        ok = file:write_file(At("a"), "hello world"),
        {ok, L} = gen_tcp:listen(0, [{active, false}, binary]),
        {ok, Port} = inet:port(L),
        {ok, C} = gen_tcp:connect("localhost", Port, [binary, {active, false}]),
        {ok, S} = gen_tcp:accept(L),
        ?assertEqual({ok, 11}, file:sendfile(At("a"), S)),
        {ok, F} = file:open(At("a"), [raw, read]),
        ?assertEqual({ok, 5}, file:sendfile(F, S, 6, 5, [])),
        ?assertEqual({error, enoent}, file:sendfile(At("none"), S)),
        ?assertEqual({ok, <<"hello worldworld">>}, gen_tcp:recv(C, 16)),
        [gen_tcp:close(X) || X <- [C, S, L]],
        file:close(F)
    end).

names_test() ->
    in_folder(fun(At) ->
        ok = file:write_file(At("a.txt"), "x"),
        Dir = At(""),
        [?assertEqual({ok, <<"x">>}, file:read_file(N)) || N <- [[Dir, "/", 'a', ".txt"], list_to_binary(At("a.txt")), list_to_atom(At("a.txt"))]],
        ?assertEqual({error, badarg}, file:read_file(12))
    end).

texts_test() ->
    ?assertEqual(["no such file or directory", "permission denied", "bad argument", "the file server process is terminated",
                  "unknown POSIX error", "a system limit was hit, probably not enough ports"],
                 [file:format_error(R) || R <- [enoent, eacces, badarg, terminated, foo, system_limit]]).
