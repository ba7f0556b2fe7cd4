%% open_port: edge.
-module(bif_open_port_edge).
-compile([export_all, nowarn_export_all]).
-include("../ports.hrl").

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
