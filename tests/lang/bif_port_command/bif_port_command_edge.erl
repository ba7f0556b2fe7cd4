%% port_command: edge.
-module(bif_port_command_edge).
-compile([export_all, nowarn_export_all]).

start() ->
    process_flag(trap_exit, true),
    show(fun() -> begin P = cat(), register(cat_port, P), R = port_command(cat_port, "x"), M = take(P, 1), port_close(P), [R, whereis(cat_port) | M] end end),  % expect: [true,undefined,{port,{data,<<"x">>}}]
    show(fun() -> begin P = open_port({spawn, "cat"}, [{packet, 1}]), R = port_command(P, lists:duplicate(300, 1)), [R | take(P, 1)] end end),  % expect: [true,{'EXIT',port,einval}]
    show(fun() -> begin P = cat(), P ! foo, [M] = take(P, 1), port_close(P), M end end),  % expect: {'EXIT',port,badsig}
    show(fun() -> begin P = cat(), Me = self(), spawn(fun() -> P ! {self(), {command, "x"}}, receive after 100 -> Me ! survived end end), take(P, 2) end end).  % expect: [{'EXIT',port,badsig},survived]

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
