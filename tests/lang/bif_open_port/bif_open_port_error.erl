%% open_port: error.
-module(bif_open_port_error).
-compile([export_all, nowarn_export_all]).
-include("../ports.hrl").

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
