%% trace_info: edge. Functions without anything set, counters that are not there, functions that are not there, processes of every kind.
-module(trace_info_edge).
-export([start/0, f/1]).
-include("../trace_set.hrl").

start() ->
    show(fun() -> set([]) end),  % expect: [{all,false},{traced,false},{match_spec,false},{meta,false},{meta_match_spec,false},{call_count,false},{call_time,false}]
    show(fun() -> set([{pause, [call_count]}]) end),  % expect: [{all,false},{traced,false},{match_spec,false},{meta,false},{meta_match_spec,false},{call_count,false},{call_time,false}]
    show(fun() -> set([{restart, [call_count]}]) end),  % expect: [{all,false},{traced,false},{match_spec,false},{meta,false},{meta_match_spec,false},{call_count,false},{call_time,false}]
    show(fun() -> set([{restart, [call_time]}]) end),  % expect: [{all,false},{traced,false},{match_spec,false},{meta,false},{meta_match_spec,false},{call_count,false},{call_time,false}]
    show(fun() -> set([{true, [global]}, {restart, [call_count]}]) end),  % expect: [{all,false},{traced,false},{match_spec,false},{meta,false},{meta_match_spec,false},{call_count,false},{call_time,false}]
    show(fun() -> set([{true, [global]}, {pause, [call_time]}]) end),  % expect: [{all,false},{traced,false},{match_spec,false},{meta,false},{meta_match_spec,false},{call_count,false},{call_time,false}]
    show(fun() -> set([{true, [global]}, {false, [call_count]}]) end),  % expect: [{all,[{traced,global},{match_spec,[]},{meta,false},{meta_match_spec,false},{call_time,false},{call_count,false}]},{traced,global},{match_spec,[]},{meta,[]},{meta_match_spec,false},{call_count,false},{call_time,false}]
    show(fun() -> set([{true, [global]}, {false, [local]}]) end),  % expect: [{all,[{traced,global},{match_spec,[]},{meta,false},{meta_match_spec,false},{call_time,false},{call_count,false}]},{traced,global},{match_spec,[]},{meta,[]},{meta_match_spec,false},{call_count,false},{call_time,false}]
    show(fun() -> set([{true, [local]}, {false, [global]}]) end),  % expect: [{all,[{traced,local},{match_spec,[]},{meta,false},{meta_match_spec,false},{call_time,false},{call_count,false}]},{traced,local},{match_spec,[]},{meta,[]},{meta_match_spec,false},{call_count,false},{call_time,false}]
    show(fun() -> set([{true, [local]}, {false, []}]) end),  % expect: [{all,[{traced,local},{match_spec,[]},{meta,false},{meta_match_spec,false},{call_time,false},{call_count,false}]},{traced,local},{match_spec,[]},{meta,[]},{meta_match_spec,false},{call_count,false},{call_time,false}]
    show(fun() -> set([{true, []}]) end),  % expect: [{all,[{traced,global},{match_spec,[]},{meta,false},{meta_match_spec,false},{call_time,false},{call_count,false}]},{traced,global},{match_spec,[]},{meta,[]},{meta_match_spec,false},{call_count,false},{call_time,false}]
    show(fun() -> set([{[], [local]}]) end),  % expect: [{all,[{traced,local},{match_spec,[]},{meta,false},{meta_match_spec,false},{call_time,false},{call_count,false}]},{traced,local},{match_spec,[]},{meta,[]},{meta_match_spec,false},{call_count,false},{call_time,false}]
    show(fun() -> [erlang:trace_info({lists, keyfind, 3}, I) || I <- [flags, tracer, zork, traced, all]] end),  % expect: [{flags,false},{tracer,false},{zork,false},{traced,false},{all,false}]
    show(fun() -> [erlang:trace_info(F, traced) || F <- [{lists, seq, 20}, {no_such_module, f, 1}, {?MODULE, f, -1}, {?MODULE, f, 256}, {?MODULE, f, 2}]] end),  % expect: [{traced,undefined},{traced,undefined},{traced,undefined},{traced,undefined},{traced,undefined}]
    show(fun() -> [erlang:trace_info(F, all) || F <- [{lists, seq, 20}, {no_such_module, f, 1}, {erlang, self, 0}]] end),  % expect: [{all,undefined},{all,undefined},{all,false}]
    show(fun() -> on_load([local], false) end),  % expect: [{all,false},{traced,false},{match_spec,false},{meta,false},{meta_match_spec,false},{call_count,false},{call_time,false}]
    show(fun() -> erlang:trace_pattern(on_load, pause, [call_count]) end),  % expect: 0
    show(fun() -> [erlang:trace_info(new, I) || I <- [flags, tracer]] end),  % expect: [{flags,[]},{tracer,[]}]
    show(fun() -> [erlang:trace_info(self(), I) || I <- [flags, tracer]] end),  % expect: [{flags,[]},{tracer,[]}]
    show(fun() -> [erlang:trace_pattern({?MODULE, nosuch, 1}, true, [local]), erlang:trace_pattern({?MODULE, f, '_'}, false, [local]), erlang:trace_pattern({?MODULE, f, 1}, true)] end),  % expect: [0,1,1]
    show(fun() -> [erlang:trace_info({?MODULE, f, 1}, traced), erlang:trace_pattern({?MODULE, f, 1}, false), erlang:trace_info({?MODULE, f, 1}, traced)] end).  % expect: [{traced,global},1,{traced,false}]
