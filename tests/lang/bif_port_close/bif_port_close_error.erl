%% port_close: error.
-module(bif_port_close_error).
-compile([export_all, nowarn_export_all]).
-include("../ports.hrl").

start() ->
    process_flag(trap_exit, true),
    show(fun() -> port_close(foo) end),  % expect: error badarg
    show(fun() -> port_close(self()) end),  % expect: error badarg
    show(fun() -> begin P = cat(), port_close(P), port_close(P) end end).  % expect: error badarg
