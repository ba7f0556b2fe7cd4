% reference: OTP 27
%% trace_spec: functions that are newer than the release which can be asked, as in the users' guide (Match Specifications in Erlang).
-module(trace_spec_normal_27).
-export([start/0, f/1, g/2, outer/1]).
-include("../trace_spec.hrl").

start() ->
    show(fun() -> [said({max, '$1', 3}, X) || X <- [1, 5, a]] end),  % expect: [3,5,a]
    show(fun() -> [said({min, '$1', 3}, X) || X <- [1, 5, a]] end),  % expect: [1,3,3]
    show(fun() -> [said({F, '$1'}, X) || F <- [ceil, floor], X <- [1.5, -1.5, 2]] end),  % expect: [2,-1,2,1,-2,2]
    show(fun() -> [said({is_boolean, '$1'}, X) || X <- [true, false, a]] end),  % expect: [true,true,false]
    show(fun() -> [said({is_bitstring, '$1'}, X) || X <- [<<1:3>>, <<1>>, a]] end),  % expect: [true,true,false]
    show(fun() -> clauses([{['$1', '_'], [{'not', {silent}}], [{message, heard}]}], [[1, 0]]) end),  % expect: [{[1,0],heard}]
    show(fun() -> calls({?MODULE, f, 1}, [{[1], [], [{silent, true}]}, {[2], [{silent}], [{silent, false}, {message, again}]}], fun() -> f(2), f(1), f(1), f(2), f(2) end) end),  % expect: [[call,{trace_spec_normal_27,f,[2]},again]]
    show(fun() -> [{M, F, A} || [call, _, [{M, F, A, _} | _]] <- calls({?MODULE, f, 1}, [{'_', [], [{message, {current_stacktrace}}]}], fun() -> outer(1) end)] end),  % expect: [{trace_spec_normal_27,outer,1}]
    show(fun() -> [length(S) || [call, _, S] <- calls({?MODULE, f, 1}, [{'_', [], [{message, {current_stacktrace, 1}}]}], fun() -> outer(1) end)] end).  % expect: [1]
