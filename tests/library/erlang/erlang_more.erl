%% Functions of erlang without a test elsewhere.
-module(erlang_more).
-include("../show.hrl").

start() ->
    logger:set_primary_config(level, none),
    process_flag(trap_exit, true),
    show(fun() -> [lists:sort([K || {K, _} <- erlang:fun_info(fun lists:map/2)])] end),  % expect: [[arity,env,module,name,type]]
    show(fun() -> [K || {K, _} <- erlang:fun_info(fun(X) -> X end), lists:member(K, [module, arity, env, type, name])] end),  % expect: [module,name,arity,env,type]
    show(fun() -> erlang:fun_info(foo) end),  % expect: error badarg
    show(fun() -> in_process(fun() -> put(k, v), erlang:get() end) end),  % expect: [{k,v}]
    show(fun() -> erlang:get_cookie(node()) end),  % expect: nocookie
    show(fun() -> erlang:get_cookie("x") end),  % expect: error badarg
    show(fun() -> erlang:set_cookie(other@host, secret) end),  % expect: error distribution_not_started
    show(fun() -> erlang:set_cookie(foo, "bar") end),  % expect: error badarg
    show(fun() -> erlang:halt(foo) end),  % expect: error badarg
    show(fun() -> erlang:halt(1, [odd]) end),  % expect: error badarg
    show(fun() -> erlang:list_to_port("#Port<0.7>") end),  % expect: port
    show(fun() -> erlang:list_to_port("nonsense") end),  % expect: error badarg
    show(fun() -> erlang:port_to_list(erlang:list_to_port("#Port<0.7>")) end),  % expect: "#Port<0.7>"
    show(fun() -> erlang:port_to_list(foo) end),  % expect: error badarg
    show(fun() -> [lists:member(lists, erlang:loaded()), lists:member(?MODULE, erlang:loaded())] end),  % expect: [true,true]
    show(fun() -> is_tuple(erlang:localtime()) end),  % expect: true
    show(fun() -> is_tuple(erlang:universaltime()) end),  % expect: true
    show(fun() -> erlang:localtime_to_universaltime(erlang:universaltime_to_localtime({{2020, 1, 1}, {0, 0, 0}}), false) end),  % expect: {{2020,1,1},{0,0,0}}
    show(fun() -> erlang:localtime_to_universaltime({{2020, 1, 1}, {0, 0, 0}}, odd) end),  % expect: error badarg
    show(fun() -> erlang:localtime_to_universaltime(foo, true) end),  % expect: error badarg
    show(fun() -> erlang:monitor_node(node(), false, []) end),  % expect: true
    show(fun() -> erlang:monitor_node("x", true, []) end),  % expect: error badarg
    show(fun() -> erlang:nif_error(reason) end),  % expect: error reason
    show(fun() -> erlang:nif_error(reason, [a, b]) end),  % expect: error reason
    show(fun() -> erlang:nodes(this, #{}) end),  % expect: [{nonode@nohost,#{}}]
    show(fun() -> erlang:purge_module("x") end),  % expect: error badarg
    show(fun() -> erlang:delete_module(no_such_module_here) end),  % expect: undefined
    show(fun() -> erlang:delete_module("x") end),  % expect: error badarg
    show(fun() -> erlang:load_module(no_such, <<"nonsense">>) end),  % expect: {error,badfile}
    show(fun() -> erlang:load_module("x", <<>>) end),  % expect: error badarg
    show(fun() -> timers() end),  % expect: {true,ok,got_it,true,false}
    show(fun() -> erlang:send_after(1, self(), msg, []) end),  % expect: ref
    show(fun() -> next() end),  % expect: msg
    show(fun() -> erlang:send_after(erlang:monotonic_time(millisecond) + 1, self(), abs, [{abs, true}]) end),  % expect: ref
    show(fun() -> next() end),  % expect: abs
    show(fun() -> erlang:send_after(1, self(), msg, [odd]) end),  % expect: error badarg
    show(fun() -> erlang:read_timer(make_ref(), []) end),  % expect: false
    show(fun() -> erlang:read_timer(make_ref(), [{async, false}]) end),  % expect: false
    show(fun() -> [erlang:send_nosuspend(self(), m1, []), next()] end),  % expect: [true,m1]
    show(fun() -> erlang:send_nosuspend(no_such_name, m, []) end),  % expect: error badarg
    show(fun() -> down(erlang:spawn(node(), fun() -> exit(gone) end)) end),  % expect: true
    show(fun() -> down(erlang:spawn(node(), erlang, exit, [gone])) end),  % expect: true
    show(fun() -> exited(erlang:spawn_link(node(), fun() -> exit(gone) end)) end),  % expect: gone
    show(fun() -> exited(erlang:spawn_link(node(), erlang, exit, [gone])) end),  % expect: gone
    show(fun() -> monitored(erlang:spawn_monitor(node(), fun() -> exit(gone) end)) end),  % expect: gone
    show(fun() -> monitored(erlang:spawn_monitor(node(), erlang, exit, [gone])) end),  % expect: gone
    show(fun() -> exited(erlang:spawn_opt(node(), fun() -> exit(gone) end, [link])) end),  % expect: gone
    show(fun() -> exited(erlang:spawn_opt(erlang, exit, [gone], [link])) end),  % expect: gone
    show(fun() -> exited(erlang:spawn_opt(node(), erlang, exit, [gone], [link])) end),  % expect: gone
    show(fun() -> erlang:spawn_opt(fun() -> ok end, [odd]) end),  % expect: error badarg
    show(fun() -> erlang:spawn("x", fun() -> ok end) end),  % expect: error badarg
    show(fun() -> requested(erlang:spawn_request(node(), fun() -> ok end, [])) end),  % expect: {spawn_reply,ok,true}
    show(fun() -> requested(erlang:spawn_request(erlang, self, [])) end),  % expect: {spawn_reply,ok,true}
    show(fun() -> requested(erlang:spawn_request(node(), erlang, self, [], [{reply_tag, my_tag}])) end),  % expect: {my_tag,ok,true}
    show(fun() -> erlang:spawn_request_abandon(make_ref()) end),  % expect: false
    show(fun() -> erlang:spawn_request_abandon(foo) end),  % expect: error badarg
    show(fun() -> erlang:process_flag(self(), save_calls, 0) end),  % expect: 0
    show(fun() -> erlang:process_flag(self(), odd, 0) end),  % expect: error badarg
    show(fun() -> erlang:process_flag(foo, save_calls, 0) end),  % expect: error badarg
    show(fun() -> is_integer(erlang:time_offset(second)) end),  % expect: true
    show(fun() -> erlang:time_offset(odd) end),  % expect: error badarg
    show(fun() -> [erlang:check_process_code(self(), lists, []), erlang:check_process_code(self(), no_such_module_here, [{allow_gc, false}])] end),  % expect: [false,false]
    show(fun() -> checked(erlang:check_process_code(self(), lists, [{async, my_id}])) end),  % expect: {async,my_id,false}
    show(fun() -> erlang:check_process_code(self(), lists, [odd]) end),  % expect: error badarg
    show(fun() -> erlang:process_display(foo, backtrace) end),  % expect: error badarg
    show(fun() -> erlang:process_display(self(), odd) end),  % expect: error badarg
    show(fun() -> erlang:trace_pattern({lists, no_such_function, 1}, true) end),  % expect: 0
    show(fun() -> erlang:trace_pattern(foo, true) end).  % expect: error badarg

in_process(F) -> Me = self(), spawn(fun() -> Me ! {done, F()} end), receive {done, R} -> R end.
down(P) -> M = monitor(process, P), receive {'DOWN', M, _, _, R} -> lists:member(R, [gone, noproc]) end.
exited(P) -> receive {'EXIT', P, R} -> R after 30000 -> none end.
monitored({P, M}) -> receive {'DOWN', M, process, P, R} -> R after 30000 -> none end.
requested(R) -> receive {Tag, R, How, P} -> {Tag, How, is_pid(P)} after 30000 -> none end.
checked(async) -> receive {check_process_code, Id, R} -> {async, Id, R} after 30000 -> none end;
checked(Other) -> Other.
timers() ->
    T = erlang:start_timer(100000, self(), x),
    Left = erlang:read_timer(T, [{async, false}]),
    Async = erlang:read_timer(T, [{async, true}]),
    Reply = receive {read_timer, T, N} when is_integer(N) -> got_it after 30000 -> none end,
    {is_integer(Left) andalso Left > 90000, Async, Reply, erlang:cancel_timer(T) > 0, erlang:read_timer(T, [])}.
