%% The loop of a suspended process, entered by hand.
-module(sys_suspended).
-export([system_continue/3, system_terminate/4, system_code_change/4]).
-include("../show.hrl").

start() ->
    show(fun() -> P = suspended(false), [sys:resume(P), next()] end),  % expect: [ok,continued]
    show(fun() -> P = suspended(true), timer:sleep(20), [element(2, sys:get_status(P)), sys:resume(P), next()] end),  % expect: [pid,ok,continued]
    show(fun() -> P = suspended(false), {status, P, _, [_, State | _]} = sys:get_status(P), State end),  % expect: suspended
    show(fun() -> P = suspended(false), M = monitor(process, P), sys:terminate(P, done), receive {'DOWN', M, _, _, R} -> [R, next()] end end).  % expect: [done,{terminated,done}]

suspended(Hibernate) ->
    Me = self(),
    proc_lib:spawn(fun() -> sys:suspend_loop_hib(suspended, Me, ?MODULE, sys:debug_options([]), {misc, Me}, Hibernate) end).

system_continue(_, _, {misc, Me}) -> Me ! continued.
system_terminate(Reason, _, _, {misc, Me}) -> Me ! {terminated, Reason}, exit(Reason).
system_code_change(Misc, _, _, _) -> {ok, Misc}.
