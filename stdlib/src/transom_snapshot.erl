%% `transom snapshot NAME [--json] [--output FILE]`: what the system is doing, for people or for programs. SIGUSR1 writes the text to
%% standard error. Sizes are bounded: a mailbox shows its length and its first messages, cut short.
-module(transom_snapshot).

-export([command/1, signal/0, take/0, text/1, json/1]).

%% Messages of a mailbox that are shown, and characters of each. A mailbox longer than ASK is not asked for its messages: the
%% answer would be a copy of all of it.
-define(MESSAGES, 3).
-define(ASK, 1000).
-define(CHARS, 200).

command(Args) -> command(Args, text, none).

command(["--json" | T], _, To) -> command(T, json, To);
command(["--format", "json" | T], _, To) -> command(T, json, To);
command(["--format", "text" | T], _, To) -> command(T, text, To);
command(["--output", File | T], Format, _) -> command(T, Format, File);
command(["--help" | _], _, _) ->
    io:put_chars("Usage: transom snapshot NAME|PID [OPTIONS]\n\n"
                 "Every process with its memory, mailbox, stack. SIGUSR1 writes the text to the VM's standard error.\n\n"
                 "  --format F        text or json (text); --json is short for the latter\n"
                 "  --output FILE     instead of here\n"),
    0;
command([Other | _], _, _) -> transom_control:argument_error("transom snapshot: unknown argument ~ts~n", [Other]);
command([], Format, To) ->
    Data = case Format of
        text -> text(take());
        json -> [json(take()), $\n]
    end,
    write(To, Data).

write(none, Data) ->
    io:put_chars(Data),
    0;
write(File, Data) ->
    case file:write_file(transom_command:path(File), unicode:characters_to_binary(Data)) of
        ok -> 0;
        {error, Why} ->
            transom_command:error("~ts: ~ts~n", [File, file:format_error(Why)]),
            1
    end.

%% SIGUSR1
signal() -> io:put_chars(standard_error, text(take())).

%% A map of what is known; lists and strings are binaries, so that it becomes JSON as it is.
take() ->
    {Wall, _} = statistics(wall_clock),
    {Run, _} = statistics(runtime),
    #{node => node(), os_pid => bin(os:getpid()), runs => bin(init:script_name()), time => bin(now_text()),
      uptime_ms => Wall, runtime_ms => Run, schedulers => erlang:system_info(schedulers),
      run_queue => statistics(run_queue), reductions => element(1, statistics(reductions)),
      memory => maps:from_list(erlang:memory()),
      counts => #{processes => erlang:system_info(process_count), ports => erlang:system_info(port_count),
                  atoms => erlang:system_info(atom_count), tables => length(ets:all()), modules => length(code:all_loaded())},
      processes => with_old_states([P || Pid <- processes(), Pid =/= self(), P <- process(Pid)])}.

%% Servers whose state an older version of their module has made: which module, its version and that of the state.
with_old_states(Processes) ->
    Old = maps:groups_from_list(fun({P, _, _, _, _}) -> bin(pid_to_list(P)) end,
                                fun({_, M, _, V, C}) -> #{module => M, version => C, state_version => V} end, transom_reload:old_states()),
    [P#{old_states => maps:get(Pid, Old, [])} || #{pid := Pid} = P <- Processes].

now_text() ->
    {{Y, Mo, D}, {H, Mi, S}} = calendar:universal_time(),
    io_lib:format("~4..0w-~2..0w-~2..0wT~2..0w:~2..0w:~2..0wZ", [Y, Mo, D, H, Mi, S]).

process(Pid) ->
    Keys = [registered_name, initial_call, current_function, status, memory, total_heap_size, stack_size, reductions,
            message_queue_len, links, monitors, dictionary, current_stacktrace, priority, trap_exit],
    case process_info(Pid, Keys) of
        undefined -> [];
        Info ->
            Get = fun(K) -> proplists:get_value(K, Info) end,
            [#{pid => bin(pid_to_list(Pid)),
               name => case Get(registered_name) of [] -> null; N -> N end,
               initial_call => mfa(proplists:get_value('$initial_call', Get(dictionary), Get(initial_call))),
               current_function => mfa(Get(current_function)),
               status => Get(status), priority => Get(priority), trap_exit => Get(trap_exit),
               memory => Get(memory), heap_words => Get(total_heap_size), stack_words => Get(stack_size),
               reductions => Get(reductions), messages => Get(message_queue_len),
               first_messages => first_messages(Pid, Get(message_queue_len)),
               links => [short(L) || L <- Get(links)], monitors => [short(M) || {_, M} <- Get(monitors)],
               stack => [frame(F) || F <- Get(current_stacktrace)]}]
    end.

first_messages(_, 0) -> [];
first_messages(Pid, N) when N =< ?ASK ->
    case process_info(Pid, messages) of
        {messages, Ms} -> [short(M) || M <- lists:sublist(Ms, ?MESSAGES)];
        undefined -> []
    end;
first_messages(_, _) -> [].

frame({M, F, A, Location}) ->
    Where = case {proplists:get_value(file, Location), proplists:get_value(line, Location)} of
        {File, Line} when is_list(File), is_integer(Line) -> io_lib:format(" (~ts:~w)", [File, Line]);
        _ -> ""
    end,
    bin([io_lib:format("~tw:~tw/~ts", [M, F, arity(A)]), Where]).

arity(A) when is_list(A) -> integer_to_list(length(A));
arity(A) -> integer_to_list(A).

mfa({M, F, A}) -> bin(io_lib:format("~tw:~tw/~w", [M, F, A]));
mfa(_) -> null.

short(Term) -> bin(io_lib:format("~tP", [Term, 12], [{chars_limit, ?CHARS}])).

bin(Chars) -> unicode:characters_to_binary(Chars).

json(Snapshot) -> json:encode(Snapshot).

text(#{processes := Processes, memory := Memory, counts := Counts} = S) ->
    [io_lib:format("snapshot of ~ts (pid ~ts, node ~ts), ~ts~n", [maps:get(runs, S), maps:get(os_pid, S), maps:get(node, S), maps:get(time, S)]),
     io_lib:format("up ~ts, ~w schedulers, run queue ~w, ~w reductions~n",
        [transom_info:uptime(maps:get(uptime_ms, S) div 1000), maps:get(schedulers, S), maps:get(run_queue, S), maps:get(reductions, S)]),
     "memory:", [io_lib:format(" ~ts ~ts", [K, transom_info:bytes(V)]) || {K, V} <- lists:sort(maps:to_list(Memory))], $\n,
     "counts:", [io_lib:format(" ~ts ~w", [K, V]) || {K, V} <- lists:sort(maps:to_list(Counts))], $\n,
     [process_text(P) || P <- lists:sort(fun(A, B) -> maps:get(memory, A) >= maps:get(memory, B) end, Processes)]].

process_text(#{pid := Pid, name := Name, messages := Messages} = P) ->
    [io_lib:format("~n~ts~ts ~ts, ~ts, ~ts, ~w reductions, ~w messages~n",
        [Pid, case Name of null -> ""; _ -> [" ", atom_to_list(Name)] end, optional(maps:get(initial_call, P)), maps:get(status, P),
         transom_info:bytes(maps:get(memory, P)), maps:get(reductions, P), Messages]),
     [io_lib:format("    new code on old state: ~ts@~w on the state of version ~w~n", [M, C, V])
      || #{module := M, version := C, state_version := V} <- maps:get(old_states, P)],
     [["    ", F, $\n] || F <- maps:get(stack, P)],
     [["    message ", M, $\n] || M <- maps:get(first_messages, P)],
     case maps:get(links, P) of
         [] -> "";
         Links -> ["    linked to ", lists:join(", ", Links), $\n]
     end].

optional(null) -> "";
optional(Text) -> Text.
