%% system_monitor: edge.
-module(system_monitor_edge).
-export([start/0, big/0]).

-include("../system_monitor.hrl").

start() ->
    show(fun() -> begin erlang:system_monitor(self(), [{large_heap, 1000}]), R = mine(erlang:system_monitor()), erlang:system_monitor(undefined), R end end),  % expect: {self,[{large_heap,16384}]}
    show(fun() -> [{E, is_port(I)} || {E, I} <- events([busy_port], fun() -> Q = open_port({spawn, "sleep 1"}, []), spawn(fun() -> timer:sleep(60), exit(Q, kill) end), port_command(Q, binary:copy(<<1>>, 1000000)), port_command(Q, <<1>>) end)] end),  % expect: [{busy_port,true}]
    show(fun() -> events([{large_heap, 100000000}], fun() -> big() end) end),  % expect: []
    show(fun() -> begin P = spawn(fun() -> receive stop -> ok end end), erlang:system_monitor(P, [busy_port]), M = monitor(process, P), P ! stop, receive {'DOWN', M, _, _, _} -> ok end, timer:sleep(5), erlang:system_monitor() end end).  % expect: undefined
