%% trace_running: normal.
-module(trace_running_normal).
-export([start/0, wait/0, server/0]).

start() ->
    show(fun() -> events([running], wait, fun(P) -> P ! go end) end),  % expect: [{trace,p,in,{trace_running_normal,wait,0}}]
    show(fun() -> turns(events([running], server, fun(P) -> ask(P), ask(P), P ! stop end)) end),  % expect: {in,in,true,true}
    show(fun() -> events([running_procs], wait, fun(P) -> P ! go end) end),  % expect: [{trace,p,in,{trace_running_normal,wait,0}}]
    show(fun() -> events([exiting], wait, fun(P) -> P ! go end) end),  % expect: [{trace,p,out_exited,0}]
    show(fun() -> events([running, exiting, procs], wait, fun(P) -> P ! go end) end),  % expect: [{trace,p,in,{trace_running_normal,wait,0}},{trace,p,exit,normal},{trace,p,out_exited,0}]
    show(fun() -> [tuple_size(E) || E <- events([running, monotonic_timestamp], wait, fun(P) -> P ! go end)] end).  % expect: [5]

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

%% How it begins and ends, whether it goes in and out by turns, and whether each message had a turn (more may come when slices are short).
turns(Es) ->
    Kinds = [K || {trace, p, K, _} <- Es],
    {hd(Kinds), lists:last(Kinds), alternate(Kinds), length(Kinds) >= 5}.

alternate([K, K | _]) -> false;
alternate([_ | T]) -> alternate(T);
alternate([]) -> true.

settle() -> timer:sleep(5).

ask(P) -> P ! {self(), 1}, receive {answer, 1} -> ok end, settle().

drain(P) -> receive E when element(2, E) =:= P -> [norm(E, P) | drain(P)] after 0 -> [] end.

norm(P, P) -> p;
norm(T, _) when is_pid(T) -> pid;
norm(T, P) when is_tuple(T) -> list_to_tuple([norm(E, P) || E <- tuple_to_list(T)]);
norm([H | T], P) -> [norm(H, P) | norm(T, P)];
norm(T, _) -> T.

show(F) ->
    try F() of
        V -> io:format("~w~n", [V])
    catch
        C:R -> io:format("~w ~w~n", [C, R])
    end.
