%% spawn_opt: edge, other node.
-module(bif_spawn_opt_edge_other_node).
-export([start/0, id/1]).
-include("../other_node.hrl").

start() ->
    process_flag(trap_exit, true),
    logger:set_primary_config(level, none),
    show(fun() -> silent(spawn_opt(id('a@b'), fun() -> ok end, [])) end),  % expect: {{pid,true},no_exit}
    show(fun() -> exits(spawn_opt(id('a@b'), fun() -> ok end, [link])) end),  % expect: {{pid,true},{exit,noconnection}}
    show(fun() -> ends(spawn_opt(id('a@b'), fun() -> ok end, [monitor])) end),  % expect: {pid_and_ref,true,{'DOWN',noconnection}}
    show(fun() -> ends(spawn_opt(id('a@b'), lists, reverse, [[]], [{monitor, [{tag, gone}]}, {priority, low}])) end).  % expect: {pid_and_ref,true,{gone,noconnection}}
