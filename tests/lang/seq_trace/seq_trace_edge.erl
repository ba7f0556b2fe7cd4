%% seq_trace: edge.
-module(seq_trace_edge).
-export([start/0, nop/0, nop/1, f/1, on/0, on/1]).

start() ->
    show(fun() -> traced(fun() -> [seq_trace:set_token([]), seq_trace:set_token({7, a, 3, self(), 2}), seq_trace:get_token(), self() ! x, seq_trace:get_token(), seq_trace:set_token({5, b, 9, self(), 8}), seq_trace:set_token([])] end) end),  % expect: {[[],ok,{7,a,3,p,2},x,{7,a,4,p,2},ok,{5,b,9,p,8}],[],[{seq_trace,a,{send,{2,4},p,p,x}}]}
    show(fun() -> traced(fun() -> on(), seq_trace:set_token(print, false), seq_trace:print(a), A = seq_trace:get_token(), seq_trace:print(16, a), seq_trace:print(17, a), A end) end),  % expect: {{3,17,1,p,0},{3,17,2,p,0},[]}
    show(fun() -> traced(fun() -> seq_trace:set_token(serial, {10, 20}), A = seq_trace:get_token(), self() ! x, seq_trace:set_token(send, true), self() ! y, A end) end),  % expect: {{0,0,20,p,10},{1,0,22,p,10},[{seq_trace,0,{send,{10,22},p,p,y}}]}
    show(fun() -> traced(fun() -> on(), self() ! x, self() ! y, A = seq_trace:get_token(), seq_trace:set_token([]), on(), B = seq_trace:get_token(), self() ! z, {A, B} end) end),  % expect: {{{7,17,2,p,0},{7,17,0,p,0}},{7,17,3,p,0},[{seq_trace,17,{send,{0,1},p,p,x}},{seq_trace,17,{send,{0,2},p,p,y}},{seq_trace,17,{send,{0,3},p,p,z}}]}
    show(fun() -> traced(fun() -> self() ! first, on(), self() ! x, receive first -> ok end, A = seq_trace:get_token(), on(), self() ! z, A end) end),  % expect: {[],{7,17,2,p,0},[{seq_trace,17,{send,{0,1},p,p,x}},{seq_trace,17,{send,{0,2},p,p,z}}]}
    show(fun() -> traced(fun() -> self() ! a, on(), self() ! b, receive b -> ok end, A = seq_trace:get_token(), receive a -> ok end, A end) end),  % expect: {{7,17,1,p,0},[],[{seq_trace,17,{send,{0,1},p,p,b}},{seq_trace,17,{'receive',{0,1},p,p,b}}]}
    show(fun() -> traced(fun() -> on(), erlang:send_after(5, self(), x), receive x -> ok end end) end),  % expect: {ok,{7,17,0,p,0},[]}
    show(fun() -> traced(fun() -> {E, M} = spawn_monitor(fun() -> receive go -> exit(x) end end), on(), E ! go, receive {'DOWN', M, _, E, x} -> ok end end) end),  % expect: {ok,{7,17,1,p,0},[{seq_trace,17,{send,{0,1},p,pid,go}},{seq_trace,17,{'receive',{0,1},p,pid,go}}]}
    show(fun() -> traced(fun() -> process_flag(trap_exit, true), E = spawn_link(fun() -> receive after 5 -> exit(x) end end), on(), receive {'EXIT', E, x} -> ok end end) end),  % expect: {ok,[],[]}
    show(fun() -> traced(fun() -> process_flag(trap_exit, true), E = spawn_link(fun() -> receive X -> exit(X) end end), F = spawn(fun() -> receive go -> E ! x end end), on(), F ! go, receive {'EXIT', E, x} -> ok end end) end),  % expect: {ok,{7,17,3,pid,2},[{seq_trace,17,{send,{0,1},p,pid,go}},{seq_trace,17,{'receive',{0,1},p,pid,go}},{seq_trace,17,{send,{1,2},pid,pid,x}},{seq_trace,17,{'receive',{1,2},pid,pid,x}},{seq_trace,17,{send,{2,3},pid,p,{'EXIT',pid,x}}},{seq_trace,17,{'receive',{2,3},pid,p,{'EXIT',pid,x}}}]}
    show(fun() -> traced(fun() -> process_flag(trap_exit, true), D = spawn(fun() -> ok end), settle(1), on(), link(D), receive {'EXIT', D, noproc} -> ok end end) end),  % expect: {ok,{7,17,0,p,0},[]}
    show(fun() -> traced(fun() -> E = spawn(fun() -> receive after infinity -> ok end end), F = spawn(fun() -> link(E), receive go -> exit(ff) end end), settle(1), on(), F ! go, settle(2), is_process_alive(E) end) end),  % expect: {false,{7,17,1,p,0},[{seq_trace,17,{send,{0,1},p,pid,go}},{seq_trace,17,{'receive',{0,1},p,pid,go}},{seq_trace,17,{send,{1,2},pid,pid,{'EXIT',pid,ff}}}]}
    show(fun() -> traced(fun() -> E = spawn(fun() -> process_flag(trap_exit, true), receive {'EXIT', P, R} -> P ! {R, seq_trace:get_token()} end end), settle(1), on(), exit(E, foo), receive {foo, T} -> T end end) end),  % expect: {[],[],[]}
    show(fun() -> traced(fun() -> register(seq_me, self()), Alias = alias(), on(), seq_me ! a, {seq_me, node()} ! b, Alias ! c, erlang:send(self(), d, [nosuspend]), receive a -> ok end, receive b -> ok end, receive c -> ok end, receive d -> ok end end) end),  % expect: {ok,{7,17,4,p,0},[{seq_trace,17,{send,{0,1},p,p,a}},{seq_trace,17,{send,{0,2},p,p,b}},{seq_trace,17,{send,{0,3},p,ref,c}},{seq_trace,17,{send,{0,4},p,p,d}},{seq_trace,17,{'receive',{0,1},p,p,a}},{seq_trace,17,{'receive',{0,2},p,p,b}},{seq_trace,17,{'receive',{0,3},p,p,c}},{seq_trace,17,{'receive',{0,4},p,p,d}}]}
    show(fun() -> traced(fun() -> D = spawn(fun() -> ok end), settle(1), on(), D ! x end) end),  % expect: {x,{7,17,0,p,0},[]}
    show(fun() -> traced(fun() -> on(), catch (no_such_name ! x), ok end) end),  % expect: {ok,{7,17,0,p,0},[]}
    show(fun() -> traced(fun() -> on(), P = open_port({spawn, "cat"}, [binary]), port_command(P, <<"hi">>), receive {P, {data, _}} -> ok end, A = seq_trace:get_token(), P ! {self(), {command, "ho"}}, receive {P, {data, _}} -> ok end, port_close(P), A end) end),  % expect: {{7,17,0,p,0},{7,17,1,p,0},[{seq_trace,17,{send,{0,1},p,port,{p,{command,[104,111]}}}}]}
    show(fun() -> traced(fun() -> process_flag(trap_exit, true), P = open_port({spawn, "cat"}, []), on(), exit(P, foo), receive {'EXIT', P, foo} -> ok end end) end),  % expect: {ok,[],[]}
    show(fun() -> traced(fun() -> on(), spawn(?MODULE, nop, [1]), settle(2) end) end),  % expect: {ok,{7,17,1,p,0},[{seq_trace,17,{send,{0,1},p,pid,{spawn_request,ref,p,leader,{seq_trace_edge,nop,1},[],spawn_reply,[1]}}},{seq_trace,17,{'receive',{0,1},p,pid,{spawn_request,ref,p,leader,{seq_trace_edge,nop,1},[],spawn_reply,[1]}}},{seq_trace,17,{send,{1,2},pid,p,{spawn_reply,ref,ok,pid}}},{seq_trace,17,{'receive',{1,2},pid,p,{spawn_reply,ref,ok,pid}}}]}
    show(fun() -> traced(fun() -> on(), {P, _} = spawn_opt(?MODULE, nop, [1], [link, monitor, {priority, high}]), receive {'DOWN', _, _, P, _} -> ok end end) end),  % expect: {ok,{7,17,1,p,0},[{seq_trace,17,{send,{0,1},p,pid,{spawn_request,ref,p,leader,{seq_trace_edge,nop,1},[link,monitor,{priority,high}],spawn_reply,[1]}}},{seq_trace,17,{'receive',{0,1},p,pid,{spawn_request,ref,p,leader,{seq_trace_edge,nop,1},[link,monitor,{priority,high}],spawn_reply,[1]}}},{seq_trace,17,{send,{1,2},pid,p,{spawn_reply,ref,ok,pid}}},{seq_trace,17,{'receive',{1,2},pid,p,{spawn_reply,ref,ok,pid}}},{seq_trace,17,{send,{1,3},pid,p,{'EXIT',pid,normal}}}]}
    show(fun() -> traced(fun() -> on(), {P, _} = spawn_monitor(?MODULE, nop, []), receive {'DOWN', _, _, P, _} -> ok end end) end),  % expect: {ok,{7,17,1,p,0},[{seq_trace,17,{send,{0,1},p,pid,{spawn_request,ref,p,leader,{seq_trace_edge,nop,0},[monitor],spawn_reply,[]}}},{seq_trace,17,{'receive',{0,1},p,pid,{spawn_request,ref,p,leader,{seq_trace_edge,nop,0},[monitor],spawn_reply,[]}}},{seq_trace,17,{send,{1,2},pid,p,{spawn_reply,ref,ok,pid}}},{seq_trace,17,{'receive',{1,2},pid,p,{spawn_reply,ref,ok,pid}}}]}
    show(fun() -> traced(fun() -> on(), R = spawn_request(fun() -> ok end, [{reply_tag, tag}]), receive {tag, R, ok, P} -> is_pid(P) end end) end),  % expect: {true,{7,17,2,pid,1},[{seq_trace,17,{send,{0,1},p,pid,{spawn_request,ref,p,leader,{erts_internal,spawn_init,1},[{reply_tag,tag}],tag,[{erlang,apply,[a_fun,[]]}]}}},{seq_trace,17,{'receive',{0,1},p,pid,{spawn_request,ref,p,leader,{erts_internal,spawn_init,1},[{reply_tag,tag}],tag,[{erlang,apply,[a_fun,[]]}]}}},{seq_trace,17,{send,{1,2},pid,p,{tag,ref,ok,pid}}},{seq_trace,17,{'receive',{1,2},pid,p,{tag,ref,ok,pid}}}]}
    show(fun() -> traced(fun() -> on(), R = spawn_request(fun() -> ok end, [{reply, no}, link]), settle(2), is_reference(R) end) end),  % expect: {true,{7,17,1,p,0},[{seq_trace,17,{send,{0,1},p,pid,{spawn_request,ref,p,leader,{erts_internal,spawn_init,1},[{reply,no},link],spawn_reply,[{erlang,apply,[a_fun,[]]}]}}},{seq_trace,17,{'receive',{0,1},p,pid,{spawn_request,ref,p,leader,{erts_internal,spawn_init,1},[{reply,no},link],spawn_reply,[{erlang,apply,[a_fun,[]]}]}}},{seq_trace,17,{send,{1,3},pid,p,{'EXIT',pid,normal}}}]}
    show(fun() -> traced(fun() -> on(), {process_info(self(), sequential_trace_token), erlang:system_info(sequential_tracer)} end) end),  % expect: {{{sequential_trace_token,{7,17,0,p,0}},{sequential_tracer,tracer}},{7,17,0,p,0},[]}
    show(fun() -> traced(fun() -> T = seq_trace:get_system_tracer(), on(), T ! hello end) end),  % expect: {hello,{7,17,1,p,0},[{seq_trace,17,{send,{0,1},p,tracer,hello}},hello]}
    show(fun() -> traced(fun() -> T = seq_trace:set_system_tracer(false), on(), self() ! x, A = seq_trace:get_token(), seq_trace:set_system_tracer(T), receive x -> ok end, A end) end),  % expect: {{7,17,1,p,0},{7,17,1,p,0},[{seq_trace,17,{'receive',{0,1},p,p,x}}]}
    show(fun() -> traced(fun() -> T = spawn(fun() -> receive die -> ok end end), O = seq_trace:set_system_tracer(T), on(), self() ! x, T ! die, settle(3), A = seq_trace:get_system_tracer(), self() ! y, seq_trace:set_system_tracer(O), A end) end),  % expect: {false,{7,17,3,p,0},[]}
    show(fun() -> traced(fun() -> P = self(), E = spawn(fun() -> receive go -> ok end, T = seq_trace:get_token(), P ! got, receive Q -> Q ! {tok, T, seq_trace:get_token()} end end), on(), E ! go, receive got -> ok end, R = seq_trace:reset_trace(), E ! P, receive {tok, A, B} -> {R, A, B} end end) end),  % expect: {{true,{7,17,1,p,0},[]},[],[{seq_trace,17,{send,{0,1},p,pid,go}},{seq_trace,17,{'receive',{0,1},p,pid,go}},{seq_trace,17,{send,{1,2},pid,p,got}},{seq_trace,17,{'receive',{1,2},pid,p,got}}]}
    show(fun() -> traced(fun() -> on(), self() ! a, seq_trace:reset_trace(), A = seq_trace:get_token(), receive a -> ok end, A end) end),  % expect: {[],[],[{seq_trace,17,{send,{0,1},p,p,a}}]}
    show(fun() -> traced(fun() -> T = seq_trace:get_system_tracer(), erlang:trace(self(), true, [send, 'receive', {tracer, T}]), on(), self() ! x, receive x -> ok end, erlang:trace(self(), false, [all]) end) end),  % expect: {1,{7,17,1,p,0},[{trace,p,send,x,p},{seq_trace,17,{send,{0,1},p,p,x}},{trace,p,'receive',x},{seq_trace,17,{'receive',{0,1},p,p,x}}]}
    show(fun() -> traced(fun() -> erlang:trace_pattern({?MODULE, f, 1}, [{[1], [], [{set_seq_token, label, 5}, {set_seq_token, send, true}, {message, {get_seq_token}}]}, {[2], [{is_seq_trace}], [{message, {get_seq_token}}]}, {[3], [], [{message, {set_seq_token, label, 6}}]}, {[4], [], [{message, {set_seq_token, serial, {{3, 4}}}}]}, {[5], [], [{message, {set_seq_token, foo, 6}}]}, {[6], [], [{message, {set_seq_token, send, foo}}]}, {[7], [], [{message, {is_seq_trace}}]}], [local]), T = seq_trace:get_system_tracer(), erlang:trace(self(), true, [call, {tracer, T}]), [f(X) || X <- [2, 1, 2, 3, 4, 5, 6, 7]], erlang:trace(self(), false, [call]), erlang:trace_pattern({?MODULE, f, 1}, false, [local]) end) end),  % expect: {1,{1,6,4,p,3},[{trace,p,call,{seq_trace_edge,f,[1]},{1,5,0,p,0}},{trace,p,call,{seq_trace_edge,f,[2]},{1,5,0,p,0}},{trace,p,call,{seq_trace_edge,f,[3]}},{trace,p,call,{seq_trace_edge,f,[4]}},{trace,p,call,{seq_trace_edge,f,[5]},'EXIT'},{trace,p,call,{seq_trace_edge,f,[6]},'EXIT'},{trace,p,call,{seq_trace_edge,f,[7]}}]}
    show(fun() -> traced(fun() -> T = seq_trace:get_system_tracer(), erlang:trace_pattern(send, [{'_', [], [{message, {get_seq_token}}, {set_seq_token, label, 99}]}], []), erlang:trace(self(), true, [send, {tracer, T}]), on(), self() ! x, erlang:trace(self(), false, [all]), erlang:trace_pattern(send, true, []) end) end),  % expect: {1,{7,99,1,p,0},[{trace,p,send,x,p,{7,17,0,p,0}},{seq_trace,99,{send,{0,1},p,p,x}}]}
    show(fun() -> [element(1, lists:last(tuple_to_list(E))) < 10000 || E <- element(3, traced(fun() -> on([send, timestamp]), self() ! x, receive x -> ok end end))] end),  % expect: [true]
    show(fun() -> [is_integer(element(4, E)) || E <- element(3, traced(fun() -> on([send, monotonic_timestamp]), self() ! x, receive x -> ok end end))] end),  % expect: [true]
    show(fun() -> [tuple_size(element(4, E)) || E <- element(3, traced(fun() -> on([send, strict_monotonic_timestamp, monotonic_timestamp]), self() ! x, receive x -> ok end end))] end),  % expect: [2]
    show(fun() -> traced(fun() -> on(), seq_trace:set_token(timestamp, true), seq_trace:set_token(monotonic_timestamp, true), seq_trace:set_token(strict_monotonic_timestamp, true), seq_trace:get_token() end) end).  % expect: {{63,17,0,p,0},{63,17,0,p,0},[]}

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

collect(Got) -> receive {get, From} -> From ! {self(), lists:reverse(Got)}; M -> collect([M | Got]) end.

norm(T, Names) when is_pid(T) -> proplists:get_value(T, Names, pid);
norm(T, _) when is_reference(T) -> ref;
norm(T, _) when is_port(T) -> port;
norm(T, _) when is_function(T) -> a_fun;
norm(T, Names) when is_tuple(T) -> list_to_tuple([norm(E, Names) || E <- tuple_to_list(T)]);
norm([H | T], Names) -> [norm(H, Names) | norm(T, Names)];
norm(T, _) -> T.

show(F) ->
    try F() of
        V -> io:format("~w~n", [V])
    catch
        C:R -> io:format("~w ~w~n", [C, R])
    end.
