%% port_close: edge.
-module(bif_port_close_edge).
-compile([export_all, nowarn_export_all]).

start() ->
    process_flag(trap_exit, true),
    show(fun() -> begin P = cat(), unlink(P), [port_close(P) | flush(P)] end end),  % expect: [true]
    show(fun() -> begin P = cat(), R = monitor(port, P), port_close(P), [element(1, M) || M <- take(P, 2), is_reference(R)] end end),  % expect: ['EXIT','DOWN']
    show(fun() -> begin P = cat(), {Pid, Ref} = spawn_monitor(fun() -> receive {p, Q} -> link(Q), port_close(Q), receive after 50 -> ok end end end), Pid ! {p, P}, receive {'DOWN', Ref, _, _, Why} -> Why end end end).  % expect: normal

id(X) -> X.

%% Messages of a port until it is quiet, with the port's own identifier written as `port`.
flush(P) ->
    receive M -> [renamed(M, P) | flush(P)]
    after 200 -> []
    end.

%% The same, until that many have come.
take(_, 0) -> [];
take(P, N) ->
    receive M -> [renamed(M, P) | take(P, N - 1)]
    after 3000 -> [none]
    end.

renamed(P, P) -> port;
renamed(T, P) when is_tuple(T) -> list_to_tuple([renamed(E, P) || E <- tuple_to_list(T)]);
renamed(X, _) -> X.

cat() -> open_port({spawn, "cat"}, [binary]).

%% What ports of earlier lines had still to say.
drain() ->
    receive _ -> drain()
    after 30 -> ok
    end.

show(F) ->
    drain(),
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
