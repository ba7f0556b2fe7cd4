%% port_close: edge.
-module(bif_port_close_edge).
-compile([export_all, nowarn_export_all]).
-include("../ports.hrl").

start() ->
    process_flag(trap_exit, true),
    show(fun() -> begin P = cat(), unlink(P), [port_close(P) | receive M -> [M] after 50 -> [] end] end end),  % expect: [true]
    show(fun() -> begin P = cat(), R = monitor(port, P), port_close(P), [element(1, M) || M <- take(P, 2), is_reference(R)] end end),  % expect: ['EXIT','DOWN']
    show(fun() -> begin P = cat(), {Pid, Ref} = spawn_monitor(fun() -> receive {p, Q} -> link(Q), port_close(Q), receive after 50 -> ok end end end), Pid ! {p, P}, receive {'DOWN', Ref, _, _, Why} -> Why end end end).  % expect: normal
