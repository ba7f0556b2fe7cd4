%% A process of its own that hands system messages on, and hibernates while it is suspended.
-module(sys_loop).
-export([init/2, loop/3, system_continue/3, system_terminate/4, system_get_state/1, system_replace_state/2, system_code_change/4]).
-include("../show.hrl").

start() ->
    show(fun() -> with_loop(fun(P) -> sys:get_state(P) end) end),  % expect: state
    show(fun() -> with_loop(fun(P) -> [sys:replace_state(P, fun(S) -> {new, S} end), sys:get_state(P)] end) end),  % expect: [{new,state},{new,state}]
    show(fun() -> with_loop(fun(P) -> [sys:suspend(P), asked(P), sys:resume(P), next()] end) end),  % expect: [ok,nothing,ok,{answer,state}]
    show(fun() -> with_loop(fun(P) -> ok = sys:suspend(P), R = sys:change_code(P, ?MODULE, vsn, extra), ok = sys:resume(P), [R, sys:get_state(P)] end) end),  % expect: [ok,{state,extra}]
    show(fun() -> with_loop(fun(P) -> sys:terminate(P, stopped), ends(P) end) end),  % expect: stopped
    show(fun() -> with_loop(fun(P) -> {status, Q, {module, M}, [_, State, _, Debug, Misc]} = sys:get_status(P), {Q =:= P, M, State, Debug, Misc} end) end),  % expect: {true,sys_loop,running,[],state}
    show(fun() -> with_loop(fun(P) -> [sys:log(P, true), sys:log(P, get), sys:statistics(P, get), sys:no_debug(P)] end) end),  % expect: [ok,{ok,[]},{ok,no_statistics},ok]
    show(fun() -> with_loop(fun(P) -> catch sys:change_code(P, ?MODULE, vsn, extra) end) end),  % expect: {error,{unknown_system_msg,{change_code,sys_loop,vsn,extra}}}
    show(fun() -> with_loop(fun(P) -> ok = sys:suspend(P), P ! {system, {self(), tag}, get_state}, Answer = next(), ok = sys:resume(P), Answer end) end).  % expect: {tag,state}

asked(P) ->
    P ! {ask, self()},
    next(30).

with_loop(Do) ->
    {ok, P} = proc_lib:start(?MODULE, init, [self(), state]),
    try Do(P) after exit(P, kill) end.

init(Parent, State) ->
    proc_lib:init_ack(Parent, {ok, self()}),
    loop(Parent, sys:debug_options([]), State).

loop(Parent, Debug, State) ->
    receive
        {system, From, Request} -> sys:handle_system_msg(Request, From, Parent, ?MODULE, Debug, State, true);
        {ask, From} -> From ! {answer, State}, loop(Parent, Debug, State)
    end.

system_continue(Parent, Debug, State) -> loop(Parent, Debug, State).
system_terminate(Reason, _, _, _) -> exit(Reason).
system_get_state(State) -> {ok, State}.
system_replace_state(F, State) -> New = F(State), {ok, New, New}.
system_code_change(State, _, _, Extra) -> {ok, {State, Extra}}.
