%% port_connect: edge.
-module(bif_port_connect_edge).
-compile([export_all, nowarn_export_all]).
-include("../ports.hrl").

start() ->
    process_flag(trap_exit, true),
    show(fun() -> begin P = cat(), port_connect(P, self()) end end),  % expect: true
    show(fun() -> begin P = cat(), {Pid, Ref} = spawn_monitor(fun() -> receive stop -> ok end end), port_connect(P, Pid), Pid ! stop, receive {'DOWN', Ref, _, _, _} -> ok end, take(P, 1) end end).  % expect: [{'EXIT',port,normal}]
