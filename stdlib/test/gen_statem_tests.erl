%% Events, postponing, state enter calls, the three kinds of time-outs, inserted events, stops.
-module(gen_statem_tests).
-behaviour(gen_statem).
-include_lib("eunit/include/eunit.hrl").
-export([init/1, callback_mode/0, handle_event/4, terminate/3]).

callback_mode() -> [handle_event_function, state_enter].

init(stop) -> {stop, no};
init(Log) -> {ok, off, Log}.

handle_event(enter, Old, S, Log) -> {keep_state, [{enter, Old, S} | Log]};
handle_event({call, F}, log, _, Log) -> {keep_state, [], [{reply, F, lists:reverse(Log)}]};
handle_event({call, F}, on, off, Log) -> {next_state, on, Log, [{reply, F, ok}]};
handle_event({call, F}, off, on, Log) -> {next_state, off, Log, [{reply, F, ok}]};
handle_event({call, _}, wait_on, off, _) -> {keep_state_and_data, [postpone]};
handle_event({call, F}, wait_on, on, _) -> {keep_state_and_data, [{reply, F, was_postponed}]};
handle_event({call, F}, insert, _, _) ->
    {keep_state_and_data, [{reply, F, ok}, {next_event, internal, a}, {next_event, internal, b}]};
handle_event({call, F}, {timers, Ts}, _, _) -> {keep_state_and_data, [{reply, F, ok} | Ts]};
handle_event({call, F}, repeat, _, Log) -> {repeat_state, Log, [{reply, F, ok}]};
handle_event({call, F}, stop, _, _) -> {stop_and_reply, normal, [{reply, F, bye}]};
handle_event({call, _}, bad, _, _) -> nonsense;
handle_event(Type, Content, S, Log) -> {keep_state, [{Type, Content, S} | Log]}.

terminate(_, _, _) -> ok.

start() ->
    {ok, P} = gen_statem:start(?MODULE, [], []),
    _ = gen_statem:call(P, log),
    P.

states_test() ->
    {ok, P} = gen_statem:start_link(?MODULE, [], []),
    ?assertEqual([{enter, off, off}], gen_statem:call(P, log)),
    ok = gen_statem:call(P, on),
    ok = gen_statem:cast(P, hello),
    P ! msg,
    ok = gen_statem:call(P, repeat),
    ?assertEqual([{enter, off, on}, {cast, hello, on}, {info, msg, on}, {enter, on, on}], gen_statem:call(P, log)),
    ?assertEqual({on, []}, sys:get_state(P)),
    ?assertEqual(bye, gen_statem:call(P, stop)).

postpone_test() ->
    P = start(),
    R = gen_statem:send_request(P, wait_on),
    ?assertEqual(timeout, gen_statem:wait_response(R, 10)),
    ok = gen_statem:call(P, on),
    ?assertEqual({reply, was_postponed}, gen_statem:receive_response(R, 1000)),
    gen_statem:stop(P).

next_event_test() ->
    P = start(),
    ok = gen_statem:call(P, insert),
    ?assertEqual([{internal, a, off}, {internal, b, off}], gen_statem:call(P, log)),
    gen_statem:stop(P).

timers_test() ->
    P = start(),
    ok = gen_statem:call(P, {timers, [{state_timeout, 0, s}, {{timeout, n}, 0, g}]}),
    ?assertEqual([{state_timeout, s, off}, {{timeout, n}, g, off}], gen_statem:call(P, log)),
    ok = gen_statem:call(P, {timers, [{timeout, 5, e}]}),
    fires(P),
    ?assertEqual([{timeout, e, off}], gen_statem:call(P, log)),
    gen_statem:stop(P).

%% A call would be an event, and end the time-out; looking at the state is none.
fires(P) ->
    case sys:get_state(P) of
        {off, []} -> timer:sleep(1), fires(P);
        _ -> ok
    end.

%% What ends each kind of time-out; one wait for all.
ended_timers_test() ->
    [P, Q, R] = [start(), start(), start()],
    ok = gen_statem:call(P, {timers, [{timeout, 1500, never}]}),
    ok = gen_statem:cast(P, first),
    ok = gen_statem:call(Q, {timers, [{state_timeout, 1500, never}]}),
    ok = gen_statem:call(Q, on),
    ok = gen_statem:call(R, {timers, [{{timeout, n}, 1500, g}]}),
    ok = gen_statem:call(R, {timers, [{{timeout, n}, cancel}]}),
    timer:sleep(1700),
    ?assertEqual([{cast, first, off}], gen_statem:call(P, log)),
    ?assertEqual([{enter, off, on}], gen_statem:call(Q, log)),
    ?assertEqual([], gen_statem:call(R, log)),
    [gen_statem:stop(S) || S <- [P, Q, R]].

failures_test() ->
    logger:set_primary_config(level, none),
    ?assertEqual({error, no}, gen_statem:start(?MODULE, stop, [])),
    P = start(),
    ?assertExit({{{bad_return_from_state_function, nonsense}, _}, {gen_statem, call, [P, bad, infinity]}}, gen_statem:call(P, bad)),
    ?assertExit({noproc, {gen_statem, call, [P, x, infinity]}}, gen_statem:call(P, x)),
    logger:set_primary_config(level, notice).
