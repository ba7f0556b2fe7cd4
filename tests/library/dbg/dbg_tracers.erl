%% dbg's tracers of every kind, whom it traces and what it answers, trace ports and their clients.
-module(dbg_tracers).
-export([f/1, outer/1, server/0]).
-include("../show.hrl").
-include("../printed.hrl").

start() ->
    catch transom_trace:compat(true),
    show(fun() -> [dbg:get_tracer(), dbg:p(all, c), dbg:p(self(), c), dbg:stop()] end),  % expect: [{error,{no_tracer_on_node,nonode@nohost}},{error,no_tracers},{error,{no_tracer_on_node,nonode@nohost}},ok]
    show(fun() -> [dbg:tracer(process, {fun(_, N) -> N + 1 end, 0}), dbg:tracer(process, {fun(_, N) -> N end, 0}), dbg:get_tracer(), dbg:stop_clear(), dbg:get_tracer()] end),  % expect: [{ok,pid},{error,already_started},{ok,pid},ok,{error,{no_tracer_on_node,nonode@nohost}}]
    show(fun() -> catch dbg:tracer(process, {not_a_fun, 0}, more) end),  % expect: {error,{nodedown,process}}
    show(fun() -> catch dbg:tracer(port, not_a_fun) end),  % expect: {'EXIT',{function_clause,{at,dbg,tracer,2}}}
    show(fun() -> catch dbg:tracer(nothing, 1) end),  % expect: {'EXIT',{function_clause,{at,dbg,tracer,2}}}
    show(fun() -> [dbg:tracer(node(), process, {fun(_, N) -> N end, 0}), dbg:stop_clear()] end),  % expect: [{ok,nonode@nohost},ok]
    show(fun() -> tracing(fun() -> [dbg:n(node()), dbg:cn(node()), dbg:n(nosuch@nowhere)] end) end),  % expect: [{error,cant_add_local_node},ok,{error,{nodedown,nosuch@nowhere}}]
    show(fun() -> flags(m) end),  % expect: ['receive',send]
    show(fun() -> [flags(F) || F <- [s, r, c, p, sos, sol, sofs, sofl]] end),  % expect: [[send],['receive'],[call],[procs],[set_on_spawn],[set_on_link],[set_on_first_spawn],[set_on_first_link]]
    show(fun() -> flags(all) end),  % expect: [arity,call,exiting,garbage_collection,monotonic_timestamp,ports,procs,'receive',return_to,running_ports,running_procs,send,set_on_first_link,set_on_first_spawn,set_on_link,set_on_spawn,strict_monotonic_timestamp,timestamp]
    show(fun() -> [flags(F) || F <- [send, 'receive', call, procs, ports, garbage_collection, running, running_procs, running_ports, exiting, arity, return_to, silent]] end),  % expect: [[send],['receive'],[call],[procs],[ports],[garbage_collection],[running],[running_procs],[running_ports],[exiting],[arity],[return_to],[silent]]
    show(fun() -> [flags(F) || F <- [set_on_spawn, set_on_first_spawn, set_on_link, set_on_first_link, timestamp, monotonic_timestamp, strict_monotonic_timestamp]] end),  % expect: [[set_on_spawn],[set_on_first_spawn],[set_on_link],[set_on_first_link],[timestamp],[monotonic_timestamp],[strict_monotonic_timestamp]]
    show(fun() -> flags([c, m, timestamp, procs]) end),  % expect: [call,procs,'receive',send,timestamp]
    show(fun() -> tracing(fun() -> [dbg:p(whoever, F) || F <- [zork, [c, zork], [clear, c], [c, clear, m], [c | m], "c", 17, {tracer, self()}]] end) end),  % expect: [{error,{bad_flags,[zork]}},{error,{bad_flags,[zork]}},{error,{bad_flags,[clear,c]}},{error,{bad_flags,[clear,m]}},{error,{bad_flags,m}},{error,{bad_flags,"c"}},{error,{bad_flags,17}},{error,{bad_flags,{tracer,pid}}}]
    show(fun() -> tracing(fun() -> P = spawn(?MODULE, server, []), A = [matched(dbg:p(Who, c)) || Who <- subjects(P)], exit(P, kill), A end) end),  % expect: [{matched,1},{matched,1},{matched,1},{matched,1},{matched,1}]
    show(fun() -> tracing(fun() -> [dbg:p(Who, c) || Who <- ["<0.9999.0>", "junk", {0, 9999, 0}, 9999, nobody_of_this_name, {a, b}, 1.5]] end) end),  % expect: [{ok,[{matched,nonode@nohost,0,{no_proc,pid}}]},{error,{badpid,"junk"}},{ok,[{matched,nonode@nohost,0,{no_proc,pid}}]},{ok,[{matched,nonode@nohost,0,{no_proc,pid}}]},{ok,[{matched,nonode@nohost,0,{no_proc,nobody_of_this_name}}]},{error,{badpid,{a,b}}},{error,{badpid,1.5}}]
    show(fun() -> tracing(fun() -> P = spawn(?MODULE, server, []), [dbg:p(P), erlang:trace_info(P, flags), dbg:p(P, clear), erlang:trace_info(P, flags), dbg:p(P, [clear]), exit(P, kill)] end) end),  % expect: [{ok,[{matched,nonode@nohost,1}]},{flags,['receive',send]},{ok,[{matched,nonode@nohost,1}]},{flags,[]},{ok,[{matched,nonode@nohost,1}]},true]
    show(fun() -> tracing(fun() -> [matched(dbg:p(Group, c)) || Group <- [all, new, existing, processes, new_processes, existing_processes, ports, new_ports, existing_ports]] end) end),  % expect: [{matched,2},{matched,0},{matched,2},{matched,2},{matched,0},{matched,2},{matched,0},{matched,0},{matched,0}]
    show(fun() -> P = spawn(?MODULE, server, []), T = output(fun() -> tracing(fun() -> {ok, _} = dbg:p(P, [c, m, sos, timestamp]), dbg:i() end) end), exit(P, kill), table(T, P) end),  % expect: ["Node nonode@nohost:","Pid Initial call Trace ","PID {dbg_tracers,server,0 c | sos | r | s | timestamp"]
    show(fun() -> output(fun() -> dbg:i() end) end),  % expect: []
    show(fun() -> [dbg:c(?MODULE, outer, [1], c), whereis(dbg)] end),  % expect: [{{1}},undefined]
    show(fun() -> [dbg:c(?MODULE, outer, [1], c), dbg:c(?MODULE, outer, [1], [c, p]), dbg:c(?MODULE, f, [crash], c), dbg:c(?MODULE, outer, [1], [zork])] end),  % expect: [{{1}},{{1}},{error,{crashed,{at,dbg_tracers,f,1}}},{error,{bad_flags,[zork]}}]
    show(fun() -> handler(fun(E, N) -> {N + 1, element(1, E)} end) end),  % expect: [{1,trace},{2,trace}]
    show(fun() -> written(dbg:trace_port(file, file())) end),  % expect: {{ok,port},["dbg_tracers.trc"],[[call,{dbg_tracers,f,[1]}],[call,{dbg_tracers,f,[2]}],[call,{dbg_tracers,f,[3]}],end_of_trace]}
    show(fun() -> written(dbg:trace_port(file, {file(), wrap, ".w"})) end),  % expect: {{ok,port},["dbg_tracers.trc0.w"],[[call,{dbg_tracers,f,[1]}],[call,{dbg_tracers,f,[2]}],[call,{dbg_tracers,f,[3]}],end_of_trace]}
    show(fun() -> written(dbg:trace_port(file, {file(), wrap, ".w", 4000})) end),  % expect: {{ok,port},["dbg_tracers.trc0.w"],[[call,{dbg_tracers,f,[1]}],[call,{dbg_tracers,f,[2]}],[call,{dbg_tracers,f,[3]}],end_of_trace]}
    show(fun() -> written(dbg:trace_port(file, {file(), wrap, ".w", 4000, 2})) end),  % expect: {{ok,port},["dbg_tracers.trc0.w"],[[call,{dbg_tracers,f,[1]}],[call,{dbg_tracers,f,[2]}],[call,{dbg_tracers,f,[3]}],end_of_trace]}
    show(fun() -> [begin A = refused(dbg:tracer(port, dbg:trace_port(file, W))), dbg:stop_clear(), A end || W <- [{file(), wrap, ".w", 100, 0}, {file(), wrap, ".w", x, 2}, {file(), wrap, ".w", {time, 0}, 2}, "no/such/folder/x", {file(), wrap, ".w", {time, 100}, 2}]] end),  % expect: [refused,refused,refused,refused,ok]
    show(fun() -> [catch dbg:trace_port(file, {file(), wrap, ".w", 0, 2}), catch dbg:trace_port(file, {file(), wrap, ".w", 100, 0}), catch dbg:trace_port(ip, x), catch dbg:trace_port(disk, x)] end),  % expect: [{'fun',0},{'fun',0},{'EXIT',{function_clause,{at,dbg,trace_port,2}}},{'EXIT',{function_clause,{at,dbg,trace_port,2}}}]
    show(fun() -> tracing(fun() -> [dbg:trace_port_control(flush), dbg:trace_port_control(node(), flush), dbg:trace_port_control(get_listen_port), dbg:flush_trace_port(), dbg:flush_trace_port(node())] end) end),  % expect: [{error,no_trace_driver},{error,no_trace_driver},{error,no_trace_driver},{error,no_trace_driver},{error,no_trace_driver}]
    show(fun() -> [dbg:flush_trace_port(), catch dbg:trace_port_control(nosuch)] end),  % expect: [{error,no_trace_driver},{'EXIT',{function_clause,{at,dbg,trace_port_control,2}}}]
    show(fun() -> by_socket(5) end),  % expect: {true,[[call,{dbg_tracers,f,[1]}],[call,{dbg_tracers,f,[2]}],[call,{dbg_tracers,f,[3]}],[call,{dbg_tracers,f,[4]}],[call,{dbg_tracers,f,[5]}]]}
    show(fun() -> catch dbg:trace_client(file, "no_such_file_at_all") end),  % expect: pid
    show(fun() -> catch dbg:trace_client(tape, "x") end),  % expect: {'EXIT',{function_clause,{at,dbg,trace_client,2}}}
    show(fun() -> [dbg:stop(), dbg:stop(), dbg:stop_clear()] end),  % expect: [ok,ok,ok]
    show(fun() -> [file:delete(F) || F <- filelib:wildcard("dbg_tracers.trc*")] =/= [] end).  % expect: true

f(crash) -> error(crashed);
f(X) -> {X}.
outer(X) -> Y = f(X), {Y}.
server() -> receive stop -> ok end.
file() -> "dbg_tracers.trc".

tracing(F) ->
    {ok, _} = dbg:tracer(process, {fun(_, _) -> none end, none}),
    try F() after dbg:stop_clear() end.

%% The flags of erlang:trace/3 that dbg's stand for.
flags(Flags) ->
    tracing(fun() ->
        P = spawn(?MODULE, server, []),
        {ok, [{matched, _, 1}]} = dbg:p(P, Flags),
        {flags, Long} = erlang:trace_info(P, flags),
        exit(P, kill),
        lists:sort(Long)
    end).

%% Every way to name a process.
subjects(P) ->
    register(dbg_tracers_named, P),
    [A, B, C] = [list_to_integer(Part) || Part <- string:lexemes(pid_to_list(P), "<.>")],
    [P, dbg_tracers_named, pid_to_list(P), {A, B, C}, B].

matched({ok, [{matched, Node, N}]}) when Node =:= node() -> {matched, min(N, 2)};
matched(Other) -> Other.

%% The lines of dbg:i/0 about a process.
table(Text, P) ->
    [re:replace(Line, " +", " ", [global, {return, list}]) || Line <- string:split(lists:flatten(string:replace(Text, pid_to_list(P), "PID", all)), "\n", all),
                                                             string:find(Line, "PID") =/= nomatch orelse string:find(Line, "Node") =/= nomatch orelse string:find(Line, "Initial") =/= nomatch].

%% What a handler's state is when it was called for three events.
handler(Fun) ->
    Me = self(),
    {ok, _} = dbg:tracer(process, {fun(E, {N, _}) -> S = Fun(E, N), Me ! S, S end, {0, none}}),
    Worker = spawn(fun() -> receive go -> self() ! x, receive x -> ok end, Me ! called, receive stop -> ok end end end),
    dbg:p(Worker, r),
    Worker ! go,
    States = [receive {_, _} = S -> S after 30000 -> nothing end || _ <- [1, 2]],
    receive called -> ok end,
    dbg:stop_clear(),
    exit(Worker, kill),
    States.

refused({error, {Reason, [_ | _]}}) when is_atom(Reason) -> refused;
refused({ok, P}) when is_pid(P) -> ok.

%% Events to a port, and what a client reads of them.
written(Open) ->
    {ok, _} = dbg:tracer(port, Open),
    Worker = work(3),
    Ref = erlang:trace_delivered(Worker),
    receive {trace_delivered, Worker, Ref} -> ok end,
    ok = dbg:flush_trace_port(),
    Tracer = dbg:get_tracer(),
    dbg:stop_clear(),
    exit(Worker, kill),
    Names = lists:sort(filelib:wildcard("dbg_tracers.trc*")),
    From = case Names of [Name] -> case lists:suffix(".w", Name) of true -> {file(), wrap, ".w"}; false -> Name end; _ -> {file(), wrap, ".w"} end,
    Read = client(file, From),
    [file:delete(File) || File <- Names],
    {Tracer, Names, Read}.

%% f/1 is traced in a process that calls it so often.
work(N) ->
    Me = self(),
    Worker = spawn(fun() -> receive go -> [?MODULE:f(X) || X <- lists:seq(1, N)], Me ! called, receive stop -> ok end end end),
    {ok, _} = dbg:p(Worker, c),
    {ok, _} = dbg:tp(?MODULE, f, []),
    Worker ! go,
    receive called -> ok end,
    Worker.

client(Type, Where) ->
    Me = self(),
    Pid = dbg:trace_client(Type, Where, {fun(end_of_trace, _) -> Me ! end_of_trace; (E, _) -> Me ! tl(tl(tuple_to_list(E))) end, none}),
    events(Pid).

events(Pid) -> receive end_of_trace -> [end_of_trace]; E when is_list(E) -> [E | events(Pid)] after 30000 -> [nothing] end.

%% The same through a socket.
by_socket(N) ->
    {ok, _} = dbg:tracer(port, dbg:trace_port(ip, 0)),
    {ok, Port} = dbg:trace_port_control(get_listen_port),
    Me = self(),
    Client = dbg:trace_client(ip, Port, {fun(end_of_trace, _) -> Me ! end_of_trace; (E, _) -> Me ! tl(tl(tuple_to_list(E))) end, none}),
    Worker = work(N),
    Got = [receive E when is_list(E) -> E after 30000 -> nothing end || _ <- lists:seq(1, N)],
    dbg:stop_trace_client(Client),
    dbg:stop_clear(),
    exit(Worker, kill),
    {is_integer(Port), Got}.
