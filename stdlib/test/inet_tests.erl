%% Options, statistics, names and addresses: every answer here was seen from erl 25 first.
-module(inet_tests).
-include_lib("eunit/include/eunit.hrl").
-include_lib("kernel/include/inet.hrl").

default_options_test() ->
    {ok, L} = gen_tcp:listen(0, []),
    Names = [active, buffer, delay_send, deliver, exit_on_close, header, high_msgq_watermark, high_watermark, keepalive, linger,
             low_msgq_watermark, low_watermark, mode, nodelay, packet, packet_size, reuseaddr, send_timeout, send_timeout_close,
             show_econnreset, tos, ttl],
    ?assertEqual({ok, [{active, true}, {buffer, 1460}, {delay_send, false}, {deliver, term}, {exit_on_close, true}, {header, 0},
                       {high_msgq_watermark, 8192}, {high_watermark, 8192}, {keepalive, false}, {linger, {false, 0}},
                       {low_msgq_watermark, 4096}, {low_watermark, 4096}, {mode, list}, {nodelay, false}, {packet, 0}, {packet_size, 0},
                       {reuseaddr, false}, {send_timeout, infinity}, {send_timeout_close, false}, {show_econnreset, false}, {tos, 0},
                       {ttl, 64}]}, inet:getopts(L, Names)),
    ?assertEqual({error, einval}, inet:getopts(L, [foo])),
    ?assertEqual({error, einval}, inet:getopts(L, [active, backlog])),
    ?assertEqual({ok, []}, inet:getopts(L, [tclass])),
    ?assertEqual({error, enotconn}, inet:peername(L)),
    gen_tcp:close(L).

set_options_test() ->
    {ok, L} = gen_tcp:listen(0, [binary, {active, once}, {packet, 4}, {nodelay, true}, {keepalive, true}, {reuseaddr, true}]),
    ?assertEqual({ok, [{mode, binary}, {active, once}, {packet, 4}, {nodelay, true}, {keepalive, true}, {reuseaddr, true}]},
                 inet:getopts(L, [mode, active, packet, nodelay, keepalive, reuseaddr])),
    ?assertEqual(ok, inet:setopts(L, [list, {packet, http_bin}, {send_timeout, 500}, {linger, {true, 2}}, {active, 7}])),
    ?assertEqual({ok, [{mode, list}, {packet, http_bin}, {send_timeout, 500}, {linger, {true, 2}}, {active, 7}]},
                 inet:getopts(L, [mode, packet, send_timeout, linger, active])),
    ?assertEqual({error, einval}, inet:setopts(L, [{packet, 3}])),
    ?assertEqual({error, einval}, inet:setopts(L, [foo])),
    gen_tcp:close(L).

accepted_sockets_inherit_test() ->
    {ok, L} = gen_tcp:listen(0, [binary, {active, false}, {packet, 2}, {nodelay, true}]),
    {ok, Port} = inet:port(L),
    {ok, C} = gen_tcp:connect("localhost", Port, [{packet, 2}]),
    {ok, A} = gen_tcp:accept(L),
    ?assertEqual({ok, [{mode, binary}, {active, false}, {packet, 2}, {nodelay, true}]}, inet:getopts(A, [mode, active, packet, nodelay])),
    {ok, {{127, 0, 0, 1}, From}} = inet:sockname(C),
    ?assertEqual({ok, {{127, 0, 0, 1}, From}}, inet:peername(A)),
    ?assertEqual({ok, Port}, inet:port(A)),
    ok = gen_tcp:send(C, "abc"),
    {ok, <<"abc">>} = gen_tcp:recv(A, 0),
    ?assertMatch({ok, [{recv_cnt, 1}, {send_pend, 0}, {send_cnt, 0}]}, inet:getstat(A, [recv_cnt, send_pend, send_cnt])),
    ?assertEqual({ok, [{send_cnt, 1}, {send_oct, 5}]}, inet:getstat(C, [send_cnt, send_oct])),
    ?assertEqual({error, einval}, inet:getstat(A, [foo])),
    [gen_tcp:close(S) || S <- [C, A, L]],
    ?assertEqual({error, einval}, inet:getstat(A)).

ports_test() ->
    {ok, L} = gen_tcp:listen(0, []),
    ?assertEqual({name, "tcp_inet"}, erlang:port_info(L, name)),
    ?assertEqual({connected, self()}, erlang:port_info(L, connected)),
    ?assertEqual([name, links, id, connected, input, output, os_pid], [K || {K, _} <- erlang:port_info(L)]),
    ?assert(lists:member(L, erlang:ports())),
    Ref = inet:monitor(L),
    gen_tcp:close(L),
    ?assertEqual({'DOWN', Ref, port, L, normal}, receive M -> M after 30000 -> timeout end),
    ?assertNot(lists:member(L, erlang:ports())).

parse(Text) -> [inet:F(Text) || F <- [parse_address, parse_strict_address, parse_ipv4_address, parse_ipv4strict_address, parse_ipv6_address, parse_ipv6strict_address]].

parse_test() ->
    No = {error, einval},
    Home = {ok, {127, 0, 0, 1}},
    One = {ok, {0, 0, 0, 0, 0, 0, 0, 1}},
    ?assertEqual([Home, Home, Home, Home, {ok, {0, 0, 0, 0, 0, 65535, 32512, 1}}, No], parse("127.0.0.1")),
    ?assertEqual([Home, No, Home, No, {ok, {0, 0, 0, 0, 0, 65535, 32512, 1}}, No], parse("127.1")),
    ?assertEqual([Home, No, Home, No, {ok, {0, 0, 0, 0, 0, 65535, 32512, 1}}, No], parse("0x7f.1")),
    ?assertEqual([One, One, No, No, One, One], parse("::1")),
    ?assertEqual({ok, {65152, 0, 0, 0, 0, 0, 0, 1}}, inet:parse_address("fe80::1%eth0")),
    ?assertEqual({ok, {1, 2, 0, 3}}, inet:parse_address("1.2.3")),
    ?assertEqual({ok, {0, 0, 0, 0, 0, 65535, 258, 772}}, inet:parse_address("::ffff:1.2.3.4")),
    ?assertEqual([{ok, {8, 1, 1, 1}}, No], lists:sublist(parse("010.1.1.1"), 2)),
    ?assertEqual({ok, {0, 0, 0, 1}}, inet:parse_address("1")),
    [?assertEqual([No, No, No, No, No, No], parse(Bad)) || Bad <- ["1.2.3.4.5", "300.1.1.1", "", "foo", "1.2.3.4x", "2001:db8::g"]].

ntoa_test() ->
    ?assertEqual("127.0.0.1", inet:ntoa({127, 0, 0, 1})),
    ?assertEqual("::1", inet:ntoa({0, 0, 0, 0, 0, 0, 0, 1})),
    ?assertEqual("fe80::1", inet:ntoa({65152, 0, 0, 0, 0, 0, 0, 1})),
    ?assertEqual("::ffff:1.2.3.4", inet:ntoa({0, 0, 0, 0, 0, 65535, 258, 772})),
    ?assertEqual("::1.2.3.4", inet:ntoa({0, 0, 0, 0, 0, 0, 258, 772})),
    ?assertEqual("2001:db8::", inet:ntoa({8193, 3512, 0, 0, 0, 0, 0, 0})),
    [?assertEqual({error, einval}, inet:ntoa(Bad)) || Bad <- [{1, 2}, foo, {300, 1, 1, 1}]].

getaddr_test() ->
    ?assertEqual({ok, {127, 0, 0, 1}}, inet:getaddr("localhost", inet)),
    ?assertEqual({ok, {127, 0, 0, 1}}, inet:getaddr(localhost, inet)),
    ?assertEqual({ok, {1, 2, 3, 4}}, inet:getaddr({1, 2, 3, 4}, inet)),
    ?assertEqual({error, eafnosupport}, inet:getaddr({1, 2, 3, 4}, inet6)),
    ?assertEqual({ok, {127, 0, 0, 1}}, inet:getaddr("127.0.0.1", inet)),
    ?assertEqual({error, nxdomain}, inet:getaddr("127.0.0.1", inet6)),
    ?assertEqual({error, nxdomain}, inet:getaddr("nonexistent.invalid", inet)),
    ?assertEqual({error, einval}, inet:getaddr({1, 2, 3}, inet)),
    ?assertEqual({error, einval}, inet:getaddr("", inet)),
    ?assertEqual({error, einval}, inet:getaddr(12, inet)),
    ?assertEqual({ok, {0, 0, 0, 0, 0, 0, 0, 1}}, inet:getaddr("::1", inet6)),
    ?assertEqual({ok, #hostent{h_name = "localhost", h_aliases = [], h_addrtype = inet, h_length = 4, h_addr_list = [{127, 0, 0, 1}]}},
                 inet:gethostbyname("localhost")),
    ?assertEqual({error, einval}, inet:gethostbyname({127, 0, 0, 1})),
    ?assertMatch({ok, #hostent{h_name = "localhost", h_addr_list = [{127, 0, 0, 1}]}}, inet:gethostbyaddr({127, 0, 0, 1})),
    ?assertEqual({error, nxdomain}, inet:gethostbyname("nonexistent.invalid")).

services_test() ->
    case filelib:is_regular("/etc/services") of
        true ->
            ?assertEqual({ok, 80}, inet:getservbyname(http, tcp)),
            ?assertEqual({error, einval}, inet:getservbyname(foo, tcp)),
            ?assertEqual({ok, "http"}, inet:getservbyport(80, tcp));
        false -> ok
    end.

kinds_of_addresses_test() ->
    ?assert(inet:is_ip_address({1, 2, 3, 4})),
    ?assertNot(inet:is_ipv4_address({1, 2, 3, 256})),
    ?assert(inet:is_ipv6_address({1, 2, 3, 4, 5, 6, 7, 8})),
    ?assertEqual({0, 0, 0, 0, 0, 65535, 258, 772}, inet:ipv4_mapped_ipv6_address({1, 2, 3, 4})),
    ?assertEqual({1, 2, 3, 4}, inet:ipv4_mapped_ipv6_address({0, 0, 0, 0, 0, 65535, 258, 772})).

interfaces_test() ->
    {ok, All} = inet:getifaddrs(),
    {"lo", Lo} = lists:keyfind("lo", 1, All),
    ?assertEqual([up, loopback, running], proplists:get_value(flags, Lo)),
    ?assertEqual({127, 0, 0, 1}, proplists:get_value(addr, Lo)),
    ?assertEqual({255, 0, 0, 0}, proplists:get_value(netmask, Lo)).

texts_test() ->
    ?assertEqual(["connection refused", "unknown POSIX error", "non-existing domain", "invalid argument", "invalid port state",
                  "bad command sequence"],
                 [inet:format_error(R) || R <- [econnrefused, closed, nxdomain, einval, exbadport, exbadseq]]).
