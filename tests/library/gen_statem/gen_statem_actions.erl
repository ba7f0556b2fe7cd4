%% Every transition action and time-out, with one function for all states.
-module(gen_statem_actions).
-behaviour(gen_statem).
-export([init/1, callback_mode/0, handle_event/4, terminate/3]).
-include("../show.hrl").

start() ->
    logger:set_primary_config(level, none),
    show(fun() -> run([]) end),  % expect: {[{enter,a,a}],a,[]}
    show(fun() -> run([{reply_and, []}]) end),  % expect: {[{enter,a,a},{a,cast,reply_and}],a,[]}
    show(fun() -> run([{next, b, []}]) end),  % expect: {[{enter,a,a},{a,cast,next},{enter,a,b}],b,[]}
    show(fun() -> run([{next, b, [{next_event, internal, x}, {next_event, cast, y}, {next_event, info, z}]}]) end),  % expect: {[{enter,a,a},{a,cast,next},{enter,a,b},{b,internal,x},{b,cast,y},{b,info,z}],b,[]}
    show(fun() -> run([{next, b, [{next_event, {call, from}, x}]}]) end),  % expect: {[{enter,a,a},{a,cast,next},{terminate,{bad_action_from_state_function,{next_event,{call,from},x}},b}],dead,[{{bad_action_from_state_function,{next_event,{call,from},x}},in_gen_statem}]}
    show(fun() -> run([{next, b, [{next_event, {timeout, n}, x}, {next_event, state_timeout, y}, {next_event, timeout, z}]}]) end),  % expect: {[{enter,a,a},{a,cast,next},{enter,a,b},{b,{timeout,n},x},{b,state_timeout,y},{b,timeout,z}],b,[]}
    show(fun() -> run([{keep, [postpone]}, {next, b, []}]) end),  % expect: {[{enter,a,a},{a,cast,keep},{a,cast,next},{enter,a,b},{b,cast,keep}],b,[]}
    show(fun() -> run([{keep, [{postpone, true}]}, {next, b, []}]) end),  % expect: {[{enter,a,a},{a,cast,keep},{a,cast,next},{enter,a,b},{b,cast,keep}],b,[]}
    show(fun() -> run([{keep, [{postpone, true}, {postpone, false}]}, {next, b, []}]) end),  % expect: {[{enter,a,a},{a,cast,keep},{a,cast,next},{enter,a,b}],b,[]}
    show(fun() -> run([{keep, [postpone]}, {keep, [postpone]}, {next, b, [{next_event, internal, first}]}]) end),  % expect: {[{enter,a,a},{a,cast,keep},{a,cast,keep},{a,cast,next},{enter,a,b},{b,internal,first},{b,cast,keep},{b,cast,keep}],b,[]}
    show(fun() -> run([{keep, [postpone]}, {next, a, []}]) end),  % expect: {[{enter,a,a},{a,cast,keep},{a,cast,next}],a,[]}
    show(fun() -> run([{keep, [postpone]}, repeat_state, {next, b, []}]) end),  % expect: {[{enter,a,a},{a,cast,keep},{a,cast,repeat_state},{enter,a,a},{a,cast,next},{enter,a,b},{b,cast,keep}],b,[]}
    show(fun() -> run([{next, b, [hibernate]}, {keep, [{hibernate, false}]}]) end),  % expect: {[{enter,a,a},{a,cast,next},{enter,a,b},{b,cast,keep}],b,[]}
    show(fun() -> run([{keep, [0]}, {told, 3}]) end),  % expect: {[{enter,a,a},{a,cast,keep},{a,timeout,0}],a,[]}
    show(fun() -> run([{keep, [{timeout, 0, zero}]}, {told, 3}]) end),  % expect: {[{enter,a,a},{a,cast,keep},{a,timeout,zero}],a,[]}
    show(fun() -> run([{keep, [{timeout, 5, ev}]}, {told, 3}]) end),  % expect: {[{enter,a,a},{a,cast,keep},{a,timeout,ev}],a,[]}
    show(fun() -> run([{keep, [{timeout, 5, ev}]}, {keep, []}, sleep]) end),  % expect: {[{enter,a,a},{a,cast,keep},{a,cast,keep}],a,[]}
    show(fun() -> run([{keep, [{state_timeout, 5, st}]}, {keep, []}, {told, 4}]) end),  % expect: {[{enter,a,a},{a,cast,keep},{a,cast,keep},{a,state_timeout,st}],a,[]}
    show(fun() -> run([{keep, [{state_timeout, 5, st}]}, {next, b, []}, sleep]) end),  % expect: {[{enter,a,a},{a,cast,keep},{a,cast,next},{enter,a,b}],b,[]}
    show(fun() -> run([{keep, [{state_timeout, 5, st}]}, {next, a, []}, {told, 4}]) end),  % expect: {[{enter,a,a},{a,cast,keep},{a,cast,next},{a,state_timeout,st}],a,[]}
    show(fun() -> run([{keep, [{state_timeout, 5, one}, {state_timeout, 1, two}]}, {told, 3}]) end),  % expect: {[{enter,a,a},{a,cast,keep},{a,state_timeout,two}],a,[]}
    show(fun() -> run([{keep, [{state_timeout, 5, one}]}, {keep, [{state_timeout, infinity, two}]}, sleep]) end),  % expect: {[{enter,a,a},{a,cast,keep},{a,cast,keep}],a,[]}
    show(fun() -> run([{keep, [{state_timeout, 5, one}]}, {keep, [{state_timeout, cancel}]}, sleep]) end),  % expect: {[{enter,a,a},{a,cast,keep},{a,cast,keep}],a,[]}
    show(fun() -> run([{keep, [{state_timeout, 5, one}]}, {keep, [{state_timeout, update, two}]}, {told, 4}]) end),  % expect: {[{enter,a,a},{a,cast,keep},{a,cast,keep},{a,state_timeout,two}],a,[]}
    show(fun() -> run([{keep, [{state_timeout, update, two}]}, {told, 3}]) end),  % expect: {[{enter,a,a},{a,cast,keep},{a,state_timeout,two}],a,[]}
    show(fun() -> run([{keep, [{{timeout, g}, 5, ge}]}, {next, b, []}, {told, 5}]) end),  % expect: {[{enter,a,a},{a,cast,keep},{a,cast,next},{enter,a,b},{b,{timeout,g},ge}],b,[]}
    show(fun() -> run([{keep, [{{timeout, g}, 200, ge}, {{timeout, h}, 1, he}]}, {told, 4}]) end),  % expect: {[{enter,a,a},{a,cast,keep},{a,{timeout,h},he},{a,{timeout,g},ge}],a,[]}
    show(fun() -> run([{keep, [{{timeout, g}, 5, ge}]}, {keep, [{{timeout, g}, cancel}]}, sleep]) end),  % expect: {[{enter,a,a},{a,cast,keep},{a,cast,keep}],a,[]}
    show(fun() -> run([{keep, [{{timeout, g}, 5, ge}]}, {keep, [{{timeout, g}, update, new}]}, {told, 4}]) end),  % expect: {[{enter,a,a},{a,cast,keep},{a,cast,keep},{a,{timeout,g},new}],a,[]}
    show(fun() -> run([{keep, [{{timeout, g}, 5, ge}]}, {keep, [{{timeout, g}, 1, over}]}, {told, 4}]) end),  % expect: {[{enter,a,a},{a,cast,keep},{a,cast,keep},{a,{timeout,g},over}],a,[]}
    show(fun() -> run([{keep, [{state_timeout, 0, s}, {{timeout, g}, 0, g}, {timeout, 0, t}]}, {told, 4}]) end),  % expect: {[{enter,a,a},{a,cast,keep},{a,state_timeout,s},{a,{timeout,g},g}],a,[]}
    show(fun() -> run([{keep, [{state_timeout, 0, s, []}, {{timeout, g}, 0, g, [{abs, false}]}]}, {told, 4}]) end),  % expect: {[{enter,a,a},{a,cast,keep},{a,state_timeout,s},{a,{timeout,g},g}],a,[]}
    show(fun() -> run([{keep, [{timeout, erlang:monotonic_time(millisecond) + 1, abs, {abs, true}}]}, {told, 3}]) end),  % expect: {[{enter,a,a},{a,cast,keep},{a,timeout,abs}],a,[]}
    show(fun() -> run([{keep, [{state_timeout, erlang:monotonic_time(millisecond) + 1, abs, [{abs, true}]}]}, {told, 3}]) end),  % expect: {[{enter,a,a},{a,cast,keep},{a,state_timeout,abs}],a,[]}
    show(fun() -> run([{keep, {next_event, internal, single}}]) end),  % expect: {[{enter,a,a},{a,cast,keep},{a,internal,single}],a,[]}
    show(fun() -> run([{same_data, [{next_event, internal, x}]}]) end),  % expect: {[{enter,a,a},{a,cast,same_data},{a,internal,x}],a,[]}
    show(fun() -> run([same]) end),  % expect: {[{enter,a,a},{a,cast,same}],a,[]}
    show(fun() -> run([{same, [{next_event, internal, x}]}]) end),  % expect: {[{enter,a,a},{a,cast,same},{a,internal,x}],a,[]}
    show(fun() -> run([repeat]) end),  % expect: {[{enter,a,a},{a,cast,repeat},{enter,a,a}],a,[]}
    show(fun() -> run([{repeat, [{next_event, internal, x}]}]) end),  % expect: {[{enter,a,a},{a,cast,repeat},{enter,a,a},{a,internal,x}],a,[]}
    show(fun() -> run([repeat_all]) end),  % expect: {[{enter,a,a},{a,cast,repeat_all},{enter,a,a}],a,[]}
    show(fun() -> run([{repeat_all, [{next_event, internal, x}]}]) end),  % expect: {[{enter,a,a},{a,cast,repeat_all},{enter,a,a},{a,internal,x}],a,[]}
    show(fun() -> run([stop]) end),  % expect: {[{enter,a,a},{a,cast,stop},{terminate,normal,a}],dead,[normal]}
    show(fun() -> run([{stop, shutdown}]) end),  % expect: {[{enter,a,a},{a,cast,stop},{terminate,shutdown,a}],dead,[shutdown]}
    show(fun() -> run([{stop, {shutdown, why}}]) end),  % expect: {[{enter,a,a},{a,cast,stop},{terminate,{shutdown,why},a}],dead,[{shutdown,why}]}
    show(fun() -> run([{stop_and_reply, normal}]) end),  % expect: {[{enter,a,a},{a,cast,stop_and_reply},{terminate,normal,a}],dead,[normal]}
    show(fun() -> run([{stop_data, odd}]) end),  % expect: {[{enter,a,a},{a,cast,stop_data},{terminate,odd,a}],dead,[odd]}
    show(fun() -> run([{raw, nonsense}]) end),  % expect: {[{enter,a,a},{a,cast,raw},{terminate,{bad_return_from_state_function,nonsense},a}],dead,[{{bad_return_from_state_function,nonsense},in_gen_statem}]}
    show(fun() -> run([{raw, {keep_state_and_data, [nonsense]}}]) end),  % expect: {[{enter,a,a},{a,cast,raw},{terminate,{bad_action_from_state_function,nonsense},a}],dead,[{{bad_action_from_state_function,nonsense},in_gen_statem}]}
    show(fun() -> run([{raw, {keep_state_and_data, [{timeout, soon, x}]}}]) end),  % expect: {[{enter,a,a},{a,cast,raw},{terminate,{bad_action_from_state_function,{timeout,soon,x}},a}],dead,[{{bad_action_from_state_function,{timeout,soon,x}},in_gen_statem}]}
    show(fun() -> run([{raw, {keep_state_and_data, [{state_timeout, -1, x}]}}]) end),  % expect: {[{enter,a,a},{a,cast,raw},{terminate,{bad_action_from_state_function,{state_timeout,-1,x}},a}],dead,[{{bad_action_from_state_function,{state_timeout,-1,x}},in_gen_statem}]}
    show(fun() -> run([{raw, {keep_state_and_data, [{next_event, nonsense, x}]}}]) end),  % expect: {[{enter,a,a},{a,cast,raw},{terminate,{bad_action_from_state_function,{next_event,nonsense,x}},a}],dead,[{{bad_action_from_state_function,{next_event,nonsense,x}},in_gen_statem}]}
    show(fun() -> run([{raw, {keep_state_and_data, [{postpone, perhaps}]}}]) end),  % expect: {[{enter,a,a},{a,cast,raw},{terminate,{bad_action_from_state_function,{postpone,perhaps}},a}],dead,[{{bad_action_from_state_function,{postpone,perhaps}},in_gen_statem}]}
    show(fun() -> run([{raw, {keep_state_and_data, [{reply, nobody, x}]}}]) end),  % expect: {[{enter,a,a},{a,cast,raw},{terminate,{bad_action_from_state_function,{reply,nobody,x}},a}],dead,[{{bad_action_from_state_function,{reply,nobody,x}},in_gen_statem}]}
    show(fun() -> run([{raw, {next_state, b}}]) end),  % expect: {[{enter,a,a},{a,cast,raw},{terminate,{bad_return_from_state_function,{next_state,b}},a}],dead,[{{bad_return_from_state_function,{next_state,b}},in_gen_statem}]}
    show(fun() -> run([{throw, keep_state_and_data}]) end),  % expect: {[{enter,a,a},{a,cast,throw}],a,[]}
    show(fun() -> run([{throw, nonsense}]) end),  % expect: {[{enter,a,a},{a,cast,throw},{terminate,{bad_return_from_state_function,nonsense},a}],dead,[{{bad_return_from_state_function,nonsense},in_gen_statem}]}
    show(fun() -> run([{error, wrong}]) end),  % expect: {[{enter,a,a},{a,cast,error},{terminate,wrong,a}],dead,[{wrong,{at,gen_statem_actions,step,2}}]}
    show(fun() -> run([{exit, gone}]) end),  % expect: {[{enter,a,a},{a,cast,exit},{terminate,gone,a}],dead,[gone]}
    show(fun() -> run([{next, b, [{change_callback_module, gen_statem_no_such}]}, {keep, []}]) end),  % expect: {[{enter,a,a},{a,cast,next},{terminate,undef,b}],dead,[{undef,{at,gen_statem_no_such,callback_mode,0}}]}
    show(fun() -> run([{next, b, [{push_callback_module, ?MODULE}]}, {keep, [pop_callback_module]}, {keep, []}]) end),  % expect: {[{enter,a,a},{a,cast,next},{enter,a,b},{b,cast,keep},{b,cast,keep}],b,[]}
    show(fun() -> run([{keep, [pop_callback_module]}]) end).  % expect: {[{enter,a,a},{a,cast,keep},{terminate,{bad_action_from_state_function,pop_callback_module},a}],dead,[{{bad_action_from_state_function,pop_callback_module},in_gen_statem}]}

%% Casts the commands to a machine that tells each event it sees, waits, and answers what ended it or where it stands. The machine finds all commands in its
%% mailbox: however slow it is, no timeout of an earlier one comes before a later one.
run(Commands) ->
    Me = self(),
    {ok, P} = gen_statem:start(?MODULE, Me, []),
    M = monitor(process, P),
    erlang:suspend_process(P),
    {Casts, Waits} = lists:splitwith(fun(sleep) -> false; ({told, _}) -> false; (_) -> true end, Commands),
    [gen_statem:cast(P, C) || C <- Casts],
    erlang:resume_process(P),
    [case Wait of sleep -> timer:sleep(15); {told, N} -> told(N) end || Wait <- Waits],
    End = try sys:get_state(P, 30000) of {State, _} -> State catch exit:_ -> dead end,
    exit(P, kill),
    R = receive {'DOWN', M, _, _, killed} -> []; {'DOWN', M, _, _, {Why, [{gen_statem, _, _, _} | _]}} -> [{Why, in_gen_statem}]; {'DOWN', M, _, _, Why} -> [Why] end,
    {collected([]), End, R}.

%% Until so many events have been told.
told(N) ->
    case process_info(self(), message_queue_len) of {_, L} when L >= N -> ok; _ -> timer:sleep(1), told(N) end.

collected(Acc) -> receive {told, X} -> collected([X | Acc]) after 0 -> lists:reverse(Acc) end.

callback_mode() -> [handle_event_function, state_enter].
init(Me) -> {ok, a, Me}.

handle_event(enter, Old, New, Me) -> Me ! {told, {enter, Old, New}}, keep_state_and_data;
handle_event(Type, Command, S, Me) -> Me ! {told, {S, Type, name(Command)}}, step(Command, Me).

name(C) when is_tuple(C) -> element(1, C);
name(C) -> C.

step({reply_and, As}, Me) -> {keep_state, Me, As};
step({next, S, As}, Me) -> {next_state, S, Me, As};
step({keep, As}, Me) -> {keep_state, Me, As};
step({same_data, As}, _) -> {keep_state_and_data, As};
step(same, _) -> keep_state_and_data;
step({same, As}, _) -> {keep_state_and_data, As};
step(repeat_state, Me) -> {repeat_state, Me};
step(repeat, Me) -> {repeat_state, Me, []};
step({repeat, As}, Me) -> {repeat_state, Me, As};
step(repeat_all, _) -> repeat_state_and_data;
step({repeat_all, As}, _) -> {repeat_state_and_data, As};
step(stop, _) -> stop;
step({stop, R}, _) -> {stop, R};
step({stop_data, R}, Me) -> {stop, R, Me};
step({stop_and_reply, R}, _) -> {stop_and_reply, R, []};
step({raw, R}, _) -> R;
step({throw, R}, _) -> throw(R);
step({error, R}, _) -> error(R);
step({exit, R}, _) -> exit(R);
step(_, _) -> keep_state_and_data.

terminate(R, S, Me) -> Me ! {told, {terminate, case R of {E, [_ | _]} -> E; _ -> R end, S}}.
