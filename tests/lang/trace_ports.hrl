%% What the tests of tracing ports share: the events of the ports that a process opens.
-include("named.hrl").

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

cat() -> open_port({spawn, "cat"}, [binary]).
