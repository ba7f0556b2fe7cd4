%% trace_processes: error.
-module(trace_processes_error).
-export([start/0, f/1, g/2, boom/1, outer/1, middle/1, inner/1, loop/1, server/0]).
-include("../traced.hrl").

start() ->
    show(fun() -> begin P = spawn(?MODULE, server, []), erlang:trace(P, true, [call]), Q = spawn(?MODULE, server, []), erlang:trace(P, true, [call, {tracer, Q}]) end end),  % expect: error badarg
    show(fun() -> begin P = spawn(?MODULE, server, []), erlang:trace(P, true, [call, {tracer, P}]) end end),  % expect: 1
    show(fun() -> begin P = spawn(?MODULE, inner, [1]), M = monitor(process, P), receive {'DOWN', M, _, _, _} -> ok end, erlang:trace(P, true, [call]) end end),  % expect: error badarg
    show(fun() -> begin P = spawn(?MODULE, server, []), erlang:trace(P, false, [call]) end end),  % expect: 1
    show(fun() -> erlang:trace(new, true, [{tracer, no_pid}]) end),  % expect: error badarg
    show(fun() -> erlang:trace_delivered(zork) end),  % expect: error badarg
    show(fun() -> erlang:trace_pattern(send, true, [local]) end),  % expect: error badarg
    show(fun() -> erlang:trace_pattern('receive', [{['$1'], [], [{return_trace}]}], []) end).  % expect: 1
