%% Figures of reloading, the same program on Transom and on `erl`: `benches/reload/run`.
%%
%% A module of 1,000 lines in two versions is loaded N times while 1,000 processes call it every 10 ms by remote call, apply and a
%% closure that they renew. Prints failed calls, latencies of a call and of the switch, purge with 10,000 idle processes, resident memory.
-module(reload_bench).

-export([main/1]).

main([Folder, Reloads]) ->
    N = list_to_integer(Reloads),
    process_flag(priority, high),
    Versions = list_to_tuple([element(2, file:read_file(filename:join(Folder, "big_" ++ integer_to_list(V))))
                              || V <- [1, 2]]),
    {module, big} = code:load_binary(big, "big.erl", element(1, Versions)),
    Counters = ets:new(counters, [public, {write_concurrency, true}]),
    Clients = [spawn_link(fun() -> receive after I rem 10 -> ok end, client(Counters, I, big:closure(I), []) end) || I <- lists:seq(1, 1000)],
    Quiet = sample(Clients, 2000),
    Rss0 = rss(),
    {Us, Loads} = timer:tc(fun() -> reloads(1, N, Versions, []) end),
    Busy = sample(Clients, 0),
    Rss1 = rss(),
    [begin unlink(C), exit(C, kill) end || C <- Clients],
    Idle = [spawn(fun() -> receive stop -> ok end end) || _ <- lists:seq(1, 10000)],
    Purges = [begin
                  {module, big} = code:load_binary(big, "big.erl", element(1 + I rem 2, Versions)),
                  element(1, timer:tc(fun() -> code:soft_purge(big) end))
              end || I <- lists:seq(1, 20)],
    [exit(P, kill) || P <- Idle],
    Failed = case ets:lookup(Counters, failed) of [{_, F}] -> F; [] -> 0 end,
    io:format("reloads ~w in ~.1f s, failed calls ~w~n", [N, Us / 1.0e6, Failed]),
    io:format("load + purge   us  p50 ~w  p99 ~w  max ~w~n", quantiles([L || {L, _} <- Loads])),
    io:format("switch alone   us  p50 ~w  p99 ~w  max ~w~n", quantiles([S || {_, S} <- Loads])),
    io:format("call, quiet    us  p50 ~w  p99 ~w  max ~w~n", quantiles(Quiet)),
    io:format("call, reloads  us  p50 ~w  p99 ~w  max ~w~n", quantiles(Busy)),
    io:format("purge, 10,000 idle processes  us  p50 ~w  p99 ~w  max ~w~n", quantiles(Purges)),
    io:format("resident memory  MB  before ~w  after ~w~n", [Rss0 div 1024, Rss1 div 1024]).

reloads(I, N, _, Acc) when I > N -> Acc;
reloads(I, N, Versions, Acc) ->
    Bin = element(1 + I rem 2, Versions),
    T0 = erlang:monotonic_time(),
    Code = erlang:prepare_loading(big, Bin),
    _ = code:soft_purge(big),
    T1 = erlang:monotonic_time(),
    ok = finish(Code),
    T2 = erlang:monotonic_time(),
    reloads(I + 1, N, Versions, [{us(T2 - T0), us(T2 - T1)} | Acc]).

finish(Code) ->
    case erlang:finish_loading([Code]) of
        ok -> ok;
        {not_purged, _} ->
            _ = code:purge(big),
            finish(Code)
    end.

us(T) -> erlang:convert_time_unit(T, native, microsecond).

%% One round in 10 ms: a remote call, an apply, and a closure of the version before last round, renewed.
client(Counters, I, Closure, Times) ->
    T0 = erlang:monotonic_time(),
    try
        X = big:f1(I),
        X = apply(big, f1, [I]),
        {I, _} = Closure(I)
    catch _:_ -> ets:update_counter(Counters, failed, 1, {failed, 0})
    end,
    T = us(erlang:monotonic_time() - T0),
    receive
        {times, From} ->
            From ! {times, [T | Times]},
            client(Counters, I, big:closure(I), [])
    after 10 -> client(Counters, I, big:closure(I), lists:sublist([T | Times], 200))
    end.

sample(Clients, Ms) ->
    receive after Ms -> ok end,
    [C ! {times, self()} || C <- Clients],
    lists:append([receive {times, Ts} -> Ts end || _ <- Clients]).

quantiles(L) ->
    S = lists:sort(L),
    Len = length(S),
    [lists:nth(max(1, Len * P div 100), S) || P <- [50, 99]] ++ [lists:last(S)].

rss() ->
    {ok, Text} = file:read_file("/proc/self/status"),
    [_, Rest] = binary:split(Text, <<"VmRSS:">>),
    list_to_integer(string:trim(hd(string:split(binary_to_list(hd(binary:split(Rest, <<"kB">>))), "\t", all) -- [""]))).
