%% trace_running: edge.
-module(trace_running_edge).
-export([start/0, wait/0, server/0]).

start() ->
    show(fun() -> events([exiting, procs], wait, fun(P) -> exit(P, kill) end) end),  % expect: [{trace,p,exit,killed},{trace,p,out_exited,0}]
    show(fun() -> events([exiting, procs], wait, fun(P) -> exit(P, bye) end) end),  % expect: [{trace,p,exit,bye},{trace,p,out_exited,0}]
    show(fun() -> lists:sublist(events([running, 'receive', send], server, fun(P) -> ask(P), P ! stop end), 4) end),  % expect: [{trace,p,in,{trace_running_edge,server,0}},{trace,p,'receive',{pid,1}},{trace,p,send,{answer,1},pid},{trace,p,out,{trace_running_edge,server,0}}]
    show(fun() -> begin P = spawn(?MODULE, server, []), settle(), erlang:trace(P, true, [garbage_collection]), true = erlang:garbage_collect(P), R = erlang:trace_delivered(P), receive {trace_delivered, P, R} -> ok end, Tags = [element(3, E) || E <- drain(P)], P ! stop, Tags end end),  % expect: [gc_major_start,gc_major_end]
    show(fun() -> begin P = spawn(?MODULE, server, []), settle(), erlang:trace(P, true, [garbage_collection]), true = erlang:garbage_collect(P), R = erlang:trace_delivered(P), receive {trace_delivered, P, R} -> ok end, Keys = [[K || {K, _} <- element(4, E)] || E <- drain(P)], P ! stop, lists:usort(Keys) end end).  % expect: [[wordsize,old_heap_block_size,heap_block_size,mbuf_size,recent_size,stack_size,old_heap_size,heap_size,bin_vheap_size,bin_vheap_block_size,bin_old_vheap_size,bin_old_vheap_block_size]]

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
