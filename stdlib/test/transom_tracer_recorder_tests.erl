%% The flight recorder of native sessions: what freezes it, and what it keeps.
-module(transom_tracer_recorder_tests).

-include_lib("eunit/include/eunit.hrl").

-export([step/1, fails/1, slow/1]).

step(N) -> N.
slow(Ms) -> timer:sleep(Ms), done.
fails(N) -> error({no, N}).

%% Records what a process does that runs Fun; answers how the session ended and the lines that were kept.
recorded(Trigger, Opts, Flags, Fun) ->
    Me = self(),
    Reader = spawn(fun() -> read(Me, []) end),
    Recorder = maps:merge(#{trigger => Trigger}, Opts),
    {ok, Session} = transom_tracer:start(#{output => {process, Reader}, recorder => Recorder, limit => infinity, count => infinity, bytes => infinity,
                                           totals => false}),
    {ok, #{matched := 1}} = transom_tracer:pattern(Session, "transom_tracer_recorder_tests:step"),
    {ok, #{matched := 1}} = transom_tracer:pattern(Session, "transom_tracer_recorder_tests:slow"),
    {ok, #{matched := 1}} = transom_tracer:pattern(Session, {{?MODULE, fails, 1}, [], [local]}),
    {Worker, Monitor} = spawn_monitor(fun() -> receive go -> Fun(), Me ! {done, self()}, receive stop -> ok end end end),
    {ok, 1} = transom_tracer:processes(Session, Worker, [call | Flags]),
    Worker ! go,
    receive
        {done, Worker} -> ok;
        {'DOWN', Monitor, process, Worker, _} -> ok
    end,
    Frozen = waits_for_end(Session, 300),
    {ok, _} = transom_tracer:stop(Session),
    Text = receive {Reader, T} -> T end,
    exit(Worker, kill),
    {Frozen, [Line || Line <- string:lexemes(Text, "\n")]}.

%% The supervisor of sessions sees within a few hundredths of a second that a recorder is frozen.
waits_for_end(_, 0) -> false;
waits_for_end(Session, Left) ->
    case transom_tracer:stats(Session) of
        #{state := {ended, _}} -> true;
        _ -> timer:sleep(10), waits_for_end(Session, Left - 1)
    end.

read(To, Got) ->
    receive
        {trace_output, Id, Text} -> transom_tracer:ack(Id), read(To, [Text | Got]);
        {trace_ended, _, _} -> To ! {self(), unicode:characters_to_list(lists:reverse(Got))}
    end.

%% Which calls of step/1 are among the lines.
steps(Lines) ->
    [list_to_integer(N) || Line <- Lines, {match, [N]} <- [re:run(Line, "step\\((\\d+)\\)", [{capture, all_but_first, list}])]].

run(From, To) -> lists:foreach(fun step/1, lists:seq(From, To)).

nothing_happens_test() ->
    {Frozen, Lines} = recorded(crash, #{}, [], fun() -> run(1, 5) end),
    ?assertNot(Frozen),
    ?assertEqual([1, 2, 3, 4, 5], steps(Lines)).

an_exception_freezes_without_being_asked_for_test() ->
    {Frozen, Lines} = recorded({exception, {?MODULE, fails, 1}}, #{}, [], fun() -> run(1, 3), catch fails(1), run(4, 6) end),
    ?assert(Frozen),
    ?assertEqual([1, 2, 3], steps(Lines)).

events_behind_the_trigger_are_kept_test() ->
    {Frozen, Lines} = recorded({exception, {?MODULE, fails, 1}}, #{'after' => 2}, [], fun() -> run(1, 3), catch fails(1), run(4, 9) end),
    ?assert(Frozen),
    ?assertEqual([1, 2, 3, 4, 5], steps(Lines)).

a_crash_freezes_without_the_flag_test() ->
    {Frozen, Lines} = recorded({crash, "badarith"}, #{}, [], fun() -> run(1, 2), self() ! 0, 1 / receive N -> N end end),
    ?assert(Frozen),
    ?assertEqual([1, 2], steps(Lines)).

the_oldest_go_first_test() ->
    {Frozen, Lines} = recorded({exception, {?MODULE, fails, 1}}, #{bytes => 2000}, [], fun() -> run(1, 500), catch fails(1) end),
    ?assert(Frozen),
    Steps = steps(Lines),
    ?assertEqual(500, lists:last(Steps)),
    ?assert(length(Steps) < 50),
    ?assertEqual(lists:seq(hd(Steps), 500), Steps).

a_long_mailbox_freezes_test() ->
    Fill = fun() -> run(1, 2), [self() ! N || N <- lists:seq(1, 20)], receive nothing -> ok after 0 -> ok end, run(3, 4) end,
    {Frozen, Lines} = recorded({mailbox, 10}, #{}, [], Fill),
    ?assert(Frozen),
    ?assertEqual([1, 2], steps(Lines)),
    ?assertMatch({false, _}, recorded({mailbox, 50}, #{}, [], Fill)).

a_slow_call_freezes_test() ->
    Slow = fun() -> run(1, 2), slow(10), run(3, 4) end,
    {true, Lines} = recorded({latency, 3000}, #{}, [], Slow),
    ?assertEqual([1, 2], steps(Lines)),
    ?assertMatch({false, _}, recorded({latency, 10000000}, #{}, [], Slow)).

a_long_collection_freezes_test() ->
    Garbage = fun() -> run(1, 2), _ = [lists:seq(1, 1000) || _ <- lists:seq(1, 500)], garbage_collect(), run(3, 4) end,
    {true, _} = recorded({collection, 1}, #{}, [], Garbage),
    ?assertMatch({false, _}, recorded({collection, 60000000}, #{}, [], Garbage)).

unknown_triggers_are_refused_test() ->
    [?assertEqual({error, {bad_option, <<"recorder">>}}, transom_tracer:start(#{output => none, recorder => #{trigger => T}}))
     || T <- [no_such, {mailbox, many}, {latency}, {exception, f}]].
