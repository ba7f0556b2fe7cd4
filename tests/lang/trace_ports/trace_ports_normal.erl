%% trace_ports: normal.
-module(trace_ports_normal).
-export([start/0]).

-include("../trace_ports.hrl").

start() ->
    show(fun() -> events([ports], fun() -> P = cat(), port_close(P) end) end),  % expect: [{trace,port,open,p,cat},{trace,port,getting_linked,p},{trace,port,closed,normal}]
    show(fun() -> events([ports, send, 'receive'], fun() -> P = cat(), P ! {self(), {command, "hi"}}, receive {P, {data, _}} -> ok end, port_command(P, "ho"), receive {P, {data, _}} -> ok end, port_close(P) end) end),  % expect: [{trace,port,open,p,cat},{trace,port,getting_linked,p},{trace,port,'receive',{p,{command,<<104,105>>}}},{trace,port,send,{port,{data,<<104,105>>}},p},{trace,port,'receive',{p,{command,<<104,111>>}}},{trace,port,send,{port,{data,<<104,111>>}},p},{trace,port,'receive',{p,close}},{trace,port,closed,normal}]
    show(fun() -> events([ports], fun() -> P = cat(), unlink(P), link(P), register(traced_cat, P), unregister(traced_cat), register(traced_cat, P), port_close(P) end) end),  % expect: [{trace,port,open,p,cat},{trace,port,getting_linked,p},{trace,port,getting_unlinked,p},{trace,port,getting_linked,p},{trace,port,register,traced_cat},{trace,port,unregister,traced_cat},{trace,port,register,traced_cat},{trace,port,closed,normal},{trace,port,unregister,traced_cat}]
    show(fun() -> [tuple_size(E) || E <- events([ports, timestamp], fun() -> P = cat(), port_close(P) end)] end).  % expect: [6,5,5]
