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
    settle(5000),
    seq_trace:set_system_tracer(false),
    Tracer ! {get, self()},
    Events = receive {Tracer, E} -> E end,
    norm({Value, Token, Events}, [{P, p}, {Me, me}, {Tracer, tracer}, {group_leader(), leader}]).

%% Until nobody is at work any more; the last events are on their way then.
settle(0) -> ok;
settle(N) ->
    timer:sleep(4),
    case [P || P <- processes(), P =/= self(), is_busy(P)] of [] -> ok; _ -> settle(N - 1) end.

is_busy(P) ->
    case process_info(P, [status, message_queue_len]) of
        [{status, waiting}, {message_queue_len, 0}] -> false;
        undefined -> false;
        _ -> true
    end.
