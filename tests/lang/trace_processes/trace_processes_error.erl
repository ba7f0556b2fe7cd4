%% trace_processes: error.
-module(trace_processes_error).
-export([start/0, f/1, g/2, boom/1, outer/1, middle/1, inner/1, loop/1, server/0]).

start() ->
    show(fun() -> begin P = spawn(?MODULE, server, []), erlang:trace(P, true, [call]), Q = spawn(?MODULE, server, []), erlang:trace(P, true, [call, {tracer, Q}]) end end),  % expect: error badarg
    show(fun() -> begin P = spawn(?MODULE, server, []), erlang:trace(P, true, [call, {tracer, P}]) end end),  % expect: 1
    show(fun() -> begin P = spawn(?MODULE, inner, [1]), M = monitor(process, P), receive {'DOWN', M, _, _, _} -> ok end, erlang:trace(P, true, [call]) end end),  % expect: error badarg
    show(fun() -> begin P = spawn(?MODULE, server, []), erlang:trace(P, false, [call]) end end),  % expect: 1
    show(fun() -> erlang:trace(new, true, [{tracer, no_pid}]) end),  % expect: error badarg
    show(fun() -> erlang:trace_delivered(zork) end),  % expect: error badarg
    show(fun() -> erlang:trace_pattern(send, true, [local]) end),  % expect: error badarg
    show(fun() -> erlang:trace_pattern('receive', [{['$1'], [], [{return_trace}]}], []) end).  % expect: 1

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
