%% trace_calls: edge.
-module(trace_calls_edge).
-export([start/0, f/1, g/2, boom/1, outer/1, middle/1, inner/1, loop/1, server/0]).
-include("../traced.hrl").

start() ->
    show(fun() -> events([call], [{{?MODULE, loop, 1}, [{'_', [], [{return_trace}]}], [local]}], fun() -> loop(3) end) end),  % expect: [{trace,p,call,{trace_calls_edge,loop,[3]}},{trace,p,call,{trace_calls_edge,loop,[2]}},{trace,p,call,{trace_calls_edge,loop,[1]}},{trace,p,call,{trace_calls_edge,loop,[0]}},{trace,p,return_from,{trace_calls_edge,loop,1},done},{trace,p,return_from,{trace_calls_edge,loop,1},done},{trace,p,return_from,{trace_calls_edge,loop,1},done},{trace,p,return_from,{trace_calls_edge,loop,1},done}]
    show(fun() -> events([call], [{{?MODULE, inner, 1}, [{'_', [], [{message, false}, {return_trace}]}], [local]}], fun() -> inner(1) end) end),  % expect: [{trace,p,return_from,{trace_calls_edge,inner,1},1}]
    show(fun() -> events([call, silent], [{{?MODULE, inner, 1}, [{[2], [], [{silent, false}]}, {[4], [], [{silent, true}]}, {'_', [], []}], [local]}], fun() -> [inner(N) || N <- [1, 2, 3, 4, 5]] end) end),  % expect: [{trace,p,call,{trace_calls_edge,inner,[2]}},{trace,p,call,{trace_calls_edge,inner,[3]}}]
    show(fun() -> events([call], [{{?MODULE, inner, 1}, [{'_', [], [{enable_trace, send}]}], [local]}], fun() -> inner(1), self() ! hej end) end),  % expect: [{trace,p,call,{trace_calls_edge,inner,[1]}},{trace,p,send,hej,p}]
    show(fun() -> events([call], [{{?MODULE, g, 2}, [{['$1', '$2'], [], [{message, ['$$', '$_', {{'$2'}}, {const, {a}}, {self}]}]}], [local]}], fun() -> g(1, 2) end) end),  % expect: [{trace,p,call,{trace_calls_edge,g,[1,2]},[[1,2],[1,2],{2},{a},p]}]
    show(fun() -> events([call], [{{erlang, list_to_atom, 1}, [{'_', [], [{exception_trace}]}], [local]}], fun() -> catch list_to_atom(self()) end) end),  % expect: [{trace,p,call,{erlang,list_to_atom,[p]}},{trace,p,exception_from,{erlang,list_to_atom,1},{error,badarg}}]
    show(fun() -> events([call], [{{?MODULE, inner, 1}, [{['$1'], [{'not', {is_atom, '$1'}}, {'orelse', {'<', '$1', 2}, {'==', {'rem', '$1', 2}, 0}}], []}], [local]}], fun() -> [inner(N) || N <- [a, 1, 2, 3, 4]] end) end),  % expect: [{trace,p,call,{trace_calls_edge,inner,[1]}},{trace,p,call,{trace_calls_edge,inner,[2]}},{trace,p,call,{trace_calls_edge,inner,[4]}}]
    show(fun() -> events([call], [{{?MODULE, inner, 1}, [{[#{k => '$1'}], [], [{message, '$1'}]}], [local]}], fun() -> inner(#{k => v, l => w}), inner(#{}) end) end),  % expect: [{trace,p,call,{trace_calls_edge,inner,[#{k => v,l => w}]},v}]
    show(fun() -> [element(1, E) || E <- events([call, timestamp], [{{?MODULE, inner, 1}, [], [local]}], fun() -> inner(1) end), element(3, E) =:= call] end),  % expect: [trace_ts]
    show(fun() -> [{element(1, E), element(3, E)} || E <- events([], [{{?MODULE, inner, 1}, [{'_', [], [{return_trace}]}], [meta]}], fun() -> inner(1) end)] end),  % expect: [{trace_ts,call},{trace_ts,return_from}]
    show(fun() -> begin erlang:trace_pattern({?MODULE, inner, 1}, [{'_', [], [{return_trace}]}], [local]), I = erlang:trace_info({?MODULE, inner, 1}, all), erlang:trace_pattern({?MODULE, inner, 1}, false, [local]), {I, erlang:trace_info({?MODULE, inner, 1}, all)} end end).  % expect: {{all,[{traced,local},{match_spec,[{'_',[],[{return_trace}]}]},{meta,false},{meta_match_spec,false},{call_time,false},{call_count,false}]},{all,false}}
