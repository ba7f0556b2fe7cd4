%% trace_processes: edge.
-module(trace_processes_edge).
-export([start/0, f/1, g/2, boom/1, outer/1, middle/1, inner/1, loop/1, server/0]).
-include("../traced.hrl").

start() ->
    show(fun() -> events([call, procs, set_on_spawn], [{{?MODULE, inner, 1}, [], [local]}], fun() -> Q = spawn(?MODULE, inner, [3]), M = monitor(process, Q), receive {'DOWN', M, _, _, _} -> ok end end) end),  % expect: [{trace,p,spawn,pid,{trace_processes_edge,inner,[3]}},{trace,pid,spawned,p,{trace_processes_edge,inner,[3]}},{trace,pid,call,{trace_processes_edge,inner,[3]}},{trace,pid,exit,normal}]
    show(fun() -> events([call, set_on_first_spawn], [{{?MODULE, inner, 1}, [], [local]}], fun() -> [begin {Q, M} = spawn_monitor(?MODULE, inner, [N]), receive {'DOWN', M, _, Q, _} -> ok end end || N <- [1, 2]] end) end),  % expect: [{trace,pid,call,{trace_processes_edge,inner,[1]}}]
    show(fun() -> events([send], [], fun() -> Q = spawn(?MODULE, server, []), exit(Q, kill), M = monitor(process, Q), receive {'DOWN', M, _, _, _} -> ok end, Q ! late end) end),  % expect: [{trace,p,send_to_non_existing_process,late,pid}]
    show(fun() -> events([send], [], fun() -> catch no_such_name ! x end) end),  % expect: [{trace,p,send,x,no_such_name}]
    show(fun() -> events(['receive'], [], fun() -> receive c -> ok after 0 -> ok end end) end),  % expect: [{trace,p,'receive',timeout}]
    show(fun() -> [T || E <- events([garbage_collection], [], fun() -> erlang:garbage_collect() end), T <- [element(3, E)], lists:member(T, [gc_major_start, gc_major_end])] end),  % expect: [gc_major_start,gc_major_end]
    show(fun() -> events([procs], [], fun() -> Q = spawn(?MODULE, server, []), link(Q), unlink(Q), exit(Q, kill) end) =/= [] end),  % expect: true
    show(fun() -> begin P = spawn(?MODULE, server, []), R = erlang:trace_delivered(P), receive {trace_delivered, P, R} -> delivered end end end).  % expect: delivered
