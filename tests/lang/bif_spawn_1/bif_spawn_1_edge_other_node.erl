%% spawn_1: edge, other node.
-module(bif_spawn_1_edge_other_node).
-export([start/0, id/1]).
-include("../other_node.hrl").

start() ->
    process_flag(trap_exit, true),
    logger:set_primary_config(level, none),
    show(fun() -> silent(spawn(id('a@b'), fun() -> ok end)) end),  % expect: {{pid,true},no_exit}
    show(fun() -> silent(spawn(id('a@b'), lists, reverse, [[]])) end),  % expect: {{pid,true},no_exit}
    show(fun() -> silent(spawn(id('a@b'), id(fun(_) -> ok end))) end).  % expect: {{pid,true},no_exit}
