%% What the installed release does not do as documented: directories without files, files that are kept; comments; archives behind something else; hostile bytes.
-module(zip_tests).
-include_lib("eunit/include/eunit.hrl").
-include_lib("stdlib/include/zip.hrl").
-include_lib("kernel/include/file.hrl").

directory() ->
    Dir = filename:join(os:getenv("TMPDIR", "/tmp"), "zip_tests_" ++ os:getpid() ++ integer_to_list(erlang:unique_integer([positive]))),
    ok = file:make_dir(Dir),
    Dir.

some() -> some([]).

some(Options) ->
    {ok, {_, Bytes}} = zip:create("a.zip", [{"one", <<"1">>}, {"d/two", binary:copy(<<"2">>, 1000)}], [memory | Options]),
    Bytes.

directories_are_made_test() ->
    Dir = directory(),
    ok = filelib:ensure_dir(filename:join(Dir, "in/empty/x")),
    {ok, {_, Bytes}} = zip:create("d.zip", ["in"], [memory, {cwd, Dir}]),
    ?assertEqual({ok, []}, zip:extract(Bytes, [{cwd, filename:join(Dir, "out")}])),
    ?assert(filelib:is_dir(filename:join(Dir, "out/in/empty"))),
    ?assertEqual({ok, []}, zip:extract(Bytes, [skip_directories, {cwd, filename:join(Dir, "none")}])),
    ?assertNot(filelib:is_dir(filename:join(Dir, "none"))),
    file:del_dir_r(Dir).

old_files_are_kept_test() ->
    Dir = directory(),
    ok = file:write_file(filename:join(Dir, "one"), "old"),
    Two = filename:join(Dir, "d/two"),
    ?assertEqual({ok, [{Two, binary:copy(<<"2">>, 1000)}]}, zip:extract(some(), [keep_old_files, memory, {cwd, Dir}])),
    ?assertEqual({ok, [Two]}, zip:extract(some(), [keep_old_files, {cwd, Dir}])),
    ?assertEqual({ok, <<"old">>}, file:read_file(filename:join(Dir, "one"))),
    ?assertMatch({ok, [_, _]}, zip:extract(some(), [{cwd, Dir}])),
    ?assertEqual({ok, <<"1">>}, file:read_file(filename:join(Dir, "one"))),
    file:del_dir_r(Dir).

comment_test() ->
    ?assertMatch({ok, [#zip_comment{comment = "what it is"}, _, _]}, zip:list_dir(some([{comment, "what it is"}]))).

modes_and_times_test() ->
    Dir = directory(),
    Time = {{2001, 2, 3}, {4, 5, 6}},
    Info = #file_info{size = 1, type = regular, mtime = Time, mode = 8#100750},
    {ok, {_, Bytes}} = zip:create("m.zip", [{"run", <<"x">>, Info}], [memory]),
    {ok, [File]} = zip:extract(Bytes, [{cwd, Dir}]),
    {ok, #file_info{mode = Mode, mtime = Written}} = file:read_file_info(File),
    ?assertEqual({8#750, Time}, {Mode band 8#777, Written}),
    file:del_dir_r(Dir).

%% As in a script: offsets count from the archive's own start.
behind_a_head_test() ->
    Script = <<"#!/usr/bin/env escript\n", (some())/binary>>,
    {ok, Files} = zip:extract(Script, [memory]),
    ?assertEqual([{"d/two", binary:copy(<<"2">>, 1000)}, {"one", <<"1">>}], lists:sort(Files)).

names_stay_inside_test() ->
    {ok, {_, Bytes}} = zip:create("e.zip", [{"../../evil", <<"x">>}], [memory]),
    Level = maps:get(level, logger:get_primary_config()),
    logger:set_primary_config(level, none),
    Answer = zip:extract(Bytes, [memory]),
    logger:set_primary_config(level, Level),
    ?assertEqual({ok, [{"evil", <<"x">>}]}, Answer).

%% Whatever is cut off or changed: an answer, never an exception.
damaged_test() ->
    Bytes = some([{comment, "c"}]),
    [?assertMatch({error, _}, zip:extract(binary:part(Bytes, 0, N), [memory])) || N <- lists:seq(0, byte_size(Bytes) - 1)],
    [begin
         <<Before:N/binary, B, After/binary>> = Bytes,
         Changed = <<Before/binary, (B bxor 16#ff), After/binary>>,
         Answer = zip:extract(Changed, [memory]),
         ?assert(is_tuple(Answer) andalso lists:member(element(1, Answer), [ok, error]))
     end || N <- lists:seq(0, byte_size(Bytes) - 1)].

closed_test() ->
    {ok, H} = zip:zip_open(some()),
    ?assertEqual(ok, zip:zip_close(H)),
    ?assertEqual({error, einval}, zip:zip_get("one", H)).
