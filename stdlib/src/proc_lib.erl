%% Processes that know their ancestors, synchronise with their starter and report a crash.
%%
%% Everything under a supervisor starts here. The process dictionary holds '$ancestors' and '$initial_call', which tools read.
-module(proc_lib).

-export([spawn/1, spawn/2, spawn/3, spawn/4, spawn_link/1, spawn_link/2, spawn_link/3, spawn_link/4,
         spawn_opt/2, spawn_opt/3, spawn_opt/4, spawn_opt/5, start/3, start/4, start/5,
         start_link/3, start_link/4, start_link/5, start_monitor/3, start_monitor/4, start_monitor/5,
         init_ack/1, init_ack/2, init_fail/2, init_fail/3, init_p/3, init_p/5, hibernate/3, wake_up/3,
         initial_call/1, translate_initial_call/1, format/1, format/2, format/3, report_cb/2,
         stop/1, stop/3, set_label/1, get_label/1]).

%% ---- Spawning ----

spawn(F) when is_function(F, 0) -> erlang:spawn(proc_lib, init_p, [me(), ancestors(), F]).

spawn(Node, F) when is_function(F, 0) -> erlang:spawn(Node, proc_lib, init_p, [me(), ancestors(), F]).

spawn(M, F, A) when is_atom(M), is_atom(F), is_list(A) ->
    erlang:spawn(proc_lib, init_p, [me(), ancestors(), M, F, A]).

spawn(Node, M, F, A) when is_atom(M), is_atom(F), is_list(A) ->
    erlang:spawn(Node, proc_lib, init_p, [me(), ancestors(), M, F, A]).

spawn_link(F) when is_function(F, 0) -> erlang:spawn_link(proc_lib, init_p, [me(), ancestors(), F]).

spawn_link(Node, F) when is_function(F, 0) ->
    erlang:spawn_link(Node, proc_lib, init_p, [me(), ancestors(), F]).

spawn_link(M, F, A) when is_atom(M), is_atom(F), is_list(A) ->
    erlang:spawn_link(proc_lib, init_p, [me(), ancestors(), M, F, A]).

spawn_link(Node, M, F, A) when is_atom(M), is_atom(F), is_list(A) ->
    erlang:spawn_link(Node, proc_lib, init_p, [me(), ancestors(), M, F, A]).

spawn_opt(F, Opts) when is_function(F, 0) ->
    erlang:spawn_opt(proc_lib, init_p, [me(), ancestors(), F], Opts).

spawn_opt(Node, F, Opts) when is_function(F, 0) ->
    erlang:spawn_opt(Node, proc_lib, init_p, [me(), ancestors(), F], Opts).

spawn_opt(M, F, A, Opts) when is_atom(M), is_atom(F), is_list(A) ->
    erlang:spawn_opt(proc_lib, init_p, [me(), ancestors(), M, F, A], Opts).

spawn_opt(Node, M, F, A, Opts) when is_atom(M), is_atom(F), is_list(A) ->
    erlang:spawn_opt(Node, proc_lib, init_p, [me(), ancestors(), M, F, A], Opts).

me() ->
    case process_info(self(), registered_name) of
        {registered_name, Name} -> Name;
        _ -> self()
    end.

ancestors() ->
    case get('$ancestors') of
        L when is_list(L) -> L;
        _ -> []
    end.

%% ---- The first functions of such a process ----

init_p(Parent, Ancestors, F) when is_function(F) ->
    put('$ancestors', [Parent | Ancestors]),
    put('$initial_call', fun_mfa(F)),
    try F()
    catch Class:Reason:Stack -> crashed(Class, Reason, Stack)
    end.

init_p(Parent, Ancestors, M, F, A) when is_atom(M), is_atom(F), is_list(A) ->
    put('$ancestors', [Parent | Ancestors]),
    put('$initial_call', simplify({M, F, A})),
    run(M, F, A).

wake_up(M, F, A) when is_atom(M), is_atom(F), is_list(A) -> run(M, F, A).

hibernate(M, F, A) when is_atom(M), is_atom(F), is_list(A) ->
    erlang:hibernate(proc_lib, wake_up, [M, F, A]).

run(M, F, A) ->
    try apply(M, F, A)
    catch Class:Reason:Stack -> crashed(Class, Reason, Stack)
    end.

fun_mfa(F) ->
    {module, M} = erlang:fun_info(F, module),
    {name, N} = erlang:fun_info(F, name),
    {arity, A} = erlang:fun_info(F, arity),
    {M, N, A}.

crashed(Class, Reason, Stack) ->
    case quiet(Class, Reason) of
        true -> ok;
        false -> report_crash(Class, Reason, Stack)
    end,
    erlang:raise(exit, exit_reason(Class, Reason, Stack), Stack).

quiet(exit, normal) -> true;
quiet(exit, shutdown) -> true;
quiet(exit, {shutdown, _}) -> true;
quiet(_, _) -> false.

exit_reason(error, Reason, Stack) -> {Reason, Stack};
exit_reason(exit, Reason, _) -> Reason;
exit_reason(throw, Reason, Stack) -> {{nocatch, Reason}, Stack}.

%% ---- Starting in step with the new process ----

start(M, F, A) -> start(M, F, A, infinity).
start(M, F, A, Timeout) -> start(M, F, A, Timeout, []).
start(M, F, A, Timeout, Opts) when is_atom(M), is_atom(F), is_list(A) ->
    without_monitor(Opts, [M, F, A, Timeout, Opts]),
    started(proc_lib:spawn_opt(M, F, A, [monitor | Opts]), Timeout, false).

start_link(M, F, A) -> start_link(M, F, A, infinity).
start_link(M, F, A, Timeout) -> start_link(M, F, A, Timeout, []).
start_link(M, F, A, Timeout, Opts) when is_atom(M), is_atom(F), is_list(A) ->
    without_monitor(Opts, [M, F, A, Timeout, Opts]),
    started(proc_lib:spawn_opt(M, F, A, [link, monitor | Opts]), Timeout, true).

%% The starter's own monitor must not be doubled.
without_monitor(Opts, Args) ->
    try lists:member(monitor, Opts) orelse lists:keymember(monitor, 1, Opts) of
        true -> error(badarg, Args);
        false -> ok
    catch error:badarg -> error(badarg, Args)
    end.

%% `nack` carries an answer that is only given once the process is gone, so that its name is free again.
started({Pid, Mon}, Timeout, Linked) ->
    receive
        {ack, Pid, Answer} ->
            erlang:demonitor(Mon, [flush]),
            Answer;
        {nack, Pid, Answer} ->
            receive
                {'DOWN', Mon, process, Pid, _} -> ok
            end,
            Linked andalso flush_exit(Pid),
            Answer;
        {'DOWN', Mon, process, Pid, Reason} ->
            Linked andalso flush_exit(Pid),
            {error, Reason}
    after Timeout ->
        Linked andalso erlang:unlink(Pid),
        exit(Pid, kill),
        receive
            {'DOWN', Mon, process, Pid, _} -> ok
        end,
        Linked andalso flush_exit(Pid),
        {error, timeout}
    end.

%% A starter that does not trap exits dies of the link itself; one that does must not find the signal later.
flush_exit(Pid) ->
    unlink(Pid),
    receive
        {'EXIT', Pid, _} -> true
    after 0 -> true
    end.

start_monitor(M, F, A) -> start_monitor(M, F, A, infinity).
start_monitor(M, F, A, Timeout) -> start_monitor(M, F, A, Timeout, []).
start_monitor(M, F, A, Timeout, Opts) when is_atom(M), is_atom(F), is_list(A) ->
    without_monitor(Opts, [M, F, A, Timeout, Opts]),
    {Pid, Mon} = proc_lib:spawn_opt(M, F, A, [monitor | Opts]),
    receive
        {ack, Pid, Answer} -> {Answer, Mon};
        {nack, Pid, Answer} ->
            receive
                {'DOWN', Mon, process, Pid, _} = Down ->
                    self() ! Down,
                    {Answer, Mon}
            end;
        {'DOWN', Mon, process, Pid, Reason} = Down ->
            self() ! Down,
            {{error, Reason}, Mon}
    after Timeout ->
        exit(Pid, kill),
        {{error, timeout}, Mon}
    end.

init_ack(Parent, Answer) ->
    Parent ! {ack, self(), Answer},
    ok.

init_ack(Answer) -> init_ack(parent(), Answer).

init_fail(Parent, Answer, Exception) ->
    Parent ! {nack, self(), Answer},
    raise(Exception).

init_fail(Answer, Exception) -> init_fail(parent(), Answer, Exception).

raise({error, Reason}) -> erlang:error(Reason);
raise({exit, Reason}) -> erlang:exit(Reason);
raise({throw, Reason}) -> erlang:throw(Reason);
raise({Class, Reason, Stack}) -> erlang:raise(Class, Reason, Stack).

parent() ->
    case get('$ancestors') of
        [P | _] when is_pid(P) -> P;
        [P | _] when is_atom(P) -> whereis(P)
    end.

%% ---- Stopping ----

stop(Process) -> stop(Process, normal, infinity).

stop(Process, Reason, Timeout) ->
    Mon = erlang:monitor(process, Process),
    Pid = case Process of
        _ when is_pid(Process) -> Process;
        Name when is_atom(Name) -> whereis(Name);
        _ -> Process
    end,
    try sys_terminate(Process, Reason, Timeout) of
        ok when Timeout =:= infinity; is_integer(Timeout) ->
            receive
                {'DOWN', Mon, _, _, Reason} -> ok;
                {'DOWN', Mon, _, _, Other} -> exit(Other)
            after Timeout -> exit(timeout)
            end
    catch
        exit:{noproc, _} -> exit(noproc);
        exit:{timeout, _} when Pid =/= undefined -> exit(timeout);
        exit:{Why, {sys, terminate, _}} ->
            case Why of
                Reason -> ok;
                _ -> exit(Why)
            end
    after erlang:demonitor(Mon, [flush])
    end.

sys_terminate(Process, Reason, infinity) -> sys:terminate(Process, Reason, infinity);
sys_terminate(Process, Reason, Timeout) when is_integer(Timeout), Timeout >= 0 ->
    sys:terminate(Process, Reason, Timeout).

%% ---- What a process began as ----

set_label(Label) ->
    put('$process_label', Label),
    ok.

get_label(Pid) ->
    case info(Pid, '$process_label') of
        {ok, L} -> L;
        error -> undefined
    end.

initial_call({X, Y, Z}) when is_integer(X), is_integer(Y), is_integer(Z) ->
    initial_call(c:pid(X, Y, Z));
initial_call(Process) when is_pid(Process); is_list(Process) ->
    case info(Process, '$initial_call') of
        {ok, {M, F, A}} when is_integer(A) -> {M, F, dummies(A)};
        {ok, {M, F, A}} -> {M, F, A};
        error -> false
    end.

dummies(N) -> [list_to_atom("Argument__" ++ integer_to_list(I)) || I <- lists:seq(1, N)].

translate_initial_call({X, Y, Z}) when is_integer(X), is_integer(Y), is_integer(Z) ->
    translate_initial_call(c:pid(X, Y, Z));
translate_initial_call(Process) ->
    case info(Process, '$initial_call') of
        {ok, {_, _, A} = MFA} when is_integer(A) -> MFA;
        {ok, {M, F, A}} -> simplify({M, F, A});
        error -> {proc_lib, init_p, 5}
    end.

info(Pid, Key) when Pid =:= self() -> found(get(Key));
info(Pid, Key) when is_pid(Pid), node(Pid) =:= node() ->
    case process_info(Pid, dictionary) of
        {dictionary, D} ->
            case lists:keyfind(Key, 1, D) of
                {_, V} -> {ok, V};
                false -> error
            end;
        undefined -> error
    end;
info([{_, _} | _] = Info, Key) ->
    {dictionary, D} = lists:keyfind(dictionary, 1, Info ++ [{dictionary, []}]),
    found(proplists:get_value(Key, D));
info(_, _) -> error.

found(undefined) -> error;
found(V) -> {ok, V}.

%% The callback's init stands for the behaviour's own first function.
simplify({gen_event, init_it, _}) -> {gen_event, init_it, 6};
simplify({gen, init_it, [gen_event | _]}) -> {gen_event, init_it, 6};
simplify({gen, init_it, [_, _, _, supervisor, {_, M, _}, _]}) -> {supervisor, M, 1};
simplify({gen, init_it, [_, _, _, _, supervisor, {_, M, _}, _]}) -> {supervisor, M, 1};
simplify({gen, init_it, [_, _, _, supervisor_bridge, [M | _], _]}) -> {supervisor_bridge, M, 1};
simplify({gen, init_it, [_, _, _, _, supervisor_bridge, [M | _], _]}) -> {supervisor_bridge, M, 1};
simplify({gen, init_it, [_, _, _, M, _, _]}) -> {M, init, 1};
simplify({gen, init_it, [_, _, _, _, M, _, _]}) -> {M, init, 1};
simplify({M, F, A}) -> {M, F, length(A)}.

%% ---- Crash reports ----

report_crash(Class, Reason, Stack) ->
    Report = [crasher_info(Class, Reason, Stack), neighbours()],
    logger:log(error, #{label => {proc_lib, crash}, report => Report},
               #{domain => [otp, sasl], report_cb => fun proc_lib:report_cb/2,
                 logger_formatter => #{title => "CRASH REPORT"},
                 error_logger => #{tag => error_report, type => crash_report}}).

crasher_info(Class, Reason, Stack) ->
    Items = [messages, links, dictionary, trap_exit, status, heap_size, stack_size, reductions],
    Info = maps:from_list([info_item(I) || I <- Items]),
    Dict = [KV || {K, _} = KV <- map_get(dictionary, Info),
                  K =/= '$ancestors', K =/= '$initial_call', K =/= '$process_label'],
    Label = case get('$process_label') of
        undefined -> [];
        L -> [{process_label, L}]
    end,
    [{initial_call, initial_call_now()}, {pid, self()}, own_name()] ++ Label ++
        [{error_info, {Class, Reason, Stack}}, {ancestors, ancestors()},
         {message_queue_len, length(map_get(messages, Info))}] ++
        [{I, case I of
                 dictionary -> Dict;
                 _ -> map_get(I, Info)
             end} || I <- Items].

info_item(Item) ->
    case process_info(self(), Item) of
        {Item, V} -> {Item, V};
        _ -> {Item, []}
    end.

initial_call_now() ->
    case get('$initial_call') of
        {M, F, A} when is_integer(A) -> {M, F, dummies(A)};
        {M, F, A} -> {M, F, A};
        _ -> undefined
    end.

own_name() ->
    case process_info(self(), registered_name) of
        {registered_name, Name} -> {registered_name, Name};
        _ -> {registered_name, []}
    end.

%% Linked processes that will not notice by trapping exits: they may go down with this one.
neighbours() ->
    {links, Links} = info_item(links),
    lists:append([neighbour(P) || P <- Links, is_pid(P), node(P) =:= node()]).

neighbour(P) ->
    Items = [trap_exit, initial_call, current_function, registered_name, dictionary, status, heap_size,
             stack_size, reductions, message_queue_len],
    case process_info(P, Items) of
        undefined -> [];
        L ->
            case lists:keyfind(trap_exit, 1, L) of
                {_, true} -> [];
                _ ->
                    Info = maps:from_list(L),
                    {M, F, A} = translate_initial_call([{dictionary, map_get(dictionary, Info)}]),
                    [{neighbour,
                      [{pid, P}, {registered_name, map_get(registered_name, Info)},
                       {initial_call, {M, F, dummies(A)}},
                       {current_function, map_get(current_function, Info)},
                       {ancestors, proplists:get_value('$ancestors', map_get(dictionary, Info), [])},
                       {message_queue_len, map_get(message_queue_len, Info)},
                       {links, []}, {trap_exit, false}, {status, map_get(status, Info)},
                       {heap_size, map_get(heap_size, Info)}, {stack_size, map_get(stack_size, Info)},
                       {reductions, map_get(reductions, Info)}]}]
            end
    end.

format(Report) -> format(Report, latin1).

format(Report, Encoding) -> format(Report, Encoding, unlimited).

format([Crasher, Linked], Encoding, Depth) -> lists:flatten(format_report(Crasher, Linked, modifier(Encoding), Depth)).

modifier(latin1) -> "";
modifier(_) -> "t".

report_cb(#{label := {proc_lib, crash}, report := [Crasher, Linked]}, Opts) ->
    Limit = maps:get(chars_limit, Opts, unlimited),
    Depth = maps:get(depth, Opts, unlimited),
    T = modifier(maps:get(encoding, Opts, unicode)),
    Text = case maps:get(single_line, Opts, false) of
        true -> line_report(Crasher, Linked, T, Depth);
        false -> format_report(Crasher, Linked, T, Depth)
    end,
    case Limit of
        N when is_integer(N), N > 0 -> string:slice(Text, 0, N);
        _ -> Text
    end.

%% All in one line: items behind commas, parts behind semicolons.
line_report(Crasher, Linked, T, Depth) ->
    ["crasher: ", lists:join(", ", [line_item(KV, T, Depth) || KV <- Crasher]), "; neighbours: ",
     [["neighbour: ", lists:join(", ", [line_item(KV, T, Depth) || KV <- L])] || {neighbour, L} <- Linked]].

line_item({initial_call, {M, F, A}}, T, _) ->
    io_lib:format("initial call: ~" ++ T ++ "w:~" ++ T ++ "w/~w", [M, F, length(A)]);
line_item({error_info, {Class, Reason, Stack}}, T, Depth) -> [atom_to_list(Class), ": ", flat({Reason, Stack}, T, Depth)];
line_item({K, V}, T, Depth) -> [atom_to_list(K), ": ", flat(V, T, Depth)].

flat(Term, T, unlimited) -> io_lib:format("~0" ++ T ++ "p", [Term]);
flat(Term, T, Depth) -> io_lib:format("~0" ++ T ++ "P", [Term, Depth]).

format_report(Crasher, Linked, T, Depth) ->
    ["  crasher:\n", [crasher_line(KV, T, Depth) || KV <- Crasher],
     "  neighbours:\n", [["    neighbour:\n", [line(KV, "      ", T, Depth) || KV <- L]] || {neighbour, L} <- Linked]].

crasher_line({error_info, {Class, Reason, Stack}}, T, Depth) ->
    Format = fun(Term, Indent) -> pretty(Term, Indent, T, Depth) end,
    Trim = fun(M, _, _) -> M =:= proc_lib end,
    Opts = #{column => 5, stack_trim_fun => Trim, format_fun => Format},
    ["    ", erl_error:format_exception(Class, Reason, Stack, Opts), "\n"];
crasher_line(KV, T, Depth) -> line(KV, "    ", T, Depth).

line({initial_call, {M, F, A}}, Indent, T, _) ->
    [Indent, io_lib:format("initial call: ~" ++ T ++ "w:~" ++ T ++ "w/~w\n", [M, F, length(A)])];
line({initial_call, undefined}, Indent, _, _) -> [Indent, "initial call: undefined\n"];
line({K, V}, Indent, T, Depth) ->
    Head = Indent ++ atom_to_list(K) ++ ": ",
    [Head, pretty(V, length(Head) + 2, T, Depth), "\n"].

pretty(Term, Column, T, unlimited) -> io_lib:format("~80." ++ integer_to_list(Column) ++ T ++ "p", [Term]);
pretty(Term, Column, T, Depth) -> io_lib:format("~80." ++ integer_to_list(Column) ++ T ++ "P", [Term, Depth]).
