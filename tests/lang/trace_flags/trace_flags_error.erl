%% trace_flags: error.
-module(trace_flags_error).
-export([start/0, server/0]).

start() ->
    show(fun() -> on_server([zork]) end),  % expect: error badarg
    show(fun() -> on_server([call | send]) end),  % expect: error badarg
    show(fun() -> on_server(call) end),  % expect: error badarg
    show(fun() -> on_server([{tracer, self(), x, y}]) end),  % expect: error badarg
    show(fun() -> on_server([{tracer, atom}]) end),  % expect: error badarg
    show(fun() -> on_server([{tracer, {a, b}}]) end),  % expect: error badarg
    show(fun() -> on_server([{tracer, no_such_module_at_all, state}]) end),  % expect: error undef
    show(fun() -> on_server([cpu_timestamp]) end),  % expect: error badarg
    show(fun() -> erlang:trace(all, yes, [call]) end),  % expect: error badarg
    show(fun() -> erlang:trace(nobody_here, true, [call]) end),  % expect: error badarg
    show(fun() -> erlang:trace({0, 1, 0}, true, [call]) end),  % expect: error badarg
    show(fun() -> erlang:trace("<0.1.0>", true, [call]) end),  % expect: error badarg
    show(fun() -> erlang:trace(self(), true, []) end),  % expect: 1
    show(fun() -> on_server([]) end),  % expect: {1,[]}
    show(fun() -> on_server(['receive', receives]) end),  % expect: error badarg
    show(fun() -> erlang:trace_info(nobody_here, flags) end),  % expect: error badarg
    show(fun() -> erlang:trace_info(all, flags) end),  % expect: error badarg
    show(fun() -> erlang:trace_info(new, zork) end),  % expect: error badarg
    show(fun() -> erlang:trace_info(new, flags) end),  % expect: {flags,[]}
    show(fun() -> erlang:trace_info(new_processes, tracer) end),  % expect: {tracer,[]}
    show(fun() -> begin P = spawn(fun() -> ok end), M = monitor(process, P), receive {'DOWN', M, _, _, _} -> erlang:trace_info(P, flags) end end end).  % expect: undefined

server() -> receive stop -> ok end.

on_server(Flags) ->
    P = spawn(?MODULE, server, []),
    try erlang:trace(P, true, Flags) of
        N -> {N, lists:sort(element(2, erlang:trace_info(P, flags)))}
    after
        exit(P, kill)
    end.

show(F) ->
    try F() of
        V -> io:format("~w~n", [V])
    catch
        C:R -> io:format("~w ~w~n", [C, R])
    end.
