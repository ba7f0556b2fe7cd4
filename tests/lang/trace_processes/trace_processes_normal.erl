%% trace_processes: normal.
-module(trace_processes_normal).
-export([start/0, f/1, g/2, boom/1, outer/1, middle/1, inner/1, loop/1, server/0]).
-include("../traced.hrl").

start() ->
    show(fun() -> events([procs], [], fun() -> Q = spawn_link(?MODULE, server, []), Q ! stop, M = monitor(process, Q), receive {'DOWN', M, _, _, _} -> ok end end) end),  % expect: [{trace,p,spawn,pid,{trace_processes_normal,server,[]}},{trace,p,link,pid},{trace,p,getting_unlinked,pid}]
    show(fun() -> events([procs], [], fun() -> register(foo_reg, self()), unregister(foo_reg) end) end),  % expect: [{trace,p,register,foo_reg},{trace,p,unregister,foo_reg}]
    show(fun() -> events([send], [], fun() -> self() ! a, {self(), b} end) end),  % expect: [{trace,p,send,a,p}]
    show(fun() -> events(['receive'], [], fun() -> self() ! a, receive a -> ok end end) end),  % expect: [{trace,p,'receive',a}]
    show(fun() -> events(['receive'], [], fun() -> receive b -> ok after 1 -> ok end end) end),  % expect: [{trace,p,'receive',timeout}]
    show(fun() -> events([send], [{send, [{['_', '$1'], [{is_atom, '$1'}], [{message, {{'$1', x}}}]}], []}], fun() -> self() ! a, self() ! {b}, self() ! c end) end),  % expect: [{trace,p,send,a,p,{a,x}},{trace,p,send,c,p,{c,x}}]
    show(fun() -> events(['receive'], [{'receive', [{['$1', '$2', {'_'}], [], []}], []}], fun() -> self() ! a, self() ! {b}, receive {b} -> ok end end) end),  % expect: [{trace,p,'receive',{b}}]
    show(fun() -> begin P = spawn(?MODULE, server, []), 1 = erlang:trace(P, true, [send, procs]), I = [erlang:trace_info(P, flags), norm(erlang:trace_info(P, tracer), [{self(), me}])], exit(P, kill), {_, L} = hd(I), {lists:sort(L), tl(I)} end end).  % expect: {[procs,send],[{tracer,me}]}
