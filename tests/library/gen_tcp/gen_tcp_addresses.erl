%% Connecting with an address as a map, and bytes that are put back.
-module(gen_tcp_addresses).
-include("../show.hrl").

start() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}]),
    {ok, Port} = inet:port(L),
    Address = #{family => inet, addr => {127, 0, 0, 1}, port => Port},
    {ok, C} = gen_tcp:connect(Address, [binary, {active, false}]),
    {ok, S} = gen_tcp:accept(L),
    show(fun() -> [gen_tcp:send(S, "abc"), gen_tcp:recv(C, 2)] end),  % expect: [ok,{ok,<<"ab">>}]
    show(fun() -> [gen_tcp:unrecv(C, <<"zz">>), gen_tcp:recv(C, 0), gen_tcp:recv(C, 0)] end),  % expect: [ok,{ok,<<"zz">>},{ok,<<"c">>}]
    show(fun() -> [gen_tcp:unrecv(C, <<>>), gen_tcp:unrecv(C, "k"), gen_tcp:recv(C, 0)] end),  % expect: [ok,ok,{ok,<<"k">>}]
    show(fun() -> [gen_tcp:close(C), gen_tcp:unrecv(C, <<"a">>)] end),  % expect: [ok,{error,closed}]
    show(fun() -> gen_tcp:unrecv(foo, <<>>) end),  % expect: error function_clause
    show(fun() -> gen_tcp:connect(Address#{port => 1}, []) end),  % expect: {error,econnrefused}
    show(fun() -> gen_tcp:connect(Address, [odd]) end),  % expect: exit badarg
    show(fun() -> gen_tcp:connect(#{}, []) end),  % expect: error function_clause
    show(fun() -> {ok, C2} = gen_tcp:connect(Address, [{active, false}], 1000), gen_tcp:close(C2) end).  % expect: ok
