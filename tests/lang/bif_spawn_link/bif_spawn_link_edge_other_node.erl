%% spawn_link: edge, other node.
-module(bif_spawn_link_edge_other_node).
-export([start/0, id/1]).
-include("../other_node.hrl").

start() ->
    process_flag(trap_exit, true),
    logger:set_primary_config(level, none),
    show(fun() -> exits(spawn_link(id('a@b'), fun() -> ok end)) end),  % expect: {{pid,true},{exit,noconnection}}
    show(fun() -> exits(spawn_link(id('a@b'), lists, reverse, [[]])) end).  % expect: {{pid,true},{exit,noconnection}}
