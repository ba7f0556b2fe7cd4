%% port_info: edge.
-module(bif_port_info_edge).
-compile([export_all, nowarn_export_all]).
-include("../ports.hrl").

start() ->
    process_flag(trap_exit, true),
    show(fun() -> begin P = cat(), port_close(P), [erlang:port_info(P), erlang:port_info(P, name), lists:member(P, erlang:ports())] end end),  % expect: [undefined,undefined,false]
    show(fun() -> erlang:port_info(nosuchport) end),  % expect: undefined
    show(fun() -> erlang:port_info(cat(), registered_name) end),  % expect: []
    show(fun() -> begin P = cat(), register(info_port, P), [erlang:port_info(P, registered_name), erlang:port_info(info_port, name), hd(erlang:port_info(P))] end end),  % expect: [{registered_name,info_port},{name,"cat"},{registered_name,info_port}]
    show(fun() -> begin P = cat(), monitor(port, P), erlang:port_info(P, monitored_by) =:= {monitored_by, [self()]} end end),  % expect: true
    show(fun() -> is_integer(element(2, erlang:port_info(cat(), os_pid))) end),  % expect: true
    show(fun() -> begin P = cat(), [erlang:port_set_data(P, {a, 1}), erlang:port_get_data(P)] end end).  % expect: [true,{a,1}]
