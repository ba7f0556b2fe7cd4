%% The process behind a log handler that writes to a file: it rotates the file, and protects the node against floods of events.
%%
%% An event is text when it comes here. How a client hands it over depends on the length of this process's queue, which it tells in an
%% atomic that clients read: it is sent without waiting; from sync_mode_qlen on the client waits until it is written; from drop_mode_qlen
%% on it is thrown away by the client; above flush_qlen the process throws away what has queued up. More than burst_limit_max_count events
%% within burst_limit_window_time milliseconds are thrown away too. A process that stays overloaded can be killed and started again.
-module(logger_file).

-export([start/2, stop/1, log/2, change/2, filesync/1]).
-export([system_continue/3, system_terminate/4, system_code_change/4, system_get_state/1]).

-define(ASYNC, 0).
-define(SYNC, 1).
-define(DROP, 2).

%% inode: what the file was when it was opened, to see that somebody took it away; window: when the burst's window began (ms).
-record(st, {name, config, mode, fd, size = 0, inode, unsynced = false, count = 0, window, dropped = 0}).

%% ---- Clients ----

%% Opens the file and answers when it is open.
start(Name, Config) ->
    Self = self(),
    {Pid, Mon} = spawn_monitor(fun() -> init(Self, Name, Config) end),
    receive
        {Pid, started} ->
            erlang:demonitor(Mon, [flush]),
            ok;
        {'DOWN', Mon, process, Pid, Reason} -> {error, Reason}
    end.

stop(Name) ->
    case whereis(registered_name(Name)) of
        undefined -> ok;
        Pid ->
            Mon = erlang:monitor(process, Pid),
            Pid ! stop,
            receive
                {'DOWN', Mon, process, Pid, _} -> ok
            end
    end.

log(Name, Text) ->
    case persistent_term:get({?MODULE, Name}, none) of
        none -> ok;
        Mode ->
            case atomics:get(Mode, 1) of
                ?ASYNC -> send(Name, Text);
                ?SYNC -> catch ask(Name, {log, Text});
                ?DROP -> atomics:add(Mode, 2, 1)
            end,
            ok
    end.

send(Name, Text) ->
    case whereis(registered_name(Name)) of
        undefined -> ok;
        Pid -> Pid ! {log, Text}
    end.

change(Name, Config) -> ask(Name, {change, Config}).

filesync(Name) -> ask(Name, filesync).

ask(Name, Request) ->
    Process = registered_name(Name),
    case whereis(Process) of
        undefined -> exit({noproc, {gen_server, call, [Process, Request]}});
        Pid ->
            Mon = erlang:monitor(process, Pid),
            Pid ! {ask, {self(), Mon}, Request},
            receive
                {Mon, Answer} ->
                    erlang:demonitor(Mon, [flush]),
                    Answer;
                {'DOWN', Mon, process, Pid, Reason} -> exit({Reason, {gen_server, call, [Process, Request]}})
            end
    end.

registered_name(Name) -> list_to_atom("logger_std_h_" ++ atom_to_list(Name)).

%% The N-th oldest file of a log.
rotated(File, N) -> File ++ "." ++ integer_to_list(N).

%% ---- The process ----

init(Starter, Name, Config) ->
    process_flag(message_queue_data, off_heap),
    process_flag(trap_exit, true),
    true = register(registered_name(Name), self()),
    case open(#st{name = Name, config = Config, mode = atomics:new(2, []), window = now_ms()}) of
        {ok, St} ->
            persistent_term:put({?MODULE, Name}, St#st.mode),
            Starter ! {self(), started},
            loop(schedule_sync(St));
        {error, Reason} -> exit(Reason)
    end.

now_ms() -> erlang:monotonic_time(millisecond).

open(#st{config = #{file := File, modes := Modes}} = St) ->
    _ = filelib:ensure_dir(File),
    %% What was logged is read by others: it does not wait in this process's memory too.
    case file:open(File, [M || M <- Modes, not is_delay(M)]) of
        {ok, Fd} ->
            {Size, Inode} = identity(File),
            {ok, St#st{fd = Fd, size = Size, inode = Inode}};
        {error, Reason} -> {error, {open_failed, File, Reason}}
    end.

is_delay({delayed_write, _, _}) -> true;
is_delay(M) -> M =:= delayed_write.

identity(File) ->
    case file:read_file_info(File, [raw]) of
        {ok, Info} -> {element(2, Info), element(12, Info)};
        {error, _} -> {0, none}
    end.

schedule_sync(#st{config = #{filesync_repeat_interval := Interval}} = St) when is_integer(Interval) ->
    erlang:send_after(Interval, self(), sync),
    St;
schedule_sync(St) -> St.

loop(St) ->
    receive
        {log, Text} -> loop(load(Text, St));
        {ask, {From, Ref}, Request} ->
            {Answer, New} = answer(Request, St),
            From ! {Ref, Answer},
            loop(New);
        sync ->
            {_, New} = answer(filesync, St),
            loop(schedule_sync(New));
        stop -> ended(St);
        {system, From, Request} -> sys:handle_system_msg(Request, From, self(), ?MODULE, [], St);
        _ -> loop(St)
    end.

ended(#st{name = Name, fd = Fd}) ->
    persistent_term:erase({?MODULE, Name}),
    _ = file:close(Fd),
    ok.

answer({log, Text}, St) -> {ok, load(Text, St)};
answer({change, Config}, St) -> {ok, St#st{config = Config}};
answer(filesync, #st{fd = Fd, unsynced = true} = St) -> {file:datasync(Fd), St#st{unsynced = false}};
answer(filesync, St) -> {ok, St}.

system_continue(_, _, St) -> loop(St).

system_terminate(_, _, _, St) -> ended(St).

system_code_change(St, _, _, _) -> {ok, St}.

system_get_state(St) -> {ok, St}.

%% ---- Protection ----

load(Text, #st{config = Config, mode = Mode} = St) ->
    {message_queue_len, Queued} = process_info(self(), message_queue_len),
    set_mode(Mode, Queued, Config),
    #{flush_qlen := Flush} = Config,
    case killed(Queued, Config) of
        true -> restart(St);
        false when Queued > Flush -> flushed(St);
        false -> limited(Text, told_drops(Queued, St))
    end.

set_mode(Mode, Queued, #{drop_mode_qlen := Drop, sync_mode_qlen := Sync}) ->
    atomics:put(Mode, 1, if
                             Queued >= Drop -> ?DROP;
                             Queued >= Sync -> ?SYNC;
                             true -> ?ASYNC
                         end).

killed(Queued, #{overload_kill_enable := true, overload_kill_qlen := Most, overload_kill_mem_size := Bytes}) ->
    {memory, Memory} = process_info(self(), memory),
    Queued > Most orelse Memory > Bytes;
killed(_, _) -> false.

%% Ends; another process takes over when the node had time to breathe.
restart(#st{name = Name, config = #{overload_kill_restart_after := After} = Config} = St) ->
    ended(write(said(Name, "was killed for being overloaded"), St)),
    is_integer(After) andalso spawn(fun() ->
                                            timer:sleep(After),
                                            start(Name, Config)
                                    end),
    exit(shutdown).

%% What is there goes, and no more: a flood would never end.
flushed(#st{name = Name} = St) ->
    {message_queue_len, Queued} = process_info(self(), message_queue_len),
    Dropped = flush(Queued, 0),
    write(said(Name, ["flushed ", integer_to_list(Dropped + 1), " log events"]), St).

flush(0, Dropped) -> Dropped;
flush(Left, Dropped) ->
    receive
        {log, _} -> flush(Left - 1, Dropped + 1);
        {ask, {From, Ref}, {log, _}} ->
            From ! {Ref, ok},
            flush(Left - 1, Dropped + 1)
    after 0 -> Dropped
    end.

%% Clients count what they drop; it is told when the queue is short again.
told_drops(Queued, #st{name = Name, mode = Mode, config = #{drop_mode_qlen := Drop}} = St) when Queued < Drop ->
    case atomics:exchange(Mode, 2, 0) of
        0 -> St;
        N -> write(said(Name, ["dropped ", integer_to_list(N), " log events"]), St)
    end;
told_drops(_, St) -> St.

said(Name, Text) -> unicode:characters_to_binary(["Handler ", atom_to_list(Name), " ", Text, "\n"]).

limited(Text, #st{config = #{burst_limit_enable := true, burst_limit_window_time := Window, burst_limit_max_count := Most}} = St) ->
    Now = now_ms(),
    New = case Now - St#st.window >= Window of
              true -> St#st{window = Now, count = 1};
              false -> St#st{count = St#st.count + 1}
          end,
    case New#st.count > Most of
        true -> New#st{dropped = New#st.dropped + 1};
        false -> write(Text, New)
    end;
limited(Text, St) -> write(Text, St).

%% ---- The file ----

write(Text, St0) ->
    St = reopened(St0),
    case file:write(St#st.fd, Text) of
        ok -> rotate(St#st{size = St#st.size + byte_size(Text), unsynced = true});
        {error, _} -> St
    end.

%% A file that was moved or deleted is made anew.
reopened(#st{config = #{file := File}, inode = Inode, fd = Fd} = St) ->
    case identity(File) of
        {_, Inode} -> St;
        _ ->
            _ = file:close(Fd),
            case open(St) of
                {ok, New} -> New;
                {error, _} -> St
            end
    end.

rotate(#st{size = Size, config = #{max_no_bytes := Most} = Config, fd = Fd} = St) when is_integer(Most), Size > Most ->
    _ = file:close(Fd),
    #{file := File, max_no_files := Files, compress_on_rotate := Compress} = Config,
    shift(File, Files - 1, Compress),
    _ = case Files of
            0 -> file:delete(File);
            _ -> keep(File, Compress)
        end,
    case open(St) of
        {ok, New} -> New#st{unsynced = false};
        {error, _} -> St
    end;
rotate(St) -> St.

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
