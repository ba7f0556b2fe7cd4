%% port_command: edge.
-module(bif_port_command_edge).
-compile([export_all, nowarn_export_all]).
-include("../ports.hrl").

start() ->
    process_flag(trap_exit, true),
    show(fun() -> begin P = cat(), register(cat_port, P), R = port_command(cat_port, "x"), M = take(P, 1), port_close(P), [R, whereis(cat_port) | M] end end),  % expect: [true,undefined,{port,{data,<<"x">>}}]
    show(fun() -> begin P = open_port({spawn, "cat"}, [{packet, 1}]), R = port_command(P, lists:duplicate(300, 1)), [R | take(P, 1)] end end),  % expect: [true,{'EXIT',port,einval}]
    show(fun() -> begin P = cat(), P ! foo, [M] = take(P, 1), port_close(P), M end end),  % expect: {'EXIT',port,badsig}
    show(fun() -> begin P = cat(), Me = self(), Q = spawn(fun() -> P ! {self(), {command, "x"}}, receive still_there -> Me ! survived end end), R = take(P, 1), Q ! still_there, R ++ take(P, 1) end end).  % expect: [{'EXIT',port,badsig},survived]
