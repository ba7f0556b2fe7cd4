%% The default log handler: writes to standard output, standard error or a file.
%%
%% A device is written to by the logging process, through the device's own process: what was logged has been handed over when the call
%% returns, and a slow device slows down who logs. A file has a process of its own (logger_file) with rotation and overload protection.
-module(logger_std_h).

-export([log/2, adding_handler/1, changing_config/3, removing_handler/1, filter_config/1, filesync/1, default_config/1]).

default_config(Type) ->
    #{type => Type, burst_limit_enable => true, burst_limit_max_count => 500, burst_limit_window_time => 1000,
      drop_mode_qlen => 200, filesync_repeat_interval => no_repeat, flush_qlen => 1000, overload_kill_enable => false,
      overload_kill_mem_size => 3000000, overload_kill_qlen => 20000, overload_kill_restart_after => 5000,
      sync_mode_qlen => 10}.

log(Event, #{config := #{type := Type}, formatter := {Mod, FConfig}} = Handler) ->
    case to_binary(Mod, Event, FConfig) of
        error -> ok;
        Text -> write(Type, Text, Handler)
    end.

to_binary(Mod, Event, FConfig) ->
    try unicode:characters_to_binary(Mod:format(Event, FConfig)) of
        Bin when is_binary(Bin) -> Bin;
        _ -> error
    catch C:R:S ->
        #{meta := Meta} = Event,
        try unicode:characters_to_binary(logger_formatter:format(
                Event#{msg => {"FORMATTER CRASH: ~tp", [{maps:get(msg, Event), {C, R, S}}]}, meta => Meta},
                #{legacy_header => true, single_line => false})) of
            Bin when is_binary(Bin) -> Bin;
            _ -> error
        catch _:_ -> error
        end
    end.

write(standard_io, Text, _) -> device(user, 1, Text);
write(standard_error, Text, _) -> device(standard_error, 2, Text);
write({device, Device}, Text, _) -> io:put_chars(Device, Text);
write(file, Text, #{id := Name}) -> logger_file:log(Name, Text).

%% The device's own process cannot ask itself.
device(Name, Fd, Text) ->
    case whereis(Name) of
        Pid when is_pid(Pid), Pid =/= self() -> io:put_chars(Pid, Text);
        _ -> prim_io:write(Fd, Text)
    end.

adding_handler(#{id := Name, config := Config} = H) ->
    case settle(Config) of
        {ok, #{type := file} = C} ->
            case logger_file:start(Name, C) of
                ok -> {ok, H#{config => C}};
                {error, _} = Error -> Error
            end;
        {ok, C} -> {ok, H#{config => C}};
        {error, _} = Error -> Error
    end;
adding_handler(H) -> adding_handler(H#{config => #{}}).

%% A configuration with everything in it.
settle(Config) ->
    case complete(Config) of
        {ok, All} ->
            case [{K, V} || {K, V} <- maps:to_list(All), not is_valid(K, V)] of
                [] -> protection(All);
                [{K, V} | _] -> invalid(K, V)
            end;
        Error -> Error
    end.

invalid(K, V) ->
    case lists:member(K, protection_keys()) of
        true -> {error, {invalid_olp_config, #{K => V}}};
        false -> {error, {invalid_config, ?MODULE, #{K => V}}}
    end.

complete(#{type := {file, File}} = Config) -> complete(Config#{type => file, file => File});
complete(#{type := {file, File, Modes}} = Config) -> complete(Config#{type => file, file => File, modes => Modes});
complete(#{type := file, file := File} = Config) ->
    Defaults = (default_config(file))#{filesync_repeat_interval => 5000, file_check => 0, max_no_bytes => infinity, max_no_files => 0,
                                       compress_on_rotate => false, modes => [delayed_write, raw, append]},
    {ok, maps:merge(Defaults, Config#{file => filename:absname(File), modes => modes(maps:get(modes, Config, []))})};
complete(#{type := file} = Config) -> complete(Config#{file => "erlang.log"});
complete(#{type := Type} = Config) when Type =:= standard_io; Type =:= standard_error -> {ok, maps:merge(default_config(Type), Config)};
complete(#{type := {device, _} = Type} = Config) -> {ok, maps:merge(default_config(Type), Config)};
complete(#{type := Type}) -> {error, {invalid_config, ?MODULE, #{type => Type}}};
complete(#{file := _} = Config) -> complete(Config#{type => file});
complete(Config) -> complete(Config#{type => standard_io}).

%% What is written is never overwritten.
modes([]) -> [delayed_write, raw, append];
modes(Given) ->
    case [M || M <- Given, M =:= append orelse M =:= write orelse M =:= exclusive] of
        [] -> Given ++ [append];
        _ -> Given
    end.

is_valid(type, _) -> true;
is_valid(file, _) -> true;
is_valid(modes, Modes) -> is_list(Modes);
is_valid(file_check, N) -> is_count(N);
is_valid(max_no_bytes, N) -> N =:= infinity orelse is_integer(N) andalso N > 0;
is_valid(max_no_files, N) -> is_count(N);
is_valid(compress_on_rotate, B) -> is_boolean(B);
is_valid(filesync_repeat_interval, N) -> N =:= no_repeat orelse is_integer(N) andalso N > 0;
is_valid(Key, B) when Key =:= burst_limit_enable; Key =:= overload_kill_enable -> is_boolean(B);
is_valid(overload_kill_restart_after, N) -> N =:= infinity orelse is_count(N);
is_valid(Key, N) -> lists:member(Key, protection_keys()) andalso is_count(N).

is_count(N) -> is_integer(N) andalso N >= 0.

protection_keys() ->
    [burst_limit_enable, burst_limit_max_count, burst_limit_window_time, drop_mode_qlen, flush_qlen, overload_kill_enable,
     overload_kill_mem_size, overload_kill_qlen, overload_kill_restart_after, sync_mode_qlen].

protection(#{sync_mode_qlen := Sync, drop_mode_qlen := Drop, flush_qlen := Flush} = Config) ->
    case Sync =< Drop andalso Drop =< Flush of
        true -> {ok, Config};
        false -> {error, {invalid_olp_levels, #{sync_mode_qlen => Sync, drop_mode_qlen => Drop, flush_qlen => Flush}}}
    end.

%% Type, file and modes stay; with `set` what is not given has its default.
changing_config(How, #{id := Name, config := Old}, #{config := New0} = H) ->
    Fixed = maps:with([type, file, modes], Old),
    New1 = maps:merge(Fixed, New0),
    New2 = case How of
               set -> New1;
               update -> maps:merge(Old, New0)
           end,
    case settle(New2) of
        {ok, All} ->
            case maps:with([type, file, modes], All) of
                Fixed -> changed(Name, H#{config => All});
                Other -> {error, {illegal_config_change, ?MODULE, Fixed, Other}}
            end;
        {error, {invalid_config, _, #{type := _}}} ->
            {error, {illegal_config_change, ?MODULE, Fixed, maps:merge(Fixed, maps:with([type, file, modes], New0))}};
        {error, _} = Error -> Error
    end.

changed(Name, #{config := #{type := file} = Config} = H) ->
    ok = logger_file:change(Name, Config),
    {ok, H};
changed(_, H) -> {ok, H}.

removing_handler(#{id := Name, config := #{type := file}}) -> logger_file:stop(Name);
removing_handler(_) -> ok.

filter_config(H) -> H.

%% Writes what a file handler holds back.
filesync(Name) when is_atom(Name) ->
    case logger:get_handler_config(Name) of
        {ok, #{module := ?MODULE, config := #{type := Type}}} when Type =/= file -> ok;
        _ -> logger_file:filesync(Name)
    end;
filesync(Name) -> {error, {badarg, {filesync, [Name]}}}.
