%% Options of sockets by their numbers: SO_REUSEADDR is 1, 2 and TCP_NODELAY 6, 1 where this was recorded.
-module(inet_raw_options).
-include("../show.hrl").

-define(ONE, <<1:32/native>>).

start() ->
    {ok, S} = gen_tcp:listen(0, [{reuseaddr, true}]),
    {ok, U} = gen_udp:open(0, []),
    show(fun() -> [inet:getopts(S, [O]) || O <- [{raw, 1, 2, 4}, {raw, 1, 2, <<0:32>>}, {raw, 1, 2, 8}, {raw, 1, 2, 2}, {raw, 1, 2, 0}, {raw, 1, 2, <<>>}, {raw, 6, 1, 4}, {raw, {1, 2, 4}}]] end),  % expect: [{ok,[{raw,1,2,<<1,0,0,0>>}]},{ok,[{raw,1,2,<<1,0,0,0>>}]},{ok,[{raw,1,2,<<1,0,0,0>>}]},{ok,[{raw,1,2,<<1,0>>}]},{ok,[{raw,1,2,<<>>}]},{ok,[{raw,1,2,<<>>}]},{ok,[{raw,6,1,<<0,0,0,0>>}]},{ok,[{raw,1,2,<<1,0,0,0>>}]}]
    show(fun() -> [inet:getopts(X, [{raw, 1, 999, 4}, reuseaddr, {raw, 1, 2, 1000}]) || X <- [S, U]] end),  % expect: [{ok,[{reuseaddr,true},{raw,1,2,<<1,0,0,0>>}]},{ok,[{reuseaddr,false},{raw,1,2,<<0,0,0,0>>}]}]
    show(fun() -> [inet:getopts(S, [O]) || O <- [{raw, 1, 2, -1}, {raw, 1, 2, foo}, {raw, a, 2, 4}, {raw, 1, 2}, {foo, 1, 2, 4}, {raw, {1, 2}}]] end),  % expect: [{error,einval},{error,einval},{error,einval},{error,einval},{error,einval},{error,einval}]
    show(fun() -> [inet:setopts(U, [O]) || O <- [{raw, 1, 2, ?ONE}, {raw, {1, 2, ?ONE}}, {raw, 1, 2, <<1>>}, {raw, 1, 999, ?ONE}, {raw, -1, 2, ?ONE}]] end),  % expect: [ok,ok,ok,ok,ok]
    show(fun() -> inet:getopts(U, [reuseaddr]) end),  % expect: {ok,[{reuseaddr,true}]}
    show(fun() -> [inet:setopts(U, [O]) || O <- [{raw, 1, 2, 4}, {raw, 1, 2, "abcd"}, {raw, 1, 2}, {raw, 1, 2, <<1:3>>}]] end),  % expect: [{error,einval},{error,einval},{error,einval},{error,einval}]
    show(fun() -> {ok, L} = gen_tcp:listen(0, [{raw, 1, 2, ?ONE}]), inet:getopts(L, [reuseaddr]) end),  % expect: {ok,[{reuseaddr,true}]}
    show(fun() -> {ok, L} = gen_udp:open(0, [{raw, 1, 2, ?ONE}]), inet:getopts(L, [reuseaddr]) end),  % expect: {ok,[{reuseaddr,true}]}
    show(fun() -> element(1, gen_tcp:listen(0, [{raw, 1, 999, ?ONE}])) end),  % expect: ok
    show(fun() -> [try gen_tcp:listen(0, [O]) catch C:R -> {C, R} end || O <- [{raw, 1, 2, 4}, {raw, 1, 2}]] end),  % expect: [{exit,badarg},{exit,badarg}]
    show(fun() -> {ok, P} = inet:port(S), {ok, C} = gen_tcp:connect("localhost", P, [{raw, 6, 1, ?ONE}]), inet:getopts(C, [nodelay, {raw, 6, 1, 4}]) end).  % expect: {ok,[{nodelay,true},{raw,6,1,<<1,0,0,0>>}]}
