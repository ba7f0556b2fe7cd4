%% trace_calls: error.
-module(trace_calls_error).
-export([start/0, f/1, g/2, boom/1, outer/1, middle/1, inner/1, loop/1, server/0]).
-include("../traced.hrl").

start() ->
    show(fun() -> erlang:trace_pattern({?MODULE, '_', 1}, true, [local]) end),  % expect: error badarg
    show(fun() -> erlang:trace_pattern({?MODULE, f, 1}, [{nonsense}], [local]) end),  % expect: error badarg
    show(fun() -> erlang:trace_pattern({?MODULE, f, 1}, [{'_', [], [{nosuch}]}], [local]) end),  % expect: error badarg
    show(fun() -> erlang:trace_pattern({?MODULE, f, 1}, [{['$1'], [{'>', '$2', 1}], []}], [local]) end),  % expect: error badarg
    show(fun() -> erlang:trace_pattern({?MODULE, f, 1}, true, [local, global]) end),  % expect: error badarg
    show(fun() -> erlang:trace_pattern({?MODULE, f, 1}, true, [zork]) end),  % expect: error badarg
    show(fun() -> erlang:trace_pattern(f, true, [local]) end),  % expect: error badarg
    show(fun() -> erlang:trace_pattern({?MODULE, nosuch, 1}, true, [local]) end),  % expect: 0
    show(fun() -> erlang:trace_pattern({no_such_module, f, 1}, true, [local]) end),  % expect: 0
    show(fun() -> erlang:trace_pattern(send, [{'_', [], [{caller}]}], []) end),  % expect: error badarg
    show(fun() -> erlang:trace(self(), 'maybe', [call]) end),  % expect: error badarg
    show(fun() -> erlang:trace(self(), true, [zork]) end),  % expect: error badarg
    show(fun() -> erlang:trace(self(), true, [call]) end),  % expect: 1
    show(fun() -> erlang:trace(pid, true, [call]) end),  % expect: error badarg
    show(fun() -> erlang:trace_info({?MODULE, nosuch, 3}, all) end),  % expect: {all,undefined}
    show(fun() -> erlang:trace_info(self(), zork) end),  % expect: error badarg
    show(fun() -> erlang:match_spec_test([1, 2], [{['$1', '$2'], [], [{message, '$1'}]}], trace) end).  % expect: {ok,1,[],[]}
