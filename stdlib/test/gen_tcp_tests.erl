%% Streams over loopback: every answer here was seen from erl 25 first.
-module(gen_tcp_tests).
-include_lib("eunit/include/eunit.hrl").
-include("messages.hrl").

pair(ListenOpts, ConnectOpts) ->
    flush(),
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}} | ListenOpts]),
    {ok, Port} = inet:port(L),
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, Port, ConnectOpts),
    {ok, A} = gen_tcp:accept(L),
    {L, C, A}.

%% What an earlier test's sockets had still to say.
flush() ->
    receive _ -> flush()
    after 0 -> ok
    end.

active_messages_and_end_test() ->
    {L, C, A} = pair([binary], [binary]),
    ok = gen_tcp:send(C, "hello"),
    ?assertEqual([{tcp, A, <<"hello">>}], take(1)),
    ok = gen_tcp:close(C),
    ?assertEqual([{tcp_closed, A}], take(1)),
    timer:sleep(20),
    ?assertEqual({error, closed}, gen_tcp:send(A, "x")),
    ?assertEqual({error, closed}, gen_tcp:recv(A, 0)),
    ?assertEqual({error, einval}, inet:setopts(A, [{active, once}])),
    ?assertEqual({error, einval}, inet:getopts(A, [active])),
    ?assertEqual({error, einval}, inet:peername(A)),
    ?assertEqual({error, closed}, gen_tcp:controlling_process(A, self())),
    ?assertEqual({error, closed}, gen_tcp:shutdown(A, write)),
    ?assertEqual(undefined, erlang:port_info(A)),
    ?assertEqual(ok, gen_tcp:close(A)),
    ok = gen_tcp:close(L),
    ?assertEqual({error, closed}, gen_tcp:accept(L)),
    ?assertEqual({error, closed}, gen_tcp:accept(L, 0)).

%% A peer's end sends no exit signal, a port that is closed does.
exit_signals_test() ->
    process_flag(trap_exit, true),
    {L, C, A} = pair([binary], [binary]),
    true = port_close(C),
    ?assertEqual([{'EXIT', C, normal}, {tcp_closed, A}], lists:sort(fun(X, _) -> element(1, X) =:= 'EXIT' end, take(2))),
    ?assertEqual(nothing, nothing()),
    gen_tcp:close(L),
    ?assertEqual(nothing, nothing()),
    process_flag(trap_exit, false).

passive_end_test() ->
    {L, C, A} = pair([binary, {active, false}], [binary]),
    ok = gen_tcp:send(C, "abc"),
    ok = gen_tcp:close(C),
    ?assertEqual({ok, <<"ab">>}, gen_tcp:recv(A, 2)),
    ?assertEqual({error, closed}, gen_tcp:recv(A, 2)),
    ?assertEqual({error, enotconn}, gen_tcp:recv(A, 0)),
    ?assertEqual({error, enotconn}, inet:peername(A)),
    ?assertEqual({ok, [{active, false}]}, inet:getopts(A, [active])),
    ?assertEqual(ok, inet:setopts(A, [{active, once}])),
    ?assertEqual([{tcp_closed, A}], take(1)),
    ?assertEqual({error, closed}, gen_tcp:send(A, "x")),
    gen_tcp:close(L).

half_closed_test() ->
    {L, C, A} = pair([binary, {active, once}, {exit_on_close, false}], [binary]),
    ok = gen_tcp:send(C, "abc"),
    ?assertEqual([{tcp, A, <<"abc">>}], take(1)),
    ok = gen_tcp:shutdown(C, write),
    ?assertEqual(nothing, nothing()),
    ok = inet:setopts(A, [{active, once}]),
    ?assertEqual([{tcp_closed, A}], take(1)),
    ?assertEqual({ok, [{active, once}]}, inet:getopts(A, [active])),
    ok = gen_tcp:send(A, "reply"),
    ?assertEqual([{tcp, C, <<"reply">>}], take(1)),
    ok = inet:setopts(A, [{active, once}]),
    ?assertEqual(nothing, nothing()),
    ?assertEqual({error, einval}, gen_tcp:recv(A, 0, 100)),
    [ok = gen_tcp:close(S) || S <- [A, C, L]].

active_count_test() ->
    {L, C, A} = pair([binary, {active, false}, {packet, 2}], [binary, {packet, 2}]),
    [ok = gen_tcp:send(C, integer_to_list(I)) || I <- lists:seq(1, 5)],
    timer:sleep(30),
    ok = inet:setopts(A, [{active, 2}]),
    ?assertEqual([{tcp, A, <<"1">>}, {tcp, A, <<"2">>}, {tcp_passive, A}], take(3)),
    ?assertEqual({ok, [{active, false}]}, inet:getopts(A, [active])),
    ok = inet:setopts(A, [{active, 0}]),
    ok = inet:setopts(A, [{active, -5}]),
    ?assertEqual({error, einval}, inet:setopts(A, [{active, 40000}])),
    ok = inet:setopts(A, [{active, 32767}]),
    ok = inet:setopts(A, [{active, 1}]),
    ok = inet:setopts(A, [{active, -32767}]),
    ?assertEqual([{tcp_passive, A}, {tcp_passive, A}, {tcp, A, <<"3">>}, {tcp, A, <<"4">>}, {tcp, A, <<"5">>}, {tcp_passive, A}], take(6)),
    [ok = gen_tcp:close(S) || S <- [A, C, L]].

passive_arguments_test() ->
    {L, C, A} = pair([binary, {active, false}, {packet, 2}], [binary, {packet, 2}]),
    ?assertEqual({error, timeout}, gen_tcp:recv(A, 0, 10)),
    ?assertEqual({error, timeout}, gen_tcp:recv(A, 0, 0)),
    ?assertEqual({error, einval}, gen_tcp:recv(A, 3, 10)),
    ?assertEqual({error, einval}, gen_tcp:send(A, foo)),
    ?assertEqual({error, einval}, gen_tcp:send(A, [300])),
    ?assertError(function_clause, gen_tcp:recv(A, -1)),
    ?assertError(function_clause, gen_tcp:recv(A, 0, foo)),
    ?assertEqual({error, enotconn}, gen_tcp:recv(L, 0)),
    ?assertEqual({error, enotconn}, gen_tcp:send(L, "x")),
    ?assertEqual({error, enotconn}, gen_tcp:shutdown(L, read)),
    ok = inet:setopts(A, [{active, true}]),
    ?assertEqual({error, einval}, gen_tcp:recv(A, 0)),
    [ok = gen_tcp:close(S) || S <- [A, C, L]].

waiting_calls_test() ->
    {L, C, A} = pair([binary, {active, false}, {packet, 4}], [binary, {packet, 4}]),
    Self = self(),
    ok = gen_tcp:send(C, <<>>),
    ok = gen_tcp:send(C, ["a", <<"b">>, [[99]]]),
    ?assertEqual({ok, <<>>}, gen_tcp:recv(A, 0)),
    ?assertEqual({ok, <<"abc">>}, gen_tcp:recv(A, 0)),
    waiting(fun() -> Self ! {first, gen_tcp:recv(A, 0)} end),
    ?assertEqual({error, ealready}, gen_tcp:recv(A, 0, 20)),
    ok = gen_tcp:send(C, "x"),
    ?assertEqual([{first, {ok, <<"x">>}}], take(1)),
    waiting(fun() -> Self ! {second, gen_tcp:recv(A, 0)} end),
    ok = gen_tcp:close(A),
    ?assertEqual([{second, {error, closed}}, {tcp_closed, C}], lists:sort(take(2))),
    waiting(fun() -> Self ! {third, gen_tcp:accept(L)} end),
    ok = gen_tcp:close(L),
    ?assertEqual([{third, {error, closed}}], take(1)).

%% Runs Fun in a process; answers when it waits for something.
waiting(Fun) -> until_it_waits(spawn(Fun)).

until_it_waits(Pid) ->
    case process_info(Pid, status) of
        {status, waiting} -> ok;
        {status, _} -> timer:sleep(1), until_it_waits(Pid)
    end.

failures_test() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}]),
    {ok, Port} = inet:port(L),
    ?assertEqual({error, eaddrinuse}, gen_tcp:listen(Port, [{ip, {127, 0, 0, 1}}])),
    ?assertEqual({error, timeout}, gen_tcp:accept(L, 0)),
    ?assertEqual({error, timeout}, gen_tcp:accept(L, 10)),
    gen_tcp:close(L),
    ?assertEqual({error, econnrefused}, gen_tcp:connect({127, 0, 0, 1}, Port, [])),
    ?assertEqual({error, econnrefused}, gen_tcp:connect("localhost", Port, [], 1000)),
    ?assertExit(badarg, gen_tcp:connect("localhost", foo, [])),
    ?assertExit(badarg, gen_tcp:connect("localhost", 1, [bar])),
    ?assertExit(badarg, gen_tcp:connect({1, 2, 3}, 1, [])),
    ?assertError(badarg, gen_tcp:connect("localhost", 1, [], foo)),
    ?assertExit(badarg, gen_tcp:listen(foo, [])),
    ?assertExit(badarg, gen_tcp:listen(70000, [])),
    ?assertExit(badarg, gen_tcp:listen(0, [foo])),
    ?assertExit(badarg, gen_tcp:listen(0, [{active, foo}])),
    ?assertExit(badarg, gen_tcp:listen(0, [{packet, 3}])),
    ?assertError(function_clause, gen_tcp:accept(foo)),
    ?assertEqual({error, eaddrnotavail}, gen_tcp:listen(0, [{ip, {1, 2, 3, 4}}])).

line_packets_test() ->
    {L, C, A} = pair([binary, {active, true}, {packet, line}, {buffer, 10}], [binary]),
    ok = gen_tcp:send(C, "short\nthis is a long line\npart"),
    ?assertEqual([{tcp, A, <<"short\n">>}, {tcp, A, <<"this is a ">>}, {tcp, A, <<"long line\n">>}], take(3)),
    ok = gen_tcp:close(C),
    ?assertEqual([{tcp_closed, A}], take(1)),
    gen_tcp:close(L).

http_packets_test() ->
    {L, C, A} = pair([list, {active, true}, {packet, http}], [binary]),
    ok = gen_tcp:send(C, "GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n\r\nGET /2 HTTP/1.1\r\n\r\n"),
    ?assertEqual([{http, A, {http_request, 'GET', {abs_path, "/"}, {1, 1}}},
                  {http, A, {http_header, 14, 'Host', "Host", "x"}},
                  {http, A, {http_header, 0, "A", "A", "b"}},
                  {http, A, http_eoh},
                  {http, A, {http_request, 'GET', {abs_path, "/2"}, {1, 1}}},
                  {http, A, http_eoh}], take(6)),
    ok = inet:setopts(A, [{packet, raw}, binary, {header, 2}]),
    ok = gen_tcp:send(C, "abcdef"),
    ?assertEqual([{tcp, A, [97, 98 | <<"cdef">>]}], take(1)),
    ok = inet:setopts(A, [list, {header, 0}]),
    ok = gen_tcp:send(C, "abcdef"),
    ?assertEqual([{tcp, A, "abcdef"}], take(1)),
    ok = inet:setopts(A, [{packet, 1}, {packet_size, 3}]),
    ok = gen_tcp:send(C, [5 | "abcde"]),
    ?assertEqual([{tcp_error, A, emsgsize}, {tcp_closed, A}, {tcp_closed, C}], take(3)),
    gen_tcp:close(L).

resets_test() ->
    {L1, C1, A1} = pair([binary], [{linger, {true, 0}}]),
    gen_tcp:close(C1),
    ?assertEqual([{tcp_closed, A1}], take(1)),
    {L2, C2, A2} = pair([binary, {show_econnreset, true}], [{linger, {true, 0}}]),
    gen_tcp:close(C2),
    ?assertEqual([{tcp_error, A2, econnreset}, {tcp_closed, A2}], take(2)),
    {L3, C3, A3} = pair([{active, false}, {show_econnreset, true}], [{linger, {true, 0}}]),
    gen_tcp:close(C3),
    timer:sleep(20),
    ?assertEqual({error, econnreset}, gen_tcp:recv(A3, 0)),
    ?assertEqual({error, enotconn}, gen_tcp:send(A3, "x")),
    ?assertEqual({error, enotconn}, gen_tcp:recv(A3, 0)),
    [gen_tcp:close(S) || S <- [L1, L2, L3, A3]].

controlling_process_test() ->
    {L, C, A} = pair([binary], [binary]),
    ok = gen_tcp:send(C, "one"),
    timer:sleep(30),
    Self = self(),
    Pid = spawn(fun() -> [Self ! {got, M} || M <- take(2)] end),
    ?assertEqual(ok, gen_tcp:controlling_process(A, Pid)),
    ?assertEqual({error, not_owner}, gen_tcp:controlling_process(A, Self)),
    ok = gen_tcp:send(C, "two"),
    ?assertEqual([{got, {tcp, A, <<"one">>}}, {got, {tcp, A, <<"two">>}}, {tcp_closed, C}], take(3)),
    gen_tcp:close(L).

%% The queue fills, the sender waits; what was sent arrives complete and in order.
backpressure_test_() ->
    {timeout, 30, fun() ->
        {L, C, A} = pair([binary, {active, false}, {recbuf, 8192}], [binary, {sndbuf, 8192}]),
        Self = self(),
        Sender = spawn(fun() ->
            receive go -> ok end,
            [ok = gen_tcp:send(C, <<I:32, 0:8000/unit:8>>) || I <- lists:seq(1, 1000)],
            Self ! sent
        end),
        ok = gen_tcp:controlling_process(C, Sender),
        Sender ! go,
        ?assertEqual(nothing, nothing()),
        Numbers = [begin {ok, <<N:32, _/binary>>} = gen_tcp:recv(A, 8004), N end || _ <- lists:seq(1, 1000)],
        ?assertEqual(lists:seq(1, 1000), Numbers),
        ?assertEqual([sent], take(1)),
        [gen_tcp:close(S) || S <- [A, L]]
    end}.

send_timeout_test() ->
    {L, C, A} = pair([binary, {active, false}, {recbuf, 8192}], [binary, {sndbuf, 8192}, {send_timeout, 50}, {send_timeout_close, true}]),
    Fill = fun Fill() ->
        case gen_tcp:send(C, <<0:100000/unit:8>>) of
            ok -> Fill();
            Error -> Error
        end
    end,
    ?assertEqual({error, timeout}, Fill()),
    ?assertEqual({error, enotconn}, gen_tcp:send(C, "x")),
    [gen_tcp:close(S) || S <- [A, L]].

local_sockets_test() ->
    flush(),
    Path = "gen_tcp_tests." ++ os:getpid() ++ ".sock",
    {ok, L} = gen_tcp:listen(0, [{ifaddr, {local, Path}}, binary]),
    {ok, C} = gen_tcp:connect({local, Path}, 0, [local, binary]),
    {ok, A} = gen_tcp:accept(L),
    ok = gen_tcp:send(C, "through a file"),
    ?assertEqual([{tcp, A, <<"through a file">>}], take(1)),
    ?assertEqual({ok, {local, list_to_binary(Path)}}, inet:sockname(L)),
    [gen_tcp:close(S) || S <- [A, C, L]],
    ok = file:delete(Path).

owner_end_closes_test() ->
    flush(),
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}]),
    {ok, Port} = inet:port(L),
    Self = self(),
    Pid = spawn(fun() ->
        {ok, _} = gen_tcp:connect({127, 0, 0, 1}, Port, []),
        Self ! ready,
        receive stop -> ok end
    end),
    {ok, A} = gen_tcp:accept(L),
    ?assertEqual([ready], take(1)),
    Pid ! stop,
    ?assertEqual([{tcp_closed, A}], take(1)),
    gen_tcp:close(L).

monitors_test() ->
    flush(),
    {ok, L} = gen_tcp:listen(0, []),
    Ref = monitor(port, L),
    gen_tcp:close(L),
    ?assertEqual([{'DOWN', Ref, port, L, normal}], take(1)),
    Gone = monitor(port, L),
    ?assertEqual([{'DOWN', Gone, port, L, noproc}], take(1)).
