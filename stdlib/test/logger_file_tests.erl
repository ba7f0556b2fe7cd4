%% Log handlers that write to files: configuration, rotation, protection. Answers recorded from erl.
-module(logger_file_tests).
-include_lib("eunit/include/eunit.hrl").

%% Runs with a directory and a handler `h` that writes to `a.log` in it.
with(Config, Test) ->
    Dir = filename:join("/tmp", "transom_logger_file_" ++ os:getpid()),
    File = filename:join(Dir, "a.log"),
    Formatter = {logger_formatter, #{template => [msg, "\n"]}},
    ok = logger:add_handler(h, logger_std_h, #{config => Config#{file => File}, formatter => Formatter, filter_default => stop}),
    try Test(File)
    after
        _ = logger:remove_handler(h),
        _ = file:del_dir_r(Dir)
    end.

%% Straight to the handler, so that no other one prints it.
log(Format, Args) ->
    {ok, Handler} = logger:get_handler_config(h),
    logger_std_h:log(#{level => notice, msg => {Format, Args}, meta => #{time => logger:timestamp()}}, Handler).

config() ->
    {ok, #{config := Config}} = logger:get_handler_config(h),
    Config.

files(File) -> [filename:basename(F) || F <- lists:sort(filelib:wildcard(File ++ "*"))].

defaults_test() ->
    with(#{}, fun(File) ->
                      ?assertEqual(#{burst_limit_enable => true, burst_limit_max_count => 500, burst_limit_window_time => 1000,
                                     compress_on_rotate => false, drop_mode_qlen => 200, file => File, file_check => 0,
                                     filesync_repeat_interval => 5000, flush_qlen => 1000, max_no_bytes => infinity, max_no_files => 0,
                                     modes => [delayed_write, raw, append], overload_kill_enable => false,
                                     overload_kill_mem_size => 3000000, overload_kill_qlen => 20000, overload_kill_restart_after => 5000,
                                     sync_mode_qlen => 10, type => file}, config()),
                      log("hello", []),
                      ?assertEqual(ok, logger_std_h:filesync(h)),
                      ?assertEqual({ok, <<"hello\n">>}, file:read_file(File)),
                      ?assert(is_pid(whereis(logger_std_h_h)))
              end).

changes_test() ->
    with(#{}, fun(File) ->
                      Fixed = #{file => File, modes => [delayed_write, raw, append], type => file},
                      Update = fun(Config) -> logger:update_handler_config(h, config, Config) end,
                      [?assertEqual({error, {illegal_config_change, logger_std_h, Fixed, maps:merge(Fixed, Change)}}, Update(Change))
                       || Change <- [#{file => "/tmp/b"}, #{type => standard_io}, #{modes => [append]}]],
                      [?assertEqual({error, {invalid_config, logger_std_h, Change}}, Update(Change))
                       || Change <- [#{max_no_bytes => x}, #{foo => 1}, #{filesync_repeat_interval => x}, #{compress_on_rotate => 1},
                                     #{max_no_files => -1}]],
                      ?assertEqual({error, {invalid_olp_levels, #{drop_mode_qlen => 200, flush_qlen => 1000, sync_mode_qlen => 300}}},
                                   Update(#{sync_mode_qlen => 300})),
                      ?assertEqual({error, {invalid_olp_config, #{burst_limit_enable => 1}}}, Update(#{burst_limit_enable => 1})),
                      ?assertEqual(ok, Update(#{max_no_files => 2, max_no_bytes => 100})),
                      ?assertMatch(#{max_no_files := 2, max_no_bytes := 100}, config()),
                      ?assertEqual(ok, logger:set_handler_config(h, config, #{file => File, max_no_bytes => 50})),
                      ?assertMatch(#{max_no_files := 0, max_no_bytes := 50}, config())
              end).

lines(From, To) ->
    [log("line ~p aaaaaaaaaaaaaaaa", [I]) || I <- lists:seq(From, To)],
    logger_std_h:filesync(h).

rotation_test() ->
    with(#{max_no_bytes => 50, max_no_files => 2},
         fun(File) ->
                 lines(11, 30),
                 ?assertEqual(["a.log", "a.log.0", "a.log.1"], files(File)),
                 ?assertEqual({ok, <<"line 29 aaaaaaaaaaaaaaaa\nline 30 aaaaaaaaaaaaaaaa\n">>}, file:read_file(File)),
                 ?assertEqual({ok, <<"line 26 aaaaaaaaaaaaaaaa\nline 27 aaaaaaaaaaaaaaaa\nline 28 aaaaaaaaaaaaaaaa\n">>},
                              file:read_file(File ++ ".0"))
         end).

truncation_test() ->
    with(#{max_no_bytes => 50}, fun(File) ->
                                        lines(1, 10),
                                        ?assertEqual(["a.log"], files(File)),
                                        ?assertEqual({ok, <<"line 10 aaaaaaaaaaaaaaaa\n">>}, file:read_file(File))
                                end).

compression_test() ->
    with(#{max_no_bytes => 50, max_no_files => 2, compress_on_rotate => true},
         fun(File) ->
                 lines(1, 10),
                 ?assertEqual(["a.log", "a.log.0.gz", "a.log.1.gz"], files(File)),
                 {ok, Bytes} = file:read_file(File ++ ".0.gz"),
                 ?assertEqual(<<"line 7 aaaaaaaaaaaaaaaa\nline 8 aaaaaaaaaaaaaaaa\nline 9 aaaaaaaaaaaaaaaa\n">>, zlib:gunzip(Bytes))
         end).

%% A file that somebody took away is made anew.
taken_away_test() ->
    with(#{}, fun(File) ->
                      lines(1, 1),
                      ok = file:delete(File),
                      log("new", []),
                      logger_std_h:filesync(h),
                      ?assertEqual({ok, <<"new\n">>}, file:read_file(File))
              end).

burst_test() ->
    with(#{burst_limit_max_count => 5, burst_limit_window_time => 1000},
         fun(File) ->
                 [log("~p", [I]) || I <- lists:seq(1, 20)],
                 timer:sleep(1200),
                 log("after", []),
                 logger_std_h:filesync(h),
                 ?assertEqual({ok, <<"1\n2\n3\n4\n5\nafter\n">>}, file:read_file(File))
         end).

%% What queues up above flush_qlen is thrown away, and it is told how much.
flush_test() ->
    with(#{flush_qlen => 300, burst_limit_enable => false, drop_mode_qlen => 300, sync_mode_qlen => 300},
         fun(File) ->
                 Pid = whereis(logger_std_h_h),
                 sys:suspend(Pid),
                 [log("f~p", [I]) || I <- lists:seq(1, 400)],
                 sys:resume(Pid),
                 logger_std_h:filesync(h),
                 {ok, Bytes} = file:read_file(File),
                 ?assertMatch({match, _}, re:run(Bytes, "^Handler h flushed [0-9]+ log events$", [multiline])),
                 ?assert(length(binary:split(Bytes, <<"\n">>, [global])) < 300)
         end).

%% From drop_mode_qlen on clients drop what they log.
drop_test() ->
    with(#{sync_mode_qlen => 0, drop_mode_qlen => 0},
         fun(File) ->
                 log("first", []),
                 logger_std_h:filesync(h),
                 [log("d~p", [I]) || I <- lists:seq(1, 20)],
                 logger_std_h:filesync(h),
                 ?assertEqual({ok, <<"first\n">>}, file:read_file(File))
         end).

killed_test() ->
    with(#{overload_kill_enable => true, overload_kill_qlen => 50, overload_kill_restart_after => 50, flush_qlen => 100000,
           drop_mode_qlen => 100000, sync_mode_qlen => 100000},
         fun(File) ->
                 Pid = whereis(logger_std_h_h),
                 Mon = erlang:monitor(process, Pid),
                 sys:suspend(Pid),
                 [log("k~p", [I]) || I <- lists:seq(1, 100)],
                 sys:resume(Pid),
                 receive {'DOWN', Mon, _, _, Reason} -> ?assertEqual(shutdown, Reason) end,
                 New = another(),
                 ?assert(is_pid(New)),
                 log("again", []),
                 logger_std_h:filesync(h),
                 {ok, Bytes} = file:read_file(File),
                 ?assertMatch({match, _}, re:run(Bytes, "again\n$"))
         end).

another() ->
    case persistent_term:get({logger_writer, h}, none) of
        none ->
            timer:sleep(20),
            another();
        _ -> whereis(logger_std_h_h)
    end.

errors_test() ->
    ?assertExit({noproc, {gen_server, call, [logger_std_h_nosuch, filesync]}}, logger_std_h:filesync(nosuch)),
    ?assertEqual({error, {badarg, {filesync, ["x"]}}}, logger_std_h:filesync("x")),
    ?assertEqual({error, {handler_not_added, {invalid_config, logger_std_h, #{type => foo}}}},
                 logger:add_handler(bad, logger_std_h, #{config => #{type => foo}})).

error_logger_test() ->
    File = filename:join("/tmp", "transom_error_logger_" ++ os:getpid()),
    ?assertEqual(ok, error_logger:logfile({open, File})),
    ?assertEqual(File, error_logger:logfile(filename)),
    ?assertEqual({error, allready_have_logfile}, error_logger:logfile({open, File})),
    ?assertEqual(ok, error_logger:logfile(close)),
    ?assertEqual({error, no_log_file}, error_logger:logfile(filename)),
    ok = file:delete(File).
