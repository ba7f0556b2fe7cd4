%% seq_trace: normal.
-module(seq_trace_normal).
-export([start/0, nop/0, nop/1, f/1, on/0, on/1]).

start() ->
    [{module, _} = code:ensure_loaded(M) || M <- [gen_server, gen, proc_lib, error_handler]],
    show(fun() -> traced(fun() -> [seq_trace:get_token() | [seq_trace:get_token(K) || K <- [label, serial, send, 'receive', print, timestamp, monotonic_timestamp, strict_monotonic_timestamp]]] end) end),  % expect: {[[],[],[],{send,false},{'receive',false},{print,false},{timestamp,false},{monotonic_timestamp,false},{strict_monotonic_timestamp,false}],[],[]}
    show(fun() -> traced(fun() -> [seq_trace:set_token(label, 1), seq_trace:set_token(label, foo), seq_trace:set_token(send, true), seq_trace:set_token(send, false), seq_trace:set_token(serial, {3, 4}), seq_trace:set_token(serial, {5, 6}), seq_trace:get_token()] end) end),  % expect: {[0,1,false,true,{0,0},{3,4},{0,foo,6,p,5}],{0,foo,6,p,5},[]}
    show(fun() -> traced(fun() -> seq_trace:set_token(print, true), [seq_trace:get_token(K) || K <- [label, serial, send, 'receive', print, timestamp, monotonic_timestamp, strict_monotonic_timestamp]] end) end),  % expect: {[{label,0},{serial,{0,0}},{send,false},{'receive',false},{print,true},{timestamp,false},{monotonic_timestamp,false},{strict_monotonic_timestamp,false}],{4,0,0,p,0},[]}
    show(fun() -> traced(fun() -> E = spawn(fun() -> receive {P, X} -> P ! {self(), X} end end), on(), E ! {self(), hi}, receive {E, hi} -> ok end end) end),  % expect: {ok,{7,17,2,pid,1},[{seq_trace,17,{send,{0,1},p,pid,{p,hi}}},{seq_trace,17,{'receive',{0,1},p,pid,{p,hi}}},{seq_trace,17,{send,{1,2},pid,p,{pid,hi}}},{seq_trace,17,{'receive',{1,2},pid,p,{pid,hi}}}]}
    show(fun() -> traced(fun() -> E = spawn(fun F() -> receive {P, X} -> P ! {self(), X}, F() end end), on(), E ! {self(), hi}, receive {E, hi} -> ok end, E ! {self(), again}, receive {E, again} -> ok end end) end),  % expect: {ok,{7,17,4,pid,3},[{seq_trace,17,{send,{0,1},p,pid,{p,hi}}},{seq_trace,17,{'receive',{0,1},p,pid,{p,hi}}},{seq_trace,17,{send,{1,2},pid,p,{pid,hi}}},{seq_trace,17,{'receive',{1,2},pid,p,{pid,hi}}},{seq_trace,17,{send,{2,3},p,pid,{p,again}}},{seq_trace,17,{'receive',{2,3},p,pid,{p,again}}},{seq_trace,17,{send,{3,4},pid,p,{pid,again}}},{seq_trace,17,{'receive',{3,4},pid,p,{pid,again}}}]}
    show(fun() -> traced(fun() -> on(), [seq_trace:print(a), seq_trace:print(17, b), seq_trace:print(18, c), seq_trace:print(d)] end) end),  % expect: {[ok,ok,ok,ok],{7,17,3,p,0},[{seq_trace,17,{print,{0,1},p,[],a}},{seq_trace,17,{print,{0,2},p,[],b}},{seq_trace,17,{print,{0,3},p,[],d}}]}
    show(fun() -> traced(fun() -> on(), P = self(), E = spawn(fun() -> P ! {self(), seq_trace:get_token()} end), receive {E, T} -> T end end) end),  % expect: {{7,17,2,pid,1},{7,17,3,pid,1},[{seq_trace,17,{send,{0,1},p,pid,{spawn_request,ref,p,leader,{erlang,apply,2},[],spawn_reply,[a_fun,[]]}}},{seq_trace,17,{'receive',{0,1},p,pid,{spawn_request,ref,p,leader,{erlang,apply,2},[],spawn_reply,[a_fun,[]]}}},{seq_trace,17,{send,{1,2},pid,p,{spawn_reply,ref,ok,pid}}},{seq_trace,17,{'receive',{1,2},pid,p,{spawn_reply,ref,ok,pid}}},{seq_trace,17,{send,{1,3},pid,p,{pid,{7,17,2,pid,1}}}},{seq_trace,17,{'receive',{1,3},pid,p,{pid,{7,17,2,pid,1}}}}]}
    show(fun() -> traced(fun() -> process_flag(trap_exit, true), on(), E = spawn_link(fun() -> exit(bye) end), receive {'EXIT', E, bye} -> ok end end) end),  % expect: {ok,{7,17,3,pid,1},[{seq_trace,17,{send,{0,1},p,pid,{spawn_request,ref,p,leader,{erlang,apply,2},[link],spawn_reply,[a_fun,[]]}}},{seq_trace,17,{'receive',{0,1},p,pid,{spawn_request,ref,p,leader,{erlang,apply,2},[link],spawn_reply,[a_fun,[]]}}},{seq_trace,17,{send,{1,2},pid,p,{spawn_reply,ref,ok,pid}}},{seq_trace,17,{'receive',{1,2},pid,p,{spawn_reply,ref,ok,pid}}},{seq_trace,17,{send,{1,3},pid,p,{'EXIT',pid,bye}}},{seq_trace,17,{'receive',{1,3},pid,p,{'EXIT',pid,bye}}}]}
    show(fun() -> traced(fun() -> on([send]), self() ! x, receive x -> ok end end) end),  % expect: {ok,{1,17,1,p,0},[{seq_trace,17,{send,{0,1},p,p,x}}]}
    show(fun() -> traced(fun() -> on(['receive']), self() ! x, receive x -> ok end end) end),  % expect: {ok,{2,17,1,p,0},[{seq_trace,17,{'receive',{0,1},p,p,x}}]}
    show(fun() -> traced(fun() -> on([]), self() ! x, receive x -> ok end end) end),  % expect: {ok,{0,17,1,p,0},[]}
    show(fun() -> traced(fun() -> seq_trace:set_token(label, {[1, 2, 3], #{a => self}, 1.5}), seq_trace:set_token(send, true), self() ! x, receive x -> ok end end) end),  % expect: {ok,{1,{[1,2,3],#{a => self},1.5},1,p,0},[{seq_trace,{[1,2,3],#{a => self},1.5},{send,{0,1},p,p,x}}]}
    show(fun() -> [is_pid(seq_trace:set_system_tracer(self())) | [seq_trace:get_system_tracer() =:= self(), seq_trace:set_system_tracer(false) =:= self(), seq_trace:get_system_tracer()]] end),  % expect: [false,true,true,false]
    show(fun() -> traced(fun() -> E = spawn(fun() -> receive {'$gen_call', F, x} -> gen_server:reply(F, y) end end), on(), gen_server:call(E, x) end) end).  % expect: {y,{7,17,2,pid,1},[{seq_trace,17,{send,{0,1},p,pid,{'$gen_call',{p,[alias|ref]},x}}},{seq_trace,17,{'receive',{0,1},p,pid,{'$gen_call',{p,[alias|ref]},x}}},{seq_trace,17,{send,{1,2},pid,ref,{[alias|ref],y}}},{seq_trace,17,{'receive',{1,2},pid,p,{[alias|ref],y}}}]}

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
