%% The default log handler: writes to standard output, standard error or a file.
%%
%% A device is written to by the logging process, through the device's own process: what was logged has been handed over when the call
%% returns, and a slow device slows down who logs. A file has a process of its own (logger_writer) with rotation and overload protection.
-module(logger_std_h).

-export([log/2, adding_handler/1, changing_config/3, removing_handler/1, filter_config/1, filesync/1, default_config/1]).

default_config(Type) -> (logger_handler:protection())#{type => Type, filesync_repeat_interval => no_repeat}.

log(Event, #{config := #{type := Type}} = Handler) ->
    case logger_handler:text(Event, Handler) of
        error -> ok;
        Text -> write(Type, Text, Handler)
    end.

write(standard_io, Text, _) -> device(user, 1, Text);
write(standard_error, Text, _) -> device(standard_error, 2, Text);
write({device, Device}, Text, _) -> io:put_chars(Device, Text);
write(file, Text, #{id := Name}) -> logger_writer:log(Name, Text).

%% The device's own process cannot ask itself.
device(Name, Fd, Text) ->
    case whereis(Name) of
        Pid when is_pid(Pid), Pid =/= self() -> io:put_chars(Pid, Text);
        _ -> prim_io:write(Fd, Text)
    end.

adding_handler(#{id := Name, config := Config} = H) ->
    case settle(Config) of
        {ok, #{type := file} = C} ->
            case logger_writer:start(?MODULE, logger_file, Name, C) of
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
        {ok, All} -> logger_handler:checked(?MODULE, All, fun is_valid/2);
        Error -> Error
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
is_valid(file_check, N) -> logger_handler:is_count(N);
is_valid(max_no_bytes, N) -> N =:= infinity orelse is_integer(N) andalso N > 0;
is_valid(max_no_files, N) -> logger_handler:is_count(N);
is_valid(compress_on_rotate, B) -> is_boolean(B);
is_valid(filesync_repeat_interval, N) -> N =:= no_repeat orelse is_integer(N);
is_valid(_, _) -> false.

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
    ok = logger_writer:change(Name, Config),
    {ok, H};
changed(_, H) -> {ok, H}.

removing_handler(#{id := Name, config := #{type := file}}) -> logger_writer:stop(Name);
removing_handler(_) -> ok.

filter_config(H) -> H.

%% Writes what a file handler holds back.
filesync(Name) when is_atom(Name) ->
    case logger:get_handler_config(Name) of
        {ok, #{module := ?MODULE, config := #{type := Type}}} when Type =/= file -> ok;
        _ -> logger_writer:filesync(?MODULE, Name)
    end;
filesync(Name) -> {error, {badarg, {filesync, [Name]}}}.
