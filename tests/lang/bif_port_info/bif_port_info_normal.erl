%% port_info: normal.
-module(bif_port_info_normal).
-compile([export_all, nowarn_export_all]).

start() ->
    process_flag(trap_exit, true),
    show(fun() -> erlang:port_info(cat(), name) end),  % expect: {name,"cat"}
    show(fun() -> begin P = cat(), erlang:port_info(P, connected) =:= {connected, self()} end end),  % expect: true
    show(fun() -> begin P = cat(), erlang:port_info(P, links) =:= {links, [self()]} end end),  % expect: true
    show(fun() -> begin P = cat(), port_command(P, "abc"), take(P, 1), [erlang:port_info(P, input), erlang:port_info(P, output)] end end),  % expect: [{input,3},{output,3}]
    show(fun() -> [K || {K, _} <- erlang:port_info(cat())] end),  % expect: [name,links,id,connected,input,output,os_pid]
    show(fun() -> begin P = cat(), lists:member(P, erlang:ports()) end end).  % expect: true

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
