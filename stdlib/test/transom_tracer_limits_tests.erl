%% The limits of native sessions, each by what it shows, what it leaves out and for which reason; and that the account is right at any moment.
-module(transom_tracer_limits_tests).

-include_lib("eunit/include/eunit.hrl").

-export([f/1, g/1, hot/1, calm/2]).

f(X) -> X.
g(X) -> X.

f() -> atom_to_list(?MODULE) ++ ":f".

%% Runs Fun in a traced process; answers the lines printed and the figures of the session.
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
    ?assert(balanced(Stats)),
    {string:lexemes(unicode:characters_to_list(Text), "\n"), Stats}.

read(To, Got) ->
    receive
        {trace_output, Id, Text} -> transom_tracer:ack(Id), read(To, [Text | Got]);
        {trace_ended, _, _} -> To ! {self(), iolist_to_binary(lists:reverse(Got))}
    end.

%% A call that waits for its outcome is matched when that is known.
balanced(#{matched := M, shown := S, lost := L, suppressed := Sup}) -> M =:= S + L + lists:sum(maps:values(Sup)).

wide() -> #{limit => infinity, count => infinity, bytes => infinity, time => infinity}.

bytes_of_an_interval_test() ->
    {_, #{matched := 100, shown := Shown, suppressed := #{bytes := Left}}} =
        traced(f(), (wide())#{bytes => {20000, 60000}}, fun() -> [f(binary:copy(<<"x">>, 1000)) || _ <- lists:seq(1, 100)] end),
    ?assertEqual(100, Shown + Left),
    ?assert(Shown >= 10 andalso Shown =< 20).

a_new_interval_has_new_bytes_test() ->
    Burst = fun() -> [f(binary:copy(<<"x">>, 1000)) || _ <- lists:seq(1, 50)] end,
    {_, #{shown := Shown}} = traced(f(), (wide())#{bytes => {20000, 1000}}, fun() -> Burst(), timer:sleep(1500), Burst() end),
    ?assert(Shown >= 20 andalso Shown =< 60).

wall_time_ends_a_session_test_() ->
    {timeout, 30, fun() ->
        {ok, Session, _} = transom_tracer:run(f(), self(), (wide())#{output => none, time => 50}),
        f(1),
        {ok, Stats} = transom_tracer:wait(Session),
        ?assertMatch(#{state := {ended, time}, bits := 0, matched := 1, shown := 1}, Stats),
        ?assertEqual([], trace:session_info({?MODULE, f, 1})),
        {ok, _} = transom_tracer:stop(Session)
    end}.

the_absolute_count_is_one_for_all_processes_test() ->
    {ok, Session, _} = transom_tracer:run(f(), all, (wide())#{output => none, count => 50}),
    Workers = [spawn_monitor(fun() -> [f(N) || N <- lists:seq(1, 100)] end) || _ <- [1, 2, 3, 4]],
    [receive {'DOWN', M, process, P, _} -> ok end || {P, M} <- Workers],
    {ok, #{shown := 50, bits := 0, state := {ended, count}} = Stats} = transom_tracer:wait(Session),
    ?assert(balanced(Stats)),
    {ok, _} = transom_tracer:stop(Session).

%% A fuse ends the session with the first burst, as recon's does.
a_fuse_test() ->
    {ok, Session, _} = transom_tracer:run(f(), self(), (wide())#{output => none, limit => {3, 60000}, mode => fuse}),
    [f(N) || N <- lists:seq(1, 20)],
    {ok, #{state := {ended, _}, shown := Shown, bits := 0}} = transom_tracer:wait(Session),
    ?assertEqual(4, Shown),
    {ok, _} = transom_tracer:stop(Session).

%% One event has bounds of its own; what was cut says how much it was.
long_terms_are_cut_with_their_true_sizes_test() ->
    %% A long term is laid out over several lines.
    Shown = fun(Opts, Term) -> {Lines, _} = traced(f(), Opts, fun() -> f(Term) end), lists:append([string:trim(L) || L <- lists:droplast(Lines)]) end,
    ?assertMatch({match, _}, re:run(Shown(#{max_bytes => 200}, lists:seq(1, 1000)), "f\\(\\[1,2,3.*\\|\\.\\.\\.\\+[0-9]+\\]\\)$")),
    Cut = Shown(#{max_bytes => 200}, lists:seq(1, 1000)),
    {match, [Rest]} = re:run(Cut, "\\.\\.\\.\\+([0-9]+)\\]", [{capture, all_but_first, list}]),
    Kept = length(string:lexemes(Cut, ",")),
    ?assert(abs(list_to_integer(Rest) + Kept - 1000) =< 1),
    ?assertMatch({match, _}, re:run(Shown(#{max_binary => 10}, binary:copy(<<"a">>, 5000)), "\\+4990 B")),
    ?assertMatch({match, _}, re:run(Shown(#{max_depth => 3}, {1, {2, {3, {4, {5}}}}}), "\\.\\.\\.")),
    ?assertEqual(nomatch, re:run(Shown(#{}, lists:seq(1, 1000)), "\\.\\.\\.")).

%% Twice a burst that is over the limit: what is missing is told between the two, and behind the second.
gap_lines_stand_where_the_gaps_are_test() ->
    Burst = fun(From) -> [f(N) || N <- lists:seq(From, From + 9)] end,
    {Lines, #{shown := 4, suppressed := #{rate := 16}}} =
        traced(f(), (wide())#{limit => {2, 1000}, fair => false}, fun() -> Burst(1), timer:sleep(1500), Burst(101) end),
    Kinds = [case L of "-- 8 events not shown" ++ _ -> gap; "-- 20 matched: 4 shown, 16 rate" ++ _ -> totals; _ -> event end || L <- Lines],
    ?assertEqual([event, event, gap, event, event, gap, totals], Kinds),
    ?assertMatch({match, _}, re:run(lists:nth(3, Lines), "8 rate \\(transom_tracer_limits_tests:f/1\\)")).

%% A process that calls all the time leaves room for one that calls now and then: what is a share is known from the interval before, so the
%% calm one calls several times in each, even if it is kept from a processor for a while.
processes_have_fair_shares_test_() ->
    {timeout, 60, fun() ->
        {Fair, Reasons} = calls_of_the_calm(true),
        {Unfair, _} = calls_of_the_calm(false),
        ?assert(maps:get(process_share, Reasons, 0) + maps:get(function_share, Reasons, 0) > 0),
        ?assert(Fair > 2 * Unfair)
    end}.

calls_of_the_calm(Fair) ->
    Hot = spawn(?MODULE, hot, [0]),
    Me = self(),
    Calm = spawn(fun() -> receive go -> calm(100, Me) end end),
    {ok, Session, _} = transom_tracer:run(f(), [Hot, Calm], (wide())#{output => {messages, self()}, limit => {20, 200}, fair => Fair}),
    Calm ! go,
    receive calm -> ok end,
    exit(Hot, kill),
    {ok, #{suppressed := Reasons} = Stats} = transom_tracer:stop(Session),
    ?assert(balanced(Stats)),
    {received(Calm, 0), Reasons}.

hot(N) -> f(N), hot(N + 1).

calm(0, To) -> To ! calm;
calm(N, To) -> f(calm), timer:sleep(10), calm(N - 1, To).

received(P, N) -> receive {trace, P, call, _} -> received(P, N + 1); {trace, _, call, _} -> received(P, N) after 0 -> N end.

%% The account is asked a thousand times while calls are shown, suppressed for every reason there is, held and lost.
the_account_is_right_at_any_moment_test_() ->
    {timeout, 120, [fun() -> at_any_moment(Patterns, Opts) end || {Patterns, Opts} <-
        [{f(), #{limit => {100, 10}}},
         {f(), #{bytes => {1000, 10}}},
         {[f(), atom_to_list(?MODULE) ++ ":g"], #{limit => {10, 10}}},
         {f() ++ " -> return(R) when R rem 2 == 0", #{limit => {100, 10}}},
         {f() ++ "(X) when X rem 3 == 0 -> return", #{limit => {1000, 100}}},
         {f(), #{budget => 0.1}},
         {f(), #{ring => 20000, bytes => infinity}}]]}.

at_any_moment(Patterns, Opts) ->
    Worker = spawn(fun() -> both(0) end),
    Dead = spawn(fun() -> receive never -> ok end end),
    {ok, Session, _} = transom_tracer:run(Patterns, Worker, maps:merge((wide())#{output => {process, Dead}}, Opts)),
    All = accounts(Session, 1000),
    exit(Worker, kill),
    {ok, Last} = transom_tracer:stop(Session),
    exit(Dead, kill),
    ?assertEqual([], [S || S <- [Last | All], not balanced(S)]),
    ?assert(maps:get(held, Last) =< 1).

%% As many accounts, and more until there is something in them.
accounts(Session, N) ->
    case transom_tracer:stats(Session) of
        #{matched := Matched} = Stats when N =< 1, Matched > 1000 -> [Stats];
        Stats -> [Stats | accounts(Session, N - 1)]
    end.

both(N) -> f(N), g(N), both(N + 1).
