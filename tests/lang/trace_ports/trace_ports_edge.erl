%% trace_ports: edge.
-module(trace_ports_edge).
-export([start/0]).

-include("../trace_ports.hrl").

start() ->
    show(fun() -> events([ports, 'receive'], fun() -> P = cat(), Q = spawn(fun() -> receive x -> ok end end), port_connect(P, Q), unlink(P), Q ! x end) end),  % expect: [{trace,port,open,p,cat},{trace,port,getting_linked,p},{trace,port,getting_linked,pid},{trace,port,'receive',{p,{connect,pid}}},{trace,port,getting_unlinked,p},{trace,port,'receive',{pid,close}},{trace,port,closed,normal}]
    show(fun() -> events([ports, 'receive'], fun() -> P = cat(), process_flag(trap_exit, true), exit(P, bye), receive {'EXIT', P, _} -> ok end end) end),  % expect: [{trace,port,open,p,cat},{trace,port,getting_linked,p},{trace,port,'receive',{p,close}},{trace,port,closed,bye}]
    show(fun() -> [E || E <- events([ports, send], fun() -> P = open_port({spawn, "true"}, [exit_status]), receive {P, {exit_status, _}} -> ok end, gone(P) end), element(3, E) =/= send orelse is_tuple(element(2, element(4, E))) andalso element(1, element(2, element(4, E))) =:= exit_status] end),  % expect: [{trace,port,open,p,true},{trace,port,getting_linked,p},{trace,port,send,{port,{exit_status,0}},p},{trace,port,closed,normal}]
    show(fun() -> begin P = cat(), A = [erlang:trace(P, true, [ports]), erlang:trace_info(P, flags), erlang:trace_info(P, tracer) =:= {tracer, self()}, erlang:trace(P, false, [ports]), erlang:trace_info(P, flags), erlang:trace_info(P, tracer)], port_close(P), [erlang:trace_info(P, flags) | A] end end),  % expect: [undefined,1,{flags,[ports]},true,1,{flags,[]},{tracer,[]}]
    show(fun() -> [erlang:trace(new_ports, true, [ports, send]), erlang:trace_info(new_ports, flags), erlang:trace_info(new, flags), erlang:trace(new_ports, false, [all]), erlang:trace_info(new_ports, flags)] end),  % expect: [0,{flags,[ports,send]},{flags,[]},0,{flags,[]}]
    show(fun() -> begin P = cat(), A = erlang:trace(existing_ports, true, [ports]) > 0, B = erlang:trace_info(P, flags), C = erlang:trace(ports, false, [all]) > 0, D = erlang:trace_info(P, flags), port_close(P), [A, B, C, D] end end).  % expect: [true,{flags,[ports]},true,{flags,[]}]

gone(P) -> erlang:port_info(P) =:= undefined orelse begin timer:sleep(1), gone(P) end.
