%% Layouts and answers as in the reference manual of OTP 27; the profiled functions are of this module, for other libraries allocate otherwise.
-module(tprof_tests).
-include_lib("eunit/include/eunit.hrl").
-export([pairs/1, pair/1, three/3, three/2]).
-include("collected.hrl").

pairs(N) -> [pair(X) || X <- lists:seq(1, N)].
pair(X) -> {X, X}.
three(A, B, C) -> {A, B, C}.
three(A, B) -> three(A, B, none).

printed(Fun) ->
    {ok, Text} = collected(Fun),
    re:replace(Text, "<[0-9.]+>", "<P>", [global, {return, list}, unicode]).

pattern() -> {?MODULE, pair, 1}.

memory_test() ->
    ?assertEqual("\n****** Process <P>  --  100.00% of total *** \n"
                 "FUNCTION            CALLS  WORDS  PER CALL  [     %]\n"
                 "tprof_tests:pair/1     10     30      3.00  [100.00]\n"
                 "                              30            [ 100.0]\n",
                 printed(fun(D) -> tprof:profile(?MODULE, pairs, [10], #{type => call_memory, pattern => pattern(), device => D}) end)),
    ?assertEqual({[{1, 1}], {call_memory, []}}, tprof:profile(?MODULE, pairs, [1], #{type => call_memory, pattern => {lists, last, 1}, report => return})).

count_test() ->
    ?assertEqual("FUNCTION            CALLS  [     %]\n"
                 "tprof_tests:pair/1     10  [100.00]\n"
                 "                           [ 100.0]\n",
                 printed(fun(D) -> tprof:profile(?MODULE, pairs, [10], #{pattern => pattern(), device => D}) end)).

time_test() ->
    Text = printed(fun(D) -> tprof:profile(?MODULE, pairs, [10], #{type => call_time, pattern => [pattern()], device => D, report => total}) end),
    ?assertMatch("FUNCTION            CALLS  TIME (\x{3bc}s)  PER CALL  [" ++ _, Text),
    ?assertMatch([_, "tprof_tests:pair/1     10  " ++ _, _, ""], string:split(Text, "\n", all)).

everything_leaves_the_profiler_out_test() ->
    {_, {call_count, Rows}} = tprof:profile(?MODULE, pairs, [10], #{report => return}),
    ?assertEqual([], [M || {M, _, _, _} <- Rows, lists:member(M, [tprof, transom_profile, trace, erts_internal])]),
    ?assertMatch({_, _, _, [{all, 10, 10}]}, lists:keyfind(pair, 2, Rows)).

inspection_test() ->
    P = list_to_pid("<0.10.0>"),
    Q = list_to_pid("<0.11.0>"),
    Profile = {call_memory, [{m, f, 1, [{P, 2, 10}, {Q, 1, 30}]}, {m, g, 0, [{P, 5, 30}]}]},
    ?assertEqual(#{P => {call_memory, 40, [{m, {f, 1}, 2, 10, 5.0, 25.0}, {m, {g, 0}, 5, 30, 6.0, 75.0}]},
                   Q => {call_memory, 30, [{m, {f, 1}, 1, 30, 30.0, 100.0}]}}, tprof:inspect(Profile)),
    ?assertMatch(#{all := {call_memory, 70, [{m, {f, 1}, 3, 40, _, _}, {m, {g, 0}, 5, 30, _, _}]}}, tprof:inspect(Profile, total, {measurement, descending})),
    [?assertMatch(#{all := {_, 70, [{m, {First, _}, _, _, _, _} | _]}}, tprof:inspect(Profile, total, Column))
     || {Column, First} <- [{function, f}, {calls, f}, {measurement, g}, {measurement_per_call, g}, {percent, g}, {{module, descending}, g}]],
    ?assertEqual("\n****** Process <P>  --  57.14% of total *** \n"
                 "FUNCTION  CALLS  WORDS  PER CALL  [    %]\n"
                 "m:f/1         2     10      5.00  [25.00]\n"
                 "m:g/0         5     30      6.00  [75.00]\n"
                 "                    40            [100.0]\n"
                 "\n****** Process <P>  --  42.86% of total *** \n"
                 "FUNCTION  CALLS  WORDS  PER CALL  [     %]\n"
                 "m:f/1         1     30     30.00  [100.00]\n"
                 "                    30            [ 100.0]\n",
                 printed(fun(D) -> tprof:format(D, tprof:inspect(Profile)) end)).

outcomes_test() ->
    ?assertMatch({{'EXIT', {oops, _}}, {call_count, _}}, tprof:profile(fun() -> error(oops) end, #{report => return, pattern => pattern()})),
    ?assertMatch({{'EXIT', timeout}, _}, tprof:profile(timer, sleep, [100000], #{timeout => 20, report => return, pattern => pattern()})).

processes_test() ->
    Child = fun() -> {Pid, M} = spawn_monitor(fun() -> pairs(2) end), receive {'DOWN', M, _, Pid, _} -> pairs(1) end end,
    Options = #{type => call_memory, pattern => pattern(), report => return},
    {_, {_, [{?MODULE, pair, 1, Both}]}} = tprof:profile(Child, Options),
    ?assertEqual([{1, 3}, {2, 6}], lists:sort([{Calls, Words} || {_, Calls, Words} <- Both])),
    ?assertMatch({_, {_, [{?MODULE, pair, 1, [{_, 1, 3}]}]}}, tprof:profile(Child, Options#{set_on_spawn => false})),
    Other = spawn(fun Loop() -> receive {From, N} -> pairs(N), From ! ok, Loop() end end),
    Asks = fun() -> Other ! {self(), 4}, receive ok -> ok end end,
    ?assertMatch({ok, {_, [{?MODULE, pair, 1, [{Other, 4, 12}]}]}}, tprof:profile(Asks, Options#{rootset => [Other]})),
    exit(Other, kill).

server_test() ->
    {ok, Server} = tprof:start(#{type => call_memory}),
    ?assertEqual({error, {already_started, Server}}, tprof:start()),
    ?assertEqual({error, {trace_pattern, ?MODULE, nothing, 2}}, tprof:set_pattern(?MODULE, nothing, 2)),
    ?assertEqual({error, {not_traced, ?MODULE, pair, '_'}}, tprof:clear_pattern(?MODULE, pair, '_')),
    ?assertEqual(2, tprof:set_pattern(?MODULE, three, '_')),
    ?assertEqual(1, tprof:set_pattern(?MODULE, pair, 1)),
    ?assertEqual(1, tprof:clear_pattern(?MODULE, three, 2)),
    ?assertEqual(#{?MODULE => [{pair, 1}, {three, 3}]}, tprof:get_trace_map()),
    Worker = spawn(fun Loop() -> receive {From, N} -> pairs(N), three(a, b), From ! done, Loop() end end),
    Work = fun() -> Worker ! {self(), 2}, receive done -> ok end end,
    ?assertEqual(1, tprof:enable_trace(Worker)),
    Work(),
    Once = {call_memory, [{?MODULE, pair, 1, [{Worker, 2, 6}]}, {?MODULE, three, 3, [{Worker, 1, 4}]}]},
    ?assertEqual(Once, tprof:collect()),
    ?assertEqual(ok, tprof:pause()),
    ?assertEqual(not_running, tprof:pause()),
    Work(),
    ?assertEqual(Once, tprof:collect()),
    ?assertEqual(ok, tprof:continue()),
    ?assertEqual(not_paused, tprof:continue()),
    Work(),
    ?assertEqual({call_memory, [{?MODULE, pair, 1, [{Worker, 4, 12}]}, {?MODULE, three, 3, [{Worker, 2, 8}]}]}, tprof:collect()),
    ?assertEqual(ok, tprof:restart()),
    Work(),
    ?assertEqual(Once, tprof:collect()),
    ?assertEqual({1, [nobody]}, tprof:disable_trace([Worker, nobody])),
    Work(),
    ?assertEqual(Once, tprof:collect()),
    exit(Worker, kill),
    ok = tprof:stop(),
    ?assertEqual([], trace:session_info({?MODULE, pair, 1})).

sessions_test() ->
    {ok, A} = tprof:start(#{session => one}),
    {ok, B} = tprof:start_link(#{session => two, type => call_time}),
    1 = tprof:set_pattern(A, ?MODULE, pair, 1),
    1 = tprof:set_pattern(B, ?MODULE, pair, 1),
    pairs(3),
    ?assertEqual({call_count, [{?MODULE, pair, 1, [{all, 3, 3}]}]}, tprof:collect(A)),
    ?assertEqual({call_time, []}, tprof:collect(B)),
    ?assertEqual({error, not_supported}, tprof:enable_trace(A, self(), #{})),
    ok = tprof:stop(A),
    ok = tprof:stop(B),
    ?assertExit({noproc, _}, tprof:collect()).

families_test() ->
    Me = self(),
    Child = fun() -> Grandchild = spawn(fun() -> receive stop -> ok end end), Me ! {self(), Grandchild}, receive stop -> ok end end,
    Parent = spawn(fun() -> Pid = spawn(Child), Me ! {parent, Pid}, receive stop -> ok end end),
    Pid = receive {parent, P} -> P end,
    Grandchild = receive {Pid, G} -> G end,
    {ok, Server} = tprof:start(#{type => call_time, session => family}),
    ?assertEqual(1, tprof:enable_trace(Server, {children, Parent}, #{})),
    ?assertEqual(2, tprof:enable_trace(Server, {all_children, Parent}, #{})),
    ?assertEqual(2, tprof:disable_trace(Server, {all_children, Parent}, #{})),
    ok = tprof:stop(Server),
    [exit(X, kill) || X <- [Parent, Pid, Grandchild]].
