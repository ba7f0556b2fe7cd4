%% Tests of trace: sessions are isolated, owned by nobody but their tracer, and leave nothing behind.
%% There is no such module in the installed erl 25; the answers follow the documentation of OTP 27.
-module(trace_tests).

-include_lib("eunit/include/eunit.hrl").

-export([f/1, g/1, loop/0]).

f(X) -> g(X) + 1.
g(X) -> X.
loop() -> receive {From, X} -> From ! {self(), f(X)}, loop(); stop -> ok end.

ask(P, X) -> P ! {self(), X}, receive {P, Y} -> Y end.

collector() -> spawn(fun() -> collect([]) end).
collect(Got) -> receive {get, From} -> From ! {self(), lists:reverse(Got)}, collect([]); M -> collect([M | Got]) end.

events(Tracer, Session, P) ->
    Ref = trace:delivered(Session, P),
    receive {trace_delivered, P, Ref} -> ok end,
    Tracer ! {get, self()},
    receive {Tracer, Events} -> Events end.

two_sessions_see_their_own_patterns_test() ->
    P = spawn(?MODULE, loop, []),
    {T1, T2} = {collector(), collector()},
    S1 = trace:session_create(one, T1, []),
    S2 = trace:session_create(two, T2, []),
    ?assertEqual(1, trace:process(S1, P, true, [call])),
    ?assertEqual(1, trace:process(S2, P, true, [call, arity])),
    ?assertEqual(1, trace:function(S1, {?MODULE, f, 1}, true, [local])),
    ?assertEqual(1, trace:function(S2, {?MODULE, g, 1}, true, [local])),
    ?assertEqual(4, ask(P, 3)),
    ?assertEqual([{trace, P, call, {?MODULE, f, [3]}}], events(T1, S1, P)),
    ?assertEqual([{trace, P, call, {?MODULE, g, 1}}], events(T2, S2, P)),
    ?assert(trace:session_destroy(S1)),
    ?assertNot(trace:session_destroy(S1)),
    ?assert(trace:session_destroy(S2)),
    P ! stop.

the_death_of_the_tracer_ends_its_session_test() ->
    P = spawn(?MODULE, loop, []),
    {T, Monitor} = spawn_monitor(fun() -> receive stop -> ok end end),
    S = trace:session_create(mortal, T, []),
    1 = trace:process(S, P, true, [call]),
    1 = trace:function(S, {?MODULE, g, 1}, true, [local]),
    ?assert(lists:member(weak(S), trace:session_info(P))),
    T ! stop,
    receive {'DOWN', Monitor, process, T, _} -> ok end,
    ?assertEqual(2, ask(P, 1)),
    ?assertEqual([], trace:session_info(P)),
    ?assertEqual([], trace:session_info({?MODULE, g, 1})),
    ?assertError(badarg, trace:process(S, P, true, [call])),
    P ! stop.

info_is_that_of_the_session_test() ->
    T = collector(),
    S = trace:session_create(info, T, []),
    1 = trace:function(S, {?MODULE, g, 1}, [{'_', [], [{return_trace}]}], [local]),
    ?assertEqual({traced, local}, trace:info(S, {?MODULE, g, 1}, traced)),
    ?assertEqual({traced, false}, erlang:trace_info({?MODULE, g, 1}, traced)),
    ?assertEqual({match_spec, [{'_', [], [{return_trace}]}]}, trace:info(S, {?MODULE, g, 1}, match_spec)),
    true = trace:session_destroy(S),
    exit(T, kill).

messages_have_patterns_by_session_test() ->
    P = spawn(?MODULE, loop, []),
    T = collector(),
    S = trace:session_create(messages, T, []),
    1 = trace:send(S, [{['_', {'_', '$1'}], [{'>', '$1', 5}], []}], []),
    1 = trace:process(S, P, true, [send]),
    Me = self(),
    2 = ask(P, 1),
    11 = ask(P, 10),
    ?assertEqual([{trace, P, send, {P, 11}, Me}], events(T, S, P)),
    true = trace:session_destroy(S),
    P ! stop.

%% `recv/3': which messages that arrive are events; `info/3' of each.
received_messages_have_patterns_by_session_test() ->
    P = spawn(?MODULE, loop, []),
    T = collector(),
    Me = self(),
    S = trace:session_create(received, T, []),
    1 = trace:recv(S, [{['_', Me, {'_', '$1'}], [{'>', '$1', 5}], [{message, '$1'}]}], []),
    ?assertMatch({match_spec, [{['_', Me, _], _, _}]}, trace:info(S, 'receive', match_spec)),
    ?assertEqual({match_spec, true}, trace:info(S, send, match_spec)),
    ?assertEqual({match_spec, true}, erlang:trace_info('receive', match_spec)),
    1 = trace:process(S, P, true, ['receive']),
    [X, Y] = [ask(P, N) || N <- [1, 10]],
    ?assertEqual({2, 11}, {X, Y}),
    ?assertEqual([{trace, P, 'receive', {Me, 10}, 10}], events(T, S, P)),
    ?assertEqual(1, trace:recv(S, false, [])),
    ask(P, 20),
    ?assertEqual(1, trace:recv(S, true, [])),
    ask(P, 30),
    ?assertEqual([{trace, P, 'receive', {Me, 30}}], events(T, S, P)),
    true = trace:session_destroy(S),
    P ! stop.

ports_test() ->
    T = collector(),
    S = trace:session_create(ports, T, []),
    ?assertEqual(0, trace:port(S, new, true, [ports])),
    ?assertEqual({flags, [ports]}, trace:info(S, new_ports, flags)),
    ?assertEqual({tracer, T}, trace:info(S, new_ports, tracer)),
    Port = open_port({spawn, "cat"}, [binary]),
    ?assertEqual({flags, [ports]}, trace:info(S, Port, flags)),
    ?assertEqual({flags, []}, erlang:trace_info(Port, flags)),
    ?assertEqual(1, trace:port(S, Port, true, ['receive'])),
    port_command(Port, "x"),
    receive {Port, {data, <<"x">>}} -> ok end,
    ?assertEqual(1, trace:port(S, Port, false, [all])),
    ?assertEqual({flags, []}, trace:info(S, Port, flags)),
    port_close(Port),
    Me = self(),
    ?assertEqual([{trace, Port, open, Me, cat}, {trace, Port, getting_linked, Me}, {trace, Port, 'receive', {Me, {command, <<"x">>}}}],
                 all_events(T, S)),
    ?assertError(badarg, trace:port(S, self(), true, [ports])),
    ?assertError(badarg, trace:process(S, Port, true, [send])),
    ?assertError(badarg, trace:port(S, Port, true, [ports])),
    true = trace:session_destroy(S).

all_events(Tracer, Session) ->
    Ref = trace:delivered(Session, all),
    receive {trace_delivered, all, Ref} -> ok end,
    Tracer ! {get, self()},
    receive {Tracer, Events} -> Events end.

%% Processes that come later, with what each session set for them.
new_processes_test() ->
    {T1, T2} = {collector(), collector()},
    [S1, S2] = [trace:session_create(N, T, []) || {N, T} <- [{one, T1}, {two, T2}]],
    ?assertEqual(0, trace:process(S1, new, true, [procs])),
    ?assertEqual(0, trace:process(S2, new_processes, true, [send, set_on_spawn])),
    ?assertEqual([{flags, [procs]}, {flags, [set_on_spawn, send]}], [trace:info(S, new, flags) || S <- [S1, S2]]),
    ?assertEqual([true, true], [lists:member(weak(S), trace:session_info(new)) || S <- [S1, S2]]),
    P = spawn(?MODULE, loop, []),
    ?assertEqual([{flags, [procs]}, {flags, [set_on_spawn, send]}], [trace:info(S, P, flags) || S <- [S1, S2]]),
    ?assertEqual({flags, []}, erlang:trace_info(P, flags)),
    ?assertEqual(0, trace:process(S1, new, false, [procs])),
    ?assertEqual({flags, []}, trace:info(S1, new, flags)),
    Q = spawn(?MODULE, loop, []),
    ?assertEqual([{flags, []}, {flags, [set_on_spawn, send]}], [trace:info(S, Q, flags) || S <- [S1, S2]]),
    [true = trace:session_destroy(S) || S <- [S1, S2]],
    [exit(X, kill) || X <- [P, Q]].

%% `all', `existing': processes only.
groups_of_processes_test() ->
    T = collector(),
    S = trace:session_create(groups, T, []),
    P = spawn(?MODULE, loop, []),
    Port = open_port({spawn, "cat"}, []),
    ?assert(trace:process(S, existing, true, [procs]) > 1),
    ?assertEqual({flags, [procs]}, trace:info(S, P, flags)),
    ?assertEqual({flags, []}, trace:info(S, Port, flags)),
    ?assertEqual({flags, []}, trace:info(S, new, flags)),
    ?assert(trace:process(S, all, false, [all]) > 1),
    ?assertEqual({flags, []}, trace:info(S, P, flags)),
    ?assertEqual({flags, []}, trace:info(S, T, flags)),
    port_close(Port),
    true = trace:session_destroy(S),
    exit(P, kill).

%% Counters, times and words of a session are its own; words come with OTP 26.
counters_by_session_test() ->
    [S1, S2] = [trace:session_create(N, collector(), []) || N <- [one, two]],
    Mfa = {?MODULE, f, 1},
    [1 = trace:function(S, Mfa, true, [call_count, call_time, call_memory]) || S <- [S1, S2]],
    [1 = trace:process(S, self(), true, [call]) || S <- [S1, S2]],
    f(1),
    1 = trace:function(S2, Mfa, restart, [call_count, call_time, call_memory]),
    f(2),
    1 = trace:function(S1, Mfa, pause, [call_count, call_time, call_memory]),
    f(3),
    Me = self(),
    ?assertEqual([{call_count, 2}, {call_count, 2}], [trace:info(S, Mfa, call_count) || S <- [S1, S2]]),
    ?assertMatch([{call_time, [{Me, 2, 0, _}]}, {call_time, [{Me, 2, 0, _}]}], [trace:info(S, Mfa, call_time) || S <- [S1, S2]]),
    ?assertMatch([{call_memory, [{Me, 2, _}]}, {call_memory, [{Me, 2, _}]}], [trace:info(S, Mfa, call_memory) || S <- [S1, S2]]),
    ?assertEqual([{call_count, false}, {call_memory, false}], [erlang:trace_info(Mfa, I) || I <- [call_count, call_memory]]),
    [true = trace:session_destroy(S) || S <- [S1, S2]].

on_load_by_session_test() ->
    Name = trace_tests_later,
    {ok, Name, Code} = compile:forms([{attribute, 1, module, Name}, {attribute, 1, export, [{h, 0}]}, {function, 1, h, 0, [{clause, 1, [], [], [{atom, 1, ok}]}]}]),
    {T1, T2} = {collector(), collector()},
    [S1, S2] = [trace:session_create(N, T, []) || {N, T} <- [{one, T1}, {two, T2}]],
    ?assertEqual(0, trace:function(S1, on_load, [{'_', [], [{return_trace}]}], [local])),
    ?assertEqual([{traced, local}, {traced, false}], [trace:info(S, on_load, traced) || S <- [S1, S2]]),
    {module, Name} = code:load_binary(Name, "later", Code),
    ?assertEqual([{traced, local}, {traced, false}], [trace:info(S, {Name, h, 0}, traced) || S <- [S1, S2]]),
    ?assertEqual([weak(S1)], trace:session_info({Name, h, 0})),
    true = trace:session_destroy(S1),
    ?assertEqual({all, false}, trace:info(S2, {Name, h, 0}, all)),
    true = trace:session_destroy(S2),
    code:purge(Name),
    code:delete(Name).

%% What session_info/1 answers of a session.
weak({Strong, Weak}) when is_reference(Strong) -> Weak.

sessions_of_things_test() ->
    S = trace:session_create(of_things, collector(), []),
    {_, {of_things, N}} = S,
    ?assert(is_integer(N)),
    Of = fun(What) -> lists:member(weak(S), trace:session_info(What)) end,
    {P, Port} = {spawn(?MODULE, loop, []), open_port({spawn, "cat"}, [])},
    Things = [self(), P, Port, new_processes, new_ports, {?MODULE, f, 1}, on_load, send, 'receive'],
    ?assert(Of(all)),
    ?assertEqual([], [T || T <- Things, Of(T)]),
    [1 = trace:process(S, Q, true, [call]) || Q <- [self(), P]],
    [0 = trace:process(S, Q, true, [call]) || Q <- [new]],
    1 = trace:port(S, Port, true, [ports]),
    0 = trace:port(S, new, true, [ports]),
    1 = trace:function(S, {?MODULE, f, 1}, true, []),
    0 = trace:function(S, on_load, true, [local]),
    1 = trace:send(S, [{['_', '_'], [], []}], []),
    1 = trace:recv(S, false, []),
    ?assertEqual([], [T || T <- Things, not Of(T)]),
    true = trace:session_destroy(S),
    ?assertEqual([], [T || T <- [all | Things], Of(T)]),
    ?assertEqual([], trace:session_info({?MODULE, f, 1})),
    exit(P, kill),
    port_close(Port).

sessions_of_nothing_test() ->
    {P, M} = spawn_monitor(fun() -> ok end),
    receive {'DOWN', M, _, _, _} -> ok end,
    Port = open_port({spawn, "cat"}, []),
    port_close(Port),
    ?assertEqual([undefined, undefined, undefined, undefined],
                 [trace:session_info(T) || T <- [P, Port, {?MODULE, no_such_function, 3}, {no_such_module, f, 1}]]),
    ?assertError(badarg, trace:session_info(zork)),
    ?assertError(badarg, trace:session_info({a, b})).

%% A weak handle does all that a full one does, under the session's own name.
weak_handles_test() ->
    T = collector(),
    {_, {weak_one, N} = Weak} = S = trace:session_create(weak_one, T, []),
    ?assertEqual(1, trace:process(Weak, self(), true, [call])),
    ?assertEqual({tracer, T}, trace:info(Weak, self(), tracer)),
    ?assertError(badarg, trace:process({another_name, N}, self(), true, [call])),
    ?assertError(badarg, trace:process({make_ref(), {another_name, N}}, self(), true, [call])),
    ?assertError(badarg, trace:process({S, Weak}, self(), true, [call])),
    ?assertEqual(true, trace:session_destroy(Weak)),
    ?assertEqual([false, false], [trace:session_destroy(H) || H <- [Weak, S]]).

%% The last copy of a full handle keeps the session, wherever it lies; a weak one does not.
a_dropped_handle_ends_the_session_test_() ->
    {timeout, 60, fun() ->
        Held = fun(Name, Hold, Drop) ->
            Weak = weak(Hold(Name)),
            [erlang:garbage_collect() || _ <- [1, 2]],
            ?assertEqual({Name, [call]}, {Name, flags_of(Weak)}),
            Drop(),
            ?assertEqual({Name, gone}, {Name, gone_after_collections(Weak, 1000)}),
            ?assertNot(lists:member(Weak, trace:session_info(self()))),
            ?assertError(badarg, trace:process(Weak, self(), true, [call])),
            ?assertEqual(false, trace:session_destroy(Weak))
        end,
        Held(in_dictionary, fun(N) -> put(N, made(N)), get(N) end, fun() -> erase(in_dictionary) end),
        Table = ets:new(handles, []),
        Held(in_table, fun(N) -> ets:insert(Table, {N, S = made(N)}), S end, fun() -> ets:delete(Table) end),
        Held(in_term, fun(N) -> persistent_term:put(N, S = made(N)), S end, fun() -> persistent_term:erase(in_term) end),
        Keeper = fun Keep(S) -> receive {give, To} -> To ! S, Keep(S); stop -> ok end end,
        P = spawn(fun() -> receive S -> Keeper(S) end end),
        Held(in_process, fun(N) -> P ! S = made(N), S end, fun() -> exit(P, kill) end),
        Q = spawn(fun() -> receive never -> ok end end),
        Held(in_message, fun(N) -> Q ! made(N) end, fun() -> exit(Q, kill) end),
        F = fun(N) -> S = made(N), put(N, fun() -> S end), S end,
        Held(in_fun, F, fun() -> erase(in_fun) end)
    end}.

made(Name) ->
    S = trace:session_create(Name, collector(), []),
    1 = trace:process(S, self(), true, [call]),
    S.

flags_of(Session) ->
    {flags, Flags} = trace:info(Session, self(), flags),
    Flags.

gone_after_collections(Weak, Rounds) ->
    erlang:garbage_collect(),
    case lists:member(Weak, trace:session_info(all)) of
        false -> gone;
        true when Rounds =:= 0 -> still_there;
        true -> receive after 1 -> gone_after_collections(Weak, Rounds - 1) end
    end.

%% A handle that its own session's pattern holds goes with the pattern, without a deadlock.
a_handle_in_a_pattern_test() ->
    S = trace:session_create(outer, collector(), []),
    pattern_with_handle(S),
    Inner = [W || {inner, _} = W <- trace:session_info(all)],
    ?assertMatch([_], Inner),
    1 = trace:function(S, {?MODULE, f, 1}, false, [local]),
    ?assertEqual(gone, gone_after_collections(hd(Inner), 1000)),
    true = trace:session_destroy(S).

pattern_with_handle(S) ->
    Inner = trace:session_create(inner, collector(), []),
    1 = trace:function(S, {?MODULE, f, 1}, [{'_', [], [{message, {const, Inner}}]}], [local]).

%% A stamp of `cpu_timestamp' is the processor time of the whole VM, as statistics(runtime) counts it, so it grows with work.
processor_time_test_() ->
    {timeout, 60, fun() ->
        P = spawn(?MODULE, loop, []),
        1 = erlang:trace_pattern({?MODULE, g, 1}, true, [local]),
        0 = erlang:trace(all, true, [cpu_timestamp]),
        1 = erlang:trace(P, true, [call, timestamp]),
        Stamp = fun() ->
            {Before, _} = statistics(runtime),
            2 = ask(P, 1),
            {0, S, Us} = receive {trace_ts, P, call, {?MODULE, g, [1]}, T} -> T end,
            {After, _} = statistics(runtime),
            Ms = S * 1000 + Us / 1000,
            ?assert(Before =< Ms + 11),
            ?assert(Ms =< After + 11),
            Ms
        end,
        First = Stamp(),
        work_for(150),
        ?assert(Stamp() - First >= 100),
        erlang:trace(P, false, [all]),
        erlang:trace(all, false, [cpu_timestamp]),
        erlang:trace_pattern({?MODULE, g, 1}, false, [local]),
        P ! stop
    end}.

work_for(Ms) ->
    {Now, _} = statistics(runtime),
    work_until(Now + Ms).

work_until(Ms) ->
    _ = [erlang:phash2({X, lists:seq(1, 50)}) || X <- lists:seq(1, 200)],
    case statistics(runtime) of
        {Now, _} when Now < Ms -> work_until(Ms);
        _ -> ok
    end.

bad_arguments_test() ->
    ?assertError(badarg, trace:session_create("name", self(), [])),
    ?assertError(badarg, trace:session_create(name, self(), [zork])),
    ?assertError(badarg, trace:session_create(name, not_a_pid, [])),
    ?assertError(badarg, trace:process(no_session, self(), true, [call])).

%% System events of OTP 28: each session has bounds of its own.
system_events_test() ->
    Self = self(),
    Tracer = spawn(fun Collect() -> receive {monitor, _, _, _} = E -> Self ! E, Collect(); stop -> ok end end),
    Session = trace:session_create(system, Tracer, []),
    ?assertEqual(ok, trace:system(Session, large_heap, 100000)),
    ?assertEqual(ok, trace:system(Session, long_message_queue, {2, 5})),
    ?assertEqual(undefined, erlang:system_monitor()),
    Big = spawn(fun() -> length(lists:seq(1, 300000)) end),
    receive {monitor, Big, large_heap, Info} -> ?assert(is_list(Info)) after 30000 -> error(no_event) end,
    Slow = spawn(fun Wait() -> receive {go, N} -> take(N), Wait() end end),
    [Slow ! message || _ <- lists:seq(1, 6)],
    receive {monitor, Slow, long_message_queue, true} -> ok after 30000 -> error(no_event) end,
    Slow ! {go, 6},
    receive {monitor, Slow, long_message_queue, false} -> ok after 30000 -> error(no_event) end,
    ?assertEqual(ok, trace:system(Session, large_heap, false)),
    ?assertError(badarg, trace:system(Session, long_message_queue, {5, 2})),
    ?assertError(badarg, trace:system(Session, nonsense, 1)),
    trace:session_destroy(Session),
    exit(Slow, kill),
    Tracer ! stop.

%% The other two: a collection and a slice that take long.
long_turns_test() ->
    Self = self(),
    Tracer = spawn(fun Collect() -> receive {monitor, _, _, _} = E -> Self ! E, Collect() end end),
    Session = trace:session_create(turns, Tracer, []),
    ?assertEqual(ok, trace:system(Session, long_gc, 1)),
    Keep = spawn(fun() -> L = lists:seq(1, 2000000), garbage_collect(), garbage_collect(), receive stop -> length(L) end end),
    receive {monitor, Keep, long_gc, Info} -> ?assertMatch({timeout, Ms} when is_integer(Ms), lists:keyfind(timeout, 1, Info)) after 20000 -> error(no_event) end,
    exit(Keep, kill),
    ?assertEqual(ok, trace:system(Session, long_gc, false)),
    ?assertEqual(ok, trace:system(Session, long_schedule, 1)),
    Busy = spawn(fun Make() -> _ = lists:seq(1, 1000000), Make() end),
    receive {monitor, Busy, long_schedule, Facts} -> ?assertMatch({timeout, Ms} when is_integer(Ms), lists:keyfind(timeout, 1, Facts)) after 20000 -> error(no_event) end,
    exit(Busy, kill),
    [?assertEqual(ok, trace:system(Session, Event, true)) || Event <- [busy_port, busy_dist_port]],
    true = trace:session_destroy(Session),
    exit(Tracer, kill).

take(0) -> ok;
take(N) -> receive message -> take(N - 1) end.

schedulers_are_profiled_test() ->
    undefined = erlang:system_profile(self(), [scheduler, monotonic_timestamp]),
    [receive {profile, scheduler, Id, What, Working, Ts} when is_integer(Id), is_integer(Working), is_integer(Ts) -> ok after 30000 -> error({no_event, What}) end
     || What <- [inactive, active]],
    erlang:system_profile(undefined, []),
    drain_profile().

drain_profile() -> receive E when element(1, E) =:= profile -> drain_profile() after 0 -> ok end.
