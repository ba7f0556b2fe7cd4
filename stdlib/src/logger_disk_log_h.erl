%% The log handler that writes to a disk_log: a log of type wrap (files used in turn) or halt (one file, which may be full).
%%
%% Its log has the handler's name and format external: the files hold the text of the events. The process behind it, with the protection
%% against floods, is logger_writer's.
-module(logger_disk_log_h).

-export([log/2, adding_handler/1, changing_config/3, removing_handler/1, filter_config/1, filesync/1]).
-export([open/2, write/3, sync/1, close/1]).

-define(FIXED, [type, file, max_no_files, max_no_bytes]).

%% ---- The handler ----

log(Event, #{id := Name} = Handler) ->
    case logger_handler:text(Event, Handler) of
        error -> ok;
        Text -> logger_writer:log(Name, Text)
    end.

adding_handler(#{id := Name} = H) ->
    case settle(Name, maps:get(config, H, #{})) of
        {ok, Config} ->
            case logger_writer:start(?MODULE, ?MODULE, Name, Config) of
                ok -> {ok, H#{config => Config}};
                {error, _} = Error -> Error
            end;
        {error, _} = Error -> Error
    end.

settle(Name, Config) -> logger_handler:checked(?MODULE, maps:merge(defaults(Name, maps:get(type, Config, wrap)), Config), fun is_valid/2).

defaults(Name, Type) ->
    {Files, Bytes} = case Type of
                         halt -> {undefined, infinity};
                         _ -> {10, 1048576}
                     end,
    (logger_handler:protection())#{type => Type, file => filename:absname(atom_to_list(Name)), max_no_files => Files, max_no_bytes => Bytes,
                                   filesync_repeat_interval => 5000}.

is_valid(type, Type) -> Type =:= wrap orelse Type =:= halt;
is_valid(file, File) -> is_list(File);
is_valid(max_no_files, N) -> N =:= undefined orelse is_integer(N) andalso N > 0;
is_valid(max_no_bytes, N) -> N =:= infinity orelse is_integer(N) andalso N > 0;
is_valid(filesync_repeat_interval, N) -> N =:= no_repeat orelse is_integer(N);
is_valid(_, _) -> false.

%% What the log is stays; with `set` what else is not given has its default.
changing_config(How, #{id := Name, config := Old}, #{config := New0} = H) ->
    Fixed = maps:with(?FIXED, Old),
    Changed = maps:filter(fun(K, V) -> map_get(K, Fixed) =/= V end, maps:with(?FIXED, New0)),
    New = case How of
              set -> maps:merge(Fixed, New0);
              update -> maps:merge(Old, New0)
          end,
    case maps:size(Changed) of
        0 ->
            case settle(Name, New) of
                {ok, All} ->
                    ok = logger_writer:change(Name, All),
                    {ok, H#{config => All}};
                {error, _} = Error -> Error
            end;
        _ -> {error, {illegal_config_change, ?MODULE, maps:with(maps:keys(Changed), Fixed), Changed}}
    end.

removing_handler(#{id := Name}) -> logger_writer:stop(Name).

filter_config(H) -> H.

%% Writes what the log holds back.
filesync(Name) when is_atom(Name) -> logger_writer:filesync(?MODULE, Name);
filesync(Name) -> {error, {badarg, {filesync, [Name]}}}.

%% ---- Its log, as logger_writer writes to it ----

%% {Log, how the last write went}.
open(Name, #{type := Type, file := File, max_no_files := Files, max_no_bytes := Bytes}) ->
    Size = case Type of
               wrap -> {Bytes, Files};
               halt -> Bytes
           end,
    _ = filelib:ensure_dir(File),
    Opened = disk_log:open([{name, Name}, {file, File}, {size, Size}, {type, Type}, {linkto, self()}, {repair, false}, {format, external},
                            {notify, true}, {quiet, true}, {mode, read_write}]),
    case Opened of
        {error, _} = Error -> Error;
        _ -> {ok, {Name, ok}}
    end.

%% What is wrong is told when it begins to be wrong.
write(Text, _, {Name, Last}) ->
    Result = disk_log:blog(Name, Text),
    Result =:= Last orelse Result =:= ok orelse tell(Name, Result),
    {Name, Result}.

tell(Name, {error, {full, Name}}) -> tell({disk_log, Name, Name, full});
tell(Name, {error, Reason}) -> tell({disk_log, Name, Name, {error_status, Reason}}).

tell(What) -> io:format(standard_error, "Logger - error: ~tw~n", [What]).

sync({Name, _}) -> disk_log:sync(Name).

close({Name, _}) -> disk_log:close(Name).
