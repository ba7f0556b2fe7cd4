%% port_info: edge.
-module(bif_port_info_edge).
-compile([export_all, nowarn_export_all]).

start() ->
    process_flag(trap_exit, true),
    show(fun() -> begin P = cat(), port_close(P), [erlang:port_info(P), erlang:port_info(P, name), lists:member(P, erlang:ports())] end end),  % expect: [undefined,undefined,false]
    show(fun() -> erlang:port_info(nosuchport) end),  % expect: undefined
    show(fun() -> erlang:port_info(cat(), registered_name) end),  % expect: []
    show(fun() -> begin P = cat(), register(info_port, P), [erlang:port_info(P, registered_name), erlang:port_info(info_port, name), hd(erlang:port_info(P))] end end),  % expect: [{registered_name,info_port},{name,"cat"},{registered_name,info_port}]
    show(fun() -> begin P = cat(), monitor(port, P), erlang:port_info(P, monitored_by) =:= {monitored_by, [self()]} end end),  % expect: true
    show(fun() -> is_integer(element(2, erlang:port_info(cat(), os_pid))) end),  % expect: true
    show(fun() -> begin P = cat(), [erlang:port_set_data(P, {a, 1}), erlang:port_get_data(P)] end end).  % expect: [true,{a,1}]

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
