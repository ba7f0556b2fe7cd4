%% spawn_monitor: error, other node.
-module(bif_spawn_monitor_error_other_node).
-export([start/0, id/1]).
-include("../frame.hrl").

start() ->
    show(fun() -> frame(fun() -> spawn_monitor(id('a@b'), id(1)) end) end),  % expect: {error,badarg,{erlang,spawn_monitor,[a@b,1]}}
    show(fun() -> frame(fun() -> spawn_monitor(id('a@b'), lists, reverse, id(x)) end) end),  % expect: {error,badarg,{erlang,spawn_monitor,[a@b,lists,reverse,x]}}
    show(fun() -> spawn_monitor(id(fun(_) -> ok end)) end),  % expect: error badarg
    show(fun() -> spawn_monitor(id('a@b'), id(fun(_) -> ok end)) end).  % expect: error badarg
