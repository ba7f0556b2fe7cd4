%% Sockets without options, with an address as a map, and messages with ancillary data.
-module(gen_udp_addresses).
-include("../show.hrl").

start() ->
    show(fun() -> {ok, S} = gen_udp:open(0), {ok, Opts} = inet:getopts(S, [active, mode]), gen_udp:close(S), Opts end),  % expect: [{active,true},{mode,list}]
    show(fun() -> gen_udp:open(-1) end),  % expect: exit badarg
    show(fun() -> gen_udp:open(99999) end),  % expect: exit badarg
    {ok, U} = gen_udp:open(0, [{active, false}, binary, {ip, {127, 0, 0, 1}}]),
    {ok, Port} = inet:port(U),
    show(fun() -> [gen_udp:send(U, {127, 0, 0, 1}, Port, [], <<"x">>), from(gen_udp:recv(U, 0, 1000))] end),  % expect: [ok,{{127,0,0,1},<<"x">>}]
    show(fun() -> [gen_udp:send(U, "localhost", Port, [], ["y", <<"z">>]), from(gen_udp:recv(U, 0, 1000))] end),  % expect: [ok,{{127,0,0,1},<<"yz">>}]
    show(fun() -> gen_udp:send(U, {127, 0, 0, 1}, -1, [], <<"x">>) end),  % expect: error function_clause
    show(fun() -> gen_udp:send(foo, {127, 0, 0, 1}, Port, [], <<"x">>) end),  % expect: error function_clause
    show(fun() -> [gen_udp:connect(U, #{family => inet, addr => {127, 0, 0, 1}, port => Port}), gen_udp:send(U, <<"self">>), from(gen_udp:recv(U, 0, 1000))] end),  % expect: [ok,ok,{{127,0,0,1},<<"self">>}]
    show(fun() -> gen_udp:connect(foo, #{family => inet, addr => {127, 0, 0, 1}, port => 1}) end),  % expect: error function_clause
    show(fun() -> gen_udp:close(U), [gen_udp:connect(U, #{family => inet, addr => {127, 0, 0, 1}, port => Port}), gen_udp:send(U, {127, 0, 0, 1}, Port, [], <<"x">>)] end).  % expect: [{error,closed},{error,closed}]

from({ok, {Ip, _, Bytes}}) -> {Ip, Bytes};
from(Other) -> Other.
