%% trace_calls: normal.
-module(trace_calls_normal).
-export([start/0, f/1, g/2, boom/1, outer/1, middle/1, inner/1, loop/1, server/0, top/0]).
-include("../traced.hrl").

start() ->
    show(fun() -> events([call], [{{?MODULE, f, 1}, [], [local]}, {{?MODULE, g, 2}, [], [local]}], fun() -> f(1) end) end),  % expect: [{trace,p,call,{trace_calls_normal,f,[1]}},{trace,p,call,{trace_calls_normal,g,[1,1]}}]
    show(fun() -> events([call, arity], [{{?MODULE, f, 1}, true, [local]}, {{?MODULE, g, 2}, true, [local]}], fun() -> f(1) end) end),  % expect: [{trace,p,call,{trace_calls_normal,f,1}},{trace,p,call,{trace_calls_normal,g,2}}]
    show(fun() -> events([call], [{{?MODULE, f, 1}, [{'_', [], [{return_trace}]}], [local]}, {{?MODULE, g, 2}, [{'_', [], [{return_trace}]}], [local]}], fun() -> f(1) end) end),  % expect: [{trace,p,call,{trace_calls_normal,f,[1]}},{trace,p,call,{trace_calls_normal,g,[1,1]}},{trace,p,return_from,{trace_calls_normal,g,2},2},{trace,p,return_from,{trace_calls_normal,f,1},3}]
    show(fun() -> events([call], [{{?MODULE, boom, 1}, [{'_', [], [{exception_trace}]}], [local]}], fun() -> catch boom(1) end) end),  % expect: [{trace,p,call,{trace_calls_normal,boom,[1]}},{trace,p,exception_from,{trace_calls_normal,boom,1},{error,{bad,1}}}]
    show(fun() -> events([call, return_to], [{{?MODULE, outer, 1}, [], [local]}, {{?MODULE, middle, 1}, [], [local]}, {{?MODULE, inner, 1}, [], [local]}], fun() -> top() end) end),  % expect: [{trace,p,call,{trace_calls_normal,outer,[1]}},{trace,p,call,{trace_calls_normal,middle,[1]}},{trace,p,call,{trace_calls_normal,inner,[1]}},{trace,p,return_to,{trace_calls_normal,middle,1}},{trace,p,return_to,{trace_calls_normal,outer,1}},{trace,p,return_to,{trace_calls_normal,top,0}}]
    show(fun() -> events([call], [{{?MODULE, inner, 1}, [{'_', [], [{message, {caller}}]}], [local]}], fun() -> outer(1) end) end),  % expect: [{trace,p,call,{trace_calls_normal,inner,[1]},{trace_calls_normal,middle,1}}]
    show(fun() -> events([call], [{{?MODULE, inner, 1}, [{['$1'], [{'>', '$1', 3}], [{message, {{big, '$1'}}}]}, {['_'], [], [{message, small}]}], [local]}], fun() -> inner(1), inner(5) end) end),  % expect: [{trace,p,call,{trace_calls_normal,inner,[1]},small},{trace,p,call,{trace_calls_normal,inner,[5]},{big,5}}]
    show(fun() -> events([call], [{{lists, seq, 2}, [{'_', [], [{return_trace}]}], [global]}, {{?MODULE, inner, 1}, [], [global]}], fun() -> lists:seq(1, 3), inner(1), ?MODULE:inner(2) end) end),  % expect: [{trace,p,call,{lists,seq,[1,3]}},{trace,p,return_from,{lists,seq,2},[1,2,3]},{trace,p,call,{trace_calls_normal,inner,[2]}}]
    show(fun() -> events([call], [{{lists, keyfind, 3}, true, [global]}], fun() -> lists:keyfind(1, 1, [{1}]) end) end),  % expect: [{trace,p,call,{lists,keyfind,[1,1,[{1}]]}}]
    show(fun() -> begin 1 = erlang:trace_pattern({?MODULE, inner, 1}, true, [call_count]), inner(1), inner(2), N = erlang:trace_info({?MODULE, inner, 1}, call_count), erlang:trace_pattern({?MODULE, inner, 1}, false, [call_count]), {N, erlang:trace_info({?MODULE, inner, 1}, call_count)} end end).  % expect: {{call_count,2},{call_count,false}}

top() -> X = outer(1), {X}.
