%% Strategies, intensity, dynamic children, shutdown, automatic shutdown.
-module(supervisor_tests).
-behaviour(supervisor).
-include_lib("eunit/include/eunit.hrl").
-export([init/1, start_worker/1, start_worker/2, worker/1, fail/0]).

init(X) -> X.

start_worker(Name) -> start_worker(Name, []).

%% The worker has its name when this answers.
start_worker(Name, _) -> proc_lib:start_link(?MODULE, worker, [Name]).

fail() -> {error, nope}.

worker(Name) ->
    register(Name, self()),
    proc_lib:init_ack({ok, self()}),
    receive
        {stop, R} -> exit(R)
    end.

child(Id, Restart) ->
    #{id => Id, start => {?MODULE, start_worker, [Id]}, restart => Restart, shutdown => 1000}.

%% In a process of its own: a supervisor that failed to start may still be on its way out, and its exit is none of the next test's.
quietly(F) ->
    logger:set_primary_config(level, none),
    {Pid, Mon} = spawn_monitor(fun() -> process_flag(trap_exit, true), F(), exit(passed) end),
    try
        receive {'DOWN', Mon, process, Pid, Outcome} -> ?assertEqual(passed, Outcome) end
    after
        logger:set_primary_config(level, notice)
    end.

kill_and_wait(Name) ->
    Old = whereis(Name),
    exit(Old, kill),
    wait_new(Name, Old).

wait_new(Name, Old) ->
    wait_until(fun() -> not lists:member(whereis(Name), [undefined, Old]) end),
    whereis(Name).

crashed(Pid) -> Pid ! {stop, crash}, Pid.

wait_until(Holds) -> Holds() orelse begin timer:sleep(1), wait_until(Holds) end.

stop(Sup) ->
    Mon = monitor(process, Sup),
    unlink(Sup),
    exit(Sup, shutdown),
    receive {'DOWN', Mon, _, _, R} -> R end.

strategies_test_() ->
    [{atom_to_list(S), fun() -> quietly(fun() -> strategy(S, Changed) end) end}
     || {S, Changed} <- [{one_for_one, [sw2]}, {one_for_all, [sw1, sw2, sw3]}, {rest_for_one, [sw2, sw3]}]].

strategy(S, Changed) ->
    Names = [sw1, sw2, sw3],
    {ok, Sup} = supervisor:start_link(?MODULE, {ok, {#{strategy => S, intensity => 5}, [child(N, permanent) || N <- Names]}}),
    Before = [{N, whereis(N)} || N <- Names],
    _ = kill_and_wait(sw2),
    _ = supervisor:which_children(Sup),
    ?assertEqual(Changed, [N || {N, P} <- Before, whereis(N) =/= P]),
    ?assertEqual([{specs, 3}, {active, 3}, {supervisors, 0}, {workers, 3}], supervisor:count_children(Sup)),
    ?assertEqual([sw3, sw2, sw1], [Id || {Id, _, worker, [?MODULE]} <- supervisor:which_children(Sup)]),
    ?assertEqual(shutdown, stop(Sup)),
    ?assertEqual([undefined, undefined, undefined], [whereis(N) || N <- Names]).

intensity_test() ->
    quietly(fun() ->
        {ok, Sup} = supervisor:start_link(?MODULE, {ok, {#{intensity => 1, period => 10}, [child(sw1, permanent)]}}),
        _ = kill_and_wait(sw1),
        exit(whereis(sw1), kill),
        receive {'EXIT', Sup, R} -> ?assertEqual(shutdown, R) after 30000 -> ?assert(false) end
    end).

restart_types_test() ->
    quietly(fun() ->
        {ok, Sup} = supervisor:start_link(?MODULE, {ok, {#{intensity => 5}, [child(sw1, transient), child(sw2, temporary)]}}),
        whereis(sw1) ! {stop, normal},
        whereis(sw2) ! {stop, crash},
        wait_until(fun() -> [sw1] =:= [Id || {Id, undefined, worker, _} <- supervisor:which_children(Sup)] end),
        ?assertMatch([{sw1, undefined, worker, _}], supervisor:which_children(Sup)),
        {ok, _} = supervisor:restart_child(Sup, sw1),
        _ = wait_new(sw1, crashed(whereis(sw1))),
        ?assertMatch([{sw1, P, worker, _}] when is_pid(P), supervisor:which_children(Sup)),
        stop(Sup)
    end).

children_test() ->
    quietly(fun() ->
        {ok, Sup} = supervisor:start_link(?MODULE, {ok, {#{}, []}}),
        {ok, P} = supervisor:start_child(Sup, child(sw1, permanent)),
        ?assertEqual({error, {already_started, P}}, supervisor:start_child(Sup, child(sw1, permanent))),
        ?assertEqual({error, running}, supervisor:restart_child(Sup, sw1)),
        ?assertEqual({error, running}, supervisor:delete_child(Sup, sw1)),
        ?assertEqual(ok, supervisor:terminate_child(Sup, sw1)),
        ?assertEqual({error, already_present}, supervisor:start_child(Sup, child(sw1, permanent))),
        ?assertEqual(ok, supervisor:delete_child(Sup, sw1)),
        ?assertEqual({error, not_found}, supervisor:delete_child(Sup, sw1)),
        ?assertEqual({error, not_found}, supervisor:terminate_child(Sup, nobody)),
        ?assertMatch({error, {nope, {child, undefined, f, _, permanent, false, 5000, worker, [?MODULE]}}},
                     supervisor:start_child(Sup, #{id => f, start => {?MODULE, fail, []}})),
        ?assertEqual({error, missing_id}, supervisor:start_child(Sup, #{})),
        ?assertEqual({ok, #{id => sw2, start => {?MODULE, start_worker, [sw2]}, restart => permanent, significant => false,
                            shutdown => 1000, type => worker, modules => [?MODULE]}},
                     begin {ok, _} = supervisor:start_child(Sup, child(sw2, permanent)), supervisor:get_childspec(Sup, sw2) end),
        stop(Sup)
    end).

simple_one_for_one_test() ->
    quietly(fun() ->
        Spec = #{id => w, start => {?MODULE, start_worker, []}, restart => transient},
        {ok, Sup} = supervisor:start_link(?MODULE, {ok, {#{strategy => simple_one_for_one, intensity => 5}, [Spec]}}),
        {ok, P1} = supervisor:start_child(Sup, [sw1]),
        {ok, _} = supervisor:start_child(Sup, [sw2]),
        ?assertEqual([{specs, 1}, {active, 2}, {supervisors, 0}, {workers, 2}], supervisor:count_children(Sup)),
        New = kill_and_wait(sw1),
        ?assertNotEqual(P1, New),
        ?assertEqual(ok, supervisor:terminate_child(Sup, P1)),
        ?assertEqual({error, not_found}, supervisor:terminate_child(Sup, self())),
        ?assertEqual(ok, supervisor:terminate_child(Sup, New)),
        ?assertEqual({error, simple_one_for_one}, supervisor:delete_child(Sup, w)),
        ?assertMatch([{undefined, _, worker, [?MODULE]}], supervisor:which_children(Sup)),
        ?assertEqual(shutdown, stop(Sup)),
        ?assertEqual(undefined, whereis(sw2))
    end).

auto_shutdown_test() ->
    quietly(fun() ->
        C = (child(sw1, transient))#{significant => true},
        {ok, Sup} = supervisor:start_link(?MODULE, {ok, {#{auto_shutdown => any_significant}, [C, child(sw2, permanent)]}}),
        whereis(sw1) ! {stop, normal},
        receive {'EXIT', Sup, R} -> ?assertEqual(shutdown, R) after 30000 -> ?assert(false) end
    end).

start_failures_test() ->
    quietly(fun() ->
        ?assertEqual(ignore, supervisor:start_link(?MODULE, ignore)),
        ?assertEqual({error, {bad_return, {?MODULE, init, x}}}, supervisor:start_link(?MODULE, x)),
        ?assertEqual({error, {supervisor_data, {invalid_strategy, none}}},
                     supervisor:start_link(?MODULE, {ok, {#{strategy => none}, []}})),
        ?assertEqual({error, {shutdown, {failed_to_start_child, f, nope}}},
                     supervisor:start_link(?MODULE, {ok, {#{}, [child(sw1, permanent), #{id => f, start => {?MODULE, fail, []}}]}})),
        ?assertEqual(undefined, whereis(sw1))
    end).

check_childspecs_test() ->
    ?assertEqual(ok, supervisor:check_childspecs([child(a, permanent)])),
    ?assertEqual({error, {duplicate_child_name, a}}, supervisor:check_childspecs([child(a, permanent), child(a, permanent)])),
    ?assertEqual({error, {invalid_restart_type, x}}, supervisor:check_childspecs([child(a, x)])),
    ?assertEqual({error, {invalid_shutdown, x}}, supervisor:check_childspecs([(child(a, permanent))#{shutdown => x}])).
