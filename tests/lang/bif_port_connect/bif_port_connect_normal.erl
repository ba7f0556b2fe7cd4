%% port_connect: normal.
-module(bif_port_connect_normal).
-compile([export_all, nowarn_export_all]).
-include("../ports.hrl").

start() ->
    process_flag(trap_exit, true),
    show(fun() -> begin P = cat(), Pid = spawn(fun() -> receive stop -> ok end end), R = port_connect(P, Pid), C = erlang:port_info(P, connected) =:= {connected, Pid}, unlink(P), exit(Pid, kill), [R, C] end end),  % expect: [true,true]
    show(fun() -> begin P = cat(), Me = self(), Pid = spawn(fun() -> receive M -> Me ! {other, element(2, M)} end end), P ! {self(), {connect, Pid}}, take(P, 1) end end).  % expect: [{port,connected}]
