%% What the tests of tracing running processes share: the events of one process from outside.
-include("named.hrl").
-include("waiting.hrl").

wait() -> receive go -> ok end.
server() -> receive {From, X} -> From ! {answer, X}, server(); stop -> ok end.

%% What a process that runs M:F tells, until it has ended.
events(Flags, F, Then) ->
    P = waiting(spawn(?MODULE, F, [])),
    erlang:trace(P, true, Flags),
    M = monitor(process, P),
    Then(P),
    receive {'DOWN', M, _, _, _} -> ok end,
    lists:member(exiting, Flags) andalso told_last(P, out_exited),
    R = erlang:trace_delivered(P),
    receive {trace_delivered, P, R} -> ok end,
    drain(P).

%% Whoever is told of by `running' has answered and gone to wait.
ask(P) -> P ! {self(), 1}, receive {answer, 1} -> ok end, told_last(P, out).

told_last(P, Kind) ->
    {messages, Got} = process_info(self(), messages),
    case lists:reverse([element(3, E) || E <- Got, element(2, E) =:= P]) of
        [Kind | _] -> true;
        _ -> timer:sleep(1), told_last(P, Kind)
    end.

drain(P) -> receive E when element(2, E) =:= P -> [norm(E, [{P, p}]) | drain(P)] after 0 -> [] end.
