%% port_command: normal.
-module(bif_port_command_normal).
-compile([export_all, nowarn_export_all]).
-include("../ports.hrl").

start() ->
    process_flag(trap_exit, true),
    show(fun() -> begin P = cat(), R = port_command(P, "abc"), M = take(P, 1), port_close(P), [R | M] end end),  % expect: [true,{port,{data,<<"abc">>}}]
    show(fun() -> begin P = cat(), P ! {self(), {command, <<"xyz">>}}, M = take(P, 1), port_close(P), M end end),  % expect: [{port,{data,<<"xyz">>}}]
    show(fun() -> begin P = cat(), R = erlang:port_command(P, ["a", [<<"b">>]], [nosuspend]), M = take(P, 1), port_close(P), [R | M] end end).  % expect: [true,{port,{data,<<"ab">>}}]
