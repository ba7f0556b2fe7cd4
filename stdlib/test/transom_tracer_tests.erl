%% Tests of transom_tracer: what it prints, what it counts, and that nothing is left behind.
-module(transom_tracer_tests).

-include_lib("eunit/include/eunit.hrl").

-export([f/1, g/1, boom/1, work/1]).

f(X) -> g(X) + 1.
g(X) -> X.
boom(X) -> error({bad, X}).
work(0) -> ok;
work(N) -> f(N), work(N - 1).

%% Runs Fun in a traced process; answers the text printed and the figures of the session.
traced(Patterns, Opts, Fun) ->
    Me = self(),
    Reader = spawn(fun() -> read(Me, []) end),
    Worker = spawn(fun() -> receive go -> Fun(), Me ! done, receive stop -> ok end end end),
    {ok, Session, _} = transom_tracer:run(Patterns, Worker, Opts#{output => {process, Reader}}),
    Worker ! go,
    receive done -> ok end,
    {ok, Stats} = transom_tracer:stop(Session),
    Text = receive {Reader, T} -> T end,
    Worker ! stop,
    {lines(Text), Stats}.

read(To, Got) ->
    receive
        {trace_output, Id, Text} -> transom_tracer:ack(Id), read(To, [Text | Got]);
        {trace_ended, _, _} -> To ! {self(), iolist_to_binary(lists:reverse(Got))}
    end.

%% Lines without time, pid and duration.
lines(Text) ->
    [re_free(Line) || Line <- string:lexemes(binary_to_list(Text), "\n")].

re_free("-- " ++ _ = Line) -> Line;
re_free(Line) ->
    [_Time, _Pid | Rest] = string:split(Line, " ", all),
    hd(string:split(lists:join(" ", Rest), " (")).

flat(Lines) -> [lists:flatten(L) || L <- Lines].

balanced(#{matched := M, shown := S, lost := L, suppressed := Sup}) -> M =:= S + L + lists:sum(maps:values(Sup)).

calls_and_returns_print_in_order_test() ->
    {Lines, Stats} = traced(["transom_tracer_tests:f/1 -> return", "transom_tracer_tests:g/1"], #{}, fun() -> f(1) end),
    ?assertEqual(["transom_tracer_tests:f(1)", "transom_tracer_tests:g(1)", "transom_tracer_tests:f/1 -> 2", "-- 3 matched: 3 shown"], flat(Lines)),
    ?assertMatch(#{bits := 0, state := {ended, stopped}, matched := 3}, Stats).

the_limit_throttles_and_says_what_is_missing_test() ->
    {Lines, Stats} = traced(["transom_tracer_tests:f/1"], #{limit => {3, 60000}, fair => false}, fun() -> work(10) end),
    ?assertEqual(5, length(Lines)),
    ?assertMatch(#{matched := 10, shown := 3, suppressed := #{rate := 7}}, Stats),
    ?assert(balanced(Stats)),
    ?assertEqual("-- 10 matched: 3 shown, 7 rate", lists:last(flat(Lines))).

the_count_ends_the_session_test() ->
    {ok, Session, _} = transom_tracer:run("transom_tracer_tests:f/1", self(), #{output => none, count => 2, limit => infinity}),
    work(5),
    {ok, Stats} = transom_tracer:wait(Session),
    ?assertMatch(#{shown := 2, bits := 0, state := {ended, count}}, Stats),
    ?assertEqual([], trace:session_info({?MODULE, f, 1})),
    {ok, _} = transom_tracer:stop(Session),
    ?assertEqual({error, no_session}, transom_tracer:stop(Session)).

one_who_waits_learns_the_end_though_another_stops_it_test() ->
    Me = self(),
    [begin
         {ok, Session, _} = transom_tracer:run("transom_tracer_tests:f/1", Me, #{output => none}),
         Waiter = spawn(fun() -> Me ! {self(), waiting}, Me ! {self(), transom_tracer:wait(Session)} end),
         receive {Waiter, waiting} -> erlang:yield() end,
         work(1),
         Stopped = transom_tracer:stop(Session),
         receive {Waiter, {ok, Stats}} -> ?assertMatch(#{aggregates := [], state := {ended, stopped}}, Stats);
                 {Waiter, {error, no_session}} -> ?assertMatch({ok, _}, Stopped) %% it began to wait too late
         end
     end || _ <- lists:seq(1, 100)].

predicates_on_the_outcome_hold_calls_back_test() ->
    {Lines, Stats} = traced(["transom_tracer_tests:g(X) -> return(R) when R > 2"], #{}, fun() -> [g(N) || N <- [1, 2, 3]] end),
    ?assertEqual(["transom_tracer_tests:g(3)", "transom_tracer_tests:g/1 -> 3"], lists:sublist(flat(Lines), 2)),
    ?assertMatch(#{matched := 4, shown := 2, suppressed := #{predicate := 2}}, Stats),
    {Raised, _} = traced(["transom_tracer_tests:boom -> exception", "transom_tracer_tests:g -> exception"], #{}, fun() -> g(1), catch boom(2) end),
    ?assertEqual(["transom_tracer_tests:boom(2)", "transom_tracer_tests:boom/1 ** {error,{bad,2}}"], lists:sublist(flat(Raised), 2)).

secrets_are_never_captured_test() ->
    {Lines, _} = traced(["transom_tracer_tests:g"], #{redact => ["token"]}, fun() -> g(#{token => "secret", user => joe}) end),
    ?assertEqual(nomatch, string:find(hd(flat(Lines)), "secret")),
    ?assertNotEqual(nomatch, string:find(hd(flat(Lines)), "joe")).

aggregates_stay_in_the_vm_test() ->
    {ok, Session, _} = transom_tracer:run("transom_tracer_tests:f/1", self(), #{output => none, aggregate => count}),
    work(7),
    ?assertMatch([#{key := <<"transom_tracer_tests:f/1">>, count := 7}], transom_tracer:aggregates(Session)),
    {ok, #{shown := 0, bits := 0}} = transom_tracer:stop(Session).

the_death_of_the_owner_removes_every_bit_test() ->
    Me = self(),
    {Owner, Monitor} = spawn_monitor(fun() ->
        {ok, Session, _} = transom_tracer:run("transom_tracer_tests:f/1", Me, #{output => none}),
        Me ! {session, Session},
        receive stop -> ok end
    end),
    Session = receive {session, S} -> S end,
    ?assertMatch(#{bits := 2}, transom_tracer:stats(Session)),
    Owner ! stop,
    receive {'DOWN', Monitor, process, Owner, _} -> ok end,
    work(1),
    ?assertEqual([], trace:session_info(self())),
    ?assertEqual([], trace:session_info({?MODULE, f, 1})),
    ?assertEqual(undefined, transom_tracer:stats(Session)).

a_reader_that_never_reads_costs_no_memory_and_no_hang_test() ->
    Dead = spawn(fun() -> receive never -> ok end end),
    {ok, Session, _} = transom_tracer:run("transom_tracer_tests:f/1", self(), #{output => {process, Dead}, limit => infinity, count => infinity, ring => 100000}),
    work(20000),
    {ok, Stats} = transom_tracer:stop(Session),
    ?assert(balanced(Stats)),
    ?assert(maps:get(lost, Stats) > 0),
    exit(Dead, kill).

paused_sessions_see_nothing_test() ->
    {ok, Session, _} = transom_tracer:run("transom_tracer_tests:f/1", self(), #{output => none}),
    ok = transom_tracer:pause(Session),
    f(1),
    ok = transom_tracer:resume(Session),
    f(2),
    ?assertMatch({ok, #{matched := 1}}, transom_tracer:stop(Session)).

patterns_say_where_they_are_wrong_test() ->
    {ok, Session} = transom_tracer:start(#{output => none}),
    ?assertMatch({error, {<<"syntax error", _/binary>>, _}}, transom_tracer:pattern(Session, "lists:seq(")),
    ?assertMatch({ok, #{matched := 0}}, transom_tracer:pattern(Session, "no_such_module:f")),
    {ok, _} = transom_tracer:stop(Session),
    ?assertMatch({error, {bad_option, <<"style">>}}, transom_tracer:start(#{output => none, style => zork})).

patterns_survive_changes_under_load_test() ->
    Worker = spawn(fun Work() -> f(1), Work() end),
    {ok, Session, _} = transom_tracer:run("transom_tracer_tests:g/1", Worker, #{output => none, count => infinity}),
    [begin
         trace:function(Session, {?MODULE, f, 1}, true, [local]),
         trace:function(Session, {?MODULE, f, 1}, false, [local])
     end || _ <- lists:seq(1, 500)],
    exit(Worker, kill),
    {ok, Stats} = transom_tracer:stop(Session),
    ?assert(balanced(Stats)),
    ?assertMatch(#{bits := 0}, Stats).
