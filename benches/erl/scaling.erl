%% Work that two cores should do in half the time of one: `scaling:main([])` prints `name microseconds` for each, the least of five runs.
-module(scaling).
-export([main/1]).

main(_) ->
    [io:format("~s ~w~n", [Name, lists:min([time(F) || _ <- lists:seq(1, 5)])]) || {Name, F} <- loads()],
    ok.

time(F) ->
    Self = self(),
    spawn(fun() ->
        T0 = erlang:monotonic_time(microsecond),
        F(),
        Self ! {took, erlang:monotonic_time(microsecond) - T0}
    end),
    receive {took, T} -> T end.

loads() ->
    [{pmap_calls, fun() -> pmap(fun() -> fib(25) end, 8) end},
     {pmap_lists, fun() -> pmap(fun() -> lists:sum(lists:map(fun(X) -> X * 2 end, lists:seq(1, 50000))) end, 16) end},
     {pmap_trees, fun() -> pmap(fun() -> count(tree(14)) end, 8) end},
     {pmap_results, fun() -> pmap(fun() -> lists:seq(1, 30000) end, 32) end},
     {spawn_tree, fun() -> spawn_tree(15) end},
     {pairs, fun() -> pmap(fun() -> ping(20000) end, 4) end}].

%% One process for each of N.
pmap(F, N) ->
    Self = self(),
    Pids = [spawn(fun() -> Self ! {self(), F()} end) || _ <- lists:seq(1, N)],
    [receive {P, R} -> R end || P <- Pids].

fib(N) when N < 2 -> N;
fib(N) -> fib(N - 1) + fib(N - 2).

tree(0) -> leaf;
tree(N) -> {tree(N - 1), tree(N - 1)}.
count(leaf) -> 1;
count({L, R}) -> count(L) + count(R).

spawn_tree(N) ->
    Self = self(),
    spawn(fun() -> Self ! {nodes, branch(N)} end),
    receive {nodes, C} -> C end.
branch(0) -> 1;
branch(N) ->
    Self = self(),
    [spawn(fun() -> Self ! {nodes, branch(N - 1)} end) || _ <- [1, 2]],
    1 + lists:sum([receive {nodes, C} -> C end || _ <- [1, 2]]).

ping(N) ->
    Self = self(),
    P = spawn(fun() -> pong(Self) end),
    ping(N, P).
ping(0, P) -> P ! stop;
ping(N, P) -> P ! N, receive N -> ping(N - 1, P) end.
pong(To) -> receive stop -> ok; N -> To ! N, pong(To) end.
