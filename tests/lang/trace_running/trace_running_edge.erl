%% trace_running: edge.
-module(trace_running_edge).
-export([start/0, wait/0, server/0]).

-include("../trace_running.hrl").

start() ->
    show(fun() -> events([exiting, procs], wait, fun(P) -> exit(P, kill) end) end),  % expect: [{trace,p,exit,killed},{trace,p,out_exited,0}]
    show(fun() -> events([exiting, procs], wait, fun(P) -> exit(P, bye) end) end),  % expect: [{trace,p,exit,bye},{trace,p,out_exited,0}]
    show(fun() -> lists:sublist(events([running, 'receive', send], server, fun(P) -> ask(P), P ! stop end), 4) end),  % expect: [{trace,p,in,{trace_running_edge,server,0}},{trace,p,'receive',{pid,1}},{trace,p,send,{answer,1},pid},{trace,p,out,{trace_running_edge,server,0}}]
    show(fun() -> begin P = waiting(spawn(?MODULE, server, [])), erlang:trace(P, true, [garbage_collection]), true = erlang:garbage_collect(P), R = erlang:trace_delivered(P), receive {trace_delivered, P, R} -> ok end, Tags = [element(3, E) || E <- drain(P)], P ! stop, Tags end end),  % expect: [gc_major_start,gc_major_end]
    show(fun() -> begin P = waiting(spawn(?MODULE, server, [])), erlang:trace(P, true, [garbage_collection]), true = erlang:garbage_collect(P), R = erlang:trace_delivered(P), receive {trace_delivered, P, R} -> ok end, Keys = [[K || {K, _} <- element(4, E)] || E <- drain(P)], P ! stop, lists:usort(Keys) end end).  % expect: [[wordsize,old_heap_block_size,heap_block_size,mbuf_size,recent_size,stack_size,old_heap_size,heap_size,bin_vheap_size,bin_vheap_block_size,bin_old_vheap_size,bin_old_vheap_block_size]]
