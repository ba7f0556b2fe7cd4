%% The default log handler: writes to standard output, standard error or a file.
%%
%% Writes happen in the logging process, through the device's own process: what was logged has been handed over when the call returns.
-module(logger_std_h).

-export([log/2, adding_handler/1, changing_config/3, removing_handler/1, filter_config/1, filesync/1, default_config/1]).

default_config(Type) ->
    #{type => Type, burst_limit_enable => true, burst_limit_max_count => 500, burst_limit_window_time => 1000,
      drop_mode_qlen => 200, filesync_repeat_interval => no_repeat, flush_qlen => 1000, overload_kill_enable => false,
      overload_kill_mem_size => 3000000, overload_kill_qlen => 20000, overload_kill_restart_after => 5000,
      sync_mode_qlen => 10}.

log(Event, #{config := #{type := Type} = Config, formatter := {Mod, FConfig}}) ->
    case to_binary(Mod, Event, FConfig) of
        error -> ok;
        Text -> write(Type, Text, Config)
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
write({file, _}, Text, #{file := File}) ->
    _ = file:write_file(File, Text, [append]),
    ok.

%% The device's own process cannot ask itself.
device(Name, Fd, Text) ->
    case whereis(Name) of
        Pid when is_pid(Pid), Pid =/= self() -> io:put_chars(Pid, Text);
        _ -> prim_io:write(Fd, Text)
    end.

adding_handler(#{config := Config} = H) ->
    case settle(Config) of
        {ok, C} -> {ok, H#{config => C}};
        Error -> Error
    end;
adding_handler(H) -> adding_handler(H#{config => #{}}).

settle(Config) ->
    Type = maps:get(type, Config, case Config of
        #{file := _} -> file;
        _ -> standard_io
    end),
    Base = maps:merge(default_config(Type), Config),
    case Type of
        standard_io -> {ok, Base};
        standard_error -> {ok, Base};
        {device, _} -> {ok, Base};
        {file, File} -> {ok, to_file(Base, File)};
        {file, File, _} -> {ok, to_file(Base, File)};
        file -> {ok, to_file(Base, map_get(file, Config))};
        _ -> {error, {invalid_config, logger_std_h, #{type => Type}}}
    end.

to_file(Config, File) ->
    Config#{type => {file, File}, file => filename:absname(File), modes => maps:get(modes, Config, [append])}.

changing_config(_, #{config := Old}, #{config := New} = H) ->
    case maps:get(type, New, map_get(type, Old)) =:= map_get(type, Old) of
        true -> {ok, H#{config => maps:merge(Old, New)}};
        false -> {error, {illegal_config_change, logger_std_h, #{type => map_get(type, Old)}, #{type => map_get(type, New)}}}
    end.

removing_handler(_) -> ok.

filter_config(#{config := C} = H) -> H#{config => C}.

filesync(_) -> ok.
