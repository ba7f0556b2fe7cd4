%% port_info: error.
-module(bif_port_info_error).
-compile([export_all, nowarn_export_all]).
-include("../ports.hrl").

start() ->
    process_flag(trap_exit, true),
    show(fun() -> erlang:port_info(1) end),  % expect: error badarg
    show(fun() -> erlang:port_info(cat(), foo) end),  % expect: error badarg
    show(fun() -> erlang:port_info(self(), name) end),  % expect: error badarg
    show(fun() -> port_control(cat(), 1, "x") end),  % expect: error badarg
    show(fun() -> erlang:port_call(cat(), 1, x) end).  % expect: error badarg
