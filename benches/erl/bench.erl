%% Workloads for the comparison with Erlang/OTP: `bench:main([Name | all])` prints one line per workload, `name milliseconds check`.
-module(bench).
-export([main/1]).

main(["all"]) -> lists:foreach(fun run/1, workloads());
main(Names) -> lists:foreach(fun(N) -> run(lists:keyfind(list_to_atom(N), 1, workloads())) end, Names).

run({Name, F}) ->
    _ = F(),
    Times = [begin
                 T0 = erlang:monotonic_time(microsecond),
                 R = F(),
                 {erlang:monotonic_time(microsecond) - T0, R}
             end || _ <- [1, 2, 3]],
    {Best, R} = lists:min(Times),
    io:format("~s ~w ~w~n", [Name, Best, R]).

workloads() ->
    [{fib, fun() -> fib(27) end},
     {tak, fun() -> tak(18, 12, 6) end},
     {nrev, fun() -> nrev_loop(500, lists:seq(1, 300)) end},
     {sum_funs, fun() -> sum_funs(400) end},
     {loop, fun() -> loop(5000000, 0) end},
     {trees, fun() -> trees(16, 4) end},
     {nbody, fun() -> round(nbody(40000) * 1000000) end},
     {maps, fun() -> maps_loop(60000, #{}) end},
     {binaries, fun() -> bins(200000) end},
     {sort, fun() -> length(lists:sort(randoms(60000, 42, []))) end},
     {exceptions, fun() -> exc(200000, 0) end},
     {ring, fun() -> ring(100, 1000) end},
     {messages, fun() -> ping(60000) end}].

fib(N) when N < 2 -> N;
fib(N) -> fib(N - 1) + fib(N - 2).

tak(X, Y, Z) when Y >= X -> Z;
tak(X, Y, Z) -> tak(tak(X - 1, Y, Z), tak(Y - 1, Z, X), tak(Z - 1, X, Y)).

nrev_loop(0, _) -> done;
nrev_loop(N, L) -> _ = nrev(L), nrev_loop(N - 1, L).
nrev([]) -> [];
nrev([H | T]) -> app(nrev(T), [H]).
app([], L) -> L;
app([H | T], L) -> [H | app(T, L)].

sum_funs(0) -> ok;
sum_funs(N) ->
    L = lists:seq(1, 1000),
    _ = lists:foldl(fun(X, A) -> X + A end, 0, lists:map(fun(X) -> X * 2 end, L)),
    sum_funs(N - 1).

loop(0, A) -> A;
loop(N, A) -> loop(N - 1, A + N).

trees(_, 0) -> ok;
trees(D, N) -> _ = check(make(D)), trees(D, N - 1).
make(0) -> {nil, nil};
make(D) -> {make(D - 1), make(D - 1)}.
check({nil, nil}) -> 1;
check({L, R}) -> 1 + check(L) + check(R).

nbody(N) -> nbody(N, 0.0, 1.0, 0.5, 0.1).
nbody(0, X, _, _, _) -> X;
nbody(N, X, Y, VX, VY) ->
    D = math:sqrt(X * X + Y * Y) + 0.001,
    M = 0.01 / (D * D * D),
    VX1 = VX - X * M,
    VY1 = VY - Y * M,
    nbody(N - 1, X + VX1 * 0.01, Y + VY1 * 0.01, VX1, VY1).

maps_loop(0, M) -> maps:size(M);
maps_loop(N, M) ->
    K = N rem 5000,
    case M of
        #{K := V} -> maps_loop(N - 1, M#{K := V + 1});
        #{} -> maps_loop(N - 1, M#{K => 1})
    end.

bins(N) -> B = build(N, <<>>), count(B, 0).
build(0, B) -> B;
build(N, B) -> build(N - 1, <<B/binary, N:16, (N band 255)>>).
count(<<A:16, B, R/binary>>, S) -> count(R, S + A + B);
count(<<>>, S) -> S.

randoms(0, _, L) -> L;
randoms(N, S, L) -> S1 = (S * 1103515245 + 12345) band 16#7fffffff, randoms(N - 1, S1, [S1 | L]).

exc(0, A) -> A;
exc(N, A) -> exc(N - 1, A + try thrower(N) catch throw:X -> X end).
thrower(N) when N rem 2 =:= 0 -> throw(1);
thrower(_) -> 2.

ring(N, Rounds) ->
    Self = self(),
    First = lists:foldl(fun(_, Next) -> spawn(fun() -> node_loop(Next) end) end, Self, lists:seq(1, N)),
    rounds(Rounds, First),
    First ! stop,
    receive stop -> ok end.
rounds(0, _) -> ok;
rounds(R, First) -> First ! {token, R}, receive {token, R} -> rounds(R - 1, First) end.
node_loop(Next) ->
    receive
        {token, _} = T -> Next ! T, node_loop(Next);
        stop -> Next ! stop
    end.

ping(N) ->
    Self = self(),
    P = spawn(fun() -> pong(Self) end),
    pings(N, P),
    P ! stop,
    ok.
pings(0, _) -> ok;
pings(N, P) -> P ! {ping, N}, receive {pong, N} -> pings(N - 1, P) end.
pong(From) ->
    receive
        {ping, N} -> From ! {pong, N}, pong(From);
        stop -> ok
    end.
