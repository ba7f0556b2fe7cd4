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
    {Collections, Words, _} = statistics(garbage_collection),
    {{input, In}, {output, Out}} = statistics(io),
    Info = fun(K) -> [{[], erlang:system_info(K)}] end,
    {Longest, Messages} = mailboxes(),
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
     {"memory_bytes", "gauge", "Memory by kind.", [{[{"kind", atom_to_list(K)}], V} || {K, V} <- erlang:memory()]}].

mailboxes() ->
    lists:foldl(fun(Pid, {Longest, Sum}) ->
        case process_info(Pid, message_queue_len) of
            {_, N} -> {max(N, Longest), Sum + N};
            undefined -> {Longest, Sum}
        end
    end, {0, 0}, processes()).
