%% The watch over a reload (`transom reload --guard SECONDS`): exceptions that leave functions and abnormal ends of processes from counters
%% of the VM, calls and their times from a trace session that keeps histograms; old code against new.
%%
%%   start ── old code is measured ──> ready ── the switch ──> watch ──> ok | inconclusive | rolled_back
%%                                                               ^ a newer reload of the modules begins it anew
%% A process of its own watches, so that a client that goes away changes nothing; `transom_reload` writes the verdict into the journal and goes back.
-module(transom_guard).

-export([start/1, switched/3, restart/3, cancel/1, await/1, judge/3, text/1, finding/1, name/1]).
-export([init/2]).

-define(TICK_MS, 100).
%% Old code is measured for a quarter of the watch, within these bounds.
-define(LEAST_MS, 300).
-define(MOST_MS, 5000).
%% Fewer calls of changed functions say nothing.
-define(FEW_CALLS, 20).
%% This many times the rate, or the time, of before is worse.
-define(WORSE, 2).
-define(SLOWER, 4).
-define(SLOWER_NS, 200000).
-define(MAX_ERRORS, 3).

-type mfargs() :: {module(), atom(), arity()}.
%% Exceptions that left functions, ends of processes by module; calls and nanoseconds of changed functions; length in milliseconds.
-type figures() :: #{errors := #{mfargs() => non_neg_integer()}, exits := #{module() => non_neg_integer()},
                     calls := #{mfargs() => {non_neg_integer(), non_neg_integer()}}, ms := pos_integer()}.

%%% Calls

%% Opts: seconds, modules => [{Module, Changed, New}] with functions as {Name, Arity}, max_errors. Answers when old code is measured.
-spec start(map()) -> pid().
start(Opts) ->
    {Pid, Mon} = spawn_monitor(?MODULE, init, [self(), Opts]),
    receive
        {Pid, measured} ->
            erlang:demonitor(Mon, [flush]),
            Pid;
        {'DOWN', Mon, _, _, Why} -> erlang:error({guard, Why})
    end.

%% The new code runs: reload number N in the journal.
switched(Pid, N, Modules) -> Pid ! {switched, N, Modules}.

%% A newer reload has changed the modules again.
restart(Pid, N, Modules) -> Pid ! {restart, N, Modules}.

cancel(Pid) -> Pid ! cancel.

%% Waits for the verdict. The journal has it.
await(Pid) ->
    Mon = erlang:monitor(process, Pid),
    receive {'DOWN', Mon, _, _, _} -> ok end.

%%% The watch

init(Starter, #{seconds := Seconds, modules := Modules} = Opts) ->
    process_flag(priority, high),
    erts_internal:watch_code(true),
    try
        Ms = min(?MOST_MS, max(?LEAST_MS, Seconds * 250)),
        {Sessions, Old} = measure_old(Modules, Ms),
        Starter ! {self(), measured},
        receive
            {switched, N, _} -> watch(Opts#{old => Old, first => N, starter => Starter, sessions => Sessions}, nothing(Modules));
            cancel -> stop(Sessions)
        end
    after erts_internal:watch_code(false)
    end.

measure_old(Modules, Ms) ->
    Sessions = sessions(Modules),
    Begin = counts(Modules),
    receive after Ms -> ok end,
    {Sessions, figures(Begin, Modules, Sessions, Ms)}.

%% The patterns of functions that changed were there at the switch already, so no call of the new code goes unseen.
watch(#{modules := Modules, seconds := Seconds, sessions := Sessions} = Opts, Begin) ->
    Now = erlang:monotonic_time(millisecond),
    look(Opts#{sessions := with_patterns(Modules, Sessions), begun => Now, stop => Now + Seconds * 1000, counts => Begin}).

look(#{modules := Modules, sessions := Sessions, begun := Begun, stop := Stop, counts := Counts, old := Old} = Opts) ->
    receive
        {restart, _, More} ->
            %% Those that were not reloaded again are measured from here on; the counters of the others begin at their switch.
            Others = [E || {M, _, _} = E <- Modules, not lists:keymember(M, 1, More)],
            stop(maps:with([M || {M, _, _} <- Others], Sessions)),
            Anew = sessions(Others ++ [E || {M, _, _} = E <- More, not is_map_key(M, Sessions)]),
            watch(Opts#{modules := [both(E, Modules) || E <- More] ++ Others, sessions := maps:merge(Sessions, Anew)},
                  maps:merge(counts(Others), nothing(More)))
    after ?TICK_MS ->
        Now = erlang:monotonic_time(millisecond),
        Over = Now >= Stop,
        New = figures(Counts, Modules, Sessions, max(1, Now - Begun)),
        case judge(Old, New, Opts) of
            {rolled_back, _} = Verdict -> verdict(Verdict, New, Opts);
            Verdict when Over -> verdict(Verdict, New, Opts);
            _ -> look(Opts)
        end
    end.

%% What any of the reloads changed is watched.
both({M, Changed, New}, Modules) ->
    case lists:keyfind(M, 1, Modules) of
        {M, Changed0, New0} -> {M, lists:usort(Changed ++ Changed0), lists:usort(New ++ New0)};
        false -> {M, Changed, New}
    end.

verdict({Verdict, Why}, New, #{first := N, old := Old, modules := Modules, sessions := Sessions}) ->
    stop(Sessions),
    transom_reload:guarded(N, [M || {M, _, _} <- Modules],
                           #{verdict => Verdict, why => Why, old => Old, new => New, ms => maps:get(ms, New)}).

%%% Figures

%% A trace session for each module, for a newer reload may touch some of them, and its functions: #{Module => {Session, Functions}}.
sessions(Modules) ->
    maps:from_list([begin
                        {ok, Session} = transom_tracer:start(#{name => "guard", output => none, count => infinity, time => infinity}),
                        _ = transom_tracer:processes(Session, all, [call]),
                        {M, with_patterns(M, Changed, {Session, []})}
                    end || {M, Changed, _} <- Modules]).

with_patterns(Modules, Sessions) ->
    maps:from_list([{M, with_patterns(M, Changed ++ New, map_get(M, Sessions))} || {M, Changed, New} <- Modules]).

with_patterns(M, Functions, {Session, Had}) ->
    [transom_tracer:pattern(Session, {{M, F, A}, [], [local]}, #{aggregate => hist, by => version}) || {F, A} <- Functions -- Had],
    {Session, lists:usort(Functions ++ Had)}.

stop(Sessions) -> [transom_tracer:stop(S) || _ := {S, _} <- Sessions].

counts(Modules) -> maps:from_list([{M, erts_internal:watched_code(M)} || {M, _, _} <- Modules]).

nothing(Modules) -> maps:from_keys([M || {M, _, _} <- Modules], none).

%% What was counted since Begin, of the current versions alone: who is still in old code is not to their credit, nor to their charge. Counters of
%% another version begin at the switch.
figures(Begin, Modules, Sessions, Ms) ->
    Now = counts(Modules),
    Calls = maps:from_list([{Key, {Count, P90}}
                            || _ := {Session, _} <- Sessions, #{key := Key, count := Count, p90 := P90} <- transom_tracer:aggregates(Session)]),
    Named = maps:from_list([{{M, F, A}, maps:get(Key, Calls)} || {M, Changed, New} <- Modules, {F, A} <- Changed ++ New,
                            {V, _, _} <- [maps:get(M, Now)], Key <- [name({M, F, A}, V)], is_map_key(Key, Calls)]),
    #{errors => maps:from_list([E || {M, Count} <- maps:to_list(Now), E <- errors(M, Count, maps:get(M, Begin))]),
      exits => maps:from_list([{M, exits(Count, maps:get(M, Begin))} || {M, Count} <- maps:to_list(Now)]),
      calls => Named, ms => Ms}.

%% The key of the trace session.
name(Fun, V) -> <<(name(Fun))/binary, $@, (integer_to_binary(V))/binary>>.

name({M, F, A}) -> unicode:characters_to_binary(io_lib:format("~tw:~tw/~w", [M, F, A])).

errors(M, {V, _, Now}, {V, _, Before}) ->
    Old = maps:from_list([{{F, A}, E} || {F, A, E} <- Before]),
    [{{M, F, A}, E - maps:get({F, A}, Old, 0)} || {F, A, E} <- Now, E > maps:get({F, A}, Old, 0)];
errors(M, {_, _, Now}, _) -> [{{M, F, A}, E} || {F, A, E} <- Now, E > 0];
errors(_, none, _) -> [].

exits({V, Now, _}, {V, Before, _}) -> Now - Before;
exits({_, Now, _}, _) -> Now;
exits(none, _) -> 0.

%%% The verdict

%% {rolled_back, [Finding]}, {ok, []} or {inconclusive, []}.
-spec judge(figures(), figures(), map()) -> {ok | inconclusive | rolled_back, [tuple()]}.
judge(Old, New, Opts) ->
    Least = maps:get(max_errors, Opts, ?MAX_ERRORS),
    Errors = [{errors, F, E, calls(F, New), maps:get(F, maps:get(errors, Old), 0), calls(F, Old)}
              || F := E <- maps:get(errors, New), E >= Least, more(F, E, Old, New)],
    Exits = [{exits, M, X, X0} || M := X <- maps:get(exits, New), X0 <- [maps:get(M, maps:get(exits, Old), 0)],
                                  X >= Least, X * maps:get(ms, Old) > ?WORSE * X0 * maps:get(ms, New)],
    Slow = [{slow, F, P, P0} || F := {N, P} <- maps:get(calls, New), {N0, P0} <- [maps:get(F, maps:get(calls, Old), {0, 0})],
                                N >= ?FEW_CALLS, N0 >= ?FEW_CALLS, P > ?SLOWER * P0, P - P0 > ?SLOWER_NS],
    Traffic = lists:sum([N || _ := {N, _} <- maps:get(calls, New)]),
    case lists:sort(Errors) ++ lists:sort(Exits) ++ lists:sort(Slow) of
        [_ | _] = Found -> {rolled_back, Found};
        [] when Traffic < ?FEW_CALLS -> {inconclusive, [{calls, Traffic}]};
        [] -> {ok, []}
    end.

calls(F, #{calls := Calls}) -> element(1, maps:get(F, Calls, {0, 0})).

%% More a second, and, where calls are known, more a call.
more(F, E, Old, New) ->
    E0 = maps:get(F, maps:get(errors, Old), 0),
    {C0, C} = {calls(F, Old), calls(F, New)},
    E * maps:get(ms, Old) > ?WORSE * E0 * maps:get(ms, New) andalso
        (C0 =:= 0 orelse C =:= 0 orelse E * C0 > ?WORSE * E0 * C).

%%% Words

-spec text(map()) -> unicode:chardata().
text(#{verdict := Verdict, why := Why, ms := Ms} = R) ->
    [io_lib:format("guard: ~ts after ~.1f s~ts~n", [word(Verdict), Ms / 1000, case Why of [] -> ""; _ -> [": ", lists:join("; ", [finding(W) || W <- Why])] end]),
     rows(R)].

word(ok) -> "ok";
word(inconclusive) -> "inconclusive";
word(rolled_back) -> "rolled back";
word(rollback_failed) -> "should be rolled back, and could not be".

finding({errors, F, E, C, E0, C0}) -> io_lib:format("~ts raised in ~ts, before in ~ts", [name(F), of_calls(E, C), of_calls(E0, C0)]);
finding({exits, M, X, X0}) -> io_lib:format("~w process(es) of ~tw ended abnormally, before ~w", [X, M, X0]);
finding({slow, F, P, P0}) -> io_lib:format("~ts takes ~ts, before ~ts", [name(F), time(P), time(P0)]);
finding({calls, N}) -> io_lib:format("~w call(s) of changed functions are too few", [N]).

of_calls(E, 0) -> integer_to_list(E);
of_calls(E, C) -> io_lib:format("~w of ~w calls", [E, C]).

time(Ns) when Ns >= 1000000 -> io_lib:format("~.1f ms", [Ns / 1000000]);
time(Ns) -> io_lib:format("~.1f us", [Ns / 1000]).

%% Function by function, old against new: calls, exceptions, the time that nine of ten calls keep within.
rows(#{old := Old, new := New}) ->
    Functions = lists:usort(maps:keys(maps:get(calls, New)) ++ maps:keys(maps:get(errors, New))),
    [io_lib:format("  ~ts: ~ts; before ~ts~n", [name(F), row(F, New), row(F, Old)]) || F <- Functions];
rows(_) -> [].

row(F, #{calls := Calls, errors := Errors}) ->
    {N, P} = maps:get(F, Calls, {0, 0}),
    io_lib:format("~w calls, ~w raised, p90 ~ts", [N, maps:get(F, Errors, 0), time(P)]).
