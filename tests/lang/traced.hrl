%% What the tests of tracing call, and how they see the trace messages of a process: with names for pids.
-include("named.hrl").

f(X) -> g(X, 1) + 1.
g(X, Y) -> X + Y.
boom(X) -> error({bad, X}).
outer(X) -> middle(X) + 1.
middle(X) -> inner(X) + 1.
inner(X) -> X.
loop(0) -> done;
loop(N) -> loop(N - 1).
server() -> receive stop -> ok; {From, X} -> From ! X, server() end.

drain(Names) -> receive M -> [norm(M, Names) | drain(Names)] after 0 -> [] end.

%% The events of a process that runs Fun, as trace messages with names for pids.
events(Flags, Patterns, Fun) ->
    Me = self(),
    P = spawn(fun() -> Me ! up, receive go -> ok end, Fun(), Me ! {self(), finished}, receive never -> ok end end),
    receive up -> ok end,
    [erlang:trace_pattern(M, S, F) || {M, S, F} <- Patterns],
    erlang:trace(P, true, Flags),
    P ! go,
    receive {P, finished} -> ok end,
    Ref = erlang:trace_delivered(all),
    receive {trace_delivered, all, Ref} -> ok end,
    erlang:trace(all, false, [all]),
    [erlang:trace_pattern({'_', '_', '_'}, false, [Kind]) || Kind <- [local, global, meta]],
    [erlang:trace_pattern(Event, true, []) || Event <- [send, 'receive']],
    exit(P, kill),
    [E || E <- drain([{P, p}, {Me, me}]), not finished(E)].

finished({trace, p, send, {p, finished}, me}) -> true;
finished({trace, p, 'receive', go}) -> true;
finished(_) -> false.
