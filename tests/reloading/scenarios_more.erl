%% Scenarios of a reload: states and plans, on_load functions, modes, who is told.
-module(scenarios_more).
-export([main/1, log/2]).

-include("scenarios.hrl").

test(missing_state) -> missing_state();
test(second_handler_fails) -> second_handler_fails();
test(on_load_forever) -> on_load_forever();
test(embedded_mode) -> embedded_mode();
test(opaque_in_table) -> opaque_in_table();
test(supervisor_plan) -> supervisor_plan();
test(told_to_watchers) -> told_to_watchers();
test(purged_children) -> purged_children();
test(contexts_on_their_way) -> contexts_on_their_way().

%% 17: the new code lacks the state that a machine is in: known before anything is switched.
missing_state() ->
    Text = fun(States) -> "-behaviour(gen_statem).\n-export([init/1, callback_mode/0, code_change/4]).\n-export([" ++ lists:join(", ", [S ++ "/3" || S <- States]) ++ "]).\n"
                              "init(_) -> {ok, a, d}.\ncallback_mode() -> state_functions.\ncode_change(_, S, D, _) -> {ok, S, D}.\n" ++
                              [S ++ "({call, F}, get, D) -> {keep_state, D, [{reply, F, {" ++ S ++ ", " ++ integer_to_list(length(States)) ++ "}}]}.\n" || S <- States] end,
    _ = reloaded(m, lists:flatten(Text(["a", "b"]))),
    {ok, P} = gen_statem:start(m, [], []),
    {a, 2} = gen_statem:call(P, get),
    ['R005'] = codes(reload(m, lists:flatten(Text(["b"])))),
    {a, 2} = gen_statem:call(P, get),
    gen_statem:stop(P),
    %% One whose state nobody converts, too.
    Plain = fun(S) -> "-behaviour(gen_statem).\n-export([init/1, callback_mode/0, " ++ S ++ "/3]).\ninit(_) -> {ok, " ++ S ++ ", d}.\n"
                          "callback_mode() -> state_functions.\n" ++ S ++ "({call, F}, get, _) -> {keep_state_and_data, [{reply, F, " ++ S ++ "}]}.\n" end,
    _ = reloaded(plain, Plain("a")),
    {ok, Q} = gen_statem:start(plain, [], []),
    {error, #{refusals := [{'R005', plain, 1, Why}]}} = reload(plain, Plain("b")),
    {_, _} = binary:match(Why, <<"no_such_state,a">>),
    a = gen_statem:call(Q, get),
    gen_statem:stop(Q),
    ok.

%% 18: three handlers, the second cannot: none is changed.
second_handler_fails() ->
    Text = fun(Cc) -> "-behaviour(gen_event).\n-export([init/1, handle_event/2, handle_call/2, code_change/3]).\n"
                          "init(S) -> {ok, S}.\nhandle_event(_, S) -> {ok, S}.\nhandle_call(get, S) -> {ok, S, S}.\ncode_change(_, S, _) -> " ++ Cc ++ ".\n" end,
    _ = reloaded(m, Text("{ok, S}")),
    {ok, E} = gen_event:start(),
    [ok = gen_event:add_handler(E, {m, N}, N) || N <- [3, 2, 1]],
    ['R005'] = codes(reload(m, Text("case S of 2 -> {error, two}; _ -> {ok, {new, S}} end"))),
    [N = gen_event:call(E, {m, N}, get) || N <- [1, 2, 3]],
    _ = reloaded(m, Text("{ok, {new, S}}")),
    [{new, N} = gen_event:call(E, {m, N}, get) || N <- [1, 2, 3]],
    gen_event:stop(E),
    ok.

%% 6: an on_load function that never returns: an answer, the old code as it was, nobody waits for ever.
on_load_forever() ->
    ok = application:set_env(kernel, on_load_timeout, 300),
    Forever = fun(V, Body) -> bin(m, "-on_load(f/0).\n" ++ value(V) ++ "f() -> " ++ Body ++ ".\n") end,
    [begin
         {error, on_load_failure} = code:load_binary(m, "m.erl", Forever("1", Body)),
         false = code:is_loaded(m)
     end || Body <- ["receive after infinity -> ok end", "f()"]],
    %% Who calls the module meanwhile waits for it, and then knows.
    ok = file:write_file("m.tbc", Forever("1", "receive after infinity -> ok end")),
    true = code:add_patha("."),
    undef = try m:v() catch error:E -> E end,
    true = code:del_path("."),
    {module, m} = load(m, loop("1")),
    P = spawn(m, loop, []),
    1 = ask(P),
    {error, on_load_failure} = code:load_binary(m, "m.erl", Forever("2", "receive after infinity -> ok end")),
    1 = ask(P),
    false = code:soft_purge(m) andalso erlang:check_old_code(m),
    ['R006'] = codes(reload(m, "-on_load(f/0).\n" ++ value("3") ++ "f() -> f().\n")),
    1 = ask(P),
    ok.

%% In embedded mode nothing is looked for on the path; what is loaded by name is.
embedded_mode() ->
    ok = file:write_file("m.tbc", bin(m, value("1"))),
    true = code:add_patha("."),
    interactive = code:get_mode(),
    code:set_mode(embedded),
    {error, embedded} = code:ensure_loaded(m),
    undef = try m:v() catch error:E -> E end,
    {module, m} = code:load_file(m),
    1 = m:v(),
    ok = file:write_file("m.tbc", bin(m, value("2"))),
    [m] = code:modified_modules(),
    {module, m} = code:load_file(m),
    2 = m:v(),
    code:set_mode(interactive),
    true = code:soft_purge(m),
    true = code:delete(m),
    2 = m:v(),
    ok.

%% 15: states of a module in a table: the plan names the record, the objects stay as they are, and code that knows both shapes goes on.
opaque_in_table() ->
    Text = fun(Fields, Get) -> "-export([new/1, get/1]).\n-record(s, {" ++ Fields ++ "}).\nnew(A) -> #s{a = A}.\nget(#s{a = A}) -> A" ++ Get ++ ".\n" end,
    _ = reloaded(m, Text("a, b = 1", "")),
    T = ets:new(t, []),
    true = ets:insert(T, [{N, m:new(N)} || N <- [1, 2, 3]]),
    File = file(m, Text("b = 2, a, c", ";\nget({s, A, _}) -> {old, A}")),
    {ok, #{modules := [#{records := [{s, [c], [], true}]}]}} = transom_reload:plan([File]),
    {ok, #{result := reloaded}} = transom_reload:reload([File]),
    [{s, 1, 1}, {s, 2, 1}, {s, 3, 1}] = [ets:lookup_element(T, N, 2) || N <- [1, 2, 3]],
    [{old, 1}, 7] = [m:get(ets:lookup_element(T, 1, 2)), m:get(m:new(7))],
    ok.

%% 18: the plan says which children come, go and change; as in OTP nobody is started or stopped by it.
supervisor_plan() ->
    _ = reloaded(child, "-export([start/1]).\nstart(X) -> {ok, spawn_link(fun() -> receive stop -> X end end)}.\n"),
    Text = fun(Children) -> "-behaviour(supervisor).\n-export([init/1]).\ninit(X) -> {ok, {#{}, [#{id => I, start => {child, start, [{X, A}]}} || {I, A} <- " ++ Children ++ "]}}.\n" end,
    _ = reloaded(m, Text("[{a, 1}, {b, 1}, {c, 1}]")),
    {ok, Sup} = supervisor:start_link(m, x),
    Before = lists:sort([{I, P} || {I, P, _, _} <- supervisor:which_children(Sup)]),
    {ok, #{supervisors := [{Sup, m, Changes}]} = Plan} = transom_reload:plan([file(m, Text("[{a, 1}, {b, 2}, {d, 1}]"))]),
    [{b, changed}, {c, removed}, {d, added}] = lists:sort(Changes),
    [{match, _} = re:run(unicode:characters_to_list(transom_reload:format(Plan)), Said)
     || Said <- ["child b is specified anew", "child c goes from the specifications and runs on", "child d comes, not started"]],
    #{<<"supervisors">> := [#{<<"children">> := [_, _, _]}]} = json:decode(iolist_to_binary(transom_reload_text:json(Plan))),
    Before = lists:sort([{I, P} || {I, P, _, _} <- supervisor:which_children(Sup)]),
    {ok, #{result := reloaded}} = transom_reload:reload(["m.erl"]),
    After = lists:sort([{I, P} || {I, P, _, _} <- supervisor:which_children(Sup)]),
    true = After =:= lists:sort([{d, undefined} | Before]),
    {ok, New} = supervisor:restart_child(Sup, d),
    true = is_process_alive(New),
    %% An init/1 that fails is known beforehand.
    {ok, #{supervisors := [{Sup, m, {failed, {error, badarg, _}}}]}} =
        transom_reload:plan([file(m, "-behaviour(supervisor).\n-export([init/1]).\ninit(X) -> {ok, {#{}, [atom_to_list({X})]}}.\n")]),
    ok.

%% A reload is an event: in the log, and in the trace sessions of the module that the VM writes.
told_to_watchers() ->
    _ = reloaded(m, value("1")),
    {ok, Session} = transom_tracer:start(#{output => {process, self()}, style => json, limit => infinity}),
    {ok, _} = transom_tracer:pattern(Session, "m:v/0", #{}),
    {ok, _} = transom_tracer:processes(Session, self(), [call]),
    ok = logger:remove_handler(default),
    logger:set_primary_config(level, info),
    ok = logger:add_handler(scenarios, ?MODULE, #{config => self()}),
    #{number := N, modules := [#{to := V}]} = reloaded(m, value("2")),
    logger:set_primary_config(level, none),
    {reload, [{m, V}], #{verdict := ok, switch_us := _, converted := 0}} = receive {logged, #{msg := {report, #{label := {transom, reload}, number := N, modules := Ms, entry := E}}}} ->
                                                                                       {maps:get(what, E), Ms, E}
                                                                               after 30000 -> none
                                                                               end,
    ok = logger:remove_handler(scenarios),
    2 = m:v(),
    {ok, _} = transom_tracer:stop(Session),
    Lines = traced(),
    [{m, V}] = [{binary_to_atom(M), binary_to_integer(W)} || #{<<"event">> := <<"code_loaded">>, <<"info">> := M, <<"info2">> := W} <- Lines],
    ok.

traced() ->
    receive
        {trace_output, Id, Text} ->
            transom_tracer:ack(Id),
            [json:decode(L) || L <- binary:split(Text, <<"\n">>, [global, trim_all])] ++ traced();
        {trace_ended, _, _} -> []
    after 30000 -> []
    end.

%% 28: twenty children in code that a forced reload takes away begin again in the new code; the supervisor that allows so many lives.
purged_children() ->
    Text = fun(V) -> "-export([start/0, loop/0]).\nstart() -> {ok, spawn_link(fun loop/0)}.\nloop() -> receive {ask, P} -> P ! {self(), " ++ V ++ "}, loop() end.\n" end,
    _ = reloaded(m, Text("1")),
    {module, sup_n} = load(sup_n, "-behaviour(supervisor).\n-export([init/1]).\ninit(Children) -> {ok, {#{intensity => 20, period => 60}, Children}}.\n"),
    {ok, Sup} = supervisor:start_link(sup_n, [#{id => I, start => {m, start, []}} || I <- lists:seq(1, 20)]),
    Children = fun() -> [P || {_, P, _, _} <- supervisor:which_children(Sup)] end,
    Old = Children(),
    _ = reloaded(m, Text("2")),
    ['R001'] = codes(reload(m, Text("3"))),
    [1] = lists:usort([ask(P) || P <- Old]),
    {ok, #{killed := Killed}} = transom_reload:reload(["m.erl"], #{force => true}),
    20 = length(Killed),
    [] = await(fun() -> [P || P <- Children(), lists:member(P, Old)] end, []),
    %% Between the kill and the switch they began in the version that is old now.
    20 = length(Children()),
    true = lists:all(fun(P) -> lists:member(ask(P), [2, 3]) end, Children()),
    ok.

%% A handler of module logger.
log(Event, #{config := Pid}) -> Pid ! {logged, Event}.

%% A loop whose function a/2 stays and hands the rest of a binary to b/2, which only matches it in one version and uses it in the other. Wherever a process
%% stands when its frames are carried over, b/2 gets a binary.
contexts_on_their_way() ->
    Text = fun(B) -> "-export([go/1]).\ngo(B) -> a(B, []), go(B).\na(<<C, R/binary>>, Acc) -> b(R, [C | Acc]);\na(<<>>, Acc) -> Acc.\n" ++ B end,
    Bins = {bin(m, Text("b(<<C, R/binary>>, Acc) -> a(R, [C | Acc]);\nb(<<>>, Acc) -> Acc.\n")),
            bin(m, Text("b(R, Acc) when is_binary(R) -> a(element(2, split_binary(R, min(1, byte_size(R)))), [1 | Acc]).\n"))},
    Load = fun(N) -> {module, m} = code:load_binary(m, "m.erl", element(1 + N rem 2, Bins)) end,
    Load(0),
    Ps = [spawn(m, go, [binary:copy(<<"abcdefg">>, 300)]) || _ <- lists:seq(1, 2)],
    [begin
         Load(N),
         receive after 2 -> ok end,
         %% Who is not carried over soon is in the middle of a collection.
         false = await(fun() -> lists:any(fun(P) -> erts_internal:carry_frames(P, m) end, Ps) end, false),
         true = code:soft_purge(m)
     end || N <- lists:seq(1, 40)],
    [true = is_process_alive(P) || P <- Ps],
    [exit(P, kill) || P <- Ps],
    ok.
