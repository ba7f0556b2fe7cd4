%% trace_flags: normal. Every flag of erlang:trace/3 by what it makes a process tell.
-module(trace_flags_normal).
-export([start/0, f/1, g/2, boom/1, outer/1, middle/1, inner/1, loop/1, server/0, top/0]).
-include("../traced.hrl").

start() ->
    show(fun() -> events([send], [], fun() -> everything() end) end),  % expect: [{trace,p,send,a,p}]
    show(fun() -> events(['receive'], [], fun() -> everything() end) end),  % expect: [{trace,p,'receive',a}]
    show(fun() -> events([call], [{{?MODULE, f, 1}, [], [local]}], fun() -> everything() end) end),  % expect: [{trace,p,call,{trace_flags_normal,f,[1]}}]
    show(fun() -> events([procs], [], fun() -> everything() end) end),  % expect: [{trace,p,register,foo_reg},{trace,p,unregister,foo_reg}]
    show(fun() -> [T || {trace, p, T, _} <- events([garbage_collection], [], fun() -> everything() end), lists:prefix("gc_major", atom_to_list(T))] end),  % expect: [gc_major_start,gc_major_end]
    show(fun() -> hd(events([running], [], fun() -> yields() end)) end),  % expect: {trace,p,in,{trace_flags_normal,'-events/3-fun-0-',2}}
    show(fun() -> hd(events([running_procs], [], fun() -> yields() end)) end),  % expect: {trace,p,in,{trace_flags_normal,'-events/3-fun-0-',2}}
    show(fun() -> [E || E <- events([running_ports, ports], [], fun() -> everything() end)] end),  % expect: []
    show(fun() -> events([exiting], [], fun() -> everything() end) end),  % expect: []
    show(fun() -> events([call, arity], [{{?MODULE, f, 1}, [], [local]}], fun() -> everything() end) end),  % expect: [{trace,p,call,{trace_flags_normal,f,1}}]
    show(fun() -> events([call, return_to], [{{?MODULE, middle, 1}, [], [local]}], fun() -> top() end) end),  % expect: [{trace,p,call,{trace_flags_normal,middle,[1]}},{trace,p,return_to,{trace_flags_normal,outer,1}}]
    show(fun() -> events([call, silent], [{{?MODULE, f, 1}, [{'_', [], [{return_trace}]}], [local]}], fun() -> everything() end) end),  % expect: []
    show(fun() -> events([call, silent, send], [{{?MODULE, f, 1}, [], [local]}], fun() -> everything() end) end),  % expect: [{trace,p,send,a,p}]
    show(fun() -> [{element(1, E), stamp(E)} || E <- events([call, timestamp], [{{?MODULE, f, 1}, [], [local]}], fun() -> f(1) end), element(3, E) =:= call] end),  % expect: [{trace_ts,now}]
    show(fun() -> [{element(1, E), stamp(E)} || E <- events([call, monotonic_timestamp], [{{?MODULE, f, 1}, [], [local]}], fun() -> f(1) end), element(3, E) =:= call] end),  % expect: [{trace_ts,monotonic}]
    show(fun() -> [{element(1, E), stamp(E)} || E <- events([call, strict_monotonic_timestamp], [{{?MODULE, f, 1}, [], [local]}], fun() -> f(1) end), element(3, E) =:= call] end),  % expect: [{trace_ts,strict}]
    show(fun() -> family([set_on_spawn], fun spawn/1) end),  % expect: [[call,set_on_spawn],[call,set_on_spawn],[call,set_on_spawn],[call,set_on_spawn],[call,set_on_spawn]]
    show(fun() -> family([set_on_first_spawn], fun spawn/1) end),  % expect: [[call],[call],[],[],[]]
    show(fun() -> family([set_on_link], fun spawn_link/1) end),  % expect: [[call,set_on_link],[call,set_on_link],[call,set_on_link],[call,set_on_link],[call,set_on_link]]
    show(fun() -> family([set_on_first_link], fun spawn_link/1) end),  % expect: [[call],[call],[],[],[]]
    show(fun() -> family([set_on_link], fun spawn/1) end),  % expect: [[call,set_on_link],[],[],[],[]]
    show(fun() -> family([set_on_spawn], fun spawn_link/1) end),  % expect: [[call,set_on_spawn],[call,set_on_spawn],[call,set_on_spawn],[call,set_on_spawn],[call,set_on_spawn]]
    show(fun() -> linked([set_on_link]) end),  % expect: [[call,set_on_link],[],[],[]]
    show(fun() -> linked([set_on_first_link]) end),  % expect: [[call,set_on_first_link],[],[],[]]
    show(fun() -> all_flags() end).  % expect: [arity,call,exiting,garbage_collection,monotonic_timestamp,ports,procs,'receive',return_to,running,running_ports,running_procs,send,set_on_first_link,set_on_first_spawn,set_on_link,set_on_spawn,silent,strict_monotonic_timestamp,timestamp]

everything() -> f(1), self() ! a, receive a -> ok end, register(foo_reg, self()), unregister(foo_reg), erlang:garbage_collect(), ok.
yields() -> [erlang:yield() || _ <- [1, 2, 3]].
top() -> X = outer(1), {X}.

%% What kind of time stamp an event ends with.
stamp(E) ->
    case element(tuple_size(E), E) of
        {A, B, C} when is_integer(A), is_integer(B), B < 1000000, is_integer(C), C < 1000000 -> now;
        {A, B} when is_integer(A), is_integer(B) -> strict;
        A when is_integer(A) -> monotonic
    end.

%% The flags of a process and of its first and second child, and of the first child's child, all begun while it had the flags.
family(Flags, Spawn) ->
    Me = self(),
    Parent = spawn(fun() -> receive go -> Me ! {self(), [Spawn(fun() -> born(Spawn) end) || _ <- [1, 2]]}, receive stop -> ok end end end),
    erlang:trace(Parent, true, [call | Flags]),
    Parent ! go,
    Children = receive {Parent, Pids} -> Pids end,
    Grandchildren = [begin C ! {born, Me}, receive {C, G} -> G end end || C <- Children],
    Seen = [element(2, erlang:trace_info(P, flags)) || P <- [Parent | Children ++ Grandchildren]],
    [exit(P, kill) || P <- [Parent | Children ++ Grandchildren]],
    [lists:sort(S) || S <- Seen].

born(Spawn) -> receive {born, To} -> To ! {self(), Spawn(fun() -> receive stop -> ok end end)}, receive stop -> ok end end.

%% The same for processes that were there before and are linked to.
linked(Flags) ->
    Me = self(),
    [A, B, C] = [spawn(fun answer/0) || _ <- [1, 2, 3]],
    Parent = spawn(fun() -> receive go -> [begin link(X), X ! {self(), here}, receive {X, here} -> ok end end || X <- [A, B]], Me ! {self(), done}, receive stop -> ok end end end),
    erlang:trace(Parent, true, [call | Flags]),
    Parent ! go,
    receive {Parent, done} -> ok end,
    Seen = [element(2, erlang:trace_info(P, flags)) || P <- [Parent, A, B, C]],
    [exit(P, kill) || P <- [Parent, A, B, C]],
    [lists:sort(S) || S <- Seen].

answer() -> receive {From, X} -> From ! {self(), X}, answer() end.

%% What `all' sets, but for tracers (and a flag of `erl' 25 that is documented nowhere).
all_flags() ->
    P = spawn(fun() -> receive stop -> ok end end),
    1 = erlang:trace(P, true, [all]),
    {flags, Flags} = erlang:trace_info(P, flags),
    exit(P, kill),
    lists:sort(Flags -- [scheduler_id]).
