%% Managers: starting, handlers under supervision, swapping, requests, stopping.
-module(gen_event_manager).
-behaviour(gen_event).
-export([init/1, handle_event/2, handle_call/2, handle_info/2, terminate/2, code_change/3]).
-include("../show.hrl").

start() ->
    logger:set_primary_config(level, none),
    process_flag(trap_exit, true),
    register(ge_tester, self()),
    show(fun() -> [element(1, gen_event:start()), element(1, gen_event:start([])), element(1, gen_event:start([{debug, []}]))] end),  % expect: [ok,ok,ok]
    show(fun() -> gen_event:start({local, ge_local}) end),  % expect: {ok,pid}
    show(fun() -> gen_event:start({local, ge_local}) end),  % expect: {error,{already_started,pid}}
    show(fun() -> gen_event:start({local, ge_local}, []) end),  % expect: {error,{already_started,pid}}
    show(fun() -> gen_event:start_link({local, ge_local}) end),  % expect: {error,{already_started,pid}}
    show(fun() -> gen_event:start_link({local, ge_linked}, []) end),  % expect: {ok,pid}
    show(fun() -> gen_event:start_link({local, ge_opts}, [{hibernate_after, 10}, {spawn_opt, [{priority, high}]}]) end),  % expect: {ok,pid}
    show(fun() -> [element(1, gen_event:start_link()), element(1, gen_event:start_link([]))] end),  % expect: [ok,ok]
    show(fun() -> monitored(gen_event:start_monitor()) end),  % expect: {down,normal}
    show(fun() -> monitored(gen_event:start_monitor([])) end),  % expect: {down,normal}
    show(fun() -> monitored(gen_event:start_monitor({local, ge_mon})) end),  % expect: {down,normal}
    show(fun() -> monitored(gen_event:start_monitor({local, ge_mon}, [])) end),  % expect: {down,normal}
    show(fun() -> gen_event:start_monitor({local, ge_local}, []) end),  % expect: {error,{already_started,pid}}
    show(fun() -> gen_event:start(nonsense) end),  % expect: error function_clause
    show(fun() -> gen_event:start({local, "x"}) end),  % expect: error badarg
    show(fun() -> gen_event:start({global, ge_global}) end),  % expect: {ok,pid}
    show(fun() -> gen_event:stop({global, ge_global}) end),  % expect: ok
    show(fun() -> gen_event:which_handlers(ge_local) end),  % expect: []
    show(fun() -> gen_event:add_handler(ge_local, ?MODULE, [first, self()]) end),  % expect: ok
    show(fun() -> gen_event:add_handler(ge_local, ?MODULE, [first, self()]) end),  % expect: ok
    show(fun() -> gen_event:add_handler(ge_local, {?MODULE, one}, [second, self()]) end),  % expect: ok
    show(fun() -> gen_event:add_handler(ge_local, {?MODULE, two}, hibernate) end),  % expect: ok
    show(fun() -> gen_event:add_handler(ge_local, {?MODULE, bad}, {error, no}) end),  % expect: {error,no}
    show(fun() -> gen_event:add_handler(ge_local, {?MODULE, bad}, nonsense) end),  % expect: nonsense
    show(fun() -> gen_event:add_handler(ge_local, {?MODULE, bad}, crash) end),  % expect: {'EXIT',{crash,{at,gen_event_manager,init,1}}}
    show(fun() -> gen_event:add_handler(ge_local, no_such_module_here, []) end),  % expect: {'EXIT',{undef,{at,no_such_module_here,init,1}}}
    show(fun() -> gen_event:which_handlers(ge_local) end),  % expect: [{gen_event_manager,two},{gen_event_manager,one},gen_event_manager,gen_event_manager]
    show(fun() -> gen_event:notify(ge_local, event) end),  % expect: ok
    show(fun() -> lists:sort([next(), next(), next()]) end),  % expect: [{first,event,event},{first,event,event},{second,event,event}]
    show(fun() -> gen_event:sync_notify(ge_local, event2) end),  % expect: ok
    show(fun() -> lists:sort([next(), next(), next()]) end),  % expect: [{first,event,event2},{first,event,event2},{second,event,event2}]
    erlang:send(ge_local, info),
    show(fun() -> lists:sort([next(), next(), next()]) end),  % expect: [{first,info,info},{first,info,info},{second,info,info}]
    show(fun() -> gen_event:notify(no_such_manager, x) end),  % expect: error badarg
    show(fun() -> gen_event:sync_notify(no_such_manager, x) end),  % expect: exit noproc
    show(fun() -> gen_event:call(ge_local, ?MODULE, state) end),  % expect: first
    show(fun() -> gen_event:call(ge_local, {?MODULE, one}, state, 500) end),  % expect: second
    show(fun() -> gen_event:call(ge_local, {?MODULE, two}, state, infinity) end),  % expect: sleepy
    show(fun() -> gen_event:call(ge_local, no_handler, state) end),  % expect: {error,bad_module}
    show(fun() -> gen_event:call(no_such_manager, ?MODULE, state) end),  % expect: exit {noproc,{gen_event,call,[no_such_manager,gen_event_manager,state]}}
    show(fun() -> gen_event:call(ge_local, {?MODULE, one}, {sleep, 500}, 10) end),  % expect: exit {timeout,{gen_event,call,[ge_local,{gen_event_manager,one},{sleep,500},10]}}
    show(fun() -> gen_event:call(ge_local, {?MODULE, two}, bad_return) end),  % expect: {error,nonsense}
    show(fun() -> [gen_event:add_handler(ge_local, {?MODULE, two}, [two, self()]), gen_event:call(ge_local, {?MODULE, two}, crash)] end),  % expect: [ok,{error,{'EXIT',{crash,{at,gen_event_manager,handle_call,2}}}}]
    show(fun() -> next() end),  % expect: {two,terminated,{error,crash}}
    show(fun() -> [gen_event:add_handler(ge_local, {?MODULE, two}, [two, self()]), gen_event:call(ge_local, {?MODULE, two}, {remove, bye})] end),  % expect: [ok,bye]
    show(fun() -> next() end),  % expect: {two,terminated,remove_handler}
    show(fun() -> [gen_event:add_handler(ge_local, {?MODULE, two}, [two, self()]), gen_event:call(ge_local, {?MODULE, two}, {swap, [three, self()]}), gen_event:call(ge_local, {?MODULE, three}, state)] end),  % expect: [ok,swapping,three]
    show(fun() -> [next(), next()] end),  % expect: [{two,terminated,swap_args},{taken_over,{last,two}}]
    show(fun() -> [R =:= timeout orelse R || R <- [gen_event:wait_response(gen_event:send_request(ge_local, ?MODULE, {sleep, 500}), 5)]] end),  % expect: [true]
    show(fun() -> gen_event:wait_response(gen_event:send_request(ge_local, ?MODULE, state), 500) end),  % expect: {reply,first}
    show(fun() -> gen_event:receive_response(gen_event:send_request(ge_local, ?MODULE, state), 500) end),  % expect: {reply,first}
    show(fun() -> gen_event:receive_response(gen_event:send_request(ge_local, ?MODULE, {sleep, 500}), 5) end),  % expect: timeout
    show(fun() -> gen_event:receive_response(gen_event:send_request(ge_local, nothing_there, state), 500) end),  % expect: {error,bad_module}
    show(fun() -> gen_event:receive_response(gen_event:send_request(no_such_manager, ?MODULE, state), 500) end),  % expect: {error,{noproc,no_such_manager}}
    drain(),
    show(fun() -> checked(gen_event:send_request(ge_local, ?MODULE, state)) end),  % expect: {no_reply,{reply,first}}
    show(fun() -> checked(gen_event:send_request(ge_local, no_handler, state)) end),  % expect: {no_reply,{error,bad_module}}
    show(fun() -> gen_event:check_response(foo, bar) end),  % expect: error badarg
    drain(),
    show(fun() -> collection() end),  % expect: {[0,1,2],[label1,label2],[{label1,{reply,first}},{label2,{reply,second}}],0,no_request,no_request,no_request,no_reply}
    show(fun() -> gen_event:reqids_add(foo, bar, baz) end),  % expect: error badarg
    show(fun() -> gen_event:reqids_size(foo) end),  % expect: error badarg
    show(fun() -> gen_event:reqids_to_list(foo) end),  % expect: error badarg
    drain(),
    show(fun() -> gen_event:delete_handler(ge_local, {?MODULE, three}, args) end),  % expect: {last,three}
    show(fun() -> next() end),  % expect: {three,terminated,args}
    show(fun() -> gen_event:delete_handler(ge_local, {?MODULE, three}, args) end),  % expect: {error,module_not_found}
    drain(),
    show(fun() -> gen_event:swap_handler(ge_local, {?MODULE, out_args}, {{?MODULE, new}, [fresh, self()]}) end),  % expect: ok
    show(fun() -> [gen_event:which_handlers(ge_local), gen_event:call(ge_local, {?MODULE, new}, state)] end),  % expect: [[{gen_event_manager,new},{gen_event_manager,one},gen_event_manager],fresh]
    drain(),
    show(fun() -> gen_event:swap_handler(ge_local, {{?MODULE, new}, arg1}, {{?MODULE, newer}, {swapped, self()}}) end),  % expect: ok
    show(fun() -> [next(), gen_event:call(ge_local, {?MODULE, newer}, state)] end),  % expect: [{fresh,terminated,arg1},swapped]
    drain(),
    show(fun() -> gen_event:add_sup_handler(ge_local, {?MODULE, sup}, [sup, self()]) end),  % expect: ok
    show(fun() -> gen_event:delete_handler(ge_local, {?MODULE, sup}, args) end),  % expect: {last,sup}
    show(fun() -> lists:sort([next(), next(), next(20)]) end),  % expect: [nothing,{gen_event_EXIT,{gen_event_manager,sup},normal},{sup,terminated,args}]
    show(fun() -> gen_event:add_sup_handler(ge_local, {?MODULE, sup}, [sup, self()]) end),  % expect: ok
    drain(),
    show(fun() -> gen_event:swap_sup_handler(ge_local, {{?MODULE, sup}, a}, {{?MODULE, sup2}, {swapped, self()}}) end),  % expect: ok
    show(fun() -> lists:sort([next(), next(), next()]) end),  % expect: [{swapped_in,{last,sup}},{gen_event_EXIT,{gen_event_manager,sup},{swapped,{gen_event_manager,sup2},pid}},{sup,terminated,a}]
    drain(),
    show(fun() -> gen_event:call(ge_local, {?MODULE, sup2}, crash) end),  % expect: {error,{'EXIT',{crash,{at,gen_event_manager,handle_call,2}}}}
    show(fun() -> [plain(next()), element(1, plain(next()))] end),  % expect: [{swapped,terminated,{error,crash}},gen_event_EXIT]
    drain(),
    show(fun() -> supervised_by_dying() end),  % expect: {gone,{orphan,terminated,{stop,gone}},[{gen_event_manager,newer},{gen_event_manager,one},gen_event_manager]}
    show(fun() -> sys:get_state(ge_local) end),  % expect: [{gen_event_manager,newer,{swapped,pid}},{gen_event_manager,one,{second,pid}},{gen_event_manager,false,{first,pid}}]
    show(fun() -> gen_event:stop(ge_local) end),  % expect: ok
    show(fun() -> gen_event:stop(ge_local) end),  % expect: exit noproc
    show(fun() -> stops(fun(P) -> gen_event:stop(P, shutdown, 1000) end) end),  % expect: {ok,shutdown}
    show(fun() -> stops(fun(P) -> gen_event:stop(P, {odd, reason}, infinity) end) end),  % expect: {ok,{odd,reason}}
    show(fun() -> gen_event:stop(no_such_manager, normal, 100) end).  % expect: exit noproc

init({error, _} = E) -> E;
init(crash) -> error(crash);
init(nonsense) -> nonsense;
init(hibernate) -> {ok, {sleepy, none}, hibernate};
init({{swapped, To}, Term}) -> To ! {swapped_in, Term}, {ok, {swapped, To}};
init({[Name, To], Term}) -> To ! {taken_over, Term}, {ok, {Name, To}};
init([Name, To]) -> {ok, {Name, To}}.

handle_event(_, {sleepy, none} = S) -> {ok, S, hibernate};
handle_event(E, {Name, To} = S) -> To ! {Name, event, E}, {ok, S}.

handle_call(state, {Name, _} = S) -> {ok, Name, S};
handle_call({sleep, Ms}, S) -> timer:sleep(Ms), {ok, slept, S};
handle_call(crash, _) -> error(crash);
handle_call(bad_return, _) -> nonsense;
handle_call({remove, R}, _) -> {remove_handler, R};
handle_call({swap, Args}, S) -> {swap_handler, swapping, swap_args, S, {?MODULE, three}, Args}.

handle_info(_, {sleepy, none} = S) -> {ok, S};
handle_info(I, {Name, To} = S) -> To ! {Name, info, I}, {ok, S}.

terminate(Why, {Name, To}) when is_pid(To) ->
    To ! {Name, terminated, case Why of {error, {'EXIT', {R, _}}} -> {error, R}; _ -> Why end},
    {last, Name};
terminate(_, _) -> last_words.

code_change(_, S, _) -> {ok, S}.

monitored({ok, {Pid, Ref}}) ->
    gen_event:stop(Pid),
    receive {'DOWN', Ref, process, Pid, R} -> {down, R} after 30000 -> none end.

checked(Id) ->
    receive M -> {gen_event:check_response({other, message}, Id), gen_event:check_response(M, Id)} after 30000 -> none end.

collection() ->
    C0 = gen_event:reqids_new(),
    C1 = gen_event:send_request(ge_local, ?MODULE, state, label1, C0),
    Id = gen_event:send_request(ge_local, {?MODULE, one}, state),
    C2 = gen_event:reqids_add(Id, label2, C1),
    Sizes = [gen_event:reqids_size(C) || C <- [C0, C1, C2]],
    Labels = lists:sort([L || {_, L} <- gen_event:reqids_to_list(C2)]),
    {A1, L1, C3} = gen_event:receive_response(C2, 500, true),
    Second = receive M -> gen_event:check_response(M, C3, true) after 30000 -> none end,
    {A2, L2, C4} = Second,
    {Sizes, Labels, lists:sort([{L1, A1}, {L2, A2}]), gen_event:reqids_size(C4), gen_event:receive_response(C4, 10, true),
     gen_event:wait_response(C4, 10, true), gen_event:check_response(x, C4, true), gen_event:check_response(x, C2, false)}.

supervised_by_dying() ->
    {P, M} = spawn_monitor(fun() ->
        ok = gen_event:add_sup_handler(ge_local, {?MODULE, orphan}, [orphan, element(2, hd(ancestor()))]),
        exit(gone)
    end),
    receive {'DOWN', M, _, P, R} -> {R, next(), gen_event:which_handlers(ge_local)} end.
ancestor() -> [{tester, whereis(ge_tester)}].

stops(F) ->
    {ok, P} = gen_event:start(),
    M = monitor(process, P),
    R = F(P),
    {R, receive {'DOWN', M, _, _, Why} -> Why after 30000 -> alive end}.
