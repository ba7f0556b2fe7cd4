%% Handlers that write to a disk_log: configurations, wrap and halt logs, what cannot be changed.
-module(logger_disk_log).
-include("../show.hrl").

start() ->
    logger:set_primary_config(level, notice),
    logger:set_handler_config(default, level, none),
    show(fun() -> logger:add_handler(dl, logger_disk_log_h, #{config => #{file => "./my.log"}, formatter => plain()}) end),  % expect: ok
    show(fun() -> config(dl) end),  % expect: #{burst_limit_enable => true,burst_limit_max_count => 500,burst_limit_window_time => 1000,drop_mode_qlen => 200,file => "./my.log",filesync_repeat_interval => 5000,flush_qlen => 1000,max_no_bytes => 1048576,max_no_files => 10,overload_kill_enable => false,overload_kill_mem_size => 3000000,overload_kill_qlen => 20000,overload_kill_restart_after => 5000,sync_mode_qlen => 10,type => wrap}
    show(fun() -> logger:error("one ~p", [1]), logger_disk_log_h:filesync(dl) end),  % expect: ok
    show(fun() -> files("my.log*") end),  % expect: ["my.log.1","my.log.idx","my.log.siz"]
    show(fun() -> file:read_file("my.log.1") end),  % expect: {ok,<<"one 1\n">>}
    show(fun() -> [logger:update_handler_config(dl, config, C) || C <- [#{sync_mode_qlen => 5}, #{file => "other"}, #{type => halt}, #{max_no_bytes => 1048576}, #{max_no_files => 3}, #{nosuch => 1}]] end),  % expect: [ok,{error,{illegal_config_change,logger_disk_log_h,#{file => "./my.log"},#{file => "other"}}},{error,{illegal_config_change,logger_disk_log_h,#{type => wrap},#{type => halt}}},ok,{error,{illegal_config_change,logger_disk_log_h,#{max_no_files => 10},#{max_no_files => 3}}},{error,{invalid_config,logger_disk_log_h,#{nosuch => 1}}}]
    show(fun() -> map_get(sync_mode_qlen, config(dl)) end),  % expect: 5
    show(fun() -> [logger:set_handler_config(dl, config, C) || C <- [#{}, #{drop_mode_qlen => 3}, #{file => "other"}]] end),  % expect: [ok,{error,{invalid_olp_levels,#{drop_mode_qlen => 3,flush_qlen => 1000,sync_mode_qlen => 10}}},{error,{illegal_config_change,logger_disk_log_h,#{file => "./my.log"},#{file => "other"}}}]
    show(fun() -> map_get(sync_mode_qlen, config(dl)) end),  % expect: 10
    show(fun() -> [lists:keyfind(K, 1, I) || I <- [disk_log:info(dl)], K <- [name, file, type, format, size, items, users, current_file, no_overflows]] end),  % expect: [{name,dl},{file,"./my.log"},{type,wrap},{format,external},{size,{1048576,10}},{items,1},{users,0},{current_file,1},{no_overflows,{0,0}}]
    show(fun() -> logger:remove_handler(dl) end),  % expect: ok
    %% A log that is full takes nothing more.
    show(fun() -> logger:add_handler(h, logger_disk_log_h, #{config => #{type => halt, file => "halt.log", max_no_bytes => 30}, formatter => plain()}) end),  % expect: ok
    show(fun() -> maps:with([type, file, max_no_bytes, max_no_files], config(h)) end),  % expect: #{file => "halt.log",max_no_bytes => 30,max_no_files => undefined,type => halt}
    show(fun() -> [logger:error("line ~p", [I]) || I <- lists:seq(1, 3)], logger_disk_log_h:filesync(h) end),  % expect: ok
    show(fun() -> [lists:keyfind(K, 1, I) || I <- [disk_log:info(h)], K <- [size, items, full, no_written_items]] end),  % expect: [{size,30},{items,3},{full,false},{no_written_items,3}]
    show(fun() -> logger:remove_handler(h) end),  % expect: ok
    show(fun() -> file:read_file("halt.log") end),  % expect: {ok,<<"line 1\nline 2\nline 3\n">>}
    %% Files in turn.
    show(fun() -> logger:add_handler(w, logger_disk_log_h, #{config => #{type => wrap, file => "wrap.log", max_no_bytes => 30, max_no_files => 3}, formatter => plain()}) end),  % expect: ok
    show(fun() -> [logger:error("line ~p", [I]) || I <- lists:seq(1, 14)], logger_disk_log_h:filesync(w) end),  % expect: ok
    show(fun() -> [{F, file:read_file(F)} || F <- files("wrap.log.[1-9]")] end),  % expect: [{"wrap.log.1",{ok,<<"line 12\nline 13\nline 14\n">>}},{"wrap.log.2",{ok,<<"line 5\nline 6\nline 7\nline 8\n">>}},{"wrap.log.3",{ok,<<"line 9\nline 10\nline 11\n">>}}]
    show(fun() -> [lists:keyfind(K, 1, I) || I <- [disk_log:info(w)], K <- [items, current_file, no_current_items, no_overflows]] end),  % expect: [{items,10},{current_file,1},{no_current_items,3},{no_overflows,{3,3}}]
    show(fun() -> lists:keyfind(no_overflows, 1, disk_log:info(w)) end),  % expect: {no_overflows,{3,0}}
    show(fun() -> logger:remove_handler(w) end),  % expect: ok
    show(fun() -> logger:add_handler(w, logger_disk_log_h, #{config => #{type => wrap, file => "wrap.log", max_no_bytes => 30, max_no_files => 3}, formatter => plain()}) end),  % expect: ok
    show(fun() -> [lists:keyfind(K, 1, I) || I <- [disk_log:info(w)], K <- [items, current_file, no_current_items, no_overflows]] end),  % expect: [{items,10},{current_file,1},{no_current_items,3},{no_overflows,{0,0}}]
    show(fun() -> logger:remove_handler(w) end),  % expect: ok
    show(fun() -> logger:add_handler(d, logger_disk_log_h, #{}) end),  % expect: ok
    show(fun() -> #{file := F} = config(d), {filename:pathtype(F), filename:basename(F)} end),  % expect: {absolute,"d"}
    show(fun() -> [logger:add_handler(d, logger_disk_log_h, #{}), logger:remove_handler(d)] end),  % expect: [{error,{already_exist,d}},ok]
    show(fun() -> wrong(#{type => foo}) end),  % expect: {error,{handler_not_added,{invalid_config,logger_disk_log_h,#{type => foo}}}}
    show(fun() -> wrong(#{file => 17}) end),  % expect: {error,{handler_not_added,{invalid_config,logger_disk_log_h,#{file => 17}}}}
    show(fun() -> wrong(#{file => x}) end),  % expect: {error,{handler_not_added,{invalid_config,logger_disk_log_h,#{file => x}}}}
    show(fun() -> wrong(#{max_no_bytes => -1}) end),  % expect: {error,{handler_not_added,{invalid_config,logger_disk_log_h,#{max_no_bytes => -1}}}}
    show(fun() -> wrong(#{max_no_files => infinity}) end),  % expect: {error,{handler_not_added,{invalid_config,logger_disk_log_h,#{max_no_files => infinity}}}}
    show(fun() -> wrong(#{max_no_files => 0}) end),  % expect: {error,{handler_not_added,{invalid_config,logger_disk_log_h,#{max_no_files => 0}}}}
    show(fun() -> wrong(#{foo => 1}) end),  % expect: {error,{handler_not_added,{invalid_config,logger_disk_log_h,#{foo => 1}}}}
    show(fun() -> wrong(#{drop_mode_qlen => 1}) end),  % expect: {error,{handler_not_added,{invalid_olp_levels,#{drop_mode_qlen => 1,flush_qlen => 1000,sync_mode_qlen => 10}}}}
    show(fun() -> wrong(#{filesync_repeat_interval => x}) end),  % expect: {error,{handler_not_added,{invalid_config,logger_disk_log_h,#{filesync_repeat_interval => x}}}}
    show(fun() -> wrong(#{filesync_repeat_interval => -1}) end),  % expect: {error,{handler_not_added,badarg}}
    show(fun() -> wrong(#{flush_qlen => x, drop_mode_qlen => -1}) end),  % expect: {error,{handler_not_added,{invalid_olp_config,#{flush_qlen => x}}}}
    show(fun() -> wrong(#{foo => 1, flush_qlen => x}) end),  % expect: {error,{handler_not_added,{invalid_config,logger_disk_log_h,#{foo => 1}}}}
    show(fun() -> wrong(#{burst_limit_enable => 1}) end),  % expect: {error,{handler_not_added,{invalid_olp_config,#{burst_limit_enable => 1}}}}
    show(fun() -> logger_disk_log_h:filesync(nosuch) end),  % expect: exit {noproc,{gen_server,call,[logger_disk_log_h_nosuch,filesync]}}
    show(fun() -> logger_disk_log_h:filesync("x") end).  % expect: {error,{badarg,{filesync,["x"]}}}

plain() -> {logger_formatter, #{template => [msg, "\n"]}}.

config(Name) ->
    {ok, #{config := Config, module := logger_disk_log_h}} = logger:get_handler_config(Name),
    Config.

files(Pattern) -> lists:sort(filelib:wildcard(Pattern)).

wrong(Config) ->
    Answer = logger:add_handler(e, logger_disk_log_h, #{config => Config}),
    _ = logger:remove_handler(e),
    Answer.
