%% Files as what logger_writer writes to: rotated by size and number, made anew when somebody took them away.
-module(logger_file).

-export([open/2, write/3, sync/1, close/1]).

%% inode: what the file was when it was opened, to see that somebody took it away.
-record(file, {fd, size = 0, inode}).

open(_, #{file := File, modes := Modes}) ->
    _ = filelib:ensure_dir(File),
    %% What was logged is read by others: it does not wait in this process's memory too.
    case file:open(File, [M || M <- Modes, not is_delay(M)]) of
        {ok, Fd} ->
            {Size, Inode} = identity(File),
            {ok, #file{fd = Fd, size = Size, inode = Inode}};
        {error, Reason} -> {error, {open_failed, File, Reason}}
    end.

is_delay({delayed_write, _, _}) -> true;
is_delay(M) -> M =:= delayed_write.

identity(File) ->
    case file:read_file_info(File, [raw]) of
        {ok, Info} -> {element(2, Info), element(12, Info)};
        {error, _} -> {0, none}
    end.

sync(#file{fd = Fd}) -> file:datasync(Fd).

close(#file{fd = Fd}) -> file:close(Fd).

write(Text, Config, Sink0) ->
    Sink = reopened(Config, Sink0),
    case file:write(Sink#file.fd, Text) of
        ok -> rotate(Config, Sink#file{size = Sink#file.size + byte_size(Text)});
        {error, _} -> Sink
    end.

%% A file that was moved or deleted is made anew.
reopened(#{file := File} = Config, #file{inode = Inode} = Sink) ->
    case identity(File) of
        {_, Inode} -> Sink;
        _ ->
            _ = close(Sink),
            open_or(Config, Sink)
    end.

open_or(Config, Sink) ->
    case open(none, Config) of
        {ok, New} -> New;
        {error, _} -> Sink
    end.

rotate(#{max_no_bytes := Most} = Config, #file{size = Size} = Sink) when is_integer(Most), Size > Most ->
    _ = close(Sink),
    #{file := File, max_no_files := Files, compress_on_rotate := Compress} = Config,
    shift(File, Files - 1, Compress),
    _ = case Files of
            0 -> file:delete(File);
            _ -> keep(File, Compress)
        end,
    open_or(Config, Sink);
rotate(_, Sink) -> Sink.

keep(File, Compress) ->
    ok = file:rename(File, rotated(File, 0)),
    Compress andalso compress(rotated(File, 0)).

compress(File) ->
    {ok, Bytes} = file:read_file(File),
    ok = file:write_file(File ++ ".gz", zlib:gzip(Bytes)),
    file:delete(File).

%% Every old file becomes one older; what is too old is overwritten.
shift(_, N, _) when N < 1 -> ok;
shift(File, N, Compress) ->
    Suffix = case Compress of
                 true -> ".gz";
                 false -> ""
             end,
    _ = file:rename(rotated(File, N - 1) ++ Suffix, rotated(File, N) ++ Suffix),
    shift(File, N - 1, Compress).

%% The N-th oldest file of a log.
rotated(File, N) -> File ++ "." ++ integer_to_list(N).
