%% Tracer modules: what `enabled/3' and `trace/5' are asked and told, as the reference of erl_tracer says. There they must be native functions; here they are
%% Erlang. This module is the tracer; its state says what it answers and whom it tells.
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

asked(P) -> receive {asked, Tag, P} -> [Tag | asked(P)] after 0 -> [] end.

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
    ?assertEqual([send, call, send, send], Asked -- [trace_status]),
    ?assertEqual([call, send], lists:sort(Left)),
    {[], _, {flags, None}} = told([call, send], #{call => remove}, fun() -> f(1) end),
    ?assertEqual([], None),
    clear().

%% erlang:trace/3 asks the module before anything is traced.
a_module_may_refuse_test() ->
    P = spawn(fun() -> receive stop -> ok end end),
    ?assertError(badarg, erlang:trace(P, true, [call, {tracer, ?MODULE, refuse}])),
    ?assertError(badarg, erlang:trace(P, true, [call, {tracer, lists, state}])),
    ?assertError(undef, erlang:trace(P, true, [call, {tracer, no_such_tracer_module, state}])),
    ?assertEqual({flags, []}, erlang:trace_info(P, flags)),
    ?assertEqual(1, erlang:trace(P, true, [call, {tracer, ?MODULE, {self(), #{}}}])),
    ?assertEqual({asked, trace_status, self()}, receive A -> A after 1000 -> nothing end),
    ?assertEqual({tracer, {?MODULE, {self(), #{}}}}, erlang:trace_info(P, tracer)),
    exit(P, kill).

meta_and_sequential_traces_have_tracer_modules_too_test() ->
    1 = erlang:trace_pattern({?MODULE, f, 1}, true, [{meta, ?MODULE, {self(), #{}}}]),
    f(7),
    ?assertMatch({told, call, _, {?MODULE, f, [7]}, #{timestamp := {_, _, _}}}, receive {told, _, _, _, _} = Told -> Told after 5000 -> nothing end),
    erlang:trace_pattern({?MODULE, f, 1}, false, [meta]),
    Before = seq_trace:set_system_tracer({?MODULE, {self(), #{}}}),
    seq_trace:set_token(label, 5),
    seq_trace:set_token(print, true),
    seq_trace:print(hello),
    seq_trace:set_token([]),
    ?assertMatch({told, seq_trace, 5, {print, _, _, _, hello}, #{}}, receive {told, seq_trace, _, _, _} = Seq -> Seq after 5000 -> nothing end),
    seq_trace:set_system_tracer(Before),
    flushed().

sessions_have_tracer_modules_test() ->
    S = trace:session_create(by_module, {?MODULE, {self(), #{}}}, []),
    P = spawn(fun() -> receive go -> f(1), receive stop -> ok end end end),
    1 = trace:function(S, {?MODULE, f, 1}, true, [local]),
    1 = trace:process(S, P, true, [call]),
    P ! go,
    ?assertMatch({told, call, P, {?MODULE, f, [1]}, #{}}, receive {told, _, _, _, _} = Told -> Told after 5000 -> nothing end),
    true = trace:session_destroy(S),
    exit(P, kill),
    flushed().
