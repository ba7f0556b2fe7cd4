%% trace_flags: edge. Several time stamps at once, flags taken away one by one, messages of links in their order, sleeping and ending processes.
-module(trace_flags_edge).
-export([start/0, f/1, g/2, boom/1, outer/1, middle/1, inner/1, loop/1, server/0]).
-include("../traced.hrl").

start() ->
    show(fun() -> [stamp([call, S1, S2], []) || S1 <- stamps(), S2 <- stamps()] end),  % expect: [now,now,now,now,monotonic,strict,now,strict,strict]
    show(fun() -> stamp([call | stamps()], []) end),  % expect: now
    show(fun() -> stamp([call | stamps()], [timestamp]) end),  % expect: strict
    show(fun() -> stamp([call | stamps()], [timestamp, strict_monotonic_timestamp]) end),  % expect: monotonic
    show(fun() -> stamp([call | stamps()], stamps()) end),  % expect: none
    show(fun() -> ordered(events([procs, set_on_link], [], fun() -> Q = spawn_link(?MODULE, server, []), Q ! stop, ended(Q) end)) end),  % expect: [[{trace,spawn,pid,{trace_flags_edge,server,[]}},{trace,link,pid},{trace,getting_unlinked,pid}],[{trace,spawned,p,{trace_flags_edge,server,[]}},{trace,getting_linked,p},{trace,exit,normal}]]
    show(fun() -> ordered(events([procs, set_on_first_link], [], fun() -> [begin Q = spawn_link(?MODULE, server, []), Q ! stop, ended(Q) end || _ <- [1, 2]] end)) end),  % expect: [[{trace,spawn,pid,{trace_flags_edge,server,[]}},{trace,link,pid},{trace,getting_unlinked,pid},{trace,spawn,pid,{trace_flags_edge,server,[]}},{trace,link,pid},{trace,getting_unlinked,pid}],[{trace,spawned,p,{trace_flags_edge,server,[]}},{trace,getting_linked,p},{trace,exit,normal}]]
    show(fun() -> removed(fun(P) -> [begin erlang:trace(P, false, [Flag]), flags(P) end || Flag <- [send, call, procs, silent]] end) end),  % expect: [[call,procs,silent],[procs,silent],[silent],[]]
    show(fun() -> removed(fun(P) -> erlang:trace(P, false, [all]), {flags(P), erlang:trace_info(P, tracer)} end) end),  % expect: {[],{tracer,[]}}
    show(fun() -> removed(fun(P) -> erlang:trace(P, true, [send]), flags(P) end) end),  % expect: [call,procs,send,silent]
    show(fun() -> new([new, new_processes, existing, existing_processes, all, processes]) end),  % expect: [{new,[],[procs]},{new_processes,[],[procs]},{existing,[procs],[]},{existing_processes,[procs],[]},{all,[procs],[procs]},{processes,[procs],[procs]}]
    show(fun() -> pairs() end),  % expect: [[arity],[return_to],[silent],[timestamp],[set_on_link]]
    show(fun() -> events([call, send], [{{?MODULE, f, 1}, [{['$1'], [{'>', '$1', 1}], [{disable_trace, send}]}, {[1], [], []}], [local]}], fun() -> self() ! a, f(1), self() ! b, f(2), self() ! c end) end),  % expect: [{trace,p,send,a,p},{trace,p,call,{trace_flags_edge,f,[1]}},{trace,p,send,b,p},{trace,p,call,{trace_flags_edge,f,[2]}}]
    show(fun() -> events([call], [{{?MODULE, f, 1}, [{'_', [], [{trace, [], [send, timestamp]}]}], [local]}], fun() -> f(1) end) =/= [] end),  % expect: true
    show(fun() -> [element(1, E) || E <- events([call], [{{?MODULE, f, 1}, [{'_', [], [{trace, [], [send, timestamp]}]}], [local]}], fun() -> f(1), self() ! x end)] end),  % expect: [trace_ts,trace_ts,trace_ts]
    show(fun() -> [element(3, E) || E <- events([call, send], [{{?MODULE, f, 1}, [{'_', [], [{trace, [call, send], []}]}], [local]}], fun() -> self() ! x, f(1), self() ! x, f(1) end)] end),  % expect: [send,call]
    show(fun() -> saved() end),  % expect: false
    show(fun() -> other_process() end).  % expect: {[call,call],[]}

stamps() -> [timestamp, monotonic_timestamp, strict_monotonic_timestamp].

%% What stamp the event of a call has when these flags were set and then others taken away.
stamp(Flags, Away) ->
    Tracer = self(),
    P = spawn(fun() -> receive go -> f(1) end, receive stop -> ok end end),
    erlang:trace_pattern({?MODULE, f, 1}, true, [local]),
    erlang:trace(P, true, Flags),
    erlang:trace(P, false, Away),
    P ! go,
    Kind = receive
               {trace_ts, P, call, _, {_, _, _}} -> now;
               {trace_ts, P, call, _, {_, _}} -> strict;
               {trace_ts, P, call, _, T} when is_integer(T) -> monotonic;
               {trace, P, call, _} -> none
           end,
    erlang:trace(P, false, [all]),
    erlang:trace_pattern({?MODULE, f, 1}, false, [local]),
    exit(P, kill),
    Tracer = self(),
    Kind.

ended(Q) ->
    M = monitor(process, Q),
    receive {'DOWN', M, _, _, _} -> unlinked(Q) end.

%% Who asks about a process that is just ending may hear of it before the link does.
unlinked(Q) ->
    {links, Links} = process_info(self(), links),
    lists:member(Q, Links) andalso begin receive after 1 -> ok end, unlinked(Q) end.

%% Events of each process in their order: between processes there is none but that of cause and effect.
ordered(Events) -> [[list_to_tuple([trace | tl(tl(tuple_to_list(E)))]) || E <- Events, element(2, E) =:= Who] || Who <- [p, pid]].

removed(Fun) ->
    P = spawn(?MODULE, server, []),
    1 = erlang:trace(P, true, [send, call, procs, silent]),
    Answer = Fun(P),
    exit(P, kill),
    Answer.

flags(P) -> lists:sort(element(2, erlang:trace_info(P, flags))).

%% Whether a process that was there and one that comes later have the flag.
new(Groups) ->
    [begin
         Old = spawn(?MODULE, server, []),
         _ = erlang:trace(Group, true, [procs]),
         New = spawn(?MODULE, server, []),
         Seen = {Group, flags(Old), flags(New)},
         erlang:trace(all, false, [all]),
         [exit(P, kill) || P <- [Old, New]],
         drain([]),
         Seen
     end || Group <- Groups].

%% A flag that is of no use alone is kept.
pairs() ->
    P = spawn(?MODULE, server, []),
    Seen = [begin 1 = erlang:trace(P, true, [F]), X = flags(P), erlang:trace(P, false, [all]), X end || F <- [arity, return_to, silent, timestamp, set_on_link]],
    exit(P, kill),
    Seen.

%% Being traced from birth, linked, saves no calls.
saved() ->
    Self = self(),
    P = spawn(fun() ->
                  receive go -> ok end,
                  Q = spawn_link(?MODULE, server, []),
                  Self ! process_info(Q, last_calls),
                  Q ! stop,
                  ended(Q)
              end),
    erlang:trace(P, true, [procs, set_on_spawn]),
    M = monitor(process, P),
    P ! go,
    receive {'DOWN', M, _, _, _} -> ok end,
    D = erlang:trace_delivered(all),
    receive {trace_delivered, all, D} -> ok end,
    [Saved] = [S || {last_calls, S} <- drain([])],
    Saved.

%% A specification gives flags to another process.
other_process() ->
    Other = spawn(?MODULE, server, []),
    register(trace_flags_other, Other),
    Events = events([call], [{{?MODULE, f, 1}, [{[1], [], [{enable_trace, trace_flags_other, send}]}, {[2], [], [{disable_trace, Other, send}]}], [local]}],
                    fun() -> f(1), put(flags, flags(Other)), f(2) end),
    Left = flags(Other),
    exit(Other, kill),
    {[element(3, E) || E <- Events], Left}.
