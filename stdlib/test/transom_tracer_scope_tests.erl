%% Scoped tracing: only what happens inside of an entry function is shown, wherever it leads.
-module(transom_tracer_scope_tests).

-include_lib("eunit/include/eunit.hrl").

-export([handle/1, step/1, tail/1, fails/1, ask/2, store/0, worker/2, plain/1]).

%% The entry function, and what happens in it and elsewhere.
handle(Fun) -> Value = Fun(), {handled, Value}.
step(N) -> N.
tail(0) -> done;
tail(N) -> tail(N - 1).
fails(X) -> error(X).
plain(X) -> step(X).

%% A server that answers everybody.
store() ->
    receive
        {From, Ref, Key} -> From ! {Ref, step({stored, Key})}, store();
        stop -> ok
    end.

ask(Store, Key) ->
    Ref = make_ref(),
    Store ! {self(), Ref, Key},
    receive {Ref, Value} -> Value end.

worker(To, N) -> step({worker, N}), To ! {self(), done}.

%% Runs Fun in a process while everything is traced inside of handle/1; answers the trees.
trees(Opts, Flags, Fun) ->
    Me = self(),
    Reader = spawn(fun() -> read(Me, []) end),
    {ok, Session, _} = transom_tracer:run("transom_tracer_scope_tests:step -> return", new,
                                          maps:merge(#{inside => "transom_tracer_scope_tests:handle", style => tree, output => {process, Reader},
                                                       limit => infinity, count => infinity}, Opts)),
    {ok, _} = transom_tracer:processes(Session, new, [call | Flags]),
    Store = spawn(?MODULE, store, []),
    {Worker, Monitor} = spawn_monitor(fun() -> Fun(Store) end),
    receive {'DOWN', Monitor, process, Worker, normal} -> ok end,
    Left = transom_tracer:stats(Session),
    {ok, _} = transom_tracer:stop(Session),
    Store ! stop,
    Text = receive {Reader, T} -> T end,
    {Left, [shape(Line) || Line <- string:lexemes(Text, "\n"), lists:prefix("  ", Line) orelse lists:prefix("request", Line)]}.

read(To, Got) ->
    receive
        {trace_output, Id, Text} -> transom_tracer:ack(Id), read(To, [Text | Got]);
        {trace_ended, _, _} -> To ! {self(), unicode:characters_to_list(lists:reverse(Got))}
    end.

%% Without the module, names of processes and durations.
shape(Line) ->
    Short = lists:append(string:replace(Line, "transom_tracer_scope_tests:", "", all)),
    NoTimes = re:replace(Short, " \\([0-9.]+ [a-z]+\\)$", "", [{return, list}]),
    re:replace(re:replace(NoTimes, "#(Fun|Ref)<[^>]*>", "\\1", [global, {return, list}]), "<[0-9.]+>", "P", [global, {return, list}]).

only_what_is_inside_test() ->
    {_, Lines} = trees(#{}, [], fun(_) -> step(1), handle(fun() -> step(2), plain(3) end), step(4) end),
    ?assertEqual(["request 1", "  P handle(Fun) -> {handled,3}", "    step(2) -> 2", "    step(3) -> 3"], Lines).

every_request_has_a_tree_test() ->
    {_, Lines} = trees(#{}, [], fun(_) -> [handle(fun() -> step(N) end) || N <- [1, 2]], step(3) end),
    ?assertEqual(["request 1", "  P handle(Fun) -> {handled,1}", "    step(1) -> 1", "request 2", "  P handle(Fun) -> {handled,2}", "    step(2) -> 2"], Lines).

an_entry_within_a_request_begins_none_test() ->
    {_, Lines} = trees(#{}, [], fun(_) -> handle(fun() -> handle(fun() -> step(1) end), step(2) end), step(3) end),
    ?assertEqual(["request 1", "  P handle(Fun) -> {handled,2}", "    handle(Fun) -> {handled,1}", "      step(1) -> 1", "    step(2) -> 2"], Lines).

an_exception_ends_it_test() ->
    {_, Lines} = trees(#{}, [], fun(_) -> catch handle(fun() -> step(1), fails(no) end), step(2) end),
    ?assertEqual(["request 1", "  P handle(Fun) ** {error,no}", "    step(1) -> 1"], Lines).

tail_calls_stay_inside_test() ->
    {_, Lines} = trees(#{}, [], fun(_) -> handle(fun() -> tail(100), step(1), tail(0) end), step(2) end),
    ?assertEqual(["request 1", "  P handle(Fun) -> {handled,done}", "    step(1) -> 1"], Lines).

messages_take_it_to_servers_and_back_test() ->
    {_, Lines} = trees(#{}, [], fun(Store) ->
        ask(Store, before),
        handle(fun() -> ask(Store, inside), step(1) end),
        ask(Store, later),
        step(2)
    end),
    ?assertEqual(["request 1", "  P handle(Fun) -> {handled,1}", "    step(1) -> 1", "  P step({stored,inside}) -> {stored,inside}"], Lines).

messages_show_where_it_goes_test() ->
    {_, Lines} = trees(#{}, [send, 'receive'], fun(Store) -> ask(Store, before), handle(fun() -> ask(Store, inside) end) end),
    ?assertEqual(["request 1",
                  "  P handle(Fun) -> {handled,{stored,inside}}",
                  "    P ! {P,Ref,inside}",
                  "      P << {P,Ref,inside}",
                  "      P step({stored,inside}) -> {stored,inside}",
                  "      P P ! {Ref,{stored,inside}}",
                  "    << {Ref,{stored,inside}}"], Lines).

spawned_processes_belong_to_it_test() ->
    Spawns = fun(_) ->
        handle(fun() -> P = spawn(?MODULE, worker, [self(), 1]), receive {P, done} -> ok end end),
        Q = spawn(?MODULE, worker, [self(), 2]),
        receive {Q, done} -> ok end
    end,
    {_, Lines} = trees(#{}, [procs], Spawns),
    ?assertMatch(["request 1", "  P handle(Fun) -> {handled,ok}", "    spawned P as worker/2" | _], Lines),
    ?assertEqual(["      P step({worker,1}) -> {worker,1}"], [L || L <- Lines, string:find(L, "step") =/= nomatch]).

nothing_is_followed_unless_asked_for_test() ->
    Both = fun(Store) ->
        handle(fun() ->
            ask(Store, inside),
            P = spawn(?MODULE, worker, [self(), 1]),
            receive {P, done} -> ok end
        end)
    end,
    {_, None} = trees(#{follow => []}, [], Both),
    ?assertEqual(["request 1", "  P handle(Fun) -> {handled,ok}"], None),
    {_, Messages} = trees(#{follow => [messages]}, [], Both),
    ?assertEqual(["  P step({stored,inside}) -> {stored,inside}"], [L || L <- Messages, string:find(L, "step") =/= nomatch]),
    {_, Spawned} = trees(#{follow => [spawns]}, [], Both),
    ?assertEqual(["  P step({worker,1}) -> {worker,1}"], [L || L <- Spawned, string:find(L, "step") =/= nomatch]).

the_limiter_counts_requests_only_test() ->
    {#{matched := Matched, shown := Matched}, _} = trees(#{}, [], fun(_) -> [step(N) || N <- lists:seq(1, 100)], handle(fun() -> step(1) end) end),
    ?assertEqual(4, Matched).

mistakes_are_told_test() ->
    {ok, Session} = transom_tracer:start(#{output => none}),
    ?assertMatch({error, <<"follow">>}, transom_tracer:pattern(Session, "lists:seq", #{scope => true, follow => [friends]})),
    ?assertMatch({error, <<"scope">>}, transom_tracer:pattern(Session, "lists:seq", #{scope => sure})),
    {ok, _} = transom_tracer:stop(Session),
    ?assertMatch({error, {<<"syntax error", _/binary>>, _}}, transom_tracer:run("lists:seq", self(), #{output => none, inside => "lists:("})).

%% The sequential trace and requests travel together without disturbing each other.
tokens_and_requests_travel_together_test() ->
    {_, Lines} = trees(#{}, [], fun(Store) ->
        seq_trace:set_token(label, 17),
        handle(fun() -> ask(Store, inside) end),
        ?assertEqual({label, 17}, seq_trace:get_token(label)),
        seq_trace:set_token([]),
        handle(fun() -> ask(Store, again) end)
    end),
    ?assertEqual(["  P step({stored,inside}) -> {stored,inside}", "  P step({stored,again}) -> {stored,again}"],
                 [L || L <- Lines, string:find(L, "stored") =/= nomatch, string:find(L, "handle") =:= nomatch]).
