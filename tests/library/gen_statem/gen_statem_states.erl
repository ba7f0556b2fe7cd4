%% One function a state, with and without enter calls; answers, request ids, starts, stops.
-module(gen_statem_states).
-behaviour(gen_statem).
-export([init/1, callback_mode/0, locked/3, open/3, terminate/3, code_change/4, format_status/2, enter/2]).
-include("../show.hrl").

start() ->
    logger:set_primary_config(level, none),
    process_flag(trap_exit, true),
    show(fun() -> gen_statem:start({local, st_a}, ?MODULE, [locked, self()], []) end),  % expect: {ok,pid}
    show(fun() -> gen_statem:start({local, st_a}, ?MODULE, [locked, self()], []) end),  % expect: {error,{already_started,pid}}
    show(fun() -> gen_statem:start_link({local, st_b}, ?MODULE, [locked, self()], [{hibernate_after, 5}]) end),  % expect: {ok,pid}
    show(fun() -> gen_statem:call(st_a, state) end),  % expect: locked
    show(fun() -> gen_statem:call(st_a, state, 500) end),  % expect: locked
    show(fun() -> gen_statem:call(st_a, state, {clean_timeout, 500}) end),  % expect: locked
    show(fun() -> gen_statem:call(st_a, state, {dirty_timeout, 500}) end),  % expect: locked
    show(fun() -> gen_statem:call(st_a, state, infinity) end),  % expect: locked
    show(fun() -> gen_statem:call(st_a, ignored, 10) end),  % expect: exit {timeout,{gen_statem,call,[st_a,ignored,10]}}
    show(fun() -> gen_statem:call(st_a, ignored, {clean_timeout, 10}) end),  % expect: exit {timeout,{gen_statem,call,[st_a,ignored,{clean_timeout,10}]}}
    show(fun() -> gen_statem:call(st_a, state, soon) end),  % expect: error function_clause
    show(fun() -> gen_statem:call(no_such_name, state) end),  % expect: exit {noproc,{gen_statem,call,[no_such_name,state,infinity]}}
    show(fun() -> gen_statem:call({global, no_such_name}, state, 10) end),  % expect: exit {noproc,{gen_statem,call,[{global,no_such_name},state,10]}}
    show(fun() -> gen_statem:call(st_a, {button, 1}) end),  % expect: opened
    show(fun() -> gen_statem:call(st_a, {button, 2}) end),  % expect: already_open
    show(fun() -> gen_statem:call(st_a, state) end),  % expect: open
    show(fun() -> gen_statem:call(st_a, when_locked, 500) end),  % expect: was_locked
    show(fun() -> gen_statem:cast(st_a, lock) end),  % expect: ok
    show(fun() -> gen_statem:call(st_a, state) end),  % expect: locked
    show(fun() -> gen_statem:cast(no_such_name, x) end),  % expect: ok
    show(fun() -> gen_statem:cast({global, no_such_name}, x) end),  % expect: ok
    show(fun() -> gen_statem:call(st_a, reply1) end),  % expect: replied
    show(fun() -> gen_statem:call(st_a, reply2) end),  % expect: replied
    drain(),
    show(fun() -> gen_statem:reply({self(), tag}, answer) end),  % expect: ok
    show(fun() -> next() end),  % expect: {tag,answer}
    show(fun() -> gen_statem:reply({reply, {self(), tag}, answer}) end),  % expect: ok
    show(fun() -> next() end),  % expect: {tag,answer}
    show(fun() -> gen_statem:reply([{reply, {self(), tag}, one}, {reply, {self(), tag}, two}]) end),  % expect: ok
    show(fun() -> [next(), next()] end),  % expect: [{tag,one},{tag,two}]
    show(fun() -> gen_statem:receive_response(gen_statem:send_request(st_a, state)) end),  % expect: {reply,locked}
    show(fun() -> gen_statem:receive_response(gen_statem:send_request(st_a, ignored), 10) end),  % expect: timeout
    show(fun() -> gen_statem:wait_response(gen_statem:send_request(st_a, state)) end),  % expect: {reply,locked}
    show(fun() -> gen_statem:wait_response(gen_statem:send_request(st_a, ignored), 10) end),  % expect: timeout
    show(fun() -> gen_statem:wait_response(gen_statem:send_request(no_such_name, state), 100) end),  % expect: {error,{noproc,no_such_name}}
    drain(),
    show(fun() -> checked(gen_statem:send_request(st_a, state)) end),  % expect: {no_reply,{reply,locked}}
    show(fun() -> collection() end),  % expect: {[0,1,2,3],[label1,label2,label3],[{label1,{reply,locked}},{label2,{reply,replied}},{label3,{error,{noproc,no_such_name}}}],0,no_request,no_request,no_request,no_reply}
    show(fun() -> gen_statem:reqids_add(x, y, z) end),  % expect: error badarg
    show(fun() -> gen_statem:reqids_size(x) end),  % expect: error badarg
    show(fun() -> gen_statem:reqids_to_list(x) end),  % expect: error badarg
    show(fun() -> gen_statem:check_response(x, y) end),  % expect: error badarg
    show(fun() -> gen_statem:check_response(x, y, z) end),  % expect: error function_clause
    show(fun() -> sys:get_state(st_a) end),  % expect: {locked,pid}
    show(fun() -> lists:last(element(4, sys:get_status(st_a))) end),  % expect: [{header,"Status for state machine st_a"},{data,[{"Status",running},{"Parent",pid},{"Modules",[gen_statem_states]},{"Time-outs",{0,[]}},{"Logged Events",[]},{"Postponed",[]}]},{formatted,locked,pid}]
    show(fun() -> shown(element(4, sys:get_status(st_a))) end),  % expect: {running,true,[],[header,[{"Status",running},{"Time-outs",{0,[]}},{"Logged Events",[]},{"Postponed",[]}],{formatted,locked,pid}]}
    show(fun() -> [sys:suspend(st_a), sys:change_code(st_a, ?MODULE, old, extra), sys:resume(st_a), sys:get_state(st_a)] end),  % expect: [ok,ok,ok,{locked,{changed,old,extra,pid}}]
    show(fun() -> sys:replace_state(st_a, fun({S, D}) -> {S, {replaced, D}} end) end),  % expect: {locked,{replaced,{changed,old,extra,pid}}}
    drain(),
    show(fun() -> gen_statem:stop(st_a) end),  % expect: ok
    show(fun() -> next() end),  % expect: {'DOWN',ref,process,pid,normal}
    show(fun() -> gen_statem:stop(st_a) end),  % expect: exit noproc
    show(fun() -> gen_statem:stop(st_b, shutdown, 500) end),  % expect: ok
    show(fun() -> [next(), next()] end),  % expect: [{terminate,shutdown,locked},{'EXIT',pid,shutdown}]
    show(fun() -> gen_statem:stop(no_such_name, normal, 10) end),  % expect: exit noproc
    show(fun() -> gen_statem:start(?MODULE, stop_it, []) end),  % expect: {error,because}
    show(fun() -> gen_statem:start(?MODULE, ignore, []) end),  % expect: ignore
    show(fun() -> gen_statem:start(?MODULE, nonsense, []) end),  % expect: {error,{bad_return_from_init,nonsense}}
    show(fun() -> gen_statem:start(?MODULE, crash, []) end),  % expect: {error,crash}
    show(fun() -> gen_statem:start(?MODULE, [locked], []) end),  % expect: {error,{bad_return_from_init,[locked]}}
    show(fun() -> gen_statem:start(?MODULE, with_actions, []) end),  % expect: {ok,pid}
    show(fun() -> next() end),  % expect: init_action
    show(fun() -> gen_statem:start_link(?MODULE, stop_it, []) end),  % expect: {error,because}
    drain(),
    show(fun() -> gen_statem:start_monitor(?MODULE, [locked, self()], []) end),  % expect: {ok,{pid,ref}}
    show(fun() -> gen_statem:start_monitor({local, st_m}, ?MODULE, [locked, self()], []) end),  % expect: {ok,{pid,ref}}
    show(fun() -> gen_statem:start_monitor({local, st_m}, ?MODULE, [locked, self()], []) end),  % expect: {error,{already_started,pid}}
    drain(),
    show(fun() -> gen_statem:start(?MODULE, slow, [{timeout, 10}]) end),  % expect: {error,timeout}
    show(fun() -> gen_statem:start(no_such_module_here, [], []) end),  % expect: {error,undef}
    show(fun() -> gen_statem:start({via, global, st_v}, ?MODULE, [locked, self()], []) end),  % expect: {ok,pid}
    show(fun() -> gen_statem:call({via, global, st_v}, state) end),  % expect: locked
    drain(),
    drain(),
    show(fun() -> entered([locked, self()], []) end),  % expect: [nothing,locked,[]]
    drain(),
    show(fun() -> entered([locked, self()], [{state_timeout, 1, entered}]) end),  % expect: [{state_timeout,entered},locked,[]]
    drain(),
    show(fun() -> entered_as({local, st_entered}, []) end),  % expect: [nothing,locked,{registered_name,st_entered}]
    drain(),
    show(fun() -> entered_as(self(), [{next_event, internal, hello}]) end).  % expect: [{internal,hello},locked,[]]

callback_mode() -> state_functions.
init([locked, Me]) -> {ok, locked, Me};
init(with_actions) -> {ok, locked, none, [{next_event, internal, {tell, whereis_tester()}}]};
init(stop_it) -> {stop, because};
init(crash) -> error(crash);
init(slow) -> timer:sleep(200), {ok, locked, none};
init(Other) -> Other.
whereis_tester() -> hd(get('$ancestors')).

locked({call, F}, state, _) -> {keep_state_and_data, [{reply, F, locked}]};
locked({call, F}, {button, 1}, D) -> {next_state, open, D, [{reply, F, opened}]};
locked({call, F}, when_locked, _) -> {keep_state_and_data, [{reply, F, was_locked}]};
locked(internal, {tell, P}, _) -> P ! init_action, keep_state_and_data;
locked(T, E, D) -> common(T, E, D).

open({call, F}, state, _) -> {keep_state_and_data, {reply, F, open}};
open({call, F}, {button, _}, _) -> {keep_state_and_data, [{reply, F, already_open}]};
open({call, _}, when_locked, D) -> {next_state, locked, D, [postpone]};
open(cast, lock, D) -> {next_state, locked, D};
open(T, E, D) -> common(T, E, D).

common({call, F}, reply1, _) -> gen_statem:reply(F, replied), keep_state_and_data;
common({call, F}, reply2, _) -> gen_statem:reply([{reply, F, replied}]), keep_state_and_data;
common({call, _}, ignored, _) -> keep_state_and_data;
common(Type, Event, Me) when is_pid(Me) -> Me ! {Type, Event}, keep_state_and_data;
common(_, _, _) -> keep_state_and_data.

terminate(R, S, Me) when is_pid(Me) -> Me ! {terminate, R, S};
terminate(_, _, _) -> ok.
code_change(Old, S, D, Extra) -> {ok, S, {changed, Old, Extra, D}}.
format_status(_, [_, S, D]) -> {formatted, S, D}.

shown([_Dict, Running, Parent, Dbg, Misc]) -> {Running, is_pid(Parent), Dbg, [case E of {header, _} -> header; {data, D} -> [{K, V} || {K, V} <- D, K =/= "Parent", K =/= "Modules"]; O -> O end || E <- Misc]}.

checked(Id) ->
    receive M -> {gen_statem:check_response({other, message}, Id), gen_statem:check_response(M, Id)} after 30000 -> none end.

collection() ->
    C0 = gen_statem:reqids_new(),
    C1 = gen_statem:send_request(st_a, state, label1, C0),
    C2 = gen_statem:reqids_add(gen_statem:send_request(st_a, reply1), label2, C1),
    C2b = gen_statem:reqids_add(gen_statem:send_request(no_such_name, state), label3, C2),
    Sizes = [gen_statem:reqids_size(C) || C <- [C0, C1, C2, C2b]],
    Labels = lists:sort([L || {_, L} <- gen_statem:reqids_to_list(C2b)]),
    {A1, L1, C3} = gen_statem:receive_response(C2b, 30000, true),
    {A2, L2, C4} = gen_statem:wait_response(C3, 30000, true),
    {A3, L3, C5} = receive M -> gen_statem:check_response(M, C4, true) after 30000 -> none end,
    {Sizes, Labels, lists:sort([{L1, A1}, {L2, A2}, {L3, A3}]), gen_statem:reqids_size(C5), gen_statem:receive_response(C5, 10, true),
     gen_statem:wait_response(C5, 10, true), gen_statem:check_response(x, C5, true), gen_statem:check_response(x, C2, false)}.

entered([State, D], Actions) -> enter_and_ask([State, D, Actions]).
entered_as(Name, Actions) -> enter_and_ask([locked, self(), case Name of {local, _} -> Name; _ -> me end, Actions]).

enter_and_ask(Args) ->
    {ok, P} = proc_lib:start(?MODULE, enter, [self(), Args]),
    R = [next(20), gen_statem:call(P, state), process_info(P, registered_name)],
    gen_statem:stop(P),
    R.

enter(_, [S, D, []]) -> proc_lib:init_ack({ok, self()}), gen_statem:enter_loop(?MODULE, [], S, D);
enter(_, [S, D, As]) -> proc_lib:init_ack({ok, self()}), gen_statem:enter_loop(?MODULE, [], S, D, As);
enter(_, [S, D, me, As]) -> proc_lib:init_ack({ok, self()}), gen_statem:enter_loop(?MODULE, [], S, D, self(), As);
enter(_, [S, D, {local, N} = Name, As]) -> register(N, self()), proc_lib:init_ack({ok, self()}), gen_statem:enter_loop(?MODULE, [], S, D, Name, As).
