%% Datagrams over loopback: every answer here was seen from erl 25 first.
-module(gen_udp_tests).
-include_lib("eunit/include/eunit.hrl").
-include("messages.hrl").

open(Opts) ->
    {ok, S} = gen_udp:open(0, [{ip, {127, 0, 0, 1}} | Opts]),
    {ok, Port} = inet:port(S),
    {S, Port}.

active_test() ->
    {A, PortA} = open([binary]),
    {B, PortB} = open([]),
    ok = gen_udp:send(A, {127, 0, 0, 1}, PortB, "hello"),
    ?assertEqual([{udp, B, {127, 0, 0, 1}, PortA, "hello"}], take(1)),
    ok = gen_udp:send(B, {{127, 0, 0, 1}, PortA}, <<"back">>),
    ?assertEqual([{udp, A, {127, 0, 0, 1}, PortB, <<"back">>}], take(1)),
    ok = gen_udp:send(B, "localhost", PortA, ["deep", [<<"list">>]]),
    ?assertEqual([{udp, A, {127, 0, 0, 1}, PortB, <<"deeplist">>}], take(1)),
    [ok = gen_udp:close(S) || S <- [A, B]],
    ?assertEqual(nothing, nothing()).

passive_test() ->
    {A, PortA} = open([binary, {active, false}]),
    {B, PortB} = open([{active, false}]),
    ?assertEqual({error, timeout}, gen_udp:recv(A, 0, 10)),
    ok = gen_udp:send(B, {127, 0, 0, 1}, PortA, <<>>),
    ?assertEqual({ok, {{127, 0, 0, 1}, PortB, <<>>}}, gen_udp:recv(A, 0)),
    ok = gen_udp:send(A, {127, 0, 0, 1}, PortB, <<"abc">>),
    ?assertEqual({ok, {{127, 0, 0, 1}, PortA, "abc"}}, gen_udp:recv(B, 0, 1000)),
    ok = inet:setopts(A, [{active, true}]),
    ?assertEqual({error, einval}, gen_udp:recv(A, 0, 10)),
    [gen_udp:close(S) || S <- [A, B]],
    ?assertEqual({error, closed}, gen_udp:recv(A, 0, 10)),
    ?assertEqual({error, closed}, gen_udp:send(A, {127, 0, 0, 1}, PortB, "x")).

counted_test() ->
    {A, PortA} = open([binary, {active, once}]),
    {B, PortB} = open([]),
    [ok = gen_udp:send(B, {127, 0, 0, 1}, PortA, <<I>>) || I <- [1, 2, 3, 4]],
    ?assertEqual([{udp, A, {127, 0, 0, 1}, PortB, <<1>>}], take(1)),
    ?assertEqual(nothing, nothing()),
    ok = inet:setopts(A, [{active, 2}]),
    ?assertEqual([{udp, A, {127, 0, 0, 1}, PortB, <<2>>}, {udp, A, {127, 0, 0, 1}, PortB, <<3>>}, {udp_passive, A}], take(3)),
    ?assertEqual({ok, [{active, false}]}, inet:getopts(A, [active])),
    [gen_udp:close(S) || S <- [A, B]].

connected_test() ->
    {A, PortA} = open([binary]),
    {B, PortB} = open([]),
    ok = gen_udp:connect(B, {127, 0, 0, 1}, PortA),
    ?assertEqual({ok, {{127, 0, 0, 1}, PortA}}, inet:peername(B)),
    ok = gen_udp:send(B, "direct"),
    ?assertEqual([{udp, A, {127, 0, 0, 1}, PortB, <<"direct">>}], take(1)),
    [gen_udp:close(S) || S <- [A, B]].

owner_test() ->
    {A, PortA} = open([binary]),
    {B, PortB} = open([]),
    Self = self(),
    Pid = spawn(fun() -> Self ! {got, take(1)} end),
    ?assertEqual(ok, gen_udp:controlling_process(A, Pid)),
    ?assertEqual({error, not_owner}, gen_udp:controlling_process(A, Self)),
    ok = gen_udp:send(B, {127, 0, 0, 1}, PortA, "to the other"),
    ?assertEqual([{got, [{udp, A, {127, 0, 0, 1}, PortB, <<"to the other">>}]}], take(1)),
    gen_udp:close(B).

arguments_test() ->
    ?assertExit(badarg, gen_udp:open(0, [foo])),
    {A, PortA} = open([]),
    ?assertEqual({error, eaddrinuse}, gen_udp:open(PortA, [{ip, {127, 0, 0, 1}}])),
    ?assertEqual({error, einval}, gen_udp:send(A, {127, 0, 0, 1}, PortA, foo)),
    ?assertEqual({error, einval}, gen_udp:send(A, "x")),
    gen_udp:close(A).
