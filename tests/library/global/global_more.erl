%% Names and locks of a node that is alone.
-module(global_more).
-include("../show.hrl").

start() ->
    show(fun() -> global:register_name(gl_a, self(), fun global:random_exit_name/3) end),  % expect: yes
    show(fun() -> global:register_name(gl_a, self(), fun global:random_exit_name/3) end),  % expect: no
    show(fun() -> global:re_register_name(gl_a, self(), fun global:random_notify_name/3) end),  % expect: yes
    show(fun() -> global:whereis_name(gl_a) =:= self() end),  % expect: true
    show(fun() -> global:set_lock({res, me}, [node()]) end),  % expect: true
    show(fun() -> global:set_lock({res, other}, [node()], 0) end),  % expect: false
    show(fun() -> global:del_lock({res, me}, [node()]) end),  % expect: true
    show(fun() -> global:trans({res, me}, fun() -> in_lock end, [node()]) end),  % expect: in_lock
    show(fun() -> global:sync() end),  % expect: ok
    show(fun() -> lists:member(global:random_exit_name(n, spawn(fun wait/0), spawn(fun wait/0)), [none]) orelse picked end),  % expect: picked
    show(fun() -> [is_pid(global:random_notify_name(n, spawn(fun wait/0), spawn(fun wait/0)))] end).  % expect: [true]

wait() -> receive never -> ok end.
