%% Scenarios of a reload that the recorded programs here and the library's own tests do not show: loading, processes and funs.
-module(scenarios).
-export([main/1]).

-include("scenarios.hrl").

test(broken_code) -> broken_code();
test(atomic_or_none) -> atomic_or_none();
test(finished_twice) -> finished_twice();
test(protected) -> protected();
test(on_load_at_once) -> on_load_at_once();
test(on_load_mischief) -> on_load_mischief();
test(loads_its_successor) -> loads_its_successor();
test(all_kinds_stay) -> all_kinds_stay();
test(loopers_are_carried) -> loopers_are_carried();
test(fun_races_with_purge) -> fun_races_with_purge();
test(literals) -> literals();
test(vanished_export) -> vanished_export();
test(many_in_the_module) -> many_in_the_module();
test(busy_in_old_code) -> busy_in_old_code();
test(one_exit_reason) -> one_exit_reason();
test(there_and_back) -> there_and_back();
test(loader_killed) -> loader_killed();
test(from_odd_places) -> from_odd_places();
test(two_shells) -> two_shells();
test(made_up_name) -> made_up_name();
test(many_modules) -> many_modules().

%% 1: whatever is wrong with the code, the process in old code lives, and both versions are there.
broken_code() ->
    {module, m} = load(m, loop("1")),
    P = spawn(m, loop, []),
    1 = ask(P),
    {module, m} = load(m, loop("2")),
    Whole = bin(m, loop("3")),
    ok = file:write_file("other.tbc", bin(other, value("1"))),
    Same = fun() -> 1 = ask(P), true = erlang:check_process_code(P, m), true = erlang:check_old_code(m) end,
    [begin {error, badfile} = code:load_binary(m, "m.erl", B), Same() end
     || B <- [<<>>, <<"junk">>, binary:part(Whole, 0, byte_size(Whole) div 2), binary:part(Whole, 0, byte_size(Whole) - 1), bin(other, value("1"))]],
    {error, nofile} = code:load_abs("./missing"), Same(),
    {error, on_load_failure} = code:load_binary(m, "m.erl", bin(m, "-on_load(f/0).\n" ++ loop("3") ++ "f() -> no.\n")), Same(),
    _ = file(m, "v() -> X.\n"),
    error = silently(fun() -> c:c(m) end), Same(),
    {error, _} = c:l(nowhere_to_be_found),
    ok = file:write_file("m.tbc", <<"junk">>),
    true = code:add_patha("."),
    {error, badfile} = c:l(m), Same(),
    ok = file:delete("m.tbc"),
    ok = file:delete("m.erl"),
    {error, nofile} = c:l(m), Same(),
    P ! stop,
    ok.

%% 2: the seventh of ten.
atomic_or_none() ->
    Ms = [list_to_atom("m" ++ integer_to_list(N)) || N <- lists:seq(1, 10)],
    {ok, _} = transom_reload:reload([file(M, value("1")) || M <- Ms]),
    Broken = fun(m7) -> "-export([v/0]).\nv() -> X.\n"; (m9) -> "v( -> 1.\n"; (_) -> value("2") end,
    {error, #{broken := B}} = transom_reload:reload([file(M, Broken(M)) || M <- Ms]),
    [_, _] = B,
    [1 = M:v() || M <- Ms],
    Bins = [{M, atom_to_list(M), case M of m7 -> <<"junk">>; m9 -> <<>>; _ -> bin(M, value("3")) end} || M <- Ms],
    [code:soft_purge(M) || M <- Ms],
    {error, Why} = code:atomic_load(Bins),
    [{m7, badfile}, {m9, badfile}] = lists:sort(Why),
    [1 = M:v() || M <- Ms],
    ok.

%% 3: twice, and one that was prepared before the current code.
finished_twice() ->
    Prepare = fun(V) -> {ok, Prepared} = code:prepare_loading([{m, "m.erl", bin(m, value(V))}]), Prepared end,
    [One, Two] = [Prepare("1"), Prepare("2")],
    ok = code:finish_loading(Two),
    2 = m:v(),
    {error, [{m, stale}]} = code:finish_loading(Two),
    _ = code:finish_loading(One),
    code:purge(m),
    ok = code:finish_loading(Prepare("3")),
    3 = m:v(),
    ok.

%% 4: what the machine itself needs.
protected() ->
    [_ = code:delete(M) || M <- [lists, erlang, code, code_server, gen_server, logger]],
    [_ = code:purge(M) || M <- [lists, gen_server, logger]],
    {error, sticky_directory} = code:load_binary(lists, "lists.erl", bin(lists, value("1"))),
    {error, sticky_directory} = code:load_file(erlang),
    [['R004'] = codes(reload(M, value("1"))) || M <- [lists, code_server, logger]],
    [1, 2] = lists:sort([2, 1]),
    {ok, P} = gen_event:start(),
    gen_event:stop(P),
    ok.

%% 5: a hundred loads of one module that has an on_load function.
on_load_at_once() ->
    Bin = bin(m, "-on_load(f/0).\n" ++ value("1") ++ "f() -> receive after 1 -> ok end.\n"),
    Loaders = [spawn_monitor(fun() -> exit(code:load_binary(m, "m.erl", Bin)) end) || _ <- lists:seq(1, 100)],
    [receive {'DOWN', Mon, _, _, R} -> {module, m} = R after 30000 -> Mon = none end || {_, Mon} <- Loaders],
    1 = m:v(),
    ok.

%% 6: what on_load functions may do.
on_load_mischief() ->
    {module, m} = load(m, value("1")),
    Try = fun(Body) ->
                  R = load(m, "-on_load(f/0).\n-export([w/0, v/0]).\nw() -> new.\nv() -> 2.\nf() -> " ++ Body ++ ".\n"),
                  code:purge(m),
                  R
          end,
    [begin {error, on_load_failure} = Try(Body), 1 = m:v() end
     || Body <- ["exit(self(), kill), receive after infinity -> ok end", "error(boom)", "exit(boom)", "throw(boom)", "{error, why}",
                 "spawn(fun() -> w() end), no", "m:w()", "1 = m:v(), no"]],
    %% A process that a failing one has started goes with its code.
    Me = self(),
    persistent_term:put(scenarios, Me),
    {error, on_load_failure} = Try("P = spawn(fun() -> receive after infinity -> w() end end), persistent_term:get(scenarios) ! {started, P}, no"),
    killed = receive {started, P} -> case ended(P) of noproc -> killed; Why -> Why end after 30000 -> none end,
    {module, m} = Try("exit(ok)"),
    2 = m:v(),
    ok.

%% 7: it gets its answer.
loads_its_successor() ->
    Text = fun(V) -> "-export([run/1]).\nrun(Bins) -> {" ++ V ++ ", [code:load_binary(m, \"m.erl\", B) || B <- Bins]}.\n" end,
    {module, m} = load(m, Text("1")),
    Me = self(),
    Bins = [bin(m, Text("2")), bin(m, Text("3"))],
    {P, Mon} = spawn_monitor(fun() -> Me ! {self(), m:run([hd(Bins)])}, exit(done) end),
    {1, [{module, m}]} = receive {P, R} -> R after 10000 -> none end,
    receive {'DOWN', Mon, _, _, done} -> ok after 10000 -> Mon = none end,
    %% Two further versions: by OTP's rule it is among the killed, and the load is done all the same.
    {_, Mon2} = spawn_monitor(fun() -> m:run(Bins ++ [hd(Bins)]) end),
    killed = receive {'DOWN', Mon2, _, _, Why} -> Why after 10000 -> none end,
    {3, []} = await(fun() -> m:run([]) end, {3, []}),
    ok.

%% 8: processes of every kind, at a third version: refused, and all alive. By force they end.
all_kinds_stay() ->
    Text = fun(V) -> "-export([run/1]).\nrun(K) -> X = k(K), {X, " ++ V ++ "}.\n"
                         "k(plain) -> w(); k(trapping) -> process_flag(trap_exit, true), w(); k(in_try) -> try w() after ok end;\n"
                         "k(deep) -> [w() || _ <- [1, 2]]; k(in_fun) -> lists:map(fun(_) -> w() end, [1]);\n"
                         "k(hibernating) -> erlang:hibernate(?MODULE, run, [plain]).\n"
                         "w() -> receive stop -> " ++ V ++ " end.\n" end,
    _ = reloaded(m, Text("1")),
    Kinds = [plain, trapping, in_try, deep, in_fun],
    Ps = [spawn(fun() -> m:run(K) end) || K <- [hibernating | Kinds]],
    Suspended = spawn(fun() -> m:run(plain) end),
    receive after 100 -> ok end,
    true = erlang:suspend_process(Suspended),
    _ = reloaded(m, Text("2")),
    ['R001'] = codes(reload(m, Text("3"))),
    [true = is_process_alive(P) || P <- [Suspended | Ps]],
    Mons = [{P, monitor(process, P)} || P <- [Suspended | tl(Ps)]],
    {_, #{version := V}} = code:versions(m),
    {ok, #{killed := Killed}} = transom_reload:reload(["m.erl"], #{force => true}),
    %% The hibernating one has no frame: it wakes in the current version.
    true = lists:sort(Killed) =:= lists:sort([P || {P, _} <- Mons]),
    %% Their end names the version that went.
    [{killed, {purge, m, V}} = receive {'DOWN', Mon, _, _, Why} -> Why after 10000 -> P end || {P, Mon} <- Mons],
    true = is_process_alive(hd(Ps)),
    ok.

%% 9: a hundred local loops, thirty edits elsewhere in the module: nobody is lost, no fun breaks.
loopers_are_carried() ->
    Text = fun(N) -> loop("v()", ", f/0") ++ "f() -> fun(X) -> {X, v()} end.\nv() -> " ++ integer_to_list(N) ++ ".\n" end,
    _ = reloaded(m, Text(0)),
    F = m:f(),
    Ps = [spawn(m, loop, []) || _ <- lists:seq(1, 100)],
    [begin
         #{in_old := []} = reloaded(m, Text(N)),
         [N = ask(P) || P <- Ps],
         {x, N} = F(x)
     end || N <- lists:seq(1, 30)],
    [P ! stop || P <- Ps],
    ok.

%% 11: a fun that is called while its code goes answers or raises badfun, and nothing else.
fun_races_with_purge() ->
    Text = fun(V) -> "-export([f/0]).\nf() -> fun(X) -> {X, " ++ V ++ "} end.\n" end,
    Bins = [bin(m, Text(integer_to_list(V))) || V <- [1, 2]],
    {module, m} = code:load_binary(m, "m.erl", hd(Bins)),
    Me = self(),
    Callers = [spawn_link(fun() -> call_funs(Me, {0, 0}) end) || _ <- lists:seq(1, 4)],
    [begin
         F = m:f(),
         [C ! {call, F} || C <- Callers],
         {module, m} = code:load_binary(m, "m.erl", lists:nth(1 + N rem 2, Bins)),
         [C ! {call, F} || C <- Callers],
         true = code:soft_purge(m) orelse code:purge(m) orelse true,
         [C ! {call, F} || C <- Callers]
     end || N <- lists:seq(1, 200)],
    [C ! stop || C <- Callers],
    Counts = [receive {C, Count} -> Count after 20000 -> none end || C <- Callers],
    [2400, true] = [lists:sum([A + B || {A, B} <- Counts]), lists:sum([A || {A, _} <- Counts]) > 0],
    ok.

call_funs(To, {Answered, Dead}) ->
    receive
        {call, F} ->
            try F(x) of
                {x, V} when V =:= 1; V =:= 2 -> call_funs(To, {Answered + 1, Dead})
            catch error:{badfun, F} -> call_funs(To, {Answered, Dead + 1})
            end;
        stop -> To ! {self(), {Answered, Dead}}
    end.

%% 12: a large literal held by many, then purged.
literals() ->
    Text = fun(V) -> "-export([l/0]).\nl() -> " ++ lists:flatten(io_lib:format("~w", [lists:seq(1, 20000) ++ [V]])) ++ ".\n" end,
    {module, m} = load(m, Text(a)),
    Me = self(),
    Ps = [spawn_link(fun() -> L = m:l(), Me ! {self(), holding}, receive compare -> Me ! {self(), erlang:phash2(L), length(L)} end end)
          || _ <- lists:seq(1, 20)],
    [receive {P, holding} -> ok end || P <- Ps],
    T = ets:new(t, []),
    ets:insert(T, {l, m:l()}),
    put(l, m:l()),
    Sum = {erlang:phash2(m:l()), 20001},
    {module, m} = load(m, Text(b)),
    true = code:soft_purge(m),
    {module, m} = load(m, Text(c)),
    true = code:soft_purge(m),
    [erlang:garbage_collect(P) || P <- [self() | Ps]],
    [P ! compare || P <- Ps],
    [Sum = receive {P, H, N} -> {H, N} after 10000 -> none end || P <- Ps],
    [Sum = {erlang:phash2(L), length(L)} || L <- [get(l), ets:lookup_element(T, l, 2)]],
    ok.

%% 14: a function that many are about to call goes.
vanished_export() ->
    {module, m} = load(m, "-export([gone/0]).\ngone() -> 1.\n"),
    Calls = [fun() -> apply(m, gone, []) end, fun() -> m:gone() end, fun m:gone/0,
             fun() -> {_, Mon} = spawn_monitor(m, gone, []), receive {'DOWN', Mon, _, _, {Why, [F | _]}} -> erlang:raise(error, Why, [F]) end end],
    Ps = [spawn_monitor(fun() -> receive go -> ok end, exit(try F() catch error:undef:Stack -> {m, gone, [], []} = hd(Stack), undef end) end)
          || F <- Calls, _ <- lists:seq(1, 25)],
    {ok, Timer} = timer:apply_after(50, m, gone, []),
    {module, m} = load(m, value("2")),
    code:purge(m),
    [P ! go || {P, _} <- Ps],
    [receive {'DOWN', Mon, _, _, R} -> undef = R after 10000 -> Mon = none end || {_, Mon} <- Ps],
    receive after 100 -> ok end,
    _ = timer:cancel(Timer),
    {ok, T2} = timer:send_after(10, still_there),
    receive still_there -> ok after 30000 -> T2 = none end,
    ok.

%% 26: many processes wait in the module, by qualified calls: all move with their next message.
many_in_the_module() ->
    Text = fun(V) -> "-export([loop/0]).\nloop() -> receive {ask, P} -> P ! {self(), " ++ V ++ "}, ?MODULE:loop(); stop -> ok end.\n" end,
    _ = reloaded(m, Text("1")),
    Ps = [spawn(m, loop, []) || _ <- lists:seq(1, 3000)],
    [1 = ask(P) || P <- Ps],
    _ = reloaded(m, Text("2")),
    [P ! {ask, self()} || P <- Ps],
    [1 = receive {P, A} -> A after 10000 -> none end || P <- Ps],
    _ = reloaded(m, Text("3")),
    [P ! {ask, self()} || P <- Ps],
    [2 = receive {P, A} -> A after 10000 -> none end || P <- Ps],
    [P ! stop || P <- Ps],
    ok.

%% 27: a loop without a receive, and a long built-in function.
busy_in_old_code() ->
    Text = fun(V) -> "-export([spin/1, long/1]).\nspin(N) -> spin(N + " ++ V ++ ").\nlong(L) -> erlang:phash2(lists:sort(L)), long(L).\n" end,
    {module, m} = load(m, Text("1")),
    L = lists:seq(1, 100000),
    Ps = [spawn(m, spin, [0]), spawn(fun() -> m:long(L) end)],
    receive after 50 -> ok end,
    {module, m} = load(m, Text("2")),
    false = code:soft_purge(m),
    [true = is_process_alive(P) || P <- Ps],
    true = code:purge(m),
    [false = is_process_alive(P) || P <- Ps],
    ok.

%% 28: links, monitors and a supervisor see the same reason; the child begins again in the new code.
one_exit_reason() ->
    Text = fun(V) -> "-export([start/0, loop/0]).\nstart() -> {ok, spawn_link(fun loop/0)}.\nloop() -> receive {ask, P} -> P ! {self(), " ++ V ++ "}, loop() end.\n" end,
    {module, m} = load(m, Text("1")),
    {ok, Sup} = supervisor:start_link(sup_module(), [#{id => m, start => {m, start, []}}]),
    [{m, P, _, _}] = supervisor:which_children(Sup),
    1 = ask(P),
    Mons = [monitor(process, P) || _ <- [1, 2, 3]],
    {module, m} = load(m, Text("2")),
    true = code:purge(m),
    [receive {'DOWN', Mon, _, _, Why} -> killed = Why after 30000 -> Mon = none end || Mon <- Mons],
    [{m, Q, _, _}] = await(fun() -> supervisor:which_children(Sup) end, none, 10),
    2 = ask(Q),
    ok.

sup_module() ->
    {module, sup_m} = load(sup_m, "-behaviour(supervisor).\n-export([init/1]).\ninit(Children) -> {ok, {#{intensity => 5}, Children}}.\n"),
    sup_m.

%% 29: A, B, A with the same bytes.
there_and_back() ->
    _ = reloaded(m, value("1")),
    {#{version := V}, _} = code:versions(m),
    [begin
         _ = reloaded(m, value("2")),
         _ = reloaded(m, value("1")),
         {ok, #{result := unchanged}} = reload(m, value("1"))
     end || _ <- lists:seq(1, 10)],
    1 = m:v(),
    {#{version := W}, #{}} = code:versions(m),
    20 = W - V,
    ok.

%% 30: a loader is killed in the middle of its work; the current code stays whole and the next load is done.
loader_killed() ->
    {module, m} = load(m, value("0")),
    Bins = [bin(m, value(integer_to_list(V))) || V <- [1, 2]],
    [begin
         P = spawn(fun() -> [code:load_binary(m, "m.erl", B) || B <- Bins ++ Bins ++ Bins] end),
         receive after N rem 4 -> ok end,
         exit(P, kill),
         true = lists:member(m:v(), [0, 1, 2])
     end || N <- lists:seq(1, 60)],
    {module, m} = load(m, value("9")),
    9 = m:v(),
    ok.

%% 32: in a timer's function, in terminate, in code_change, in a traced call.
from_odd_places() ->
    Me = self(),
    {ok, _} = timer:apply_after(1, erlang, apply, [fun() -> Me ! {timer, load(m, value("1"))} end, []]),
    {module, m} = receive {timer, R1} -> R1 after 10000 -> none end,
    Server = fun(Terminate, Cc) -> "-behaviour(gen_server).\n-export([init/1, handle_call/3, handle_cast/2, terminate/2, code_change/3]).\n"
                                       "init(S) -> {ok, S}.\nhandle_call(_, _, S) -> {reply, S, S}.\nhandle_cast(_, S) -> {noreply, S}.\n"
                                       "terminate(_, {F, _}) -> " ++ Terminate ++ ".\ncode_change(_, {F, P}, _) -> " ++ Cc ++ ".\n" end,
    _ = reloaded(srv, Server("F(terminate)", "F(code_change), {ok, {F, P}}")),
    F = fun(Where) -> Me ! {Where, load(m, value("2"))} end,
    {ok, P} = gen_server:start(srv, {F, x}, []),
    %% A reload by hand around the server: code_change loads another module meanwhile.
    ok = sys:suspend(P),
    ok = sys:change_code(P, srv, undefined, []),
    ok = sys:resume(P),
    {module, m} = receive {code_change, R2} -> R2 after 10000 -> none end,
    gen_server:stop(P),
    {module, m} = receive {terminate, R3} -> R3 after 10000 -> none end,
    2 = m:v(),
    %% A reload of the traced module by the tracer.
    Tracer = spawn_link(fun() -> receive {trace, _, call, {m, v, []}} -> Me ! {traced, load(m, value("3"))} end end),
    erlang:trace(self(), true, [call, {tracer, Tracer}]),
    1 = erlang:trace_pattern({m, v, 0}, true, [local]),
    _ = m:v(),
    {module, m} = receive {traced, R4} -> R4 after 10000 -> none end,
    erlang:trace(self(), false, [all]),
    3 = m:v(),
    ok.

%% 32: two who reload at the same time; every step is done, one after the other.
two_shells() ->
    _ = reloaded(m, value("0")),
    Me = self(),
    [spawn_link(fun() ->
                        ok = filelib:ensure_dir(filename:join([W, "x"])),
                        File = filename:join([W, "m.erl"]),
                        [begin
                             ok = file:write_file(File, ["-module(m).\n", value("{" ++ W ++ ", " ++ integer_to_list(N) ++ "}")]),
                             {ok, #{result := reloaded}} = transom_reload:reload([File])
                         end || N <- lists:seq(1, 10)],
                        Me ! {done, W}
                end) || W <- ["a", "b"]],
    [receive {done, W} -> ok after 60000 -> W = none end || W <- ["a", "b"]],
    {_, 10} = m:v(),
    21 = length(transom_reload:history(m)),
    ok.

%% 34: loaded under a name that is no file's, then the real file is saved.
made_up_name() ->
    {module, m} = code:load_binary(m, "any name.txt", bin(m, value("1"))),
    {file, "any name.txt"} = code:is_loaded(m),
    removed = code:module_status(m),
    ok = file:write_file("m.tbc", bin(m, value("2"))),
    true = code:add_patha("."),
    modified = code:module_status(m),
    code:purge(m),
    {module, m} = code:load_file(m),
    2 = m:v(),
    loaded = code:module_status(m),
    ok.

%% 35: many modules come and go.
many_modules() ->
    Before = {length(code:all_loaded()), length(erlang:loaded())},
    [begin
         M = list_to_atom("mm_" ++ integer_to_list(N)),
         {module, M} = load(M, value(integer_to_list(N))),
         N = M:v(),
         true = code:delete(M),
         true = code:soft_purge(M)
     end || N <- lists:seq(1, 1000)],
    Before = {length(code:all_loaded()), length(erlang:loaded())},
    ok.
