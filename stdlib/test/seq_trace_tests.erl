%% Tests of seq_trace: the same on erl 25. The exact events are recorded in tests/lang/seq_trace.
-module(seq_trace_tests).

-include_lib("eunit/include/eunit.hrl").

with_tracer(Fun) ->
    Before = seq_trace:set_system_tracer(self()),
    try Fun()
    after
        seq_trace:set_token([]),
        seq_trace:set_system_tracer(Before)
    end.

%% So many events, and none behind them.
events(0) -> receive Event when element(1, Event) =:= seq_trace -> [Event] after 20 -> [] end;
events(N) -> receive Event when element(1, Event) =:= seq_trace -> [Event | events(N - 1)] after 30000 -> [] end.

token_by_component_test() ->
    ?assertEqual([], seq_trace:get_token()),
    ?assertEqual([], seq_trace:get_token(label)),
    ?assertEqual(0, seq_trace:set_token(label, {any, "term"})),
    ?assertEqual(false, seq_trace:set_token(print, true)),
    ?assertEqual({label, {any, "term"}}, seq_trace:get_token(label)),
    Token = seq_trace:get_token(),
    ?assertMatch({4, {any, "term"}, _, _, _}, Token),
    ?assertEqual(Token, seq_trace:set_token([])),
    ?assertEqual(ok, seq_trace:set_token(Token)),
    ?assertEqual(4, element(1, seq_trace:get_token())),
    seq_trace:set_token([]).

prints_go_to_the_system_tracer_test() ->
    with_tracer(fun() ->
        ?assertEqual(self(), seq_trace:get_system_tracer()),
        ?assertEqual(ok, seq_trace:print(nobody_listens)),
        seq_trace:set_token(label, 5),
        seq_trace:set_token(print, true),
        ?assertEqual(ok, seq_trace:print(one)),
        ?assertEqual(ok, seq_trace:print(6, other_label)),
        ?assertEqual(ok, seq_trace:print(5, two)),
        ?assertMatch([{seq_trace, 5, {print, {_, _}, _, [], one}}, {seq_trace, 5, {print, {_, _}, _, [], two}}], events(2))
    end).

reset_takes_all_tokens_test() ->
    Holder = spawn(fun Wait() -> receive {token, From} -> From ! {token, seq_trace:get_token()}, Wait(); _ -> Wait() end end),
    seq_trace:set_token(label, 1),
    Holder ! take,
    ?assert(seq_trace:reset_trace()),
    ?assertEqual([], seq_trace:get_token()),
    Holder ! {token, self()},
    ?assertEqual([], receive {token, Token} -> Token end),
    exit(Holder, kill).
