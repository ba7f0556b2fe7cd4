%% What the tests of tracing running processes share: the events of one process from outside.
-include("named.hrl").

wait() -> receive go -> ok end.
server() -> receive {From, X} -> From ! {answer, X}, server(); stop -> ok end.

%% What a process that runs M:F tells, until it has ended.
events(Flags, F, Then) ->
    P = spawn(?MODULE, F, []),
    settle(),
    erlang:trace(P, true, Flags),
    M = monitor(process, P),
    Then(P),
    receive {'DOWN', M, _, _, _} -> ok end,
    settle(),
    drain(P).

settle() -> timer:sleep(5).

ask(P) -> P ! {self(), 1}, receive {answer, 1} -> ok end, settle().

drain(P) -> receive E when element(2, E) =:= P -> [norm(E, [{P, p}]) | drain(P)] after 0 -> [] end.
