%% trace_running: normal.
-module(trace_running_normal).
-export([start/0, wait/0, server/0]).

-include("../trace_running.hrl").

start() ->
    show(fun() -> events([running], wait, fun(P) -> P ! go end) end),  % expect: [{trace,p,in,{trace_running_normal,wait,0}}]
    show(fun() -> turns(events([running], server, fun(P) -> ask(P), ask(P), P ! stop end)) end),  % expect: {in,in,true,true}
    show(fun() -> events([running_procs], wait, fun(P) -> P ! go end) end),  % expect: [{trace,p,in,{trace_running_normal,wait,0}}]
    show(fun() -> events([exiting], wait, fun(P) -> P ! go end) end),  % expect: [{trace,p,out_exited,0}]
    show(fun() -> events([running, exiting, procs], wait, fun(P) -> P ! go end) end),  % expect: [{trace,p,in,{trace_running_normal,wait,0}},{trace,p,exit,normal},{trace,p,out_exited,0}]
    show(fun() -> [tuple_size(E) || E <- events([running, monotonic_timestamp], wait, fun(P) -> P ! go end)] end).  % expect: [5]

%% How it begins and ends, whether it goes in and out by turns, and whether each message had a turn (more may come when slices are short).
turns(Es) ->
    Kinds = [K || {trace, p, K, _} <- Es],
    {hd(Kinds), lists:last(Kinds), alternate(Kinds), length(Kinds) >= 5}.

alternate([K, K | _]) -> false;
alternate([_ | T]) -> alternate(T);
alternate([]) -> true.
