%% open_port: normal.
-module(bif_open_port_normal).
-compile([export_all, nowarn_export_all]).
-include("../ports.hrl").

start() ->
    process_flag(trap_exit, true),
    show(fun() -> begin P = open_port({spawn, "echo hello; exit 3"}, [exit_status]), take(P, 3) end end),  % expect: [{port,{data,"hello\n"}},{port,{exit_status,0}},{'EXIT',port,normal}]
    show(fun() -> begin P = open_port({spawn, "echo hello"}, []), take(P, 2) end end),  % expect: [{port,{data,"hello\n"}},{'EXIT',port,normal}]
    show(fun() -> begin P = open_port({spawn_executable, "/bin/sh"}, [{args, ["-c", "echo $0 $1 $FOO $HOME", "A", "B"]}, {env, [{"FOO", "bar"}, {"HOME", false}]}, exit_status]), take(P, 3) end end),  % expect: [{port,{data,"A B bar\n"}},{port,{exit_status,0}},{'EXIT',port,normal}]
    show(fun() -> begin P = open_port({spawn, "cat"}, [binary, {packet, 2}]), port_command(P, "abc"), R = take(P, 1), port_close(P), R ++ take(P, 1) end end),  % expect: [{port,{data,<<"abc">>}},{'EXIT',port,normal}]
    show(fun() -> begin P = open_port({spawn, "sh -c 'exit 3'"}, [exit_status]), take(P, 2) end end).  % expect: [{port,{exit_status,3}},{'EXIT',port,normal}]
