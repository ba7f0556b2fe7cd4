%% port_close: normal.
-module(bif_port_close_normal).
-compile([export_all, nowarn_export_all]).
-include("../ports.hrl").

start() ->
    process_flag(trap_exit, true),
    show(fun() -> begin P = cat(), [port_close(P) | take(P, 1)] end end),  % expect: [true,{'EXIT',port,normal}]
    show(fun() -> begin P = cat(), P ! {self(), close}, take(P, 2) end end).  % expect: [{'EXIT',port,normal},{port,closed}]
