%% trace_processes: edge.
-module(trace_processes_edge).
-export([start/0, f/1, g/2, boom/1, outer/1, middle/1, inner/1, loop/1, server/0]).

start() ->
    show(fun() -> events([call, procs, set_on_spawn], [{{?MODULE, inner, 1}, [], [local]}], fun() -> Q = spawn(?MODULE, inner, [3]), M = monitor(process, Q), receive {'DOWN', M, _, _, _} -> ok end end) end),  % expect: [{trace,p,spawn,pid,{trace_processes_edge,inner,[3]}},{trace,pid,spawned,p,{trace_processes_edge,inner,[3]}},{trace,pid,call,{trace_processes_edge,inner,[3]}},{trace,pid,exit,normal}]
    show(fun() -> events([call, set_on_first_spawn], [{{?MODULE, inner, 1}, [], [local]}], fun() -> [begin {Q, M} = spawn_monitor(?MODULE, inner, [N]), receive {'DOWN', M, _, Q, _} -> ok end end || N <- [1, 2]] end) end),  % expect: [{trace,pid,call,{trace_processes_edge,inner,[1]}}]
    show(fun() -> events([send], [], fun() -> Q = spawn(?MODULE, server, []), exit(Q, kill), M = monitor(process, Q), receive {'DOWN', M, _, _, _} -> ok end, Q ! late end) end),  % expect: [{trace,p,send_to_non_existing_process,late,pid}]
    show(fun() -> events([send], [], fun() -> catch no_such_name ! x end) end),  % expect: [{trace,p,send,x,no_such_name}]
    show(fun() -> events(['receive'], [], fun() -> receive c -> ok after 0 -> ok end end) end),  % expect: [{trace,p,'receive',timeout}]
    show(fun() -> [T || E <- events([garbage_collection], [], fun() -> erlang:garbage_collect() end), T <- [element(3, E)], lists:member(T, [gc_major_start, gc_major_end])] end),  % expect: [gc_major_start,gc_major_end]
    show(fun() -> events([procs], [], fun() -> catch link(spawn(?MODULE, inner, [1])) , ok end) =/= [] end),  % expect: true
    show(fun() -> begin P = spawn(?MODULE, server, []), R = erlang:trace_delivered(P), receive {trace_delivered, P, R} -> delivered end end end).  % expect: delivered

f(X) -> g(X, 1) + 1.
g(X, Y) -> X + Y.
boom(X) -> error({bad, X}).
outer(X) -> middle(X) + 1.
middle(X) -> inner(X) + 1.
inner(X) -> X.
loop(0) -> done;
loop(N) -> loop(N - 1).
server() -> receive stop -> ok; {From, X} -> From ! X, server() end.

norm(T, Names) when is_pid(T) -> proplists:get_value(T, Names, pid);
norm(T, _) when is_reference(T) -> ref;
norm(T, _) when is_function(T) -> a_fun;
norm(T, Names) when is_tuple(T) -> list_to_tuple([norm(E, Names) || E <- tuple_to_list(T)]);
norm([H | T], Names) -> [norm(H, Names) | norm(T, Names)];
norm(T, _) -> T.

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

show(F) ->
    try F() of
        V -> io:format("~w~n", [V])
    catch
        C:R -> io:format("~w ~w~n", [C, R])
    end.
