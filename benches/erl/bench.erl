%% Workloads for the comparison with Erlang/OTP: `bench:main([Name, ...])` prints one line a run of a workload, `name microseconds check`,
%% after one run that is not counted; `all` stands for every workload and `-N` before the names sets the runs of each (3).
-module(bench).
-export([main/1, init/1, handle_call/3, handle_cast/2]).

main(["-" ++ Runs | Names]) -> measure(list_to_integer(Runs), Names);
main(Names) -> measure(3, Names).

measure(Runs, ["all"]) -> lists:foreach(fun(W) -> run(Runs, W) end, workloads());
measure(Runs, Names) ->
    lists:foreach(fun(N) -> run(Runs, lists:keyfind(list_to_atom(N), 1, workloads())) end, Names).

%% Each run in a process of its own, as programs do: heaps begin small and end with their process.
run(Runs, {Name, F}) ->
    Once = fun() ->
        Self = self(),
        {Pid, Ref} = spawn_monitor(fun() ->
            T0 = erlang:monotonic_time(microsecond),
            R = F(),
            Self ! {self(), erlang:monotonic_time(microsecond) - T0, R}
        end),
        receive
            {Pid, T, R} -> receive {'DOWN', Ref, process, _, _} -> ok end, {T, R};
            {'DOWN', Ref, process, _, Why} -> exit(Why)
        end
    end,
    _ = Once(),
    lists:foreach(fun(_) -> {T, R} = Once(), io:format("~s ~w ~w~n", [Name, T, R]) end, lists:seq(1, Runs)).

workloads() ->
    [{fib, fun() -> fib(27) end},
     {tak, fun() -> tak(18, 12, 6) end},
     {nrev, fun() -> nrev_loop(150, lists:seq(1, 300)) end},
     {sum_funs, fun() -> sum_funs(400) end},
     {loop, fun() -> loop(5000000, 0) end},
     {trees, fun() -> trees(16, 4) end},
     {nbody, fun() -> round(nbody(40000) * 1000000) end},
     {bignums, fun() -> bignums(600) end},
     {maps, fun() -> maps_loop(60000, #{}) end},
     {small_maps, fun() -> small_maps(100000, #{a => 1, b => 2, count => 0}) end},
     {bin_build, fun() -> byte_size(build(200000, <<>>)) end},
     {bin_parse, fun() -> count(binary:copy(<<1, 2, 3>>, 200000), 0) end},
     {sort, fun() -> length(lists:sort(randoms(60000, 42, []))) end},
     {exceptions, fun() -> exc(200000, 0) end},
     {ring, fun() -> ring(1000, 100) end},
     {messages, fun() -> ping(60000) end},
     {spawn_tree, fun() -> spawn_tree(16) end},
     {pmap, fun() -> pmap(2, 24) end},
     {gen_server, fun() -> calls(30000) end},
     {ets_insert, fun() -> ets_insert(set, 60000) end},
     {ets_lookup, fun() -> ets_lookup(set, 60000) end},
     {ets_counter, fun() -> ets_counter(set, 100000) end},
     {ets_select, fun() -> ets_select(set, 10000) end},
     {ord_insert, fun() -> ets_insert(ordered_set, 60000) end},
     {ord_lookup, fun() -> ets_lookup(ordered_set, 60000) end},
     {ord_counter, fun() -> ets_counter(ordered_set, 100000) end},
     {ord_select, fun() -> ets_select(ordered_set, 10000) end},
     {ets_lookup2, fun() -> ets_lookups(2, 60000) end},
     {regexps, fun() -> regexps(3000, 0) end},
     {format, fun() -> format(10000, 0) end},
     {strings, fun() -> strings(1500, 0) end},
     {keyfind, fun() -> keyfind(100000, [{K, K} || K <- lists:seq(1, 50)], 0) end},
     {to_from, fun() -> to_from(100000, 0) end}].

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

small_maps(0, M) -> maps:get(count, M);
small_maps(N, #{count := C} = M) -> small_maps(N - 1, M#{count := C + 1, a := N}).

bignums(N) -> bignums(N, 1) rem 1000000007.
bignums(0, A) -> A;
bignums(N, A) -> bignums(N - 1, A * (N + 1000000) + (A bsr 3)).

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

%% 2^(N+1) - 1 processes, each waits for its children.
spawn_tree(N) ->
    Self = self(),
    spawn(fun() -> tree_node(N, Self) end),
    receive {nodes, C} -> C end.
tree_node(0, Parent) -> Parent ! {nodes, 1};
tree_node(N, Parent) ->
    Self = self(),
    spawn(fun() -> tree_node(N - 1, Self) end),
    spawn(fun() -> tree_node(N - 1, Self) end),
    A = receive {nodes, X} -> X end,
    B = receive {nodes, Y} -> Y end,
    Parent ! {nodes, A + B + 1}.

%% N processes at once.
pmap(N, Fib) ->
    Self = self(),
    Pids = [spawn(fun() -> Self ! {self(), [fib(Fib) || _ <- lists:seq(1, 4)]} end) || _ <- lists:seq(1, N)],
    length([receive {P, R} -> R end || P <- Pids]).

calls(N) ->
    {ok, P} = gen_server:start_link(?MODULE, [], []),
    R = calls(N, P, 0),
    gen_server:stop(P),
    R.
calls(0, _, A) -> A;
calls(N, P, A) -> calls(N - 1, P, A + gen_server:call(P, {add, 1})).
init([]) -> {ok, 0}.
handle_call({add, N}, _From, S) -> {reply, N, S + N}.
handle_cast(_, S) -> {noreply, S}.

with_table(Opts, F) ->
    T = ets:new(t, Opts),
    R = F(T),
    ets:delete(T),
    R.
fill(_, 0) -> ok;
fill(T, N) -> ets:insert(T, {N, N * 2, [N]}), fill(T, N - 1).

ets_insert(Type, N) -> with_table([Type, public], fun(T) -> fill(T, N), ets:info(T, size) end).
ets_lookup(Type, N) ->
    with_table([Type, public], fun(T) ->
        fill(T, 1000),
        look(T, N, 0)
    end).
look(_, 0, A) -> A;
look(T, N, A) -> [{_, V, _}] = ets:lookup(T, N rem 1000 + 1), look(T, N - 1, A + V).
%% The same lookups by several processes at once.
ets_lookups(Processes, N) ->
    with_table([set, public, {read_concurrency, true}], fun(T) ->
        fill(T, 1000),
        Self = self(),
        Pids = [spawn(fun() -> Self ! {self(), look(T, N, 0)} end) || _ <- lists:seq(1, Processes)],
        lists:sum([receive {P, R} -> R end || P <- Pids])
    end).
ets_counter(Type, N) -> with_table([Type, public], fun(T) -> ets:insert(T, {k, 0}), bump(T, N) end).
bump(T, 1) -> ets:update_counter(T, k, 1);
bump(T, N) -> ets:update_counter(T, k, {2, 1}), bump(T, N - 1).
ets_select(Type, N) ->
    with_table([Type, public], fun(T) ->
        fill(T, N),
        length([ets:select(T, [{{'$1', '$2', '_'}, [{'>', '$2', 2 * N - 20}], ['$1']}]) || _ <- lists:seq(1, 10)])
    end).

format(0, A) -> A;
format(N, A) ->
    S = lists:flatten(io_lib:format("~p ~w ~s: ~b~n", [{N, [a, "b"]}, <<"x">>, "text", N])),
    format(N - 1, A + length(S)).

strings(0, A) -> A;
strings(N, A) ->
    L = string:split("the quick brown fox jumps over the lazy dog", " ", all),
    U = [string:uppercase(W) || W <- L],
    J = lists:flatten(lists:join(", ", U)),
    strings(N - 1, A + string:length(J) + length(string:trim("  x  "))).

regexps(0, A) -> A;
regexps(N, A) ->
    {match, [Year, _]} = re:run("released on 2024-05-20 in the morning", "([0-9]{4})-([0-9]{2})", [{capture, all_but_first, list}]),
    Parts = re:split("a, b;c ,d", "\\s*[,;]\\s*", [{return, binary}]),
    Text = re:replace("one two three two", "two", "2", [global, {return, binary}]),
    regexps(N - 1, A + length(Year) + length(Parts) + byte_size(Text)).

keyfind(0, _, A) -> A;
keyfind(N, L, A) -> {_, V} = lists:keyfind(N rem 50 + 1, 1, L), keyfind(N - 1, L, A + V).

to_from(0, A) -> A;
to_from(N, A) ->
    B = integer_to_binary(N),
    L = binary_to_list(B),
    to_from(N - 1, A + list_to_integer(L) + tuple_size(list_to_tuple(L))).
