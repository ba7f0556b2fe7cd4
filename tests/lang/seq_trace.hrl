%% What the tests of sequential tracing share: how they see what a process tells its system tracer.
-include("named.hrl").

nop() -> ok.
nop(_) -> ok.
f(X) -> X.

on() -> on([send, 'receive', print]).
on(Flags) -> seq_trace:set_token(label, 17), [seq_trace:set_token(Flag, true) || Flag <- Flags], ok.

%% What a process that runs Fun answers, and the events that its system tracer got, with names for pids.
traced(Fun) ->
    Me = self(),
    Tracer = spawn(fun() -> collect([]) end),
    seq_trace:set_system_tracer(Tracer),
    {P, M} = spawn_monitor(fun() -> Value = Fun(), Token = seq_trace:get_token(), seq_trace:set_token([]), Me ! {self(), Value, Token} end),
    {Value, Token} = receive {P, V, T} -> {V, T}; {'DOWN', M, _, P, Reason} -> {ended, Reason} end,
    demonitor(M, [flush]),
    settle(5),
    seq_trace:set_system_tracer(false),
    Tracer ! {get, self()},
    Events = receive {Tracer, E} -> E end,
    norm({Value, Token, Events}, [{P, p}, {Me, me}, {Tracer, tracer}, {group_leader(), leader}]).

%% Whoever is still at work gets time to finish; the last events are on their way then.
settle(0) -> ok;
settle(N) -> timer:sleep(4), settle(N - 1).
