%% system_monitor: edge.
-module(system_monitor_edge).
-export([start/0, big/0]).

-include("../system_monitor.hrl").

start() ->
    show(fun() -> begin erlang:system_monitor(self(), [{large_heap, 1000}]), R = mine(erlang:system_monitor()), erlang:system_monitor(undefined), R end end),  % expect: {self,[{large_heap,16384}]}
    show(fun() -> busy() end),  % expect: [{busy_port,true}]
    show(fun() -> no_events([{large_heap, 100000000}], fun() -> big() end) end),  % expect: []
    show(fun() -> begin P = spawn(fun() -> receive stop -> ok end end), erlang:system_monitor(P, [busy_port]), M = monitor(process, P), P ! stop, receive {'DOWN', M, _, _, _} -> ok end, unmonitored(500) end end).  % expect: undefined

%% A program that does not read is written to until the writer has to wait.
busy() ->
    erlang:system_monitor(self(), [busy_port]),
    {P, M} = spawn_monitor(fun() ->
        Q = open_port({spawn, "sleep 10 2>/dev/null"}, []),
        port_command(Q, binary:copy(<<1>>, 1000000)),
        port_command(Q, <<1>>)
    end),
    Seen = receive {monitor, P, Event, Q} -> exit(Q, kill), [{Event, is_port(Q)}] end,
    receive {'DOWN', M, _, _, _} -> ok end,
    erlang:system_monitor(undefined),
    Seen ++ drain(P).

%% Who monitors the system, once that has nothing to do any more.
unmonitored(0) -> erlang:system_monitor();
unmonitored(N) -> case erlang:system_monitor() of undefined -> undefined; _ -> timer:sleep(10), unmonitored(N - 1) end.
