%% `transom metrics NAME`: the figures of the system in the text format of Prometheus, version 0.0.4.
-module(transom_metrics).

-export([command/1, text/0, labels/1]).

command(["--help" | _]) ->
    io:put_chars("Usage: transom metrics NAME|PID\n\nFigures in the text format of Prometheus. `transom run --metrics-port PORT` serves them over HTTP.\n"),
    0;
command([]) ->
    io:put_chars(text()),
    0;
command(_) -> transom_control:argument_error("transom metrics NAME takes no arguments~n", []).

text() -> [family(F) || F <- families()].

family({Name, "histogram", Help, {Bounds, Counts, Sum}}) ->
    {Below, Count} = lists:mapfoldl(fun(N, Before) -> {Before + N, Before + N} end, 0, Counts),
    Buckets = [{[{"le", lists:flatten(number(B))}], N} || {B, N} <- lists:zip(Bounds, lists:droplast(Below))] ++ [{[{"le", "+Inf"}], Count}],
    ["# HELP transom_", Name, $\s, Help, "\n# TYPE transom_", Name, " histogram\n",
     [["transom_", Name, "_bucket", labels(Labels), $\s, number(N), $\n] || {Labels, N} <- Buckets],
     "transom_", Name, "_sum ", number(Sum), "\ntransom_", Name, "_count ", number(Count), $\n];
family({Name, Type, Help, Samples}) ->
    ["# HELP transom_", Name, $\s, Help, "\n# TYPE transom_", Name, $\s, Type, $\n,
     [["transom_", Name, labels(Labels), $\s, number(Value), $\n] || {Labels, Value} <- Samples]].

%% With the escapes of the format: backslash, quote, end of line.
labels([]) -> "";
labels(Labels) -> [${, lists:join($,, [[K, "=\"", escape(V), $"] || {K, V} <- Labels]), $}].

escape(Text) -> [case C of $\\ -> "\\\\"; $" -> "\\\""; $\n -> "\\n"; _ -> C end || C <- Text].

number(N) when is_integer(N) -> integer_to_list(N);
number(F) -> io_lib:format("~w", [F]).

families() ->
    {Wall, _} = statistics(wall_clock),
    {Run, _} = statistics(runtime),
    {Reductions, _} = statistics(reductions),
    {{input, In}, {output, Out}} = statistics(io),
    Info = fun(K) -> [{[], erlang:system_info(K)}] end,
    {Longest, Messages, Mailboxes, Memory} = processes_now(),
    {{PauseBounds, Pauses, PauseSum}, RunQueues} = erts_internal:histograms(),
    {Collections, Words, _} = statistics(garbage_collection),
    [{"info", "gauge", "Version and node of the system.", [{[{"version", erlang:system_info(version)}, {"node", atom_to_list(node())}], 1}]},
     {"uptime_seconds", "gauge", "Time since the start.", [{[], Wall / 1000}]},
     {"cpu_seconds_total", "counter", "Processor time used.", [{[], Run / 1000}]},
     {"schedulers", "gauge", "Threads that run processes.", Info(schedulers)},
     {"run_queue", "gauge", "Processes ready to run.", [{[], statistics(run_queue)}]},
     {"scheduler_run_queue", "gauge", "Processes ready to run by scheduler.",
      [{[{"scheduler", integer_to_list(N)}], L} || {N, L} <- lists:enumerate(statistics(run_queue_lengths))]},
     {"reductions_total", "counter", "Reductions of all processes.", [{[], Reductions}]},
     {"context_switches_total", "counter", "Slices of processes.", [{[], element(1, statistics(context_switches))}]},
     {"garbage_collections_total", "counter", "Collections of process heaps.", [{[], Collections}]},
     {"garbage_words_total", "counter", "Words reclaimed by collections.", [{[], Words}]},
     {"gc_pause_seconds", "histogram", "Time of collections of heaps. Heaps below 64 KiB are not timed: they count in the first bucket and not in the sum.",
      {[B / 1.0e6 || B <- PauseBounds], [max(0, Collections - lists:sum(Pauses)) + hd(Pauses) | tl(Pauses)], PauseSum / 1.0e9}},
     {"run_queue_length", "histogram", "Processes that waited in a scheduler's queue when one was picked from it, at one of 64 picks.", RunQueues},
     {"io_input_bytes_total", "counter", "Bytes read.", [{[], In}]},
     {"io_output_bytes_total", "counter", "Bytes written.", [{[], Out}]},
     {"processes", "gauge", "Processes.", Info(process_count)},
     {"processes_limit", "gauge", "Most processes at a time.", Info(process_limit)},
     {"ports", "gauge", "Ports.", Info(port_count)},
     {"atoms", "gauge", "Atoms.", Info(atom_count)},
     {"atoms_limit", "gauge", "Most atoms.", Info(atom_limit)},
     {"tables", "gauge", "ETS tables.", [{[], length(ets:all())}]},
     {"modules", "gauge", "Loaded modules.", [{[], length(code:all_loaded())}]},
     {"messages_waiting", "gauge", "Messages in all mailboxes.", [{[], Messages}]},
     {"longest_mailbox", "gauge", "Messages in the longest mailbox.", [{[], Longest}]},
     {"mailbox_length", "histogram", "Messages in each mailbox, now and not since the start: without rate().", Mailboxes},
     {"process_memory_bytes", "histogram", "Memory of each process, now and not since the start: without rate().", Memory},
     {"memory_bytes", "gauge", "Memory by kind.", [{[{"kind", atom_to_list(K)}], V} || {K, V} <- erlang:memory()]}].

-define(LENGTHS, [0, 1, 2, 5, 10, 100, 1000, 10000, 100000]).
-define(SIZES, [4096, 16384, 65536, 262144, 1048576, 16777216, 268435456]).

%% The longest mailbox, all messages, and how mailboxes and memory of the processes are distributed.
processes_now() ->
    None = fun(Bounds) -> [0 || _ <- [above | Bounds]] end,
    {Longest, Messages, Lengths, Sum, Sizes} =
        lists:foldl(fun(Pid, {Most, All, Ls, Bytes, Ss} = Before) ->
            case process_info(Pid, [message_queue_len, memory]) of
                [{_, N}, {_, M}] -> {max(N, Most), All + N, counted(N, ?LENGTHS, Ls), Bytes + M, counted(M, ?SIZES, Ss)};
                undefined -> Before
            end
        end, {0, 0, None(?LENGTHS), 0, None(?SIZES)}, processes()),
    {Longest, Messages, {?LENGTHS, Lengths, Messages}, {?SIZES, Sizes, Sum}}.

%% One more in the first bucket whose bound is not below the value.
counted(N, [Bound | _], [Count | Counts]) when N =< Bound -> [Count + 1 | Counts];
counted(N, [_ | Bounds], [Count | Counts]) -> [Count | counted(N, Bounds, Counts)];
counted(_, [], [Count]) -> [Count + 1].
