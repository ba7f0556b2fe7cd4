%% port_command: error.
-module(bif_port_command_error).
-compile([export_all, nowarn_export_all]).

start() ->
    process_flag(trap_exit, true),
    show(fun() -> port_command(foo, "x") end),  % expect: error badarg
    show(fun() -> port_command(1, "x") end),  % expect: error badarg
    show(fun() -> begin P = cat(), port_close(P), port_command(P, "x") end end),  % expect: error badarg
    show(fun() -> erlang:port_command(cat(), "x", [foo]) end),  % expect: error badarg
    show(fun() -> erlang:port_command(cat(), "x", [force]) end),  % expect: error notsup
    show(fun() -> port_command(cat(), foo) end).  % expect: error badarg

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
