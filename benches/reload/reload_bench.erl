%% Figures of reloading, the same program on Transom and on `erl`: `benches/reload/run`.
%%
%% A module of 1,000 lines in two versions is loaded N times while 1,000 processes call it every 10 ms: by remote call, by apply, by a closure
%% of it that they renew each round, and, 50 of them, by `timer:apply_after`. Ten servers loop in it by qualified calls and echo numbered
%% messages. A version is purged when every client has renewed its closure since the switch: each notes what it has seen. Nothing may fail and no
%% message may be lost; what fails is counted by what and where. Prints a line `Name<tab>Value` for each figure; times in microseconds.
-module(reload_bench).

-export([main/1]).

-define(BY_TIMER, 50).
-define(ECHOES, 10).
-define(ROUND_MS, 10).
%% Between a switch and the first look whether everybody has renewed its closure.
-define(RENEWED_MS, 11).
-define(WARM, 1000).
-define(IDLE, 10000).
-define(PURGES, 100).
%% Times are counted in histograms that are there, and touched, before anything is measured, so that the measuring takes no memory: by
%% microsecond up to SMALL, above that each power of two in SMALL / 2 parts, below 1 % off.
-define(SMALL, 256).
-define(BUCKETS, (?SMALL div 2) * 34).
-define(MEASURES, 7).
%% Places of the control array: which counters to use (0: none, 1: no reloads, 2: reloads), switches so far.
-define(PHASE, 1).
-define(SWITCHES, 2).

%% Histograms: a client's calls without and with reloads, the steps of a reload.
-define(QUIET, 1).
-define(BUSY, 2).
-define(LOAD, 3).
-define(PURGE, 4).
-define(SWITCH, 5).
-define(RENEWED, 6).
-define(IDLE_PURGE, 7).

-record(shared, {counts, times, longest, control, seen}).

main([Folder, Reloads]) -> main([Folder, Reloads, "1000"]);
main([Folder, Reloads, HowMany]) ->
    {N, Many} = {list_to_integer(Reloads), list_to_integer(HowMany)},
    process_flag(priority, high),
    timer:start(),
    Read = fun(V) -> element(2, file:read_file(filename:join(Folder, "big_" ++ integer_to_list(V)))) end,
    Versions = {Read(1), Read(2)},
    {module, big} = code:load_binary(big, "big.erl", element(1, Versions)),
    Counts = ets:new(counts, [public, {write_concurrency, true}]),
    true = ets:insert(Counts, [{rounds, 0}, {echoed, 0}]),
    Shared = #shared{counts = Counts, times = counters:new(?MEASURES * ?BUCKETS, []), longest = atomics:new(?MEASURES, []),
                     control = atomics:new(2, []), seen = atomics:new(Many, [])},
    [forget(Shared, Measure) || Measure <- lists:seq(1, ?MEASURES)],
    Clients = [spawn_link(fun() -> client(Shared, I) end) || I <- lists:seq(1, Many)],
    Echoes = [spawn_link(fun() -> echo(Counts) end) || _ <- lists:seq(1, ?ECHOES)],
    receive after 1000 -> ok end,
    phase(Shared, 1),
    receive after 3000 -> ok end,
    phase(Shared, 0),
    reloads(1, ?WARM, Versions, Shared),
    [forget(Shared, Measure) || Measure <- [?LOAD, ?PURGE, ?SWITCH, ?RENEWED]],
    %% What reading the figures takes is there by then.
    _ = memory(),
    Before = memory(),
    Rounds0 = count(Counts, rounds),
    phase(Shared, 2),
    {Us, Memory} = timer:tc(fun() -> in_quarters(N, Versions, Shared) end),
    phase(Shared, 0),
    Rounds = count(Counts, rounds) - Rounds0,
    %% Everybody still has its turn, and gets all answers.
    Lost = length([E || E <- Echoes, ask(E, stop) =/= all_there]),
    Silent = length([C || C <- Clients, ask(C, stop) =/= stopped]),
    purges(Versions, Shared),
    Failed = [{What, K} || {{failed, What}, K} <- ets:tab2list(Counts)],
    print("reloads", "~w", [N]),
    print("reloads a second", "~.1f", [N * 1.0e6 / max(Us, 1)]),
    print("rounds of calls meanwhile", "~w", [Rounds]),
    print("rounds a second", "~w", [Rounds * 1000000 div max(Us, 1)]),
    print("failed calls", "~w", [lists:sum([K || {_, K} <- Failed])]),
    [io:format(standard_error, "failed ~w times: ~0p~n", [K, What]) || {What, K} <- lists:sort(Failed)],
    print("messages echoed", "~w", [count(Counts, echoed)]),
    print("servers that missed a message", "~w", [Lost]),
    print("clients that did not come to a stop", "~w", [Silent]),
    [quantiles(Shared, Measure, What)
     || {Measure, What} <- [{?LOAD, "load, purge and switch"}, {?PURGE, "soft purge, " ++ HowMany ++ " processes at work"}, {?SWITCH, "switch"},
                            {?RENEWED, "all closures renewed after"}, {?QUIET, "a client's calls, no reloads"}, {?BUSY, "a client's calls, reloads"},
                            {?IDLE_PURGE, "soft purge, " ++ integer_to_list(?IDLE) ++ " idle processes"}]],
    [print(What ++ " in MB before, after each quarter", "~.1f ~.1f ~.1f ~.1f ~.1f", [element(At, M) / 1048576 || M <- [Before | Memory]])
     || {At, What} <- [{1, "resident"}, {2, "memory(total)"}, {3, "memory(processes)"}, {4, "memory(code)"}]].

print(Name, Format, Args) -> io:format("~ts\t" ++ Format ++ "~n", [Name | Args]).

count(Counts, Key) -> ets:lookup_element(Counts, Key, 2).

phase(#shared{control = C}, P) -> atomics:put(C, ?PHASE, P).

reloads(I, N, _, _) when I > N -> ok;
reloads(I, N, Versions, Shared) ->
    Bin = element(1 + I rem 2, Versions),
    T0 = erlang:monotonic_time(),
    Code = erlang:prepare_loading(big, Bin),
    T1 = erlang:monotonic_time(),
    _ = code:soft_purge(big),
    T2 = erlang:monotonic_time(),
    ok = finish(Code),
    T3 = erlang:monotonic_time(),
    renewed(Shared),
    T4 = erlang:monotonic_time(),
    [took(Shared, Measure, us(T)) || {Measure, T} <- [{?LOAD, T3 - T0}, {?PURGE, T2 - T1}, {?SWITCH, T3 - T2}, {?RENEWED, T4 - T3}]],
    reloads(I + 1, N, Versions, Shared).

in_quarters(N, Versions, Shared) ->
    [begin
         reloads(1, N div 4, Versions, Shared),
         memory()
     end || _ <- lists:seq(1, 4)].

memory() -> {rss() * 1024, erlang:memory(total), erlang:memory(processes), erlang:memory(code)}.

%% Somebody was in the old code when it was to be purged: it is gone with the next round.
finish(Code) ->
    case erlang:finish_loading([Code]) of
        ok -> ok;
        {not_purged, _} ->
            receive after 1 -> ok end,
            _ = code:soft_purge(big),
            finish(Code)
    end.

%% Waits until every client has made a closure of the version that is current now.
renewed(#shared{control = C, seen = Seen}) ->
    Switches = atomics:add_get(C, ?SWITCHES, 1),
    receive after ?RENEWED_MS -> ok end,
    renewed(Seen, maps:get(size, atomics:info(Seen)), Switches).

renewed(_, 0, _) -> ok;
renewed(Seen, I, Switches) ->
    case atomics:get(Seen, I) >= Switches of
        true -> renewed(Seen, I - 1, Switches);
        false ->
            receive after 1 -> ok end,
            renewed(Seen, I, Switches)
    end.

us(T) -> erlang:convert_time_unit(T, native, microsecond).

client(Shared, I) ->
    receive after I rem ?ROUND_MS -> ok end,
    next(I, 0),
    client(Shared, I, 0, closure(Shared, I)).

%% The new closure is there before the client says that it has it.
closure(#shared{control = C, seen = Seen}, I) ->
    Switches = atomics:get(C, ?SWITCHES),
    Closure = big:closure(I),
    fun() -> atomics:put(Seen, I, Switches), Closure end.

client(Shared, I, N, Renewed) ->
    Closure = Renewed(),
    receive
        {tick, N} ->
            T0 = erlang:monotonic_time(),
            calls(Shared, I, Closure),
            took(Shared, us(erlang:monotonic_time() - T0)),
            ets:update_counter(Shared#shared.counts, rounds, 1),
            next(I, N + 1),
            client(Shared, I, N + 1, closure(Shared, I));
        {stop, From} -> From ! {self(), stopped}
    after 5000 ->
        %% A timer that is lost is seen here.
        receive {_, From} -> From ! {self(), silent} end
    end.

calls(Shared, I, Closure) ->
    try
        X = big:f1(I),
        applied(I, X),
        closed(I, Closure)
    catch
        Class:Reason:Stack ->
            What = {failed, {Class, kind(Reason), [{M, F} || {M, F, _, _} <- lists:sublist(Stack, 3)]}},
            ets:update_counter(Shared#shared.counts, What, 1, {What, 0})
    end.

applied(I, X) -> X = apply(big, f1, [I]), ok.

closed(I, Closure) -> {I, _} = Closure(I), ok.

kind(Reason) when is_tuple(Reason) -> element(1, Reason);
kind(Reason) -> Reason.

took(#shared{control = C} = Shared, Us) ->
    case atomics:get(C, ?PHASE) of
        0 -> ok;
        Phase -> took(Shared, Phase, Us)
    end.

took(#shared{times = Times, longest = Longest}, Measure, Us) ->
    counters:add(Times, (Measure - 1) * ?BUCKETS + bucket(Us) + 1, 1),
    longer(Longest, Measure, Us, atomics:get(Longest, Measure)).

longer(_, _, Us, Most) when Us =< Most -> ok;
longer(Longest, Measure, Us, Most) ->
    case atomics:compare_exchange(Longest, Measure, Most, Us) of
        ok -> ok;
        More -> longer(Longest, Measure, Us, More)
    end.

bucket(Us) when Us < ?SMALL -> Us;
bucket(Us) -> bucket(Us, 0).

bucket(Us, Halved) when Us < ?SMALL -> min(Halved * (?SMALL div 2) + Us, ?BUCKETS - 1);
bucket(Us, Halved) -> bucket(Us div 2, Halved + 1).

%% The least time of a bucket.
least(Bucket) when Bucket < ?SMALL -> Bucket;
least(Bucket) ->
    Halved = Bucket div (?SMALL div 2) - 1,
    (Bucket - Halved * (?SMALL div 2)) bsl Halved.

%% Nothing is counted, and every page of the histogram is there.
forget(#shared{times = Times, longest = Longest}, Measure) ->
    atomics:put(Longest, Measure, 0),
    forget(Times, (Measure - 1) * ?BUCKETS + 1, Measure * ?BUCKETS).

forget(_, I, Last) when I > Last -> ok;
forget(Times, I, Last) ->
    counters:put(Times, I, 0),
    forget(Times, I + 1, Last).

next(I, N) when I =< ?BY_TIMER -> {ok, _} = timer:apply_after(?ROUND_MS, big, tick, [self(), N]);
next(_, N) -> erlang:send_after(?ROUND_MS, self(), {tick, N}).

%% Sends numbers to a server that loops in the module, and expects each back in its turn.
echo(Counts) ->
    Server = spawn_link(big, serve, []),
    echo(Counts, Server, 1).

echo(Counts, Server, N) ->
    Server ! {self(), N},
    receive
        {Server, N} ->
            ets:update_counter(Counts, echoed, 1),
            receive
                {stop, From} -> From ! {self(), all_there}
            after 1 -> echo(Counts, Server, N + 1)
            end
    after 5000 ->
        receive {stop, From} -> From ! {self(), missing} end
    end.

ask(Pid, What) ->
    Pid ! {What, self()},
    receive {Pid, Answer} -> Answer after 10000 -> none end.

purges(Versions, Shared) ->
    Idle = [spawn(fun() -> receive stop -> ok end end) || _ <- lists:seq(1, ?IDLE)],
    receive after 200 -> ok end,
    [begin
         _ = code:purge(big),
         {module, big} = code:load_binary(big, "big.erl", element(1 + I rem 2, Versions)),
         took(Shared, ?IDLE_PURGE, element(1, timer:tc(fun() -> code:soft_purge(big) end)))
     end || I <- lists:seq(1, ?PURGES)],
    [exit(P, kill) || P <- Idle].

quantiles(#shared{times = Times, longest = Longest}, Measure, Name) ->
    Counted = [{least(B), K} || B <- lists:seq(0, ?BUCKETS - 1), K <- [counters:get(Times, (Measure - 1) * ?BUCKETS + B + 1)], K > 0],
    print(Name ++ ": p50 / p99 / max", "~w / ~w / ~w", [counted(Counted, 0.5), counted(Counted, 0.99), atomics:get(Longest, Measure)]).

%% The time below which that share lies.
counted(Times, Share) -> counted(Times, lists:sum([K || {_, K} <- Times]) * Share, 0).

counted([{Us, _}], _, _) -> Us;
counted([{Us, K} | _], Upto, Sum) when Sum + K >= Upto -> Us;
counted([{_, K} | Times], Upto, Sum) -> counted(Times, Upto, Sum + K).

rss() ->
    {ok, Text} = file:read_file("/proc/self/status"),
    [_, Rest] = binary:split(Text, <<"VmRSS:">>),
    [Kb | _] = [W || W <- string:lexemes(binary_to_list(Rest), " \t\n")],
    list_to_integer(Kb).
