%% port_connect: error.
-module(bif_port_connect_error).
-compile([export_all, nowarn_export_all]).
-include("../ports.hrl").

start() ->
    process_flag(trap_exit, true),
    show(fun() -> port_connect(foo, self()) end),  % expect: error badarg
    show(fun() -> port_connect(cat(), foo) end),  % expect: error badarg
    show(fun() -> begin P = cat(), port_close(P), port_connect(P, self()) end end),  % expect: error badarg
    show(fun() -> begin {Pid, Ref} = spawn_monitor(fun() -> ok end), receive {'DOWN', Ref, _, _, _} -> ok end, port_connect(cat(), Pid) end end).  % expect: error badarg
