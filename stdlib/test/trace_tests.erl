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
    ?assert(lists:member(S, trace:session_info(P))),
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
    receive {monitor, Big, large_heap, Info} -> ?assert(is_list(Info)) after 5000 -> error(no_event) end,
    Slow = spawn(fun Wait() -> receive {go, N} -> take(N), Wait() end end),
    [Slow ! message || _ <- lists:seq(1, 6)],
    receive {monitor, Slow, long_message_queue, true} -> ok after 5000 -> error(no_event) end,
    Slow ! {go, 6},
    receive {monitor, Slow, long_message_queue, false} -> ok after 5000 -> error(no_event) end,
    ?assertEqual(ok, trace:system(Session, large_heap, false)),
    ?assertError(badarg, trace:system(Session, long_message_queue, {5, 2})),
    ?assertError(badarg, trace:system(Session, nonsense, 1)),
    trace:session_destroy(Session),
    exit(Slow, kill),
    Tracer ! stop.

take(0) -> ok;
take(N) -> receive message -> take(N - 1) end.

schedulers_are_profiled_test() ->
    undefined = erlang:system_profile(self(), [scheduler, monotonic_timestamp]),
    [receive {profile, scheduler, Id, What, Working, Ts} when is_integer(Id), is_integer(Working), is_integer(Ts) -> ok after 5000 -> error({no_event, What}) end
     || What <- [inactive, active]],
    erlang:system_profile(undefined, []),
    drain_profile().

drain_profile() -> receive E when element(1, E) =:= profile -> drain_profile() after 0 -> ok end.
