%% What runs in place of a process that was to start on a node which cannot be reached: it warns, and ends with the reason.
-module(erts_internal_crasher).
-include("../show.hrl").

start() ->
    logger:set_primary_config(level, none),
    show(fun() -> why(spawn_monitor(erts_internal, crasher, ['a@b', m, f, [1, "x"], [], why])) end),  % expect: why
    show(fun() -> why(spawn_monitor(erts_internal, crasher, ['a@b', m, f, [], [link, {priority, low}], why])) end),  % expect: why
    show(fun() -> erts_internal:crasher('a@b', m, f, [], [], why) end),  % expect: exit why
    show(fun() -> why(spawn_opt('a@b', lists, reverse, [[1]], [monitor, {fullsweep_after, 0}])) end).  % expect: noconnection

why({P, M}) -> receive {'DOWN', M, process, P, R} -> R end.
