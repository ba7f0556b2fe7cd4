%% system_monitor: normal.
-module(system_monitor_normal).
-export([start/0, big/0]).

-include("../system_monitor.hrl").

start() ->
    show(fun() -> mine(erlang:system_monitor()) end),  % expect: undefined
    show(fun() -> [mine(X) || X <- [erlang:system_monitor(self(), [{long_gc, 10}, {large_heap, 100000}, busy_port, busy_dist_port, {long_schedule, 100}]), erlang:system_monitor(), erlang:system_monitor(undefined), erlang:system_monitor()]] end),  % expect: [undefined,{self,[busy_dist_port,busy_port,{large_heap,100000},{long_schedule,100},{long_gc,10}]},{self,[busy_dist_port,busy_port,{large_heap,100000},{long_schedule,100},{long_gc,10}]},undefined]
    show(fun() -> [mine(X) || X <- [erlang:system_monitor({self(), [busy_port]}), erlang:system_monitor(self(), []), erlang:system_monitor()]] end),  % expect: [undefined,{self,[busy_port]},undefined]
    show(fun() -> lists:usort([E || {E, _} <- events([{large_heap, 50000}], fun() -> big() end)]) end),  % expect: [large_heap]
    show(fun() -> [K || {K, _} <- element(2, hd(events([{large_heap, 50000}], fun() -> big() end)))] end),  % expect: [old_heap_block_size,heap_block_size,mbuf_size,stack_size,old_heap_size,heap_size]
    show(fun() -> [mine(X) || X <- [erlang:system_profile(), erlang:system_profile(self(), [runnable_procs, exclusive]), erlang:system_profile(), erlang:system_profile(undefined, []), erlang:system_profile()]] end),  % expect: [undefined,undefined,{self,[exclusive,runnable_procs]},{self,[exclusive,runnable_procs]},undefined]
    show(fun() -> hd(profiled([runnable_procs], fun() -> receive after 3 -> ok end end)) end).  % expect: active
