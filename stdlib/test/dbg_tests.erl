%% Lines and answers recorded from erl; processes, funs and times are replaced before comparing.
-module(dbg_tests).
-include_lib("eunit/include/eunit.hrl").
-export([outer/1, middle/1, inner/1, boom/1, none/0, loop/0, count/2]).

outer(X) -> Y = middle(X), {outer, Y}.
middle(X) -> Y = inner(X), {middle, Y}.
inner(X) -> X * 2.
boom(X) -> erlang:error({bad, X}).
none() -> ok.
loop() -> receive {From, Msg} -> From ! {self(), Msg}, loop(); stop -> ok end.
count(_Event, N) -> N + 1.

%% An output device that keeps what is written to it.
device(Text) ->
    receive
        {io_request, From, Ref, getopts} -> From ! {io_reply, Ref, [{encoding, unicode}]}, device(Text);
        {io_request, From, Ref, {put_chars, _, M, F, A}} -> From ! {io_reply, Ref, ok}, device([Text | apply(M, F, A)]);
        {io_request, From, Ref, {put_chars, _, Chars}} -> From ! {io_reply, Ref, ok}, device([Text | Chars]);
        {io_request, From, Ref, _} -> From ! {io_reply, Ref, {error, request}}, device(Text);
        {take, From} -> From ! {text, unicode:characters_to_list(Text)}, device([])
    end.

take(Device) ->
    Device ! {take, self()},
    receive {text, Text} -> Text end.

text(Event) ->
    Device = spawn(fun() -> device([]) end),
    dbg:dhandler(Event, Device),
    Text = take(Device),
    exit(Device, kill),
    Text.

%% What is printed while a process with these flags runs the fun.
traced(Flags, Pattern, Fun) ->
    Device = spawn(fun() -> device([]) end),
    {ok, _} = dbg:tracer(process, {fun dbg:dhandler/2, Device}),
    Pid = spawn(fun() -> receive go -> catch Fun() end end),
    {ok, [{matched, _, 1}]} = dbg:p(Pid, Flags),
    Pattern(),
    Monitor = monitor(process, Pid),
    Pid ! go,
    receive {'DOWN', Monitor, _, _, _} -> ok end,
    Ref = erlang:trace_delivered(Pid),
    receive {trace_delivered, Pid, Ref} -> ok end,
    {ok, Tracer} = dbg:get_tracer(),
    Tracer ! {flush, self(), Ref},
    receive {flushed, Ref} -> ok end,
    dbg:stop(),
    Text = take(Device),
    exit(Device, kill),
    string:replace(Text, pid_to_list(Pid), "P", all).

lines(Text) -> string:lexemes(lists:flatten(Text), "\n").

p() -> list_to_pid("<0.9.0>").

calls_test() ->
    ?assertEqual("(<0.9.0>) call tt:add(1,2)\n", text({trace, p(), call, {tt, add, [1, 2]}})),
    ?assertEqual("(<0.9.0>) call tt:none()\n", text({trace, p(), call, {tt, none, []}})),
    ?assertEqual("(<0.9.0>) call tt:str(\"hello\")\n", text({trace, p(), call, {tt, str, ["hello"]}})),
    ?assertEqual("(<0.9.0>) call tt:mp(#{a => 1,\"k\" => [x]})\n", text({trace, p(), call, {tt, mp, [#{a => 1, "k" => [x]}]}})),
    ?assertEqual("(<0.9.0>) call tt:ident('An Atom')\n", text({trace, p(), call, {tt, ident, ['An Atom']}})),
    ?assertEqual("(<0.9.0>) call tt:outer/1\n", text({trace, p(), call, {tt, outer, 1}})),
    ?assertEqual("(<0.9.0>) call tt:inner(1) ({tt,middle,1})\n", text({trace, p(), call, {tt, inner, [1]}, {tt, middle, 1}})).

returns_test() ->
    ?assertEqual("(<0.9.0>) returned from tt:add/2 -> 3\n", text({trace, p(), return_from, {tt, add, 2}, 3})),
    ?assertEqual("(<0.9.0>) returning to tt:middle/1\n", text({trace, p(), return_to, {tt, middle, 1}})),
    ?assertEqual("(<0.9.0>) exception_from {tt,boom,1} {error,{bad,1}}\n", text({trace, p(), exception_from, {tt, boom, 1}, {error, {bad, 1}}})).

messages_test() ->
    ?assertEqual("(<0.9.0>) << hi\n", text({trace, p(), 'receive', hi})),
    ?assertEqual("(<0.9.0>) <0.9.0> ! hi\n", text({trace, p(), send, hi, p()})),
    ?assertEqual("", text({trace, p(), 'receive', {dbg, ok}})),
    ?assertEqual("*** Dropped 3 messages.\n", text({drop, 3})).

process_events_test() ->
    ?assertEqual("(<0.9.0>) spawn <0.9.0> as tt:none()\n", text({trace, p(), spawn, p(), {tt, none, []}})),
    ?assertEqual("(<0.9.0>) spawned <0.9.0> {erlang,apply,[f,[]]}\n", text({trace, p(), spawned, p(), {erlang, apply, [f, []]}})),
    ?assertEqual("(<0.9.0>) exit normal\n", text({trace, p(), exit, normal})),
    ?assertEqual("(<0.9.0>) in {m,f,1}\n", text({trace, p(), in, {m, f, 1}})).

timestamps_test() ->
    ?assertEqual("(<0.9.0>) call tt:add(1,2) (Timestamp: -576460748343949942)\n", text({trace_ts, p(), call, {tt, add, [1, 2]}, -576460748343949942})),
    ?assertEqual("(<0.9.0>) exit {why,\"x\"} (Timestamp: {1795,409191,723951})\n", text({trace_ts, p(), exit, {why, "x"}, {1795, 409191, 723951}})),
    ?assertEqual("(<0.93.0>) call tt:add(1,2) ({cap_dbg,'-main/0-fun-2-',1}) (Timestamp: {1795,\n"
                 "                                                                        409189,\n"
                 "                                                                        277210})\n",
                 text({trace_ts, list_to_pid("<0.93.0>"), call, {tt, add, [1, 2]}, {cap_dbg, '-main/0-fun-2-', 1}, {1795, 409189, 277210}})).

sequential_test() ->
    ?assertEqual("SeqTrace [17]: -> \"user text\" [Serial: {0,1}, From: <0.9.0>]\n", text({seq_trace, 17, {print, {0, 1}, p(), [], "user text"}})),
    ?assertEqual("SeqTrace [17]: (<0.9.0>) <0.9.0> ! ping [Serial: {0,2}]\n", text({seq_trace, 17, {send, {0, 2}, p(), p(), ping}})),
    ?assertEqual("SeqTrace [17]: (<0.9.0>) << ping [Serial: {0,2}, From: <0.9.0>]\n", text({seq_trace, 17, {'receive', {0, 2}, p(), p(), ping}})),
    ?assertEqual("SeqTrace {1,2,3} [18]: (<0.9.0>) <0.9.0> ! ping [Serial: {3,4}]\n", text({seq_trace, 18, {send, {3, 4}, p(), p(), ping}, {1, 2, 3}})).

exceptions_and_returns_test() ->
    Text = traced(c, fun() -> dbg:tp(?MODULE, boom, x), dbg:tp(?MODULE, none, x) end, fun() -> ?MODULE:none(), ?MODULE:boom(1) end),
    ?assertEqual(["(P) call dbg_tests:none()", "(P) returned from dbg_tests:none/0 -> ok", "(P) call dbg_tests:boom(1)",
                  "(P) exception_from {dbg_tests,boom,1} {error,{bad,1}}"], lines(Text)).

callers_test() ->
    transom_trace:compat(true),
    Text = traced(c, fun() -> dbg:tpl(?MODULE, middle, c), dbg:tpl(?MODULE, inner, cx) end, fun() -> ?MODULE:outer(1) end),
    transom_trace:compat(false),
    ?assertEqual(["(P) call dbg_tests:middle(1) ({dbg_tests,outer,1})", "(P) call dbg_tests:inner(1) ({dbg_tests,middle,1})",
                  "(P) returned from dbg_tests:inner/1 -> 2"], lines(Text)).

messages_of_a_process_test() ->
    Text = traced([m, procs], fun() -> ok end, fun() -> self() ! hi, receive hi -> ok end end),
    ?assertEqual(["(P) << go", "(P) P ! hi", "(P) << hi", "(P) exit normal"], lines(Text)).

api_answers_test() ->
    dbg:stop(),
    Node = node(),
    ?assertEqual({error, {no_tracer_on_node, Node}}, dbg:get_tracer()),
    ?assertEqual({error, no_tracers}, dbg:p(all, c)),
    ?assertEqual({ok, [{saved, x}]}, dbg:tp(lists, seq, x)),
    dbg:stop(),
    ?assertMatch({ok, _}, dbg:tracer(process, {fun ?MODULE:count/2, 0})),
    ?assertEqual({error, already_started}, dbg:tracer()),
    ?assertEqual({error, {bad_flags, [zz]}}, dbg:p(all, [zz])),
    ?assertEqual({ok, [{matched, Node, 0, {no_proc, nosuchname}}]}, dbg:p(nosuchname, c)),
    ?assertEqual({error, {badpid, "junk"}}, dbg:p("junk", c)),
    ?assertEqual({ok, [{matched, Node, 2}, {saved, x}]}, dbg:tp(lists, seq, x)),
    ?assertEqual({ok, [{matched, Node, 1}]}, dbg:tp(lists, seq, 2, [])),
    ?assertEqual({ok, [{matched, Node, 1}, {saved, 1}]}, dbg:tp(lists, seq, 2, [{'_', [], [{return_trace}]}])),
    ?assertEqual({ok, [{matched, Node, 1}, {saved, 1}]}, dbg:tp({lists, seq, 2}, [{'_', [], [{return_trace}]}])),
    ?assertEqual({ok, [{matched, Node, 0}]}, dbg:tp(nomod, f, 1, [])),
    ?assertEqual({error, unknown_pattern}, dbg:tp(lists, seq, bogus)),
    ?assertEqual({error, [{error, "Function nosuch/0 does_not_exist."}]}, dbg:tp(lists, seq, 2, [{'_', [], [{nosuch}]}])),
    ?assertEqual({ok, [{matched, Node, 1}]}, dbg:ctp(lists, seq, 2)),
    ?assertEqual({error, cant_add_local_node}, dbg:n(Node)),
    ?assertEqual(ok, dbg:stop()).

patterns_are_gone_after_stop_test() ->
    {ok, _} = dbg:tracer(process, {fun ?MODULE:count/2, 0}),
    {ok, _} = dbg:tpl(lists, seq, 2, x),
    ?assertMatch({all, [_ | _]}, erlang:trace_info({lists, seq, 2}, all)),
    dbg:stop(),
    ?assertEqual({all, false}, erlang:trace_info({lists, seq, 2}, all)).

result_of_c_test() ->
    ?assertEqual([1, 2], dbg:c(lists, seq, [1, 2], c)),
    ?assertEqual({error, {bad_flags, [zork]}}, dbg:c(lists, seq, [1, 2], [c, zork])),
    ?assertEqual(undefined, whereis(dbg)).

%% Two sessions and the one of erlang:trace/3 at once: each sees what it asked for.
sessions_test() ->
    Self = self(),
    Tell = fun(Name) -> {fun({trace, _, call, {_, F, _}}, N) -> Self ! {Name, F}, N end, 0} end,
    [A, B] = [dbg:session_create(Name) || Name <- [a, b]],
    ?assertEqual({ok, [{saved, c}]}, dbg:session(A, fun() -> dbg:tp(lists, seq, c) end)),
    {ok, _} = dbg:session(A, fun() -> dbg:tracer(process, Tell(a)) end),
    {ok, _} = dbg:session(B, fun() -> dbg:tracer(process, Tell(b)) end),
    {ok, _} = dbg:tracer(process, Tell(legacy)),
    ?assertEqual({error, already_started}, dbg:session(A, fun() -> dbg:tracer() end)),
    Pid = spawn(fun() -> receive go -> lists:seq(1, 2), lists:nth(1, [a]), ?MODULE:none(), receive stop -> ok end end end),
    {ok, [{matched, _, 1}]} = dbg:session(A, fun() -> dbg:p(Pid, c) end),
    {ok, [{matched, _, 1}]} = dbg:session(B, fun() -> dbg:p(Pid, c) end),
    {ok, [{matched, _, 1}]} = dbg:p(Pid, c),
    {ok, [{matched, _, 1}]} = dbg:session(A, fun() -> dbg:tp(lists, seq, 2, []) end),
    {ok, [{matched, _, 1}]} = dbg:session(B, fun() -> dbg:tp(lists, nth, 2, []) end),
    {ok, [{matched, _, 1}]} = dbg:tp(?MODULE, none, 0, []),
    Pid ! go,
    ?assertEqual([seq, nth, none], [receive {Name, F} -> F after 30000 -> nothing end || Name <- [a, b, legacy]]),
    ?assertEqual(ok, dbg:session_destroy(A)),
    ?assertError(dead_session, dbg:session(A, fun() -> ok end)),
    ?assertEqual(ok, dbg:session_destroy(B)),
    dbg:stop(),
    Pid ! stop,
    ?assertEqual([], [Other || {Name, _} = Other <- element(2, process_info(self(), messages)), lists:member(Name, [a, b, legacy])]).

trace_file_test() ->
    Name = "dbg_tests.trc",
    {ok, _} = dbg:tracer(port, dbg:trace_port(file, Name)),
    Pid = spawn(fun() -> receive go -> ?MODULE:none() end end),
    {ok, _} = dbg:p(Pid, c),
    {ok, _} = dbg:tp(?MODULE, none, []),
    Monitor = monitor(process, Pid),
    Pid ! go,
    receive {'DOWN', Monitor, _, _, _} -> ok end,
    {ok, Port} = dbg:get_tracer(),
    ?assertEqual([0], dbg:deliver_and_flush(Port)),
    {ok, Bytes} = file:read_file(Name),
    dbg:stop(),
    ?assertEqual({ok, Bytes}, file:read_file(Name)),
    [?assertError(badarg, dbg:deliver_and_flush(NoPort)) || NoPort <- [Port, node(), undefined, self()]],
    Event = {trace, Pid, call, {?MODULE, none, []}},
    Data = term_to_binary(Event),
    ?assertEqual(<<0, (byte_size(Data)):32, Data/binary>>, Bytes),
    Self = self(),
    dbg:trace_client(file, Name, {fun(E, N) -> Self ! {read, N, E}, N + 1 end, 0}),
    ?assertEqual(Event, receive {read, 0, E} -> E end),
    ?assertEqual(end_of_trace, receive {read, 1, E} -> E end),
    file:delete(Name).
