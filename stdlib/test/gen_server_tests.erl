%% The client-server behaviour from both sides: replies, time-outs, stops, errors in callbacks, continue, system messages.
-module(gen_server_tests).
-behaviour(gen_server).
-include_lib("eunit/include/eunit.hrl").
-export([init/1, handle_call/3, handle_cast/2, handle_info/2, handle_continue/2, terminate/2, code_change/3]).

init({stop, R}) -> {stop, R};
init({error, R}) -> {error, R};
init(ignore) -> ignore;
init({continue, S}) -> {ok, S, {continue, first}};
init({timeout, S}) -> {ok, S, 0};
init({tell, Pid}) ->
    process_flag(trap_exit, true),
    {ok, {tell, Pid}};
init(S) -> {ok, S}.

handle_call(get, _, S) -> {reply, S, S};
handle_call({set, N}, _, S) -> {reply, S, N};
handle_call(later, From, S) ->
    self() ! {answer, From},
    {noreply, S};
handle_call({stop, R}, _, S) -> {stop, R, stopped, S};
handle_call({fail, R}, _, _) -> error(R);
handle_call({throw, V}, _, _) -> throw(V);
handle_call(bad, _, _) -> nonsense;
handle_call(never, _, S) -> {noreply, S}.

handle_cast({set, N}, _) -> {noreply, N};
handle_cast(stop, S) -> {stop, normal, S}.

handle_info({answer, From}, S) ->
    gen_server:reply(From, late),
    {noreply, S};
handle_info(timeout, _) -> {noreply, timed_out};
handle_info(Msg, S) -> {noreply, {Msg, S}}.

handle_continue(first, S) -> {noreply, {continued, S}}.

terminate(R, {tell, Pid}) -> Pid ! {terminated, R};
terminate(_, _) -> ok.

code_change(Old, S, Extra) -> {ok, {changed, Old, S, Extra}}.

quietly(F) ->
    logger:set_primary_config(level, none),
    try F()
    after logger:set_primary_config(level, notice)
    end.

call_and_cast_test() ->
    {ok, P} = gen_server:start_link(?MODULE, 1, []),
    ?assertEqual(1, gen_server:call(P, get)),
    ?assertEqual(1, gen_server:call(P, {set, 2})),
    ok = gen_server:cast(P, {set, 3}),
    ?assertEqual(3, gen_server:call(P, get)),
    ?assertEqual(late, gen_server:call(P, later)),
    P ! hello,
    ?assertEqual({hello, 3}, gen_server:call(P, get)),
    ?assertEqual(ok, gen_server:stop(P)).

start_results_test() ->
    quietly(fun() ->
        ?assertEqual({error, no}, gen_server:start(?MODULE, {stop, no}, [])),
        ?assertEqual(ignore, gen_server:start(?MODULE, ignore, [])),
        process_flag(trap_exit, true),
        ?assertEqual({error, no}, gen_server:start_link(?MODULE, {stop, no}, [])),
        receive
            {'EXIT', _, no} -> ok
        after 0 -> ok
        end,
        process_flag(trap_exit, false)
    end).

names_test() ->
    {ok, P} = gen_server:start({local, gen_server_tests_name}, ?MODULE, 1, []),
    ?assertEqual({error, {already_started, P}}, gen_server:start({local, gen_server_tests_name}, ?MODULE, 1, [])),
    ?assertEqual(1, gen_server:call(gen_server_tests_name, get)),
    ok = gen_server:stop(gen_server_tests_name),
    ?assertEqual(undefined, whereis(gen_server_tests_name)).

continue_and_timeout_test() ->
    {ok, P} = gen_server:start(?MODULE, {continue, x}, []),
    ?assertEqual({continued, x}, gen_server:call(P, get)),
    ok = gen_server:stop(P),
    {ok, Q} = gen_server:start(?MODULE, {timeout, x}, []),
    ?assertEqual(timed_out, wait_for(Q, timed_out, 10000)),
    ok = gen_server:stop(Q).

wait_for(_, Last, 0) -> {gave_up, Last};
wait_for(P, Want, N) ->
    case gen_server:call(P, get) of
        Want -> Want;
        _ ->
            timer:sleep(1),
            wait_for(P, Want, N - 1)
    end.

call_failures_test() ->
    quietly(fun() ->
        ?assertExit({noproc, {gen_server, call, [gen_server_tests_nobody, get]}}, gen_server:call(gen_server_tests_nobody, get)),
        {ok, P} = gen_server:start(?MODULE, 1, []),
        ?assertExit({timeout, {gen_server, call, [P, never, 5]}}, gen_server:call(P, never, 5)),
        ?assertExit({{oops, [_ | _]}, {gen_server, call, [P, {fail, oops}]}}, gen_server:call(P, {fail, oops})),
        {ok, Q} = gen_server:start(?MODULE, 1, []),
        ?assertExit({{bad_return_value, nonsense}, {gen_server, call, [Q, bad]}}, gen_server:call(Q, bad)),
        ?assertExit({normal, _}, begin {ok, R} = gen_server:start(?MODULE, 1, []), gen_server:call(R, {throw, {stop, normal, 1}}) end),
        ?assertExit({calling_self, _}, gen_server:call(self(), x))
    end).

thrown_results_test() ->
    {ok, P} = gen_server:start(?MODULE, 1, []),
    ?assertEqual(thrown, gen_server:call(P, {throw, {reply, thrown, 5}})),
    ?assertEqual(5, gen_server:call(P, get)),
    gen_server:stop(P).

terminate_test() ->
    {ok, P} = gen_server:start_link(?MODULE, {tell, self()}, []),
    ?assertEqual(stopped, gen_server:call(P, {stop, normal})),
    receive {terminated, R} -> ?assertEqual(normal, R) after 30000 -> ?assert(false) end,
    {ok, Q} = gen_server:start(?MODULE, {tell, self()}, []),
    ok = gen_server:stop(Q, shutdown, 1000),
    receive {terminated, R2} -> ?assertEqual(shutdown, R2) after 30000 -> ?assert(false) end.

requests_test() ->
    {ok, P} = gen_server:start(?MODULE, 7, []),
    R = gen_server:send_request(P, get),
    ?assertEqual({reply, 7}, gen_server:receive_response(R, 1000)),
    Rs0 = gen_server:send_request(P, get, a, gen_server:reqids_new()),
    Rs1 = gen_server:send_request(P, get, b, Rs0),
    ?assertEqual(2, gen_server:reqids_size(Rs1)),
    {{reply, 7}, L1, Rs2} = gen_server:receive_response(Rs1, 1000, true),
    {{reply, 7}, L2, Rs3} = gen_server:receive_response(Rs2, 1000, true),
    ?assertEqual([a, b], lists:sort([L1, L2])),
    ?assertEqual(no_request, gen_server:receive_response(Rs3, 1000, true)),
    N = gen_server:send_request(P, never),
    ?assertEqual(timeout, gen_server:wait_response(N, 5)),
    gen_server:stop(P),
    ?assertMatch({error, {normal, P}}, gen_server:receive_response(N, 1000)).

system_messages_test() ->
    {ok, P} = gen_server:start(?MODULE, 1, []),
    ?assertEqual(1, sys:get_state(P)),
    ?assertEqual(10, sys:replace_state(P, fun(S) -> S * 10 end)),
    ok = sys:suspend(P),
    ?assertExit({timeout, _}, gen_server:call(P, get, 5)),
    ok = sys:change_code(P, ?MODULE, old, extra),
    ok = sys:resume(P),
    ?assertEqual({changed, old, 10, extra}, gen_server:call(P, get)),
    ?assertMatch({status, P, {module, gen_server}, [_, running, P, [], _]}, sys:get_status(P)),
    ok = sys:statistics(P, true),
    _ = gen_server:call(P, get),
    {ok, Stats} = sys:statistics(P, get),
    ?assertEqual(1, proplists:get_value(messages_in, Stats)),
    ok = sys:log(P, true),
    _ = gen_server:call(P, get),
    ?assertMatch({ok, [{in, {'$gen_call', _, get}} | _]}, sys:log(P, get)),
    ok = sys:no_debug(P),
    gen_server:stop(P).

parent_exit_test() ->
    Self = self(),
    {Starter, Mon} = spawn_monitor(fun() ->
        {ok, P} = gen_server:start_link(?MODULE, {tell, Self}, []),
        Self ! {started, P},
        exit(shutdown)
    end),
    receive {'DOWN', Mon, _, Starter, _} -> ok end,
    receive {terminated, R} -> ?assertEqual(shutdown, R) after 30000 -> ?assert(false) end.
