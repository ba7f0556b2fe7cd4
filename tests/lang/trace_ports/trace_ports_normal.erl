%% trace_ports: normal.
-module(trace_ports_normal).
-export([start/0]).

start() ->
    show(fun() -> events([ports], fun() -> P = cat(), port_close(P) end) end),  % expect: [{trace,port,open,p,cat},{trace,port,getting_linked,p},{trace,port,closed,normal}]
    show(fun() -> events([ports, send, 'receive'], fun() -> P = cat(), P ! {self(), {command, "hi"}}, receive {P, {data, _}} -> ok end, port_command(P, "ho"), receive {P, {data, _}} -> ok end, port_close(P) end) end),  % expect: [{trace,port,open,p,cat},{trace,port,getting_linked,p},{trace,port,'receive',{p,{command,<<104,105>>}}},{trace,port,send,{port,{data,<<104,105>>}},p},{trace,port,'receive',{p,{command,<<104,111>>}}},{trace,port,send,{port,{data,<<104,111>>}},p},{trace,port,'receive',{p,close}},{trace,port,closed,normal}]
    show(fun() -> events([ports], fun() -> P = cat(), unlink(P), link(P), register(traced_cat, P), unregister(traced_cat), register(traced_cat, P), port_close(P) end) end),  % expect: [{trace,port,open,p,cat},{trace,port,getting_linked,p},{trace,port,getting_unlinked,p},{trace,port,getting_linked,p},{trace,port,register,traced_cat},{trace,port,unregister,traced_cat},{trace,port,register,traced_cat},{trace,port,closed,normal},{trace,port,unregister,traced_cat}]
    show(fun() -> [tuple_size(E) || E <- events([ports, timestamp], fun() -> P = cat(), port_close(P) end)] end).  % expect: [6,5,5]

events(Flags, Fun) ->
    Tracer = spawn(fun() -> collect([]) end),
    erlang:trace(new_ports, true, [{tracer, Tracer} | Flags]),
    {P, M} = spawn_monitor(Fun),
    receive {'DOWN', M, _, _, _} -> ok end,
    timer:sleep(10),
    erlang:trace(new_ports, false, [all]),
    erlang:trace(ports, false, [all]),
    Tracer ! {get, self()},
    receive {Tracer, Events} -> norm(Events, [{P, p}]) end.

collect(Got) -> receive {get, From} -> From ! {self(), lists:reverse(Got)}; M -> collect([M | Got]) end.

cat() -> open_port({spawn, "cat"}, [binary]).

norm(T, Names) when is_pid(T) -> proplists:get_value(T, Names, pid);
norm(T, _) when is_port(T) -> port;
norm(T, Names) when is_tuple(T) -> list_to_tuple([norm(E, Names) || E <- tuple_to_list(T)]);
norm([H | T], Names) -> [norm(H, Names) | norm(T, Names)];
norm(T, _) -> T.

show(F) ->
    try F() of
        V -> io:format("~w~n", [V])
    catch
        C:R -> io:format("~w ~w~n", [C, R])
    end.
