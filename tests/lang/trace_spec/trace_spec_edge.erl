%% trace_spec: edge. Exceptions in conditions and actions, heads of every shape, many variables.
-module(trace_spec_edge).
-export([start/0, f/1, g/2, outer/1]).
-include("../trace_spec.hrl").

start() ->
    show(fun() -> clauses([{['$1', '_'], [{hd, '$1'}], [{message, first}]}, {'_', [], [{message, second}]}], [[[true], 0], [[false], 0], [a, 0]]) end),  % expect: [{[[true],0],first},{[[false],0],second},{[a,0],second}]
    show(fun() -> clauses([{['$1', '_'], ['$1'], []}], [[true, 0], [false, 0], [a, 0], [1, 0]]) end),  % expect: [[true,0]]
    show(fun() -> clauses([{['$1', '_'], [{'not', '$1'}], []}], [[true, 0], [false, 0], [a, 0]]) end),  % expect: [[false,0]]
    show(fun() -> clauses([{['$1', '_'], [{'or', '$1', true}], []}], [[true, 0], [a, 0]]) end),  % expect: [[true,0]]
    show(fun() -> clauses([{['$1', '_'], [{'orelse', '$1', true}], []}], [[true, 0], [a, 0], [false, 0]]) end),  % expect: [[true,0],[false,0]]
    show(fun() -> clauses([{['$1', '_'], [{'andalso', '$1', true}], []}], [[true, 0], [a, 0], [false, 0]]) end),  % expect: [[true,0]]
    show(fun() -> [said(E, a) || E <- [{hd, '$1'}, {'+', '$1', 1}, {element, 3, {{'$1'}}}, {'div', 1, 0}, {map_get, k, '$1'}, {length, '$1'}, {binary_part, <<"ab">>, 1, 5}, {'bsl', '$1', 1}]] end),  % expect: ['EXIT','EXIT','EXIT','EXIT','EXIT','EXIT','EXIT','EXIT']
    show(fun() -> [said(E, a) || E <- [{{}}, {{{{'$1'}}}}, {const, '$1'}, {const, {element, 1, x}}, {{const, {a}}}, [{self}], [{'$1'} || false]]] end),  % expect: [{},{{a}},'$1',{element,1,x},refused,[pid],[]]
    show(fun() -> [said({'-', {'+', '$1', '$1'}, {'*', 2, '$1'}}, 1 bsl 70), said({'*', '$1', '$1'}, 1 bsl 40), said({abs, '$1'}, -(1 bsl 70))] end),  % expect: [0,1208925819614629174706176,1180591620717411303424]
    show(fun() -> said2('_', '$$', [1, 2]) end),  % expect: []
    show(fun() -> [said2(H, x, [[1, 2, 3], {a, b, c}]) || H <- [[['_' | '$1'], '_'], [['_', '_', '_'], {'_', '_', '_'}], [['_', '_'], '_'], ['$1', {'_', '_'}], [[1 | ['$2' | '_']], {a, '$2', '_'}]]] end),  % expect: [x,x,no,no,no]
    show(fun() -> said2(['$1', '$2'], {{'$2', '$1', '$_', '$$'}}, [{x}, <<"y">>]) end),  % expect: {<<121>>,{x},[{x},<<121>>],[{x},<<121>>]}
    show(fun() -> said2(['$100000000', '$0'], '$$', [a, b]) end),  % expect: [b,a]
    show(fun() -> actions([{message, {hd, a}}]) end),  % expect: [[call,{trace_spec_edge,f,[1]},'EXIT'],[call,{trace_spec_edge,f,[2]},'EXIT']]
    show(fun() -> actions([{self}]) end),  % expect: [[call,{trace_spec_edge,f,[1]}],[call,{trace_spec_edge,f,[2]}]]
    show(fun() -> actions([true, 17, '$_', {message, done}]) end),  % expect: [[call,{trace_spec_edge,f,[1]},done],[call,{trace_spec_edge,f,[2]},done]]
    show(fun() -> actions([]) end),  % expect: [[call,{trace_spec_edge,f,[1]}],[call,{trace_spec_edge,f,[2]}]]
    show(fun() -> raising([{return_trace}]) end),  % expect: []
    show(fun() -> raising([{exception_trace}]) end),  % expect: []
    show(fun() -> raising([{message, false}, {exception_trace}]) end),  % expect: []
    show(fun() -> actions([{enable_trace, nosuchflag}]) end),  % expect: [[call,{trace_spec_edge,f,[1]}],[call,{trace_spec_edge,f,[2]}]]
    show(fun() -> actions([{trace, [zork], [send]}]) end),  % expect: [[call,{trace_spec_edge,f,[1]}],[call,{trace_spec_edge,f,[2]}]]
    show(fun() -> actions([{silent, zork}]) end),  % expect: [[call,{trace_spec_edge,f,[1]}],[call,{trace_spec_edge,f,[2]}]]
    show(fun() -> actions([{set_seq_token, zork, 1}, {message, {is_seq_trace}}]) end),  % expect: []
    show(fun() -> actions([{message, {set_seq_token, zork, 1}}]) end),  % expect: [[call,{trace_spec_edge,f,[1]},'EXIT'],[call,{trace_spec_edge,f,[2]},'EXIT']]
    show(fun() -> actions([{message, {{{return_trace}, {exception_trace}, {message, x}}}}]) end),  % expect: [[call,{trace_spec_edge,f,[1]},{true,true,true}],[return_from,{trace_spec_edge,f,1},1],[call,{trace_spec_edge,f,[2]},{true,true,true}],[return_from,{trace_spec_edge,f,1},2]]
    show(fun() -> messages(send, []) end),  % expect: [[send,{m,1},pid],[send,{m,2},pid]]
    show(fun() -> messages(send, [{['_', nothing], [], []}]) end),  % expect: []
    show(fun() -> erlang:match_spec_test([1, 2], [{['$1', '$2'], [], [{message, '$1'}]}], trace) end),  % expect: {ok,1,[],[]}
    show(fun() -> erlang:match_spec_test([1, 2], [{['$1', '$2'], [{'>', '$1', '$2'}], []}], trace) end),  % expect: {ok,false,[],[]}
    show(fun() -> erlang:match_spec_test([1, 2], [{['$1', '$2'], [], [{return_trace}, {exception_trace}, {message, {caller}}]}], trace) end),  % expect: {ok,undefined,[return_trace,exception_trace],[]}
    show(fun() -> [erlang:match_spec_test([1], [{['$1'], [], [A]}], trace) || A <- [{return_trace}, {exception_trace}, {message, false}]] end),  % expect: [{ok,true,[return_trace],[]},{ok,true,[exception_trace],[]},{ok,false,[],[]}]
    show(fun() -> [erlang:match_spec_test(A, [{{'$1', b}, [], [{message, '$1'}]}], trace) || A <- [[a, b], [a, c], [a]]] end),  % expect: [{ok,a,[],[]},{ok,false,[],[]},{ok,false,[],[]}]
    show(fun() -> [said({'+', {hd, '$1'}, 1}, a), said({{{hd, '$1'}, x}}, a), said([{hd, '$1'} | '$1'], a), said({'andalso', {hd, '$1'}, true}, a), said({'==', {hd, '$1'}, 'EXIT'}, a)] end),  % expect: ['EXIT',{'EXIT',x},['EXIT'|a],'EXIT',true]
    show(fun() -> ets_select([{'$1', [], [{{{hd, '$1'}, x}}]}]) end),  % expect: [{'EXIT',x}]
    show(fun() -> ets_select([{'$1', [], [{hd, '$1'}, {tl, '$1'}, {element, 1, '$1'}]}]) end),  % expect: [a]
    show(fun() -> ets_select([{'$1', [{'==', {hd, '$1'}, 'EXIT'}], ['$1']}]) end),  % expect: []
    show(fun() -> erlang:match_spec_test([1, 2], [{['$1', '$2'], [], [{nosuch}]}], trace) end),  % expect: {error,[{error,[70,117,110,99,116,105,111,110,32,110,111,115,117,99,104,47,48,32,100,111,101,115,95,110,111,116,95,101,120,105,115,116,46]}]}
    show(fun() -> erlang:match_spec_test({1, 2}, [{{'$1', '$2'}, [], [{{'$2', '$1'}}]}], table) end),  % expect: {ok,{2,1},[],[]}
    show(fun() -> erlang:match_spec_test({1, 2}, [{{'$1', '$2'}, [{'>', '$1', '$2'}], ['$_']}], table) end),  % expect: {ok,false,[],[]}
    show(fun() -> erlang:match_spec_test({1, 2}, [{{'$1', '$2'}, [], [{return_trace}]}], table) end).  % expect: {error,[{error,[83,112,101,99,105,97,108,32,102,111,114,109,32,39,114,101,116,117,114,110,95,116,114,97,99,101,39,32,117,115,101,100,32,105,110,32,119,114,111,110,103,32,100,105,97,108,101,99,116,46]}]}

ets_select(Spec) ->
    T = ets:new(t, []),
    ets:insert(T, {a, 1}),
    ets:select(T, Spec).
