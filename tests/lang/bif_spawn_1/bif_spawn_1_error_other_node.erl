%% spawn_1: error, other node.
-module(bif_spawn_1_error_other_node).
-export([start/0, id/1]).
-include("../frame.hrl").

start() ->
    show(fun() -> frame(fun() -> spawn(id(1), fun lists:reverse/1) end) end),  % expect: {error,badarg,{erlang,spawn,[1,erlang,apply,[fun lists:reverse/1,[]]]}}
    show(fun() -> frame(fun() -> spawn(id('a@b'), id(1)) end) end),  % expect: {error,badarg,{erlang,spawn,[a@b,1]}}
    show(fun() -> frame(fun() -> spawn(id('a@b'), lists, id(1), []) end) end),  % expect: {error,badarg,{erlang,spawn,[a@b,lists,1,[]]}}
    show(fun() -> frame(fun() -> spawn(id('a@b'), lists, reverse, id([a | b])) end) end).  % expect: {error,badarg,{erlang,spawn,[a@b,lists,reverse,[a|b]]}}
