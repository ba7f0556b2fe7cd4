%% Socket workloads for the comparison with Erlang/OTP: `net:main([Name, ...])` prints as bench.erl does, `name microseconds check`.
%%   benches/compare with BENCH=net. The clients and the server are processes of the same VM, over loopback.
-module(net).
-export([main/1]).

main(["-" ++ Runs | Names]) -> measure(list_to_integer(Runs), Names);
main(Names) -> measure(3, Names).

measure(Runs, ["all"]) -> lists:foreach(fun(W) -> run(Runs, W) end, workloads());
measure(Runs, Names) -> lists:foreach(fun(N) -> run(Runs, lists:keyfind(list_to_atom(N), 1, workloads())) end, Names).

run(Runs, {Name, F}) ->
    _ = F(),
    [begin
         {T, R} = timer:tc(F),
         io:format("~s ~w ~w~n", [Name, T, R])
     end || _ <- lists:seq(1, Runs)].

workloads() ->
    [{echo, fun() -> echo(10000) end},
     {stream, fun() -> stream(100 * 1024 * 1024) end},
     {connect, fun() -> connect(500) end},
     {fan_out, fun() -> fan_out(2000, 20) end},
     {udp, fun() -> udp(10000) end}].

listen(Opts) ->
    {ok, L} = gen_tcp:listen(0, [binary, {ip, {127, 0, 0, 1}}, {backlog, 1024}, {nodelay, true} | Opts]),
    {ok, Port} = inet:port(L),
    {L, Port}.

connect_to(Port, Opts) ->
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, Port, [binary, {nodelay, true} | Opts]),
    C.

%% Round trips of small packets; the server is active once.
echo(N) ->
    {L, Port} = listen([{active, once}, {packet, 4}]),
    spawn_link(fun() -> {ok, S} = gen_tcp:accept(L), serve(S) end),
    C = connect_to(Port, [{active, false}, {packet, 4}]),
    echo(C, N),
    gen_tcp:close(C),
    gen_tcp:close(L),
    N.

echo(_, 0) -> ok;
echo(C, N) ->
    ok = gen_tcp:send(C, <<"hello world">>),
    {ok, _} = gen_tcp:recv(C, 0),
    echo(C, N - 1).

serve(S) ->
    receive
        {tcp, S, Data} ->
            ok = gen_tcp:send(S, Data),
            inet:setopts(S, [{active, once}]),
            serve(S);
        {tcp_closed, S} -> ok
    end.

%% One way, as much as goes.
stream(Bytes) ->
    {L, Port} = listen([{active, true}, {buffer, 65536}]),
    Self = self(),
    spawn_link(fun() -> {ok, S} = gen_tcp:accept(L), Self ! {sunk, sink(S, 0)} end),
    C = connect_to(Port, [{active, false}]),
    Chunk = binary:copy(<<"x">>, 65536),
    [ok = gen_tcp:send(C, Chunk) || _ <- lists:seq(1, Bytes div 65536)],
    gen_tcp:close(C),
    gen_tcp:close(L),
    receive {sunk, N} -> N end.

sink(S, N) ->
    receive
        {tcp, S, Data} -> sink(S, N + byte_size(Data));
        {tcp_closed, S} -> N
    end.

%% Connections that say one word each.
connect(N) ->
    {L, Port} = listen([{active, false}]),
    spawn_link(fun() -> accept_all(L) end),
    [begin
         C = connect_to(Port, [{active, false}]),
         ok = gen_tcp:send(C, "hi"),
         {ok, <<"hi">>} = gen_tcp:recv(C, 2),
         gen_tcp:close(C)
     end || _ <- lists:seq(1, N)],
    gen_tcp:close(L),
    N.

accept_all(L) ->
    case gen_tcp:accept(L) of
        {ok, S} ->
            {ok, Data} = gen_tcp:recv(S, 2),
            ok = gen_tcp:send(S, Data),
            gen_tcp:close(S),
            accept_all(L);
        {error, closed} -> ok
    end.

%% So many clients, each active once; rounds of a small message to all of them. Counted at the receivers.
fan_out(Clients, Rounds) ->
    {L, Port} = listen([{active, false}, {packet, 2}]),
    Self = self(),
    Pids = [spawn_link(fun() ->
        C = connect_to(Port, [{active, once}, {packet, 2}]),
        Self ! {up, self()},
        Self ! {got, client(C, Rounds)}
    end) || _ <- lists:seq(1, Clients)],
    Sockets = [begin {ok, S} = gen_tcp:accept(L), S end || _ <- Pids],
    [receive {up, Pid} -> ok end || Pid <- Pids],
    Message = binary:copy(<<"m">>, 100),
    [[ok = gen_tcp:send(S, Message) || S <- Sockets] || _ <- lists:seq(1, Rounds)],
    Total = lists:sum([receive {got, N} -> N end || _ <- Pids]),
    [gen_tcp:close(S) || S <- [L | Sockets]],
    Total.

client(C, 0) ->
    receive {tcp_closed, C} -> 0 end;
client(C, Left) ->
    receive
        {tcp, C, _} ->
            inet:setopts(C, [{active, once}]),
            case Left of
                1 -> 1;
                _ -> 1 + client(C, Left - 1)
            end
    end.

udp(N) ->
    {ok, A} = gen_udp:open(0, [binary, {ip, {127, 0, 0, 1}}, {active, false}]),
    {ok, B} = gen_udp:open(0, [binary, {ip, {127, 0, 0, 1}}, {active, false}]),
    {ok, PortB} = inet:port(B),
    udp(A, B, PortB, N),
    gen_udp:close(A),
    gen_udp:close(B),
    N.

udp(_, _, _, 0) -> ok;
udp(A, B, PortB, N) ->
    ok = gen_udp:send(A, {127, 0, 0, 1}, PortB, <<"ping">>),
    {ok, {_, _, <<"ping">>}} = gen_udp:recv(B, 0, 1000),
    udp(A, B, PortB, N - 1).
