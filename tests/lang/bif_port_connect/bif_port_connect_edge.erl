%% port_connect: edge.
-module(bif_port_connect_edge).
-compile([export_all, nowarn_export_all]).

start() ->
    process_flag(trap_exit, true),
    show(fun() -> begin P = cat(), port_connect(P, self()) end end),  % expect: true
    show(fun() -> begin P = cat(), {Pid, Ref} = spawn_monitor(fun() -> receive stop -> ok end end), port_connect(P, Pid), Pid ! stop, receive {'DOWN', Ref, _, _, _} -> ok end, take(P, 1) end end).  % expect: [{'EXIT',port,normal}]

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
