%% The command as a client runs it, but for its device: what it prints is collected by a process that plays it.
-module(transom_trace_tests).
-include_lib("eunit/include/eunit.hrl").
-export([double/1, slow/1, bad/1, step/1]).

double(X) -> X * 2.
slow(X) when X rem 3 =:= 0 -> timer:sleep(4), X;
slow(X) -> X.
bad(X) when X rem 3 =:= 0 -> error({three, X});
bad(X) -> X.

step(N) ->
    _ = ?MODULE:double(N),
    _ = ?MODULE:slow(N),
    _ = (catch ?MODULE:bad(N)),
    timer:sleep(1),
    ?MODULE:step(N + 1).

compat_test() ->
    ?assertEqual(false, transom_trace:compat()),
    ok = transom_trace:compat(true),
    ?assertEqual(true, transom_trace:compat()),
    ok = transom_trace:compat(false),
    ?assertError(function_clause, transom_trace:compat(yes)).

%% Status, text and text of errors of a command while a worker calls the functions above.
command(Args) ->
    Worker = spawn(?MODULE, step, [1]),
    Device = spawn(fun() -> device([], []) end),
    {Pid, Monitor} = spawn_monitor(fun() -> group_leader(Device, self()), exit({status, transom_trace:command(Args)}) end),
    Status = receive {'DOWN', Monitor, process, Pid, {status, S}} -> S; {'DOWN', Monitor, process, Pid, Other} -> Other end,
    exit(Worker, kill),
    Device ! {self(), collect},
    receive {Device, Text, Errors} -> {Status, string:lexemes(Text, "\n"), Errors} end.

device(Text, Errors) ->
    receive
        {io_request, From, Ref, {put_chars, _, Chars}} -> reply(From, Ref), device([Text, Chars], Errors);
        {io_request, From, Ref, {put_chars, _, M, F, A}} -> reply(From, Ref), device([Text, apply(M, F, A)], Errors);
        {io_request, From, Ref, {transom_stderr, Chars}} -> reply(From, Ref), device(Text, [Errors, Chars]);
        {io_request, From, Ref, _} -> From ! {io_reply, Ref, {error, enotsup}}, device(Text, Errors);
        {From, collect} -> From ! {self(), unicode:characters_to_list(Text), unicode:characters_to_list(Errors)}
    end.

reply(From, Ref) -> From ! {io_reply, Ref, ok}.

untraced() -> ?assertEqual({traced, false}, erlang:trace_info({?MODULE, double, 1}, traced)).

lines_test() ->
    {0, [Call, Return | More], Said} = command(["transom_trace_tests:double -> return", "--count", "4"]),
    ?assertMatch({match, _}, re:run(Call, "^[0-9:.]+ <[0-9.]+> transom_trace_tests:double\\([0-9]+\\)$")),
    ?assertMatch({match, _}, re:run(Return, "transom_trace_tests:double/1 -> [0-9]+ ")),
    ?assertMatch({match, _}, re:run(lists:last(More), "^-- [0-9]+ matched: 4 shown(, .*)?; ended by its limit: count$")),
    ?assertMatch("tracing 1 function in " ++ _, Said),
    untraced().

outcome_test() ->
    {0, Slow, _} = command(["transom_trace_tests:slow -> duration > 3ms", "--count=2"]),
    ?assertMatch([_, _ | _], Slow),
    ?assertMatch({match, _}, re:run(hd(tl(Slow)), "slow/1 -> [0-9]+ \\([0-9.]+ ms\\)")),
    {0, Bad, _} = command(["transom_trace_tests:bad(X) -> exception", "--count", "2", "--format", "recon"]),
    ?assertMatch({match, _}, re:run(lists:nth(2, Bad), "transom_trace_tests:bad/1 error {three,[0-9]+}$")),
    {0, Two, _} = command(["transom_trace_tests:bad(X) when X > 0 -> return(R) when R rem 3 == 2", "--count", "2"]),
    {match, [R]} = re:run(lists:nth(2, Two), "bad/1 -> ([0-9]+)", [{capture, all_but_first, list}]),
    ?assertEqual(2, list_to_integer(R) rem 3),
    ?assertMatch({match, _}, re:run(lists:last(Two), "matched: 2 shown")).

events_test() ->
    {0, Lines, _} = command(["procs", "--count", "2", "--time", "0.2", "--pid", "new"]),
    ?assertMatch("-- " ++ _, lists:last(Lines)).

aggregate_test() ->
    {0, [Header, First, _, _], _} = command(["transom_trace_tests:double", "transom_trace_tests:slow", "transom_trace_tests:bad", "--aggregate", "time", "--time", "1"]),
    ?assertEqual(["count", "total", "share", "mean", "p50", "p90", "p99", "max", "key"], string:lexemes(Header, " ")),
    ?assertEqual("transom_trace_tests:slow/1", lists:last(string:lexemes(First, " "))),
    {0, [_ | Rows], _} = command(["transom_trace_tests:double", "--aggregate=count", "--time=0.5"]),
    ?assertMatch([_], Rows),
    {0, Histogram, _} = command(["transom_trace_tests:double", "--aggregate=hist", "--time=0.5"]),
    ?assert(length(Histogram) > 3),
    untraced().

mistakes_test() ->
    ?assertEqual({2, [], "transom trace: syntax error before: the end\n  lists:seq(\n            ^\n"}, command(["lists:seq("])),
    ?assertEqual({2, [], "transom trace: unbound variable: 'Y'\n  m:f(X) when Y > 1\n              ^\n"}, command(["m:f(X) when Y > 1"])),
    ?assertMatch({2, [], "transom trace: no pattern\nUsage:" ++ _}, command([])),
    ?assertMatch({2, [], "transom trace: unknown option --zork\nUsage:" ++ _}, command(["lists:seq", "--zork", "1"])),
    ?assertMatch({2, [], "transom trace: --limit x: not N/MS, nor none\n" ++ _}, command(["lists:seq", "--limit", "x"])),
    ?assertMatch({2, [], "transom trace: --format xml: not one of text, recon" ++ _}, command(["lists:seq", "--format", "xml"])),
    ?assertMatch({2, [], "transom trace: --time needs a value\n" ++ _}, command(["lists:seq", "--time"])),
    ?assertMatch({2, [], "transom trace: --format capture needs --output FILE\n" ++ _}, command(["lists:seq", "--format", "capture"])),
    ?assertMatch({1, _, "transom trace: no function matches lists:no_such_function\n"}, command(["lists:no_such_function"])),
    ?assertMatch({1, [], "transom trace: no process nobody_of_this_name\n"}, command(["lists:seq", "--pid", "nobody_of_this_name"])),
    ?assertEqual({1, [], "transom trace: no session 999999\n"}, command(["--stop", "999999"])),
    ?assertMatch({0, ["Usage: " ++ _ | _], []}, command(["--help"])).

sessions_test() ->
    {ok, {trace_session, Id} = Session} = transom_tracer:start(#{name => "mine", output => none}),
    {ok, _} = transom_tracer:pattern(Session, "transom_trace_tests:double"),
    {0, [Header | Rows], _} = command(["--list"]),
    ?assertEqual("id", hd(string:lexemes(Header, " "))),
    ?assertMatch([_], [Row || Row <- Rows, [I, "mine", "running" | _] <- [string:lexemes(Row, " ")], I =:= integer_to_list(Id)]),
    {0, [Line], _} = command(["--stop", integer_to_list(Id)]),
    ?assertEqual("session " ++ integer_to_list(Id) ++ " stopped: 0 matched, 0 shown", Line),
    untraced().

%% A command whose process dies leaves nothing behind.
death_test() ->
    Pid = spawn(fun() -> group_leader(spawn(fun() -> device([], []) end), self()), transom_trace:command(["transom_trace_tests:double"]) end),
    wait_until(fun() -> erlang:trace_info({?MODULE, double, 1}, traced) =/= {traced, false} orelse traced_by_session() end, 3000),
    exit(Pid, kill),
    wait_until(fun() -> not traced_by_session() end, 3000),
    untraced().

traced_by_session() -> [] =/= [S || #{name := <<"transom_trace_tests:double">>, bits := Bits} = S <- transom_tracer:list(), Bits > 0].

wait_until(Holds, Left) when Left > 0 ->
    case Holds() of
        true -> ok;
        false -> receive after 10 -> wait_until(Holds, Left - 1) end
    end.

expressions_test() ->
    {0, [Head | Rows], _} = command(["transom_trace_tests:double(X)", "--aggregate", "sum", "--of", "X", "--by", "X rem 2", "--time", "0.3"]),
    ?assertMatch(["count", "sum", "share", "mean", "max", "key"], string:lexemes(Head, " ")),
    ?assertEqual(["0", "1"], lists:sort([lists:last(string:lexemes(Row, " ")) || Row <- Rows])),
    {0, [_, Sizes | _], _} = command(["transom_trace_tests:double", "--aggregate", "size", "--time=0.2"]),
    ?assertMatch({match, _}, re:run(Sizes, "^ *[0-9]+ .* 8 B +8 B +8 B +8 B +8 B +transom_trace_tests:double/1$")),
    untraced().

recorder_test() ->
    {0, Lines, _} = command(["transom_trace_tests:double", "transom_trace_tests:bad", "--record", "exception:transom_trace_tests:bad/1", "--keep", "2000"]),
    Calls = [L || L <- Lines, hd(L) =/= $-],
    ?assertMatch({match, _}, re:run(lists:last(Calls), "bad/1 \\*\\* {error,{three,[0-9]+}}")),
    ?assert(length(Calls) > 2),
    untraced().

inside_test() ->
    {0, [Request, Root | Below], _} = command(["transom_trace_tests:double", "--inside", "transom_trace_tests:slow", "--format", "tree", "--time", "0.3"]),
    ?assertEqual("request 1", Request),
    ?assertMatch({match, _}, re:run(Root, "^  <[0-9.]+> transom_trace_tests:slow\\([0-9]+\\) -> [0-9]+ \\([0-9.]+ [mun]?s\\)$")),
    ?assertEqual([], [L || L <- Below, string:find(L, "double") =/= nomatch]),
    untraced().

new_options_are_checked_test() ->
    [begin
         {Status, [], Said} = command(["transom_trace_tests:double" | Options]),
         ?assertEqual({2, Options}, {Status, Options}),
         ?assertNotEqual(nomatch, string:find(Said, Part))
     end || {Options, Part} <- [{["--follow", "spawns"], "--follow goes with --inside"},
                                {["--inside", "lists:seq", "--follow", "friends"], "not one of spawns, messages"},
                                {["--aggregate", "sum"], "needs --of"},
                                {["--of", "X"], "--of goes with --aggregate"},
                                {["--record", "rain"], "not one of crash"},
                                {["--record", "latency:5"], "with a unit"},
                                {["--record", "exception:f"], "not module:function/arity"},
                                {["--after", "5"], "go with --record"}]].
