%% port_command: error.
-module(bif_port_command_error).
-compile([export_all, nowarn_export_all]).
-include("../ports.hrl").

start() ->
    process_flag(trap_exit, true),
    show(fun() -> port_command(foo, "x") end),  % expect: error badarg
    show(fun() -> port_command(1, "x") end),  % expect: error badarg
    show(fun() -> begin P = cat(), port_close(P), port_command(P, "x") end end),  % expect: error badarg
    show(fun() -> erlang:port_command(cat(), "x", [foo]) end),  % expect: error badarg
    show(fun() -> erlang:port_command(cat(), "x", [force]) end),  % expect: error notsup
    show(fun() -> port_command(cat(), foo) end).  % expect: error badarg
