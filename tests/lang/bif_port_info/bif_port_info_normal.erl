%% port_info: normal.
-module(bif_port_info_normal).
-compile([export_all, nowarn_export_all]).
-include("../ports.hrl").

start() ->
    process_flag(trap_exit, true),
    show(fun() -> erlang:port_info(cat(), name) end),  % expect: {name,"cat"}
    show(fun() -> begin P = cat(), erlang:port_info(P, connected) =:= {connected, self()} end end),  % expect: true
    show(fun() -> begin P = cat(), erlang:port_info(P, links) =:= {links, [self()]} end end),  % expect: true
    show(fun() -> begin P = cat(), port_command(P, "abc"), take(P, 1), [erlang:port_info(P, input), erlang:port_info(P, output)] end end),  % expect: [{input,3},{output,3}]
    show(fun() -> [K || {K, _} <- erlang:port_info(cat())] end),  % expect: [name,links,id,connected,input,output,os_pid]
    show(fun() -> begin P = cat(), lists:member(P, erlang:ports()) end end).  % expect: true
