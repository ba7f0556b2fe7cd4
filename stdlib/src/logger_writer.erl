%% The process behind a log handler that writes to a file or a disk_log: it protects the node against floods of events. What is written to
%% is the sink's matter: a module with open(Name, Config) -> {ok, Sink} | {error, Reason}, write(Text, Config, Sink) -> Sink, sync(Sink) and
%% close(Sink).
%%
%% An event is text when it comes here. How a client hands it over depends on the length of this process's queue, which it tells in an
%% atomic that clients read: it is sent without waiting; from sync_mode_qlen on the client waits until it is written; from drop_mode_qlen
%% on it is thrown away by the client; above flush_qlen the process throws away what has queued up. More than burst_limit_max_count events
%% within burst_limit_window_time milliseconds are thrown away too. A process that stays overloaded can be killed and started again.
-module(logger_writer).

-export([start/4, stop/1, log/2, change/2, filesync/2]).
-export([system_continue/3, system_terminate/4, system_code_change/4, system_get_state/1]).

-define(ASYNC, 0).
-define(SYNC, 1).
-define(DROP, 2).

%% handler: its module; sink: what the module of sinks made of the configuration; window: when the burst's window began (ms).
-record(st, {handler, module, name, config, mode, sink, unsynced = false, count = 0, window, dropped = 0}).

%% ---- Clients ----

%% Opens the sink and answers when it is open.
start(Handler, Module, Name, Config) ->
    Self = self(),
    {Pid, Mon} = spawn_monitor(fun() -> init(Self, Handler, Module, Name, Config) end),
    receive
        {Pid, started} ->
            erlang:demonitor(Mon, [flush]),
            ok;
        {'DOWN', Mon, process, Pid, Reason} -> {error, Reason}
    end.

stop(Name) ->
    case process_of(Name) of
        none -> ok;
        {Process, _} ->
            Mon = erlang:monitor(process, Process),
            catch Process ! stop,
            receive
                {'DOWN', Mon, process, _, _} -> ok
            end
    end.

log(Name, Text) ->
    case process_of(Name) of
        none -> ok;
        {Process, Mode} ->
            case atomics:get(Mode, 1) of
                ?ASYNC -> catch Process ! {log, Text};
                ?SYNC -> catch ask(Process, {log, Text});
                ?DROP -> atomics:add(Mode, 2, 1)
            end,
            ok
    end.

change(Name, Config) ->
    case process_of(Name) of
        none -> ok;
        {Process, _} -> ask(Process, {change, Config})
    end.

filesync(Handler, Name) -> ask(registered_name(Handler, Name), filesync).

ask(Process, Request) ->
    try gen:call(Process, ask, Request, infinity) of
        {ok, Answer} -> Answer
    catch exit:Reason -> exit({Reason, {gen_server, call, [Process, Request]}})
    end.

%% The name of a handler's process and how busy it is.
process_of(Name) -> persistent_term:get({?MODULE, Name}, none).

registered_name(Handler, Name) -> list_to_atom(atom_to_list(Handler) ++ "_" ++ atom_to_list(Name)).

%% ---- The process ----

init(Starter, Handler, Module, Name, Config) ->
    process_flag(message_queue_data, off_heap),
    process_flag(trap_exit, true),
    Process = registered_name(Handler, Name),
    true = register(Process, self()),
    case Module:open(Name, Config) of
        {ok, Sink} ->
            Mode = atomics:new(2, []),
            St = schedule_sync(#st{handler = Handler, module = Module, name = Name, config = Config, mode = Mode, sink = Sink,
                                   window = now_ms()}),
            persistent_term:put({?MODULE, Name}, {Process, Mode}),
            Starter ! {self(), started},
            loop(St);
        {error, Reason} -> exit(Reason)
    end.

now_ms() -> erlang:monotonic_time(millisecond).

schedule_sync(#st{config = #{filesync_repeat_interval := Interval}}) when Interval < 0 -> exit(badarg);
schedule_sync(#st{config = #{filesync_repeat_interval := Interval}} = St) when is_integer(Interval) ->
    erlang:send_after(Interval, self(), sync),
    St;
schedule_sync(St) -> St.

loop(St) ->
    receive
        {log, Text} -> loop(load(Text, St));
        {ask, From, Request} ->
            {Answer, New} = answer(Request, St),
            gen:reply(From, Answer),
            loop(New);
        sync ->
            {_, New} = answer(filesync, St),
            loop(schedule_sync(New));
        stop -> ended(St);
        {system, From, Request} -> sys:handle_system_msg(Request, From, self(), ?MODULE, [], St);
        _ -> loop(St)
    end.

ended(#st{name = Name, module = Module, sink = Sink}) ->
    persistent_term:erase({?MODULE, Name}),
    _ = Module:close(Sink),
    ok.

answer({log, Text}, St) -> {ok, load(Text, St)};
answer({change, Config}, St) -> {ok, St#st{config = Config}};
answer(filesync, #st{module = Module, sink = Sink, unsynced = true} = St) -> {Module:sync(Sink), St#st{unsynced = false}};
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
restart(#st{handler = Handler, module = Module, name = Name, config = #{overload_kill_restart_after := After} = Config} = St) ->
    ended(write(said(Name, "was killed for being overloaded"), St)),
    is_integer(After) andalso spawn(fun() ->
                                            timer:sleep(After),
                                            %% The handler may have been removed meanwhile.
                                            case logger:get_handler_config(Name) of
                                                {ok, #{module := Handler}} -> start(Handler, Module, Name, Config);
                                                _ -> ok
                                            end
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
        {ask, From, {log, _}} ->
            gen:reply(From, ok),
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

write(Text, #st{module = Module, config = Config, sink = Sink} = St) ->
    St#st{sink = Module:write(Text, Config, Sink), unsynced = true}.
