%% stack_trace: edge, maps as guards.
-module(stack_trace_edge_maps_as_guards).
-export([start/0, id/1]).
-include("../frame.hrl").

start() ->
    show(fun() -> frame(fun() -> maps:get(a, id(#{})) end) end),  % expect: {error,{badkey,a},{erlang,map_get,[a,#{}]}}
    show(fun() -> frame(fun() -> maps:get(a, id(b)) end) end),  % expect: {error,{badmap,b},{erlang,map_get,[a,b]}}
    show(fun() -> frame(fun() -> map_get(a, id(#{})) end) end),  % expect: {error,{badkey,a},{erlang,map_get,[a,#{}]}}
    show(fun() -> frame(fun() -> maps:is_key(a, id(b)) end) end),  % expect: {error,{badmap,b},{erlang,is_map_key,[a,b]}}
    show(fun() -> frame(fun() -> maps:size(id(b)) end) end),  % expect: {error,{badmap,b},{erlang,map_size,[b]}}
    show(fun() -> frame(fun() -> apply(maps, id(size), [b]) end) end),  % expect: {error,{badmap,b},{maps,size,[b]}}
    show(fun() -> frame(fun() -> maps:find(a, id(b)) end) end).  % expect: {error,{badmap,b},{maps,find,[a,b]}}
