%% Synchronous starts: acknowledgements, failures, time-outs, links and monitors; stopping.
-module(proc_lib_start).
-export([acks/2, acks_other/1, fails/1, slow/0, plain_loop/1, ack_then_die/0, quiet/0]).
-include("../show.hrl").

start() ->
    logger:set_primary_config(level, none),
    process_flag(trap_exit, true),
    show(fun() -> proc_lib:start(?MODULE, acks, [self(), {ok, here}]) end),  % expect: {ok,here}
    show(fun() -> proc_lib:start(?MODULE, acks, [self(), {error, no}], 1000) end),  % expect: {error,no}
    show(fun() -> proc_lib:start(?MODULE, acks, [self(), any_term], 1000, [{priority, high}]) end),  % expect: any_term
    show(fun() -> proc_lib:start(?MODULE, acks_other, [self()]) end),  % expect: {other,true}
    show(fun() -> proc_lib:start(?MODULE, fails, [exit]) end),  % expect: {error,gone}
    show(fun() -> proc_lib:start(?MODULE, fails, [error]) end),  % expect: {error,{wrong,{at,proc_lib_start,fails,1}}}
    show(fun() -> proc_lib:start(?MODULE, fails, [throw]) end),  % expect: {error,{{nocatch,ball},{at,proc_lib_start,fails,1}}}
    show(fun() -> proc_lib:start(?MODULE, quiet, []) end),  % expect: {error,normal}
    show(fun() -> proc_lib:start(?MODULE, slow, [], 20) end),  % expect: {error,timeout}
    show(fun() -> proc_lib:start(?MODULE, slow, [], 20, []) end),  % expect: {error,timeout}
    show(fun() -> proc_lib:start_link(?MODULE, acks, [self(), linked]) end),  % expect: linked
    show(fun() -> next() end),  % expect: {'EXIT',pid,normal}
    show(fun() -> proc_lib:start_link(?MODULE, fails, [exit]) end),  % expect: {error,gone}
    show(fun() -> next(50) end),  % expect: nothing
    show(fun() -> proc_lib:start_link(?MODULE, fails, [error], infinity) end),  % expect: {error,{wrong,{at,proc_lib_start,fails,1}}}
    show(fun() -> next(50) end),  % expect: nothing
    show(fun() -> proc_lib:start_link(?MODULE, slow, [], 20) end),  % expect: {error,timeout}
    show(fun() -> next(50) end),  % expect: nothing
    show(fun() -> proc_lib:start_link(?MODULE, slow, [], 20, [{min_heap_size, 500}]) end),  % expect: {error,timeout}
    show(fun() -> next(50) end),  % expect: nothing
    show(fun() -> proc_lib:start_monitor(?MODULE, acks, [self(), monitored]) end),  % expect: {monitored,ref}
    show(fun() -> [next(), next(10)] end),  % expect: [{'DOWN',ref,process,pid,normal},nothing]
    show(fun() -> proc_lib:start_monitor(?MODULE, fails, [exit]) end),  % expect: {{error,gone},ref}
    show(fun() -> next() end),  % expect: {'DOWN',ref,process,pid,gone}
    show(fun() -> proc_lib:start_monitor(?MODULE, slow, [], 20) end),  % expect: {{error,timeout},ref}
    show(fun() -> next() end),  % expect: {'DOWN',ref,process,pid,killed}
    show(fun() -> proc_lib:start_monitor(?MODULE, acks, [self(), {ok, 1}], 500, [link]) end),  % expect: {{ok,1},ref}
    show(fun() -> lists:sort([plain(next()), plain(next())]) end),  % expect: [{'EXIT',pid,normal},{'DOWN',ref,process,pid,normal}]
    show(fun() -> proc_lib:start(?MODULE, acks, [self(), x], 1000, [monitor]) end),  % expect: error badarg
    show(fun() -> proc_lib:start(?MODULE, acks, nolist) end),  % expect: error function_clause
    show(fun() -> proc_lib:start_link("m", f, []) end),  % expect: error function_clause
    show(fun() -> stops(fun(P) -> proc_lib:stop(P) end) end),  % expect: {ok,normal}
    show(fun() -> stops(fun(P) -> proc_lib:stop(P, reason, 1000) end) end),  % expect: {ok,reason}
    show(fun() -> stops(fun(P) -> proc_lib:stop(P, crash_it, 1000) end) end),  % expect: {ok,crash_it}
    show(fun() -> proc_lib:stop(no_such_name) end),  % expect: exit noproc
    show(fun() -> proc_lib:stop(dead(), normal, 100) end),  % expect: exit noproc
    show(fun() -> proc_lib:stop(spawn(fun() -> receive never -> ok end end), normal, 20) end),  % expect: exit timeout
    show(fun() -> hibernated() end),  % expect: [{woken,hello},noproc]
    show(fun() -> proc_lib:hibernate(a, "b", []) end),  % expect: error function_clause
    show(fun() -> proc_lib:wake_up(lists, reverse, [[1, 2, 3]]) end),  % expect: [3,2,1]
    show(fun() -> proc_lib:initial_call(self()) end),  % expect: false
    show(fun() -> proc_lib:initial_call(foo) end),  % expect: error function_clause
    show(fun() -> proc_lib:translate_initial_call(spawn(fun() -> receive never -> ok end end)) end).  % expect: {proc_lib,init_p,5}

acks(_, R) -> proc_lib:init_ack(R), ok.
acks_other(Parent) -> proc_lib:init_ack(Parent, {other, R = self() =/= Parent}), R.
fails(exit) -> exit(gone);
fails(error) -> error(wrong);
fails(throw) -> throw(ball).
slow() -> receive never -> ok end.
quiet() -> ok.
ack_then_die() -> proc_lib:init_ack(fine), exit(later).

plain_loop(_) ->
    proc_lib:init_ack({ok, self()}),
    loop().
loop() ->
    receive
        {system, From, Request} -> sys:handle_system_msg(Request, From, self(), ?MODULE, [], state)
    end.

stops(F) ->
    {ok, P} = gen_event:start(),
    M = monitor(process, P),
    R = try F(P) catch C:E -> {C, E} end,
    {R, receive {'DOWN', M, _, _, Why} -> Why after 30000 -> alive end}.

dead() -> P = spawn(fun() -> ok end), _ = ends(P), P.

hibernated() ->
    Me = self(),
    P = proc_lib:spawn(fun() -> proc_lib:hibernate(erlang, apply, [fun() -> receive M -> Me ! {woken, M} end end, []]) end),
    P ! hello,
    [next(), ends(P)].
