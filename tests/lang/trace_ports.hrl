%% What the tests of tracing ports share: the events of the ports that a process opens.
-include("named.hrl").

events(Flags, Fun) ->
    Tracer = spawn(fun() -> collect([]) end),
    erlang:trace(new_ports, true, [{tracer, Tracer} | Flags]),
    {P, M} = spawn_monitor(Fun),
    receive {'DOWN', M, _, _, _} -> ok end,
    closed(Tracer),
    erlang:trace(new_ports, false, [all]),
    erlang:trace(ports, false, [all]),
    Tracer ! {get, self()},
    receive {Tracer, Events} -> norm(Events, [{P, p}]) end.

%% Until every port that was opened is closed, and all is told of it.
closed(Tracer) ->
    Tracer ! {so_far, self()},
    Kinds = receive {Tracer, Events} -> [element(3, E) || E <- Events] end,
    Count = fun(Kind) -> length([K || K <- Kinds, K =:= Kind]) end,
    case Count(open) =:= Count(closed) of
        true ->
            R = erlang:trace_delivered(all),
            receive {trace_delivered, all, R} -> ok end;
        false ->
            timer:sleep(1),
            closed(Tracer)
    end.

cat() -> open_port({spawn, "cat"}, [binary]).
