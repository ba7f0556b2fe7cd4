%% Addresses, hosts and information without a test elsewhere.
-module(inet_more).
-include("../show.hrl").

start() ->
    show(fun() -> [inet:parse_ipv4_address(S) || S <- ["1.2.3.4", "1.2.3", "1", "0x10.1", "256.1.1.1", "", "a"]] end),  % expect: [{ok,{1,2,3,4}},{ok,{1,2,0,3}},{ok,{0,0,0,1}},{ok,{16,0,0,1}},{error,einval},{error,einval},{error,einval}]
    show(fun() -> [inet:parse_ipv4strict_address(S) || S <- ["1.2.3.4", "1.2.3", "a"]] end),  % expect: [{ok,{1,2,3,4}},{error,einval},{error,einval}]
    show(fun() -> [inet:parse_ipv6_address(S) || S <- ["::1", "1.2.3.4", "fe80::1%eth0", "1:2:3:4:5:6:7:8", "::ffff:1.2.3.4", "x"]] end),  % expect: [{ok,{0,0,0,0,0,0,0,1}},{ok,{0,0,0,0,0,65535,258,772}},{ok,{65152,0,0,0,0,0,0,1}},{ok,{1,2,3,4,5,6,7,8}},{ok,{0,0,0,0,0,65535,258,772}},{error,einval}]
    show(fun() -> [inet:parse_ipv6strict_address(S) || S <- ["::1", "1.2.3.4", "1:2:3:4:5:6:7:8", "x"]] end),  % expect: [{ok,{0,0,0,0,0,0,0,1}},{error,einval},{ok,{1,2,3,4,5,6,7,8}},{error,einval}]
    show(fun() -> [inet:parse_strict_address(S) || S <- ["1.2.3.4", "1.2.3", "::1", "x"]] end),  % expect: [{ok,{1,2,3,4}},{error,einval},{ok,{0,0,0,0,0,0,0,1}},{error,einval}]
    show(fun() -> inet:getaddr("127.0.0.1", inet, 1000) end),  % expect: {ok,{127,0,0,1}}
    show(fun() -> inet:getaddrs("127.0.0.1", inet) end),  % expect: {ok,[{127,0,0,1}]}
    show(fun() -> inet:getaddrs({127, 0, 0, 1}, inet, 1000) end),  % expect: {ok,[{127,0,0,1}]}
    show(fun() -> inet:getaddr("localhost", inet) end),  % expect: {ok,{127,0,0,1}}
    show(fun() -> inet:getaddrs("::1", inet6) end),  % expect: {ok,[{0,0,0,0,0,0,0,1}]}
    show(fun() -> inet:getaddr(foo_bar_no_such_host, inet) end),  % expect: {error,nxdomain}
    show(fun() -> element(1, inet:gethostbyname("localhost", inet)) end),  % expect: ok
    show(fun() -> element(1, inet:gethostbyname({127, 0, 0, 1}, inet, 1000)) end),  % expect: error
    show(fun() -> element(1, inet:gethostname()) end),  % expect: ok
    show(fun() -> element(1, inet:getifaddrs([])) end),  % expect: ok
    show(fun() -> lists:keymember("lo", 1, element(2, inet:getifaddrs([]))) end),  % expect: true
    show(fun() -> is_list(inet:get_rc()) end),  % expect: true
    show(fun() -> inet:stats() end),  % expect: [recv_oct,recv_cnt,recv_max,recv_avg,recv_dvi,send_oct,send_cnt,send_max,send_avg,send_pend]
    show(fun() -> inet:close(foo) end),  % expect: error function_clause
    show(fun() -> sockets() end).  % expect: {true,true,true,true,[ok,ok,ok]}

sockets() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}]),
    {ok, Port} = inet:port(L),
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, Port, []),
    {ok, S} = gen_tcp:accept(L),
    Peers = inet:peernames(C) =:= {ok, [{{127, 0, 0, 1}, Port}]},
    Socks = inet:socknames(S) =:= {ok, [{{127, 0, 0, 1}, Port}]},
    Info = is_map(inet:info(C)),
    Mon = inet:monitor(C),
    Cancelled = inet:cancel_monitor(Mon),
    Closed = [inet:close(X) || X <- [C, S, L]],
    {Peers, Socks, Info, Cancelled, Closed}.
