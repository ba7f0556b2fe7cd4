%% spawn_link: error, other node.
-module(bif_spawn_link_error_other_node).
-export([start/0, id/1]).
-include("../frame.hrl").

start() ->
    show(fun() -> frame(fun() -> spawn_link(id(1), fun lists:reverse/1) end) end),  % expect: {error,badarg,{erlang,spawn_link,[1,erlang,apply,[fun lists:reverse/1,[]]]}}
    show(fun() -> frame(fun() -> spawn_link(id('a@b'), id(1)) end) end),  % expect: {error,badarg,{erlang,spawn_link,[a@b,1]}}
    show(fun() -> frame(fun() -> spawn_link(id('a@b'), lists, reverse, id(x)) end) end).  % expect: {error,badarg,{erlang,spawn_link,[a@b,lists,reverse,x]}}
