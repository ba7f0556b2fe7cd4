%% trace_ports: error.
-module(trace_ports_error).
-export([start/0]).

start() ->
    show(fun() -> begin P = open_port({spawn, "cat"}, []), port_close(P), erlang:trace(P, true, [ports]) end end),  % expect: error badarg
    show(fun() -> erlang:trace(new_ports, true, [nonsense]) end),  % expect: error badarg
    show(fun() -> erlang:trace(some_ports, true, [ports]) end),  % expect: error badarg
    show(fun() -> begin P = open_port({spawn, "cat"}, []), port_close(P), erlang:trace(self(), true, [call, {tracer, P}]) end end),  % expect: 1
    show(fun() -> begin P = open_port({spawn, "cat"}, []), T = spawn(fun() -> receive stop -> ok end end), erlang:trace(P, true, [ports, {tracer, T}]), A = (catch erlang:trace(P, true, [send])), port_close(P), T ! stop, element(1, element(2, A)) end end).  % expect: badarg

show(F) ->
    try F() of
        V -> io:format("~w~n", [V])
    catch
        C:R -> io:format("~w ~w~n", [C, R])
    end.
