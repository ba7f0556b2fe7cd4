%% Handlers: adding, calling, removing, swapping, supervision, failures.
-module(gen_event_tests).
-behaviour(gen_event).
-include_lib("eunit/include/eunit.hrl").
-export([init/1, handle_event/2, handle_call/2, handle_info/2, terminate/2]).

init({fail, R}) -> {error, R};
init({{swapped_from, _}, Old}) -> {ok, [{inherited, Old}]};
init(S) -> {ok, S}.

handle_event(remove, _) -> remove_handler;
handle_event(bad, _) -> nonsense;
handle_event(E, S) -> {ok, [E | S]}.

handle_call(get, S) -> {ok, lists:reverse(S), S};
handle_call(crash, _) -> error(oops).

handle_info(I, S) -> {ok, [{info, I} | S]}.

terminate(R, S) -> {left, R, S}.

events_test() ->
    {ok, M} = gen_event:start_link(),
    ok = gen_event:add_handler(M, ?MODULE, []),
    ok = gen_event:add_handler(M, {?MODULE, 2}, [start]),
    ok = gen_event:notify(M, a),
    ok = gen_event:sync_notify(M, b),
    M ! c,
    ?assertEqual([a, b, {info, c}], gen_event:call(M, ?MODULE, get)),
    ?assertEqual([start, a, b, {info, c}], gen_event:call(M, {?MODULE, 2}, get)),
    ?assertEqual([{?MODULE, 2}, ?MODULE], gen_event:which_handlers(M)),
    ?assertEqual({error, bad_module}, gen_event:call(M, nobody, get)),
    ?assertEqual({left, why, [{info, c}, b, a]}, gen_event:delete_handler(M, ?MODULE, why)),
    ?assertEqual({error, module_not_found}, gen_event:delete_handler(M, ?MODULE, why)),
    ok = gen_event:sync_notify(M, remove),
    ?assertEqual([], gen_event:which_handlers(M)),
    ?assertEqual({error, no}, gen_event:add_handler(M, ?MODULE, {fail, no})),
    ok = gen_event:stop(M).

swap_test() ->
    {ok, M} = gen_event:start(),
    ok = gen_event:add_handler(M, ?MODULE, [x]),
    ok = gen_event:swap_handler(M, {?MODULE, out}, {{?MODULE, new}, {swapped_from, 1}}),
    ?assertEqual([{inherited, {left, out, [x]}}], gen_event:call(M, {?MODULE, new}, get)),
    gen_event:stop(M).

failures_test() ->
    logger:set_primary_config(level, none),
    {ok, M} = gen_event:start(),
    ok = gen_event:add_sup_handler(M, ?MODULE, []),
    ok = gen_event:sync_notify(M, bad),
    receive {gen_event_EXIT, ?MODULE, R} -> ?assertEqual(nonsense, R) after 30000 -> ?assert(false) end,
    ok = gen_event:add_handler(M, ?MODULE, []),
    ?assertMatch({error, {'EXIT', {oops, _}}}, gen_event:call(M, ?MODULE, crash)),
    ?assertEqual([], gen_event:which_handlers(M)),
    logger:set_primary_config(level, notice),
    gen_event:stop(M).

owner_gone_test() ->
    {ok, M} = gen_event:start(),
    {P, Mon} = spawn_monitor(fun() -> ok = gen_event:add_sup_handler(M, ?MODULE, []) end),
    receive {'DOWN', Mon, _, P, _} -> ok end,
    ?assertEqual([], gen_event:which_handlers(M)),
    gen_event:stop(M).
