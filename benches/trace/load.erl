%% The work that the benchmarks of tracing trace, and what they measure of it. Runs on `erl' and on `transom run' alike.
-module(load).
-export([work/2, rounds/2, speed/2, sleep/1, resident/0]).

%% For ever, a count each round.
-spec work(counters:counters_ref(), [integer()]) -> no_return().
work(Counter, List) ->
    rounds(1, List),
    counters:add(Counter, 1, 1),
    work(Counter, List).

%% So many rounds; about 26 calls of `lists' each for a list of ten.
-spec rounds(non_neg_integer(), [integer()]) -> ok.
rounds(0, _) -> ok;
rounds(N, List) ->
    Mapped = lists:map(fun(X) -> X + 1 end, lists:reverse(List)),
    _ = lists:sum(Mapped),
    rounds(N - 1, List).

%% Counts a second, over so many milliseconds.
-spec speed(counters:counters_ref(), pos_integer()) -> non_neg_integer().
speed(Counter, Ms) ->
    From = counters:get(Counter, 1),
    Start = erlang:monotonic_time(microsecond),
    sleep(Ms),
    (counters:get(Counter, 1) - From) * 1000000 div (erlang:monotonic_time(microsecond) - Start).

sleep(Ms) -> receive after Ms -> ok end.

%% Bytes of resident memory of this operating system process.
-spec resident() -> non_neg_integer().
resident() ->
    {ok, Text} = file:read_file("/proc/self/statm"),
    [_, Pages | _] = string:lexemes(binary_to_list(Text), " "),
    list_to_integer(Pages) * 4096.
