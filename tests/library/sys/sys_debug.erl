%% System messages and debug functions of a gen_server.
-module(sys_debug).
-behaviour(gen_server).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2, terminate/2, code_change/3, format_status/2]).
-include("../show.hrl").

start() ->
    logger:set_primary_config(level, none),
    register(sys_test, self()),
    register(sys_srv, element(2, gen_server:start(?MODULE, start, []))),
    show(fun() -> sys:get_state(sys_srv) end),  % expect: {n,0}
    show(fun() -> sys:get_state(sys_srv, 1000) end),  % expect: {n,0}
    show(fun() -> sys:get_state(no_such_process) end),  % expect: exit {noproc,{sys,get_state,[no_such_process]}}
    show(fun() -> sys:get_state(no_such_process, 10) end),  % expect: exit {noproc,{sys,get_state,[no_such_process,10]}}
    show(fun() -> sys:replace_state(sys_srv, fun(S) -> {replaced, S} end) end),  % expect: {replaced,{n,0}}
    show(fun() -> sys:replace_state(sys_srv, fun(_) -> {n, 0} end, 1000) end),  % expect: {n,0}
    show(fun() -> sys:replace_state(sys_srv, fun(_) -> error(no) end) end),  % expect: error {callback_failed,{gen_server,system_replace_state},{error,no}}
    show(fun() -> sys:get_state(sys_srv) end),  % expect: {n,0}
    show(fun() -> status(sys:get_status(sys_srv)) end),  % expect: [true,gen_server,running,true,[],[header,{data,[{"Status",running},{"Logged events",[]}]},{data,[{"State",{shown,{n,0}}}]}]]
    show(fun() -> status(sys:get_status(sys_srv, 1000)) end),  % expect: [true,gen_server,running,true,[],[header,{data,[{"Status",running},{"Logged events",[]}]},{data,[{"State",{shown,{n,0}}}]}]]
    show(fun() -> sys:suspend(sys_srv) end),  % expect: ok
    show(fun() -> status(sys:get_status(sys_srv)) end),  % expect: [true,gen_server,suspended,true,[],[header,{data,[{"Status",suspended},{"Logged events",[]}]},{data,[{"State",{shown,{n,0}}}]}]]
    show(fun() -> catch gen_server:call(sys_srv, add, 20) end),  % expect: {'EXIT',{timeout,{gen_server,call,[sys_srv,add,20]}}}
    show(fun() -> sys:change_code(sys_srv, ?MODULE, old, extra) end),  % expect: ok
    show(fun() -> sys:change_code(sys_srv, ?MODULE, fail, extra, 1000) end),  % expect: {error,{error,refused}}
    show(fun() -> sys:resume(sys_srv) end),  % expect: ok
    show(fun() -> sys:change_code(sys_srv, ?MODULE, old, extra) end),  % expect: {error,{unknown_system_msg,{change_code,sys_debug,old,extra}}}
    show(fun() -> sys:suspend(sys_srv, 1000) end),  % expect: ok
    show(fun() -> sys:resume(sys_srv, 1000) end),  % expect: ok
    show(fun() -> sys:resume(no_such_process) end),  % expect: exit {noproc,{sys,resume,[no_such_process]}}
    show(fun() -> sys:replace_state(sys_srv, fun(_) -> {n, 0} end) end),  % expect: {n,0}
    show(fun() -> sys:log(sys_srv, true) end),  % expect: ok
    show(fun() -> sys:log(sys_srv, get) end),  % expect: {ok,[]}
    show(fun() -> gen_server:call(sys_srv, add) end),  % expect: 1
    show(fun() -> gen_server:cast(sys_srv, note) end),  % expect: ok
    erlang:send(sys_srv, info),
    gen_server:call(sys_srv, add),
    show(fun() -> sys:log(sys_srv, get, 1000) end),  % expect: {ok,[{in,{'$gen_call',{pid,[alias|ref]},add}},{out,1,{pid,[alias|ref]},{n,1}},{in,{'$gen_cast',note}},{noreply,{n,1}},{in,info},{noreply,{n,1}},{in,{'$gen_call',{pid,[alias|ref]},add}},{out,2,{pid,[alias|ref]},{n,2}}]}
    show(fun() -> sys:log(sys_srv, {true, 2}) end),  % expect: ok
    gen_server:call(sys_srv, add),
    show(fun() -> sys:log(sys_srv, get) end),  % expect: {ok,[{in,{'$gen_call',{pid,[alias|ref]},add}},{out,1,{pid,[alias|ref]},{n,1}},{in,{'$gen_cast',note}},{noreply,{n,1}},{in,info},{noreply,{n,1}},{in,{'$gen_call',{pid,[alias|ref]},add}},{out,2,{pid,[alias|ref]},{n,2}},{in,{'$gen_call',{pid,[alias|ref]},add}},{out,3,{pid,[alias|ref]},{n,3}}]}
    show(fun() -> sys:log(sys_srv, false) end),  % expect: ok
    show(fun() -> sys:log(sys_srv, get) end),  % expect: {ok,[]}
    show(fun() -> sys:log(sys_srv, {false, 2}) end),  % expect: unknown_debug
    show(fun() -> sys:statistics(sys_srv, get) end),  % expect: {ok,no_statistics}
    show(fun() -> sys:statistics(sys_srv, true) end),  % expect: ok
    gen_server:call(sys_srv, add),
    gen_server:cast(sys_srv, note),
    show(fun() -> lists:keydelete(reductions, 1, lists:keydelete(start_time, 1, lists:keydelete(current_time, 1, element(2, sys:statistics(sys_srv, get, 1000))))) end),  % expect: [{messages_in,2},{messages_out,1}]
    show(fun() -> sys:statistics(sys_srv, false) end),  % expect: ok
    show(fun() -> sys:statistics(sys_srv, get) end),  % expect: {ok,no_statistics}
    show(fun() -> sys:install(sys_srv, {fun counter/3, [self() | 0]}) end),  % expect: ok
    gen_server:call(sys_srv, add),
    show(fun() -> [next(), next(), next(10)] end),  % expect: [{0,{in,{'$gen_call',{pid,[alias|ref]},add}},pid},{1,{out,5,{pid,[alias|ref]},{n,5}},pid},nothing]
    show(fun() -> sys:install(sys_srv, {second, fun counter/3, [self() | 10]}) end),  % expect: ok
    show(fun() -> sys:install(sys_srv, {second, fun counter/3, [self() | 20]}, 1000) end),  % expect: ok
    gen_server:cast(sys_srv, note),
    sys:get_state(sys_srv),
    show(fun() -> [next(), next(), next(), next(), next(10)] end),  % expect: [{10,{in,{'$gen_cast',note}},pid},{2,{in,{'$gen_cast',note}},pid},{11,{noreply,{n,5}},pid},{3,{noreply,{n,5}},pid},nothing]
    show(fun() -> sys:remove(sys_srv, fun counter/3) end),  % expect: ok
    show(fun() -> sys:remove(sys_srv, second, 1000) end),  % expect: ok
    gen_server:cast(sys_srv, note),
    show(fun() -> next(20) end),  % expect: nothing
    show(fun() -> sys:install(sys_srv, {ends, fun(_, E, _) -> self() ! E, done end, x}) end),  % expect: ok
    gen_server:cast(sys_srv, note),
    show(fun() -> sys:install(sys_srv, {crashes, fun(_, _, _) -> error(crash) end, x}) end),  % expect: ok
    gen_server:cast(sys_srv, note),
    drain(),
    show(fun() -> sys:no_debug(sys_srv) end),  % expect: ok
    show(fun() -> sys:no_debug(sys_srv, 1000) end),  % expect: ok
    gen_server:cast(sys_srv, note),
    show(fun() -> sys:log_to_file(sys_srv, "/nonexistent/dir/file") end),  % expect: {error,open_file}
    show(fun() -> sys:log_to_file(sys_srv, false) end),  % expect: ok
    show(fun() -> sys:log_to_file(sys_srv, false, 1000) end),  % expect: ok
    show(fun() -> sys:trace(sys_srv, true) end),  % expect: ok
    show(fun() -> sys:trace(sys_srv, false) end),  % expect: ok
    show(fun() -> sys:trace(sys_srv, false, 1000) end),  % expect: ok
    show(fun() -> sys:terminate(sys_srv, over) end),  % expect: ok
    show(fun() -> next() end),  % expect: {terminated,over}
    show(fun() -> sys:terminate(no_such_process, over) end).  % expect: exit {noproc,{sys,terminate,[no_such_process,over]}}

init(start) -> process_flag(trap_exit, true), {ok, {n, 0}}.
handle_call(add, _, {n, N}) when is_integer(N) -> {reply, N + 1, {n, N + 1}};
handle_call(add, _, S) -> {reply, not_a_number, S}.
handle_cast(note, S) -> {noreply, S}.
handle_info(_, S) -> {noreply, S}.
terminate(R, _) -> case R of over -> sys_test ! {terminated, R}; _ -> ok end.
code_change(fail, _, _) -> {error, refused};
code_change(Old, {n, N}, Extra) -> {ok, {n, {Old, N, Extra}}}.
format_status(_, [_, S]) -> [{data, [{"State", {shown, S}}]}].

counter([To | N], Event, Extra) -> To ! {N, Event, Extra}, [To | N + 1].

status({status, Pid, {module, M}, [_Dict, State, Parent, Dbg, Misc]}) ->
    [is_pid(Pid), M, State, is_pid(Parent), Dbg, [case E of {header, _} -> header; {data, D} -> {data, [{K, V} || {K, V} <- D, K =/= "Parent"]}; O -> O end || E <- Misc]].
