%% open_port: edge.
-module(bif_open_port_edge).
-compile([export_all, nowarn_export_all]).

start() ->
    process_flag(trap_exit, true),
    show(fun() -> begin P = open_port({spawn, "printf 'a\\nbb\\nlonglongline\\nrest'"}, [{line, 5}, binary]), take(P, 7) end end),  % expect: [{port,{data,{eol,<<"a">>}}},
    % expect:  {port,{data,{eol,<<"bb">>}}},
    % expect:  {port,{data,{noeol,<<"longl">>}}},
    % expect:  {port,{data,{noeol,<<"ongli">>}}},
    % expect:  {port,{data,{eol,<<"ne">>}}},
    % expect:  {port,{data,{noeol,<<"rest">>}}},
    % expect:  {'EXIT',port,normal}]
    show(fun() -> begin P = open_port({spawn, "kill -9 $$"}, [exit_status]), take(P, 2) end end),  % expect: [{port,{exit_status,137}},{'EXIT',port,normal}]
    show(fun() -> begin P = open_port({spawn, "true"}, [eof]), R = take(P, 1), port_close(P), R ++ take(P, 1) end end),  % expect: [{port,eof},{'EXIT',port,normal}]
    show(fun() -> begin P = open_port({spawn, "pwd"}, [{cd, "/"}]), take(P, 2) end end),  % expect: [{port,{data,"/\n"}},{'EXIT',port,normal}]
    show(fun() -> begin P = open_port({spawn, "cat <&3 >&4"}, [nouse_stdio]), port_command(P, "x"), R = take(P, 1), port_close(P), R ++ take(P, 1) end end),  % expect: [{port,{data,"x"}},{'EXIT',port,normal}]
    show(fun() -> begin P = open_port({spawn, "sh -c 'echo err >&2'"}, [stderr_to_stdout, binary]), take(P, 2) end end),  % expect: [{port,{data,<<"err\n">>}},{'EXIT',port,normal}]
    show(fun() -> begin P = open_port({spawn, "cat"}, [in]), port_command(P, "x"), take(P, 1) end end),  % expect: [{'EXIT',port,ebadf}]
    show(fun() -> begin P = cat(), exit(P, kill), take(P, 1) end end),  % expect: [{'EXIT',port,killed}]
    show(fun() -> begin P = cat(), exit(P, normal), take(P, 1) end end).  % expect: [{'EXIT',port,normal}]

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
