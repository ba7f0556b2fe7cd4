%% Figures of reloading, the same program on Transom and on `erl`: `benches/reload/run`.
%%
%% A module of 1,000 lines in two versions is loaded N times while 1,000 processes call it every 10 ms: by remote call, by apply, by a closure
%% of it that they renew each round, and, 50 of them, by `timer:apply_after`. Ten servers loop in it by qualified calls and echo numbered
%% messages. A version is purged when every client has had time to renew its closure. Nothing may fail and no message may be lost. Prints a line `Name<tab>Value` for each figure; times in microseconds.
-module(reload_bench).

-export([main/1]).

-define(CLIENTS, 1000).
-define(BY_TIMER, 50).
-define(ECHOES, 10).
-define(ROUND_MS, 10).
%% Between a switch and the purge of what was before it: two rounds and a little.
-define(RENEWED_MS, 25).
%% Latencies that a client keeps.
-define(KEPT, 400).
-define(WARM, 100).
-define(IDLE, 10000).
-define(PURGES, 100).

main([Folder, Reloads]) ->
    N = list_to_integer(Reloads),
    process_flag(priority, high),
    timer:start(),
    Read = fun(V) -> element(2, file:read_file(filename:join(Folder, "big_" ++ integer_to_list(V)))) end,
    Versions = {Read(1), Read(2)},
    {module, big} = code:load_binary(big, "big.erl", element(1, Versions)),
    Counters = ets:new(counters, [public, {write_concurrency, true}]),
    true = ets:insert(Counters, [{failed, 0}, {stale, 0}, {rounds, 0}, {echoed, 0}]),
    Clients = [spawn_link(fun() -> client(Counters, I) end) || I <- lists:seq(1, ?CLIENTS)],
    Echoes = [spawn_link(fun() -> echo(Counters) end) || _ <- lists:seq(1, ?ECHOES)],
    receive after 1000 -> ok end,
    Quiet = sample(Clients, 3000),
    _ = reloads(1, ?WARM, Versions, []),
    Rss0 = rss(),
    _ = sample(Clients, 0),
    Rounds0 = count(Counters, rounds),
    {Us, Loads} = timer:tc(fun() -> reloads(1, N, Versions, []) end),
    Busy = sample(Clients, 0),
    Rounds = count(Counters, rounds) - Rounds0,
    Rss1 = rss(),
    %% Everybody still has its turn, and gets all answers.
    Lost = length([E || E <- Echoes, ask(E, stop) =/= all_there]),
    Silent = length([C || C <- Clients, ask(C, stop) =/= stopped]),
    Purges = purges(Versions),
    print("reloads", "~w", [N]),
    print("reloads a second", "~.1f", [N * 1.0e6 / max(Us, 1)]),
    print("rounds of calls meanwhile", "~w", [Rounds]),
    print("failed calls", "~w", [count(Counters, failed)]),
    print("closures not renewed in time", "~w", [count(Counters, stale)]),
    print("messages echoed", "~w", [count(Counters, echoed)]),
    print("servers that missed a message", "~w", [Lost]),
    print("clients that came to a stop", "~w", [Silent]),
    quantiles("load, purge and switch", [A || {A, _, _} <- Loads]),
    quantiles("soft purge, " ++ integer_to_list(?CLIENTS) ++ " processes at work", [P || {_, P, _} <- Loads]),
    quantiles("switch", [S || {_, _, S} <- Loads]),
    quantiles("a client's calls, no reloads", Quiet),
    quantiles("a client's calls, reloads", Busy),
    quantiles("soft purge, " ++ integer_to_list(?IDLE) ++ " idle processes", Purges),
    print("resident memory before, MB", "~.1f", [Rss0 / 1024]),
    print("resident memory after, MB", "~.1f", [Rss1 / 1024]).

print(Name, Format, Args) -> io:format("~ts\t" ++ Format ++ "~n", [Name | Args]).

count(Counters, Key) -> ets:lookup_element(Counters, Key, 2).

reloads(I, N, _, Acc) when I > N -> Acc;
reloads(I, N, Versions, Acc) ->
    receive after ?RENEWED_MS -> ok end,
    Bin = element(1 + I rem 2, Versions),
    T0 = erlang:monotonic_time(),
    Code = erlang:prepare_loading(big, Bin),
    T1 = erlang:monotonic_time(),
    _ = code:soft_purge(big),
    T2 = erlang:monotonic_time(),
    ok = finish(Code),
    T3 = erlang:monotonic_time(),
    reloads(I + 1, N, Versions, [{us(T3 - T0), us(T2 - T1), us(T3 - T2)} | Acc]).

%% Somebody was in the old code when it was to be purged: it is gone with the next round.
finish(Code) ->
    case erlang:finish_loading([Code]) of
        ok -> ok;
        {not_purged, _} ->
            receive after 1 -> ok end,
            _ = code:soft_purge(big),
            finish(Code)
    end.

us(T) -> erlang:convert_time_unit(T, native, microsecond).

client(Counters, I) ->
    receive after I rem ?ROUND_MS -> ok end,
    next(I, 0),
    client(Counters, I, 0, big:closure(I), []).

client(Counters, I, N, Closure, Times) ->
    receive
        {tick, N} ->
            T0 = erlang:monotonic_time(),
            try
                X = big:f1(I),
                X = apply(big, f1, [I]),
                {I, _} = Closure(I)
            catch
                error:{badfun, _} -> ets:update_counter(Counters, stale, 1);
                _:_ -> ets:update_counter(Counters, failed, 1)
            end,
            T = us(erlang:monotonic_time() - T0),
            ets:update_counter(Counters, rounds, 1),
            next(I, N + 1),
            client(Counters, I, N + 1, big:closure(I), kept([T | Times]));
        {times, From} ->
            From ! {times, Times},
            client(Counters, I, N, Closure, []);
        {stop, From} -> From ! {self(), stopped}
    after 5000 ->
        %% A timer that is lost is seen here.
        receive {_, From} -> From ! {self(), silent} end
    end.

%% Every now and then only: cutting the list in every round would cost more than the calls.
kept(Times) ->
    case length(Times) >= 2 * ?KEPT of
        true -> lists:sublist(Times, ?KEPT);
        false -> Times
    end.

next(I, N) when I =< ?BY_TIMER -> {ok, _} = timer:apply_after(?ROUND_MS, big, tick, [self(), N]);
next(_, N) -> erlang:send_after(?ROUND_MS, self(), {tick, N}).

%% Sends numbers to a server that loops in the module, and expects each back in its turn.
echo(Counters) ->
    Server = spawn_link(big, serve, []),
    echo(Counters, Server, 1).

echo(Counters, Server, N) ->
    Server ! {self(), N},
    receive
        {Server, N} ->
            ets:update_counter(Counters, echoed, 1),
            receive
                {stop, From} -> From ! {self(), all_there}
            after 1 -> echo(Counters, Server, N + 1)
            end
    after 5000 ->
        receive {stop, From} -> From ! {self(), missing} end
    end.

ask(Pid, What) ->
    Pid ! {What, self()},
    receive {Pid, Answer} -> Answer after 10000 -> none end.

sample(Clients, Ms) ->
    receive after Ms -> ok end,
    [C ! {times, self()} || C <- Clients],
    lists:append([receive {times, Ts} -> Ts end || _ <- Clients]).

purges(Versions) ->
    Idle = [spawn(fun() -> receive stop -> ok end end) || _ <- lists:seq(1, ?IDLE)],
    receive after 200 -> ok end,
    Times = [begin
                 _ = code:purge(big),
                 {module, big} = code:load_binary(big, "big.erl", element(1 + I rem 2, Versions)),
                 element(1, timer:tc(fun() -> code:soft_purge(big) end))
             end || I <- lists:seq(1, ?PURGES)],
    [exit(P, kill) || P <- Idle],
    Times.

quantiles(Name, L) ->
    S = list_to_tuple(lists:sort(L)),
    At = fun(P) -> element(max(1, tuple_size(S) * P div 100), S) end,
    print(Name ++ ": p50 / p99 / max", "~w / ~w / ~w", [At(50), At(99), element(tuple_size(S), S)]).

rss() ->
    {ok, Text} = file:read_file("/proc/self/status"),
    [_, Rest] = binary:split(Text, <<"VmRSS:">>),
    [Kb | _] = [W || W <- string:lexemes(binary_to_list(Rest), " \t\n")],
    list_to_integer(Kb).
