%% trace_processes: normal.
-module(trace_processes_normal).
-export([start/0, f/1, g/2, boom/1, outer/1, middle/1, inner/1, loop/1, server/0]).

start() ->
    show(fun() -> events([procs], [], fun() -> Q = spawn_link(?MODULE, server, []), Q ! stop, M = monitor(process, Q), receive {'DOWN', M, _, _, _} -> ok end end) end),  % expect: [{trace,p,spawn,pid,{trace_processes_normal,server,[]}},{trace,p,link,pid},{trace,p,getting_unlinked,pid}]
    show(fun() -> events([procs], [], fun() -> register(foo_reg, self()), unregister(foo_reg) end) end),  % expect: [{trace,p,register,foo_reg},{trace,p,unregister,foo_reg}]
    show(fun() -> events([send], [], fun() -> self() ! a, {self(), b} end) end),  % expect: [{trace,p,send,a,p}]
    show(fun() -> events(['receive'], [], fun() -> self() ! a, receive a -> ok end end) end),  % expect: [{trace,p,'receive',a}]
    show(fun() -> events(['receive'], [], fun() -> receive b -> ok after 1 -> ok end end) end),  % expect: [{trace,p,'receive',timeout}]
    show(fun() -> events([send], [{send, [{['_', '$1'], [{is_atom, '$1'}], [{message, {{'$1', x}}}]}], []}], fun() -> self() ! a, self() ! {b}, self() ! c end) end),  % expect: [{trace,p,send,a,p,{a,x}},{trace,p,send,c,p,{c,x}}]
    show(fun() -> events(['receive'], [{'receive', [{['$1', '$2', {'_'}], [], []}], []}], fun() -> self() ! a, self() ! {b}, receive {b} -> ok end end) end),  % expect: [{trace,p,'receive',{b}}]
    show(fun() -> begin P = spawn(?MODULE, server, []), 1 = erlang:trace(P, true, [send, procs]), I = [erlang:trace_info(P, flags), norm(erlang:trace_info(P, tracer), [{self(), me}])], exit(P, kill), {_, L} = hd(I), {lists:sort(L), tl(I)} end end).  % expect: {[procs,send],[{tracer,me}]}

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
