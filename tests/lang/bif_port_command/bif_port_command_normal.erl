%% port_command: normal.
-module(bif_port_command_normal).
-compile([export_all, nowarn_export_all]).

start() ->
    process_flag(trap_exit, true),
    show(fun() -> begin P = cat(), R = port_command(P, "abc"), M = take(P, 1), port_close(P), [R | M] end end),  % expect: [true,{port,{data,<<"abc">>}}]
    show(fun() -> begin P = cat(), P ! {self(), {command, <<"xyz">>}}, M = take(P, 1), port_close(P), M end end),  % expect: [{port,{data,<<"xyz">>}}]
    show(fun() -> begin P = cat(), R = erlang:port_command(P, ["a", [<<"b">>]], [nosuspend]), M = take(P, 1), port_close(P), [R | M] end end).  % expect: [true,{port,{data,<<"ab">>}}]

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
