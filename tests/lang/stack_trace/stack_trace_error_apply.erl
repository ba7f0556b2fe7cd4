%% stack_trace: error, apply.
-module(stack_trace_error_apply).
-export([start/0, id/1]).
-include("../frame.hrl").

start() ->
    show(fun() -> frame(fun() -> (id(1)):foo(a, b) end) end),  % expect: {error,badarg,{erlang,apply,[1,foo,[a,b]]}}
    show(fun() -> frame(fun() -> (id(lists)):(id("reverse"))([a]) end) end),  % expect: {error,badarg,{erlang,apply,[lists,"reverse",[[a]]]}}
    show(fun() -> frame(fun() -> apply(id({lists}), reverse, [[a]]) end) end),  % expect: {error,badarg,{erlang,apply,[{lists},reverse,[[a]]]}}
    show(fun() -> frame(fun() -> apply(id(lists), id(1), [[a]]), ok end) end),  % expect: {error,badarg,{erlang,apply,[lists,1,[[a]]]}}
    show(fun() -> frame(fun() -> apply(lists, reverse, id([a | b])) end) end),  % expect: {error,badarg,{erlang,apply,[lists,reverse,[a|b]]}}
    show(fun() -> frame(fun() -> apply(id(a), [b]) end) end),  % expect: {error,{badfun,a},{stack_trace_error_apply,'-start/0-fun-10-',0}}
    show(fun() -> frame(fun() -> erlang:apply(id(fun lists:reverse/1), id(x)) end) end).  % expect: {error,badarg,{erlang,apply,[fun lists:reverse/1,x]}}
