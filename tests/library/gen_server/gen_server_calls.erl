%% Requests of all kinds: answers, time-outs, broadcasts, request ids, exits.
-module(gen_server_calls).
-behaviour(gen_server).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2, handle_continue/2, terminate/2]).
-include("../show.hrl").

start() ->
    logger:set_primary_config(level, none),
    process_flag(trap_exit, true),
    show(fun() -> gen_server:start_link({local, gs_a}, ?MODULE, {run, self()}, []) end),  % expect: {ok,pid}
    show(fun() -> gen_server:start_link({local, gs_a}, ?MODULE, {run, self()}, []) end),  % expect: {error,{already_started,pid}}
    show(fun() -> gen_server:start({local, gs_b}, ?MODULE, {run, self()}, [{timeout, 1000}]) end),  % expect: {ok,pid}
    show(fun() -> gen_server:call(gs_a, {echo, 1}) end),  % expect: {echo,1}
    show(fun() -> gen_server:call(gs_a, {later, 5}, 500) end),  % expect: later
    show(fun() -> gen_server:call({gs_a, node()}, {echo, 2}) end),  % expect: {echo,2}
    show(fun() -> gen_server:call({global, no_such_name}, x) end),  % expect: exit {noproc,{gen_server,call,[{global,no_such_name},x]}}
    show(fun() -> gen_server:call({via, global, no_such_name}, x) end),  % expect: exit {noproc,{gen_server,call,[{via,global,no_such_name},x]}}
    show(fun() -> gen_server:call(no_such_name, x) end),  % expect: exit {noproc,{gen_server,call,[no_such_name,x]}}
    show(fun() -> gen_server:call(no_such_name, x, 10) end),  % expect: exit {noproc,{gen_server,call,[no_such_name,x,10]}}
    show(fun() -> gen_server:call(gs_a, never, 10) end),  % expect: exit {timeout,{gen_server,call,[gs_a,never,10]}}
    show(fun() -> gen_server:call(gs_a, x, soon) end),  % expect: exit {{function_clause,{at,gen,call,4}},{gen_server,call,[gs_a,x,soon]}}
    show(fun() -> gen_server:multi_call(gs_a, {echo, 3}) end),  % expect: {[{nonode@nohost,{echo,3}}],[]}
    show(fun() -> gen_server:multi_call([node()], gs_b, {echo, 4}) end),  % expect: {[{nonode@nohost,{echo,4}}],[]}
    show(fun() -> gen_server:multi_call([node()], gs_b, {echo, 5}, 500) end),  % expect: {[{nonode@nohost,{echo,5}}],[]}
    show(fun() -> gen_server:multi_call([node()], no_such_name, {echo, 5}) end),  % expect: {[],[nonode@nohost]}
    show(fun() -> gen_server:multi_call([node()], gs_b, never, 10) end),  % expect: {[],[nonode@nohost]}
    show(fun() -> gen_server:multi_call([], gs_b, x) end),  % expect: {[],[]}
    show(fun() -> gen_server:cast(gs_a, {tell, 1}) end),  % expect: ok
    show(fun() -> next() end),  % expect: {told,1}
    show(fun() -> gen_server:cast(no_such_name, x) end),  % expect: ok
    show(fun() -> gen_server:cast({gs_a, node()}, {tell, 2}) end),  % expect: ok
    show(fun() -> next() end),  % expect: {told,2}
    show(fun() -> gen_server:cast({global, no_such_name}, x) end),  % expect: ok
    show(fun() -> gen_server:abcast(gs_a, {tell, 3}) end),  % expect: abcast
    show(fun() -> next() end),  % expect: {told,3}
    show(fun() -> gen_server:abcast([node()], gs_b, {tell, 4}) end),  % expect: abcast
    show(fun() -> next() end),  % expect: {told,4}
    show(fun() -> gen_server:abcast([node()], no_such_name, x) end),  % expect: abcast
    show(fun() -> gen_server:send_request(gs_a, {echo, 1}) =/= gen_server:send_request(gs_a, {echo, 1}) end),  % expect: true
    drain(),
    show(fun() -> gen_server:receive_response(gen_server:send_request(gs_a, never), 10) end),  % expect: timeout
    show(fun() -> gen_server:wait_response(gen_server:send_request(gs_a, {echo, 7}), infinity) end),  % expect: {reply,{echo,7}}
    show(fun() -> gen_server:wait_response(gen_server:send_request(gs_a, never), 10) end),  % expect: timeout
    show(fun() -> gen_server:receive_response(gen_server:send_request(no_such_name, {echo, 7}), 100) end),  % expect: {error,{noproc,no_such_name}}
    show(fun() -> gen_server:receive_response(gen_server:send_request({global, no_such_name}, {echo, 7}), 100) end),  % expect: {error,{noproc,{global,no_such_name}}}
    drain(),
    show(fun() -> checked(gen_server:send_request(gs_a, {echo, 8})) end),  % expect: {no_reply,{reply,{echo,8}}}
    show(fun() -> checked(gen_server:send_request(no_such_name, {echo, 8})) end),  % expect: {no_reply,{error,{noproc,no_such_name}}}
    drain(),
    show(fun() -> collection() end),  % expect: {[0,1,2,3],[label1,label2,label3],[{label1,{reply,{echo,a}}},{label2,{reply,{echo,b}}},{label3,{error,{noproc,no_such_name}}}],0,no_request,no_request,no_request,no_reply}
    show(fun() -> gen_server:reqids_add(x, y, z) end),  % expect: error badarg
    show(fun() -> gen_server:reqids_to_list(not_a_collection) end),  % expect: error badarg
    show(fun() -> gen_server:check_response(x, y) end),  % expect: error badarg
    show(fun() -> gen_server:check_response(x, y, z) end),  % expect: error function_clause
    show(fun() -> gen_server:wait_response(x, 10, true) end),  % expect: error function_clause
    show(fun() -> gen_server:receive_response(gen_server:reqids_new(), 10, x) end),  % expect: error function_clause
    show(fun() -> gen_server:call(gs_b, crash) end),  % expect: exit {{crash,{at,gen_server_calls,handle_call,3}},{gen_server,call,[gs_b,crash]}}
    drain(),
    show(fun() -> gen_server:call(gs_b, {echo, 1}) end),  % expect: exit {noproc,{gen_server,call,[gs_b,{echo,1}]}}
    show(fun() -> [gen_server:start({local, gs_b}, ?MODULE, {run, self()}, []), gen_server:call(gs_b, {stop, because})] end),  % expect: exit {because,{gen_server,call,[gs_b,{stop,because}]}}
    show(fun() -> next() end),  % expect: {terminated,because}
    show(fun() -> [gen_server:start({local, gs_b}, ?MODULE, {run, self()}, []), gen_server:call(gs_b, {stop_reply, done})] end),  % expect: [{ok,pid},done]
    show(fun() -> next() end),  % expect: {terminated,normal}
    show(fun() -> [gen_server:start({local, gs_b}, ?MODULE, {run, self()}, []), gen_server:call(gs_b, {throws, {reply, thrown, state}}), sys:get_state(gs_b)] end),  % expect: [{ok,pid},thrown,state]
    show(fun() -> gen_server:call(gs_b, bad) end),  % expect: exit {{bad_return_value,bad},{gen_server,call,[gs_b,bad]}}
    drain(),
    show(fun() -> gen_server:call(gs_a, continue) end),  % expect: continuing
    show(fun() -> [next(), next()] end),  % expect: [{continued,1},{continued,last}]
    show(fun() -> gen_server:call(gs_a, {timeout, 5}) end),  % expect: ok
    show(fun() -> next() end),  % expect: {info,timeout}
    show(fun() -> [gen_server:call(gs_a, {timeout, 5}), gen_server:call(gs_a, {echo, 1})] end),  % expect: [ok,{echo,1}]
    show(fun() -> next(20) end),  % expect: nothing
    show(fun() -> gen_server:call(gs_a, hibernate) end),  % expect: ok
    show(fun() -> gen_server:call(gs_a, {echo, awake}) end),  % expect: {echo,awake}
    erlang:send(gs_a, info),
    show(fun() -> next() end),  % expect: {info,info}
    drain(),
    show(fun() -> gen_server:stop(gs_a) end),  % expect: ok
    show(fun() -> [next(), next()] end),  % expect: [{terminated,normal},{'EXIT',pid,normal}]
    show(fun() -> gen_server:stop(gs_a) end),  % expect: exit noproc
    show(fun() -> gen_server:stop(gs_a, normal, 10) end).  % expect: exit noproc

init({run, To}) -> process_flag(trap_exit, true), {ok, To}.
handle_call({echo, X}, _, S) -> {reply, {echo, X}, S};
handle_call({later, Ms}, From, S) ->
    spawn(fun() -> timer:sleep(Ms), gen_server:reply(From, later) end),
    {noreply, S};
handle_call(never, _, S) -> {noreply, S};
handle_call(crash, _, _) -> error(crash);
handle_call(bad, _, _) -> bad;
handle_call({stop, R}, _, S) -> {stop, R, S};
handle_call({stop_reply, R}, _, S) -> {stop, normal, R, S};
handle_call({throws, T}, _, _) -> throw(T);
handle_call(continue, _, S) -> {reply, continuing, S, {continue, {again, 1}}};
handle_call({timeout, Ms}, _, S) -> {reply, ok, S, Ms};
handle_call(hibernate, _, S) -> {reply, ok, S, hibernate}.
handle_cast({tell, X}, S) -> S ! {told, X}, {noreply, S}.
handle_info(I, S) when is_pid(S) -> S ! {info, I}, {noreply, S};
handle_info(_, S) -> {noreply, S}.
handle_continue({again, 1}, S) -> S ! {continued, 1}, {noreply, S, {continue, last}};
handle_continue(last, S) -> S ! {continued, last}, {noreply, S}.
terminate(R, S) when is_pid(S) -> S ! {terminated, case R of {E, [_ | _]} -> E; _ -> R end};
terminate(_, _) -> ok.

checked(Id) ->
    receive M -> {gen_server:check_response({other, message}, Id), gen_server:check_response(M, Id)} after 30000 -> none end.

collection() ->
    C0 = gen_server:reqids_new(),
    C1 = gen_server:send_request(gs_a, {echo, a}, label1, C0),
    C2 = gen_server:reqids_add(gen_server:send_request(gs_a, {echo, b}), label2, C1),
    C2b = gen_server:reqids_add(gen_server:send_request(no_such_name, {echo, c}), label3, C2),
    Sizes = [gen_server:reqids_size(C) || C <- [C0, C1, C2, C2b]],
    Labels = lists:sort([L || {_, L} <- gen_server:reqids_to_list(C2b)]),
    {A1, L1, C3} = gen_server:receive_response(C2b, 30000, true),
    {A2, L2, C4} = gen_server:wait_response(C3, 30000, true),
    {A3, L3, C5} = receive M -> gen_server:check_response(M, C4, true) after 30000 -> none end,
    {Sizes, Labels, lists:sort([{L1, A1}, {L2, A2}, {L3, A3}]), gen_server:reqids_size(C5), gen_server:receive_response(C5, 10, true),
     gen_server:wait_response(C5, 10, true), gen_server:check_response(x, C5, true), gen_server:check_response(x, C2, false)}.
