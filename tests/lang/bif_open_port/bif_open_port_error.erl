%% open_port: error.
-module(bif_open_port_error).
-compile([export_all, nowarn_export_all]).

start() ->
    process_flag(trap_exit, true),
    show(fun() -> open_port({spawn_executable, "/nonexistent"}, []) end),  % expect: error enoent
    show(fun() -> open_port({spawn_executable, "/etc/passwd"}, []) end),  % expect: error eacces
    show(fun() -> open_port({spawn, 1}, []) end),  % expect: error badarg
    show(fun() -> open_port({spawn, {a}}, []) end),  % expect: error badarg
    show(fun() -> open_port({spawn, ""}, []) end),  % expect: error badarg
    show(fun() -> open_port({spawn, "cat"}, [foo]) end),  % expect: error badarg
    show(fun() -> open_port({spawn, "cat"}, [{packet, 3}]) end),  % expect: error badarg
    show(fun() -> open_port({spawn, "cat"}, [{args, ["a"]}]) end),  % expect: error badarg
    show(fun() -> open_port({spawn, "cat"}, foo) end),  % expect: error badarg
    show(fun() -> open_port({nosuch, "cat"}, []) end),  % expect: error badarg
    show(fun() -> open_port(1, []) end).  % expect: error badarg

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
