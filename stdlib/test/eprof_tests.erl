%% Layout and answers are those of erl; times are not.
-module(eprof_tests).
-include_lib("eunit/include/eunit.hrl").
-export([work/1, double/1]).
-include("collected.hrl").

work(0) -> done;
work(N) -> _ = double(N), work(N - 1).
double(X) -> 2 * X.

%% What an analysis prints for the group leader, runs of blanks as one.
analyzed(Type, Options) ->
    {Answer, Text} = collected(fun(Device) ->
        {Pid, Monitor} = spawn_monitor(fun() -> group_leader(Device, self()), exit({answer, eprof:analyze(Type, Options)}) end),
        receive {'DOWN', Monitor, process, Pid, {answer, A}} -> A end
    end),
    {Answer, [re:replace(Line, " +", " ", [global, {return, list}]) || Line <- string:split(Text, "\n", all)]}.

%% Shares, times and times of one call are not always the same.
shape(Lines) ->
    [re:replace(re:replace(Line, "[0-9]+\\.[0-9]+", "T", [global, {return, list}]), "T(%?) [0-9]+ \\[", "T\\1 N [", [{return, list}]) || Line <- Lines].

whole_test_() -> {timeout, 60, fun whole/0}.

whole() ->
    {ok, Pid} = eprof:start(),
    ?assertEqual({error, {already_started, Pid}}, eprof:start()),
    ?assertEqual(nothing_to_analyze, eprof:analyze()),
    ?assertEqual({ok, done}, eprof:profile([], ?MODULE, work, [20], {?MODULE, '_', '_'})),
    ?assertEqual({ok, ["FUNCTION CALLS % TIME [uS / CALLS]",
                       "-------- ----- ------- ---- [----------]",
                       "eprof_tests:double/1 20 T N [ T]",
                       "eprof_tests:work/1 21 T N [ T]",
                       "-------------------- ----- ------- ---- [----------]",
                       "Total: 41 T% N [ T]",
                       ""]},
                 begin {Ok, Lines} = analyzed(total, [{sort, mfa}]), {Ok, shape(Lines)} end),
    {ok, ["", "****** Process <" ++ _ | _]} = analyzed(procs, []),
    {ok, [_, _, "eprof_tests:work/1 21" ++ _, "----" ++ _, "Total: 41" ++ _, ""]} = analyzed(total, [{filter, [{calls, 21}]}, {sort, calls}]),
    ?assertEqual({error, {undefined, nobody}}, eprof:analyze(nobody)),
    ?assertMatch([{_, [{{?MODULE, _, _}, {_, _}} | _]}], eprof:dump()),
    ?assertEqual(stopped, eprof:stop()),
    ?assertExit({noproc, _}, eprof:analyze()).

%% Profiling of processes that run already, and of their children.
running_test() ->
    {ok, _} = eprof:start(),
    Worker = spawn(fun() -> receive {go, To} -> work(3), To ! {self(), done}, receive stop -> ok end end end),
    ?assertEqual(profiling, eprof:start_profiling([Worker], {?MODULE, double, 1})),
    ?assertEqual({error, already_profiling}, eprof:start_profiling([Worker])),
    Worker ! {go, self()},
    receive {Worker, done} -> ok end,
    ?assertEqual(profiling_stopped, eprof:stop_profiling()),
    ?assertEqual(profiling_already_stopped, eprof:stop_profiling()),
    ?assertMatch([{Worker, [{{?MODULE, double, 1}, {3, _}}]}], eprof:dump()),
    Spawns = fun() -> {Pid, M} = spawn_monitor(fun() -> work(2) end), receive {'DOWN', M, _, Pid, _} -> work(1) end end,
    {ok, done} = eprof:profile([], Spawns, {?MODULE, double, 1}),
    ?assertMatch([{_, [{_, {1, _}}]}, {_, [{_, {2, _}}]}], lists:keysort(2, eprof:dump())),
    {ok, done} = eprof:profile([], Spawns, {?MODULE, double, 1}, [{set_on_spawn, false}]),
    ?assertMatch([{_, [{_, {1, _}}]}], eprof:dump()),
    ?assertMatch({error, {oops, _}}, eprof:profile(fun() -> error(oops) end)),
    Worker ! stop,
    eprof:stop().

log_test() ->
    {ok, _} = eprof:start(),
    File = "eprof_tests." ++ os:getpid() ++ ".log",
    ?assertEqual({error, enoent}, eprof:log("/no/such/directory/at/all")),
    ok = eprof:log(File),
    {ok, _} = eprof:profile([], ?MODULE, work, [2], {?MODULE, double, 1}),
    {ok, _} = analyzed(total, []),
    stopped = eprof:stop(),
    {ok, Text} = file:read_file(File),
    ok = file:delete(File),
    ?assertMatch({0, _}, binary:match(Text, <<"FUNCTION">>)).
