%% trace_info: error.
-module(trace_info_error).
-export([start/0, f/1]).
-include("../trace_set.hrl").

start() ->
    show(fun() -> erlang:trace_info({?MODULE, f}, traced) end),  % expect: error badarg
    show(fun() -> erlang:trace_info({?MODULE, '_', '_'}, traced) end),  % expect: error badarg
    show(fun() -> erlang:trace_info({"text", f, 1}, traced) end),  % expect: error badarg
    show(fun() -> erlang:trace_info(?MODULE, traced) end),  % expect: error badarg
    show(fun() -> [erlang:trace_pattern({?MODULE, f, 1}, true, [local]), catch_of(fun() -> erlang:trace_info({?MODULE, f, 1}, zork) end), erlang:trace_pattern({?MODULE, f, 1}, false, [local])] end),  % expect: [1,{error,badarg},1]
    show(fun() -> [catch_of(fun() -> erlang:trace_info(send, I) end) || I <- [all, traced, meta, call_count, zork]] end),  % expect: [{error,badarg},{error,badarg},{error,badarg},{error,badarg},{error,badarg}]
    show(fun() -> [catch_of(fun() -> erlang:trace_info('receive', I) end) || I <- [all, flags]] end),  % expect: [{error,badarg},{error,badarg}]
    show(fun() -> [catch_of(fun() -> erlang:trace_info(new, I) end) || I <- [all, traced, zork]] end),  % expect: [{error,badarg},{error,badarg},{error,badarg}]
    show(fun() -> [catch_of(fun() -> erlang:trace_info(self(), I) end) || I <- [all, traced, zork]] end),  % expect: [{error,badarg},{error,badarg},{error,badarg}]
    show(fun() -> [catch_of(fun() -> erlang:trace_pattern({?MODULE, f, 1}, true, F) end) || F <- [[meta, global], [call_count, global], [{meta, x}], [{meta}], [local | x], local, [zork]]] end),  % expect: [{error,badarg},{error,badarg},{error,badarg},{error,badarg},{error,badarg},{error,badarg},{error,badarg}]
    show(fun() -> [catch_of(fun() -> erlang:trace_pattern(W, true, []) end) || W <- [{'_', f, 1}, {'_', '_', 1}, {?MODULE, '_', 1}, {?MODULE, f, a}, {1, f, 1}, {?MODULE, f, -1}, {?MODULE, f}, f]] end),  % expect: [{error,badarg},{error,badarg},{error,badarg},{error,badarg},{error,badarg},0,{error,badarg},{error,badarg}]
    show(fun() -> [catch_of(fun() -> erlang:trace_pattern(E, S, F) end) || {E, S, F} <- [{send, true, [local]}, {send, pause, []}, {'receive', restart, []}, {on_load, true, [zork]}, {on_load, yes, []}]] end).  % expect: [{error,badarg},{error,badarg},{error,badarg},{error,badarg},{error,badarg}]

catch_of(F) -> try F() catch C:R -> {C, R} end.
