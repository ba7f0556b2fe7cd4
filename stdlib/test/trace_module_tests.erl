%% Tracer modules: what `enabled/3' and `trace/5' are asked and told, as the reference of erl_tracer says. There they must be native functions; here they are
%% Erlang. What is told, what `remove' does and what `trace_info' says then was compared with a native tracer module on erl 25; how often `trace_status' is
%% asked is not specified. This module is the tracer; its state says what it answers and whom it tells.
-module(trace_module_tests).

-include_lib("eunit/include/eunit.hrl").

-export([enabled/3, trace/5, f/1, g/1]).

f(X) -> {f, X}.
g(X) -> error(X).

enabled(trace_status, refuse, _) -> remove;
enabled(Tag, {To, Answers}, Tracee) ->
    To ! {asked, Tag, Tracee},
    maps:get(Tag, Answers, trace).

trace(Tag, {To, _}, Tracee, Term, Opts) -> To ! {told, Tag, Tracee, Term, Opts}, ok.

%% What the module was told of a process that runs Fun with these flags.
told(Flags, Answers, Fun) ->
    Me = self(),
    P = spawn(fun() -> receive go -> ok end, catch Fun(), Me ! done, receive stop -> ok end end),
    1 = erlang:trace(P, true, [{tracer, ?MODULE, {Me, Answers}} | Flags]),
    P ! go,
    receive done -> ok end,
    settled(),
    Left = erlang:trace_info(P, flags),
    exit(P, kill),
    Told = told(P),
    Asked = asked(P),
    settled(),
    flushed(),
    {Told, Asked, Left}.

%% Events pass through a process of the tracer's: all are told when it has nothing to do.
settled() -> erts_internal:trace_flush().

told(P) ->
    receive
        {told, send, P, done, _} -> told(P);
        {told, 'receive', P, go, _} -> told(P);
        {told, Tag, P, Term, Opts} -> [{Tag, Term, Opts} | told(P)]
    after 0 -> []
    end.

asked(P) -> receive {asked, trace_status, P} -> asked(P); {asked, Tag, P} -> [Tag | asked(P)] after 0 -> [] end.

flushed() -> receive {told, _, _, _, _} -> flushed(); {asked, _, _} -> flushed() after 0 -> ok end.

pattern(F, Spec) -> 1 = erlang:trace_pattern({?MODULE, F, 1}, Spec, [local]).
clear() -> [erlang:trace_pattern({?MODULE, F, 1}, false, [local]) || F <- [f, g]].

calls_test() ->
    pattern(f, true),
    ?assertEqual([{call, {?MODULE, f, [1]}, #{}}], element(1, told([call], #{}, fun() -> f(1) end))),
    pattern(f, [{'_', [], [{return_trace}, {message, extra}]}]),
    ?assertEqual([{call, {?MODULE, f, [1]}, #{match_spec_result => extra}}, {return_from, {?MODULE, f, 1}, #{extra => {f, 1}}}],
                 element(1, told([call], #{}, fun() -> f(1) end))),
    pattern(g, [{'_', [], [{exception_trace}]}]),
    ?assertEqual([{call, {?MODULE, g, [1]}, #{}}, {exception_from, {?MODULE, g, 1}, #{extra => {error, 1}}}], element(1, told([call], #{}, fun() -> g(1) end))),
    clear().

time_stamps_are_options_test() ->
    pattern(f, true),
    ?assertMatch([{call, {?MODULE, f, 1}, #{timestamp := {_, _, _}}}], element(1, told([call, timestamp, arity], #{}, fun() -> f(1) end))),
    ?assertMatch([{call, {?MODULE, f, [1]}, #{timestamp := T}}] when is_integer(T), element(1, told([call, monotonic_timestamp], #{}, fun() -> f(1) end))),
    clear().

messages_test() ->
    {[{send, x, #{extra := To}}, {'receive', x, Opts}], _, _} = told([send, 'receive'], #{}, fun() -> self() ! x, receive x -> ok end end),
    ?assert(is_pid(To)),
    ?assertEqual(#{}, Opts).

processes_test() ->
    ?assertMatch({[{spawn, Pid, #{extra := {?MODULE, f, [1]}}}, {register, trace_module_name, #{}}, {unregister, trace_module_name, #{}}], _, _} when is_pid(Pid),
                 told([procs], #{}, fun() -> spawn(?MODULE, f, [1]), register(trace_module_name, self()), unregister(trace_module_name) end)).

%% Every event asks first. `discard' drops that event alone, `remove' ends it for that process.
answers_of_enabled_test() ->
    pattern(f, true),
    {[{call, {?MODULE, f, [1]}, _}], Asked, {flags, Left}} = told([call, send], #{send => discard}, fun() -> self() ! x, f(1), self() ! x end),
    ?assertEqual([send, call, send, send], Asked),
    ?assertEqual([call, send], lists:sort(Left)),
    {[], _, {flags, None}} = told([call, send], #{call => remove}, fun() -> f(1) end),
    ?assertEqual([], None),
    clear().

%% What a call comes back with is told if the call was, whatever `enabled' would say of it; and not if it was not.
returns_belong_to_their_call_test() ->
    pattern(f, [{'_', [], [{return_trace}]}]),
    pattern(g, [{'_', [], [{exception_trace}]}]),
    Calls = fun() -> f(1), catch g(2), [f(3)] end,
    Tags = fun(Answers) ->
        {Told, Asked, {flags, Left}} = told([call, return_to], Answers, Calls),
        {[Tag || {Tag, _, _} <- Told], Asked, lists:sort(Left)}
    end,
    All = [call, return_from, return_to, call, exception_from, return_to, call, return_from, return_to],
    ?assertEqual({All, [call, call, call], [call, return_to]}, Tags(#{})),
    ?assertEqual({All, [call, call, call], [call, return_to]}, Tags(#{return_from => discard, exception_from => remove, return_to => remove})),
    ?assertEqual({[], [call, call, call], [call, return_to]}, Tags(#{call => discard})),
    %% It goes once the module has been heard: calls made meanwhile are asked about, and not told.
    {[], [call | _], []} = Tags(#{call => remove}),
    clear().

%% Its process lasts as long as anything is traced for the module, and a while longer.
process_test_() ->
    {timeout, 60, fun() ->
        State = {self(), #{nothing_else => trace}},
        Idle = spawn(fun() -> receive stop -> ok end end),
        Others = tracers(),
        1 = erlang:trace(Idle, true, [call, {tracer, ?MODULE, State}]),
        [Tracer] = tracers() -- Others,
        timer:sleep(2500),
        ?assertEqual([Tracer], tracers() -- Others),
        1 = erlang:trace(Idle, false, [call]),
        Monitor = monitor(process, Tracer),
        receive {'DOWN', Monitor, process, Tracer, Reason} -> ?assertEqual(normal, Reason) end,
        1 = erlang:trace(Idle, true, [call, {tracer, ?MODULE, State}]),
        ?assertMatch([_], tracers() -- Others),
        exit(Idle, kill)
    end}.

tracers() -> [P || P <- processes(), {_, {transom_tracer, module_tracer, 2}} <- [process_info(P, initial_call)]].

%% `trace_status' is asked before anything else, and when `trace_info' looks; `remove' takes all flags of that process away.
status_test() ->
    pattern(f, true),
    ?assertEqual({[], [], {flags, []}}, told([call, send], #{trace_status => remove}, fun() -> f(1), self() ! x end)),
    {Told, Asked, {flags, Left}} = told([call, send], #{trace_status => discard, send => discard}, fun() -> f(1), self() ! x end),
    ?assertMatch({[{call, _, _}], [call, send, send], [call, send]}, {Told, Asked, lists:sort(Left)}),
    clear().

%% Setting it asks nothing: a module that refuses is found out when it is looked at. What is no tracer module is refused.
a_module_may_refuse_test() ->
    P = spawn(fun() -> receive stop -> ok end end),
    ?assertEqual(1, erlang:trace(P, true, [call, {tracer, ?MODULE, refuse}])),
    ?assertEqual({tracer, []}, erlang:trace_info(P, tracer)),
    ?assertEqual({flags, []}, erlang:trace_info(P, flags)),
    ?assertError(badarg, erlang:trace(P, true, [call, {tracer, lists, state}])),
    ?assertError(badarg, erlang:trace(P, false, [call, {tracer, lists, state}])),
    ?assertError(undef, erlang:trace(P, true, [call, {tracer, no_such_tracer_module, state}])),
    ?assertError(badarg, erlang:trace_pattern({?MODULE, f, 1}, true, [{meta, lists, state}])),
    ?assertError(badarg, erlang:trace_pattern({?MODULE, f, 1}, false, [{meta, lists, state}])),
    ?assertError(undef, erlang:trace_pattern({?MODULE, f, 1}, true, [{meta, no_such_tracer_module, state}])),
    ?assertEqual({flags, []}, erlang:trace_info(P, flags)),
    ?assertEqual(1, erlang:trace(P, true, [call, {tracer, ?MODULE, {self(), #{}}}])),
    ?assertEqual(nothing, receive {asked, _, _} = A -> A after 0 -> nothing end),
    ?assertEqual({tracer, {?MODULE, {self(), #{}}}}, erlang:trace_info(P, tracer)),
    ?assertEqual({asked, trace_status, P}, receive {asked, _, _} = A1 -> A1 after 30000 -> nothing end),
    exit(P, kill),
    flushed().

%% A tracer module that is not loaded is loaded, for processes, functions and sessions.
a_module_is_loaded_test() ->
    Name = trace_module_later,
    Dir = filename:join(os:getenv("TMPDIR", "/tmp"), "trace-module-" ++ os:getpid()),
    File = filename:join(Dir, atom_to_list(Name) ++ ".erl"),
    ok = filelib:ensure_dir(File),
    ok = file:write_file(File, ["-module(", atom_to_list(Name), ").\n-export([enabled/3, trace/5]).\n",
                                "enabled(_, _, _) -> trace.\ntrace(Tag, To, Who, What, _) -> To ! {later, Tag, Who, What}.\n"]),
    true = code:add_patha(Dir),
    P = spawn(fun Loop() -> receive {call, X} -> f(X), Loop(); stop -> ok end end),
    Forget = fun() -> code:purge(Name), code:delete(Name), code:purge(Name) end,
    Told = fun(N) -> receive {later, call, P, {?MODULE, f, [N]}} -> ok after 30000 -> nothing end end,
    try
        pattern(f, true),
        ?assertEqual(1, erlang:trace(P, true, [call, {tracer, Name, self()}])),
        P ! {call, 1},
        ?assertEqual(ok, Told(1)),
        1 = erlang:trace(P, false, [all]),
        clear(),
        Forget(),
        ?assertEqual(1, erlang:trace_pattern({?MODULE, f, 1}, true, [{meta, Name, self()}])),
        P ! {call, 2},
        ?assertEqual(ok, Told(2)),
        1 = erlang:trace_pattern({?MODULE, f, 1}, false, [meta]),
        Forget(),
        S = trace:session_create(later, {Name, self()}, []),
        1 = trace:function(S, {?MODULE, f, 1}, true, [local]),
        1 = trace:process(S, P, true, [call]),
        P ! {call, 3},
        ?assertEqual(ok, Told(3)),
        true = trace:session_destroy(S)
    after
        P ! stop,
        code:del_path(Dir),
        Forget(),
        file:delete(File),
        file:del_dir(Dir)
    end.

%% What the module is asked and told of a meta-traced f, called in another process, and what trace_info says then.
meta(Answers, Spec) ->
    1 = erlang:trace_pattern({?MODULE, f, 1}, Spec, [{meta, ?MODULE, {self(), Answers}}]),
    {P, M} = spawn_monitor(fun() -> f(1), f(2) end),
    receive {'DOWN', M, process, P, _} -> ok end,
    settled(),
    Told = told(P),
    Asked = asked_all(P),
    Info = [erlang:trace_info({?MODULE, f, 1}, I) || I <- [traced, meta, meta_match_spec]],
    1 = erlang:trace_pattern({?MODULE, f, 1}, false, [meta]),
    ?assertEqual({all, false}, erlang:trace_info({?MODULE, f, 1}, all)),
    flushed(),
    {Told, Asked, Info}.

asked_all(P) -> receive {asked, Tag, P} -> [Tag | asked_all(P)] after 0 -> [] end.

meta_test() ->
    Me = self(),
    Returns = [{'_', [], [{return_trace}]}],
    Active = fun(Answers, Spec) -> [{traced, false}, {meta, {?MODULE, {Me, Answers}}}, {meta_match_spec, Spec}] end,
    Each = [trace_status, call],
    {Told, Asked, Info} = meta(#{}, Returns),
    ?assertMatch([{call, {?MODULE, f, [1]}, #{timestamp := {_, _, _}}}, {return_from, {?MODULE, f, 1}, #{extra := {f, 1}, timestamp := {_, _, _}}},
                  {call, {?MODULE, f, [2]}, _}, {return_from, {?MODULE, f, 1}, #{extra := {f, 2}}}], Told),
    ?assertEqual({Each ++ Each, Active(#{}, Returns)}, {Asked, Info}),
    {Told1, Asked1, Info1} = meta(#{return_from => remove, trace_status => discard}, Returns),
    ?assertEqual({[call, return_from, call, return_from], Each ++ Each}, {[Tag || {Tag, _, _} <- Told1], Asked1}),
    ?assertEqual(Active(#{return_from => remove, trace_status => discard}, Returns), Info1),
    %% Of calls both words mean that this one is not wanted.
    [?assertEqual({[], Each ++ Each, Active(#{call => No}, Returns)}, meta(#{call => No}, Returns)) || No <- [discard, remove]],
    %% One that is no tracer any more is not asked again.
    {Told2, Asked2, Info2} = meta(#{trace_status => remove}, Returns),
    ?assertEqual({[], [{traced, false}, {meta, []}, {meta_match_spec, Returns}]}, {Told2, Info2}),
    ?assertEqual([trace_status], lists:usort(Asked2)).

meta_and_sequential_traces_have_tracer_modules_too_test() ->
    1 = erlang:trace_pattern({?MODULE, f, 1}, true, [{meta, ?MODULE, {self(), #{}}}]),
    f(7),
    ?assertMatch({told, call, _, {?MODULE, f, [7]}, #{timestamp := {_, _, _}}}, receive {told, _, _, _, _} = Told -> Told after 30000 -> nothing end),
    erlang:trace_pattern({?MODULE, f, 1}, false, [meta]),
    Before = seq_trace:set_system_tracer({?MODULE, {self(), #{}}}),
    seq_trace:set_token(label, 5),
    seq_trace:set_token(print, true),
    seq_trace:print(hello),
    seq_trace:set_token([]),
    ?assertMatch({told, seq_trace, 5, {print, _, _, _, hello}, #{}}, receive {told, seq_trace, _, _, _} = Seq -> Seq after 30000 -> nothing end),
    %% A module that refuses is not set; one that does not want to be it any more is not it.
    ?assertError(badarg, seq_trace:set_system_tracer({?MODULE, refuse})),
    ?assertError(badarg, seq_trace:set_system_tracer({lists, state})),
    ?assertError(undef, seq_trace:set_system_tracer({no_such_tracer_module, state})),
    ?assertEqual({?MODULE, {self(), #{}}}, seq_trace:get_system_tracer()),
    seq_trace:set_system_tracer(Before),
    flushed().

sessions_have_tracer_modules_test() ->
    S = trace:session_create(by_module, {?MODULE, {self(), #{}}}, []),
    P = spawn(fun() -> receive go -> f(1), receive stop -> ok end end end),
    1 = trace:function(S, {?MODULE, f, 1}, true, [local]),
    1 = trace:process(S, P, true, [call]),
    P ! go,
    ?assertMatch({told, call, P, {?MODULE, f, [1]}, #{}}, receive {told, _, _, _, _} = Told -> Told after 30000 -> nothing end),
    true = trace:session_destroy(S),
    exit(P, kill),
    flushed().

a_session_loses_what_its_module_refuses_test() ->
    S = trace:session_create(refusing, {?MODULE, {self(), #{trace_status => remove}}}, []),
    [P, Q] = [spawn(fun Loop() -> receive {go, From} -> f(1), From ! went, Loop(); stop -> ok end end) || _ <- [p, q]],
    1 = trace:function(S, {?MODULE, f, 1}, true, [local]),
    [1 = trace:process(S, R, true, [call]) || R <- [P, Q]],
    P ! {go, self()},
    receive went -> ok end,
    settled(),
    ?assertNot(lists:keymember(told, 1, element(2, process_info(self(), messages)))),
    ?assertNot(lists:member(element(2, S), trace:session_info(P))),
    ?assert(lists:member(element(2, S), trace:session_info(Q))),
    ?assertEqual({flags, []}, trace:info(S, Q, flags)),
    true = trace:session_destroy(S),
    [R ! stop || R <- [P, Q]],
    flushed().

%% In a session the tracer of a meta trace is the session's, and no other can be named.
meta_in_a_session_test() ->
    Me = self(),
    Pattern = {?MODULE, f, 1},
    S = trace:session_create(meta_of_module, {?MODULE, {Me, #{}}}, []),
    1 = trace:function(S, Pattern, true, [meta]),
    f(1),
    ?assertMatch({told, call, Me, {?MODULE, f, [1]}, #{timestamp := _}}, receive {told, _, _, _, _} = Told -> Told after 30000 -> nothing end),
    ?assertEqual({meta, {?MODULE, {Me, #{}}}}, trace:info(S, Pattern, meta)),
    true = trace:session_destroy(S),
    T = spawn(fun() -> receive Event -> Me ! {got, Event} end end),
    S1 = trace:session_create(meta_of_process, T, []),
    1 = trace:function(S1, Pattern, true, [meta]),
    f(2),
    ?assertMatch({trace_ts, Me, call, {?MODULE, f, [2]}, _}, receive {got, Event} -> Event after 30000 -> nothing end),
    [?assertError(badarg, trace:function(S1, Pattern, true, [Other])) || Other <- [{meta, Me}, {meta, ?MODULE, {Me, #{}}}]],
    trace:session_destroy(S1),
    flushed().
