%% Names and locks of a node that is alone.
-module(global_more).
-include("../show.hrl").

start() ->
    show(fun() -> global:register_name(gl_a, self(), fun global:random_exit_name/3) end),
    show(fun() -> global:register_name(gl_a, self(), fun global:random_exit_name/3) end),
    show(fun() -> global:re_register_name(gl_a, self(), fun global:random_notify_name/3) end),
    show(fun() -> global:whereis_name(gl_a) =:= self() end),
    show(fun() -> global:set_lock({res, me}, [node()]) end),
    show(fun() -> global:set_lock({res, other}, [node()], 0) end),
    show(fun() -> global:del_lock({res, me}, [node()]) end),
    show(fun() -> global:trans({res, me}, fun() -> in_lock end, [node()]) end),
    show(fun() -> global:sync() end),
    show(fun() -> lists:member(global:random_exit_name(n, spawn(fun wait/0), spawn(fun wait/0)), [none]) orelse picked end),
    show(fun() -> [is_pid(global:random_notify_name(n, spawn(fun wait/0), spawn(fun wait/0)))] end).

wait() -> receive never -> ok end.
