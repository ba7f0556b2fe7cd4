%% The state machine behaviour.
%%
%% #sm holds the machine between events; `queue` are events already taken from the mailbox or inserted, `postponed` those put off, newest
%% first. An event is {Type, Content}, or {due, Key, Ref} for a time-out of zero, which counts only if its timer still stands.
-module(gen_statem).

-export([start/3, start/4, start_link/3, start_link/4, start_monitor/3, start_monitor/4, stop/1, stop/3,
         call/2, call/3, cast/2, reply/1, reply/2, enter_loop/4, enter_loop/5, enter_loop/6,
         send_request/2, send_request/4, wait_response/1, wait_response/2, wait_response/3, receive_response/1,
         receive_response/2, receive_response/3, check_response/2, check_response/3, reqids_new/0, reqids_size/1,
         reqids_add/3, reqids_to_list/1]).
-export([init_it/6, wake/2, system_continue/3, system_terminate/4, system_code_change/4, system_get_state/1,
         system_replace_state/2, format_status/2, format_log/1, format_log/2, print_event/3]).

-callback init(Args :: term()) -> term().
-callback callback_mode() -> term().
-callback handle_event(term(), term(), term(), term()) -> term().
-callback terminate(term(), term(), term()) -> term().
-callback code_change(term(), term(), term(), term()) -> term().
-callback format_status(map()) -> map().
-callback format_status(normal | terminate, list()) -> term().
-optional_callbacks([handle_event/4, terminate/3, code_change/4, format_status/1, format_status/2]).

-record(sm, {parent, name, mods, mode, enter = false, hibernate_after = infinity, state, data, queue = [],
             postponed = [], timers = #{}}).

%% ---- Interface ----

start(Mod, Args, Opts) -> gen:start(gen_statem, nolink, Mod, Args, Opts).
start(Name, Mod, Args, Opts) -> gen:start(gen_statem, nolink, Name, Mod, Args, Opts).
start_link(Mod, Args, Opts) -> gen:start(gen_statem, link, Mod, Args, Opts).
start_link(Name, Mod, Args, Opts) -> gen:start(gen_statem, link, Name, Mod, Args, Opts).
start_monitor(Mod, Args, Opts) -> gen:start(gen_statem, monitor, Mod, Args, Opts).
start_monitor(Name, Mod, Args, Opts) -> gen:start(gen_statem, monitor, Name, Mod, Args, Opts).

stop(Server) -> gen:stop(Server).
stop(Server, Reason, Timeout) -> gen:stop(Server, Reason, Timeout).

call(Server, Request) -> call(Server, Request, infinity).

call(Server, Request, Timeout) ->
    T = case Timeout of
            infinity -> infinity;
            {Kind, infinity} when Kind =:= clean_timeout; Kind =:= dirty_timeout -> infinity;
            {Kind, Ms} when Kind =:= clean_timeout orelse Kind =:= dirty_timeout, is_integer(Ms), Ms >= 0 -> Ms;
            Ms when is_integer(Ms), Ms >= 0 -> Ms;
            _ -> error(function_clause, [Server, Request, Timeout])
        end,
    try gen:call(Server, '$gen_call', Request, T) of
        {ok, Reply} -> Reply
    catch Class:Reason:Stack -> erlang:raise(Class, {Reason, {gen_statem, call, [Server, Request, Timeout]}}, Stack)
    end.

cast(Server, Msg) -> gen_server:cast(Server, Msg).

reply(Replies) when is_list(Replies) ->
    lists:foreach(fun({reply, From, Reply}) -> reply(From, Reply) end, Replies);
reply({reply, From, Reply}) -> reply(From, Reply).

reply(From, Reply) -> gen:reply(From, Reply).

send_request(S, R) -> gen_server:send_request(S, R).
send_request(S, R, Label, Reqs) -> gen_server:send_request(S, R, Label, Reqs).
wait_response(R) -> gen_server:wait_response(R).
wait_response(R, T) -> gen_server:wait_response(R, T).
wait_response(R, T, D) -> gen_server:wait_response(R, T, D).
receive_response(R) -> gen_server:receive_response(R).
receive_response(R, T) -> gen_server:receive_response(R, T).
receive_response(R, T, D) -> gen_server:receive_response(R, T, D).
check_response(M, R) -> gen_server:check_response(M, R).
check_response(M, R, D) -> gen_server:check_response(M, R, D).
reqids_new() -> gen_server:reqids_new().
reqids_size(R) -> gen_server:reqids_size(R).
reqids_add(R, L, C) -> gen_server:reqids_add(R, L, C).
reqids_to_list(R) -> gen_server:reqids_to_list(R).

%% ---- Start ----

enter_loop(Mod, Opts, State, Data) -> enter_loop(Mod, Opts, State, Data, self()).

enter_loop(Mod, Opts, State, Data, Actions) when is_list(Actions) -> enter_loop(Mod, Opts, State, Data, self(), Actions);
enter_loop(Mod, Opts, State, Data, Server) -> enter_loop(Mod, Opts, State, Data, Server, []).

enter_loop(Mod, Opts, State, Data, Server, Actions) when is_atom(Mod) ->
    Name = gen:get_proc_name(Server),
    begin_with(gen:get_parent(), Name, Mod, Opts, State, Data, Actions).

init_it(Starter, self, Name, Mod, Args, Opts) -> init_it(Starter, self(), Name, Mod, Args, Opts);
init_it(Starter, Parent, Name0, Mod, Args, Opts) ->
    Name = gen:name(Name0),
    Result = try {ok, Mod:init(Args)}
        catch
            throw:R -> {ok, R};
            Class:Reason:Stack -> {Class, Reason, Stack}
        end,
    case Result of
        {ok, {ok, State, Data}} -> started(Starter, Parent, Name, Mod, Opts, State, Data, []);
        {ok, {ok, State, Data, Actions}} -> started(Starter, Parent, Name, Mod, Opts, State, Data, Actions);
        {ok, {stop, Why}} -> failed(Starter, Name0, {error, Why}, {exit, Why});
        {ok, {error, _} = Error} -> failed(Starter, Name0, Error, {exit, normal});
        {ok, ignore} -> failed(Starter, Name0, ignore, {exit, normal});
        {ok, Other} ->
            Why = {bad_return_from_init, Other},
            failed(Starter, Name0, {error, Why}, {error, Why});
        {error, Why, St} -> failed(Starter, Name0, {error, Why}, {error, Why, St});
        {exit, Why, St} -> failed(Starter, Name0, {error, Why}, {exit, Why, St})
    end.

failed(Starter, Name0, Answer, Exception) ->
    gen:unregister_name(Name0),
    proc_lib:init_fail(Starter, Answer, Exception).

started(Starter, Parent, Name, Mod, Opts, State, Data, Actions) ->
    proc_lib:init_ack(Starter, {ok, self()}),
    begin_with(Parent, Name, Mod, Opts, State, Data, Actions).

begin_with(Parent, Name, Mod, Opts, State, Data, Actions) ->
    erts_internal:state_written(gen_statem, Mod),
    Debug = gen:debug_options(Name, Opts),
    Sm0 = #sm{parent = Parent, name = Name, mods = [Mod], state = State, data = Data,
              hibernate_after = gen:hibernate_after(Opts)},
    try mode(Mod, Sm0) of
        Sm -> first(Actions, Sm, Debug)
    catch Class:Reason:Stack -> terminate(Class, Reason, Stack, none, Sm0, Debug)
    end.

first(Actions, Sm, Debug) ->
    case parse(Actions, Sm, false, new_acc()) of
        {ok, Acc, Sm1} -> enter(Sm1#sm.state, Acc, Sm1, none, Debug);
        {bad, What} -> terminate(error, {bad_action_from_state_function, What}, stack(), none, Sm, Debug);
        {failed, Class, Reason, Stack} -> terminate(Class, Reason, Stack, none, Sm, Debug)
    end.

mode(Mod, Sm) ->
    Mode = Mod:callback_mode(),
    {Main, Enter} = case Mode of
        L when is_list(L) -> {L -- [state_enter], lists:member(state_enter, L)};
        A -> {[A], false}
    end,
    case Main of
        [M] when M =:= state_functions; M =:= handle_event_function -> Sm#sm{mode = M, enter = Enter};
        _ -> error({bad_return_from_callback_mode, Mode})
    end.

stack() ->
    try throw(here)
    catch throw:here:St -> tl(St)
    end.

%% ---- The loop ----

loop(#sm{queue = [Event | Queue]} = Sm, Debug, _) -> step(Event, Sm#sm{queue = Queue}, Debug);
loop(Sm, Debug, true) -> proc_lib:hibernate(gen_statem, wake, [Sm, Debug]);
loop(#sm{hibernate_after = Idle} = Sm, Debug, false) ->
    receive
        Msg -> arrived(Msg, Sm, Debug, false)
    after Idle -> proc_lib:hibernate(gen_statem, wake, [Sm, Debug])
    end.

wake(Sm, Debug) ->
    receive
        Msg -> arrived(Msg, Sm, Debug, true)
    end.

arrived({system, From, Msg}, #sm{parent = Parent} = Sm, Debug, Hib) ->
    sys:handle_system_msg(Msg, From, Parent, gen_statem, Debug, {Sm, Hib}, Hib);
arrived({'EXIT', Parent, Reason}, #sm{parent = Parent} = Sm, Debug, _) ->
    terminate(exit, Reason, stack(), {info, {'EXIT', Parent, Reason}}, Sm, Debug);
arrived({'$gen_call', From, Request}, Sm, Debug, _) -> external({{call, From}, Request}, Sm, Debug);
arrived({'$gen_cast', Msg}, Sm, Debug, _) -> external({cast, Msg}, Sm, Debug);
arrived({timeout, Ref, {gen_statem_timer, Key}}, #sm{timers = Timers} = Sm, Debug, Hib) ->
    case Timers of
        #{Key := {Ref, _}} -> step({due, Key, Ref}, Sm, Debug);
        #{} -> loop(Sm, Debug, Hib)
    end;
arrived(Msg, Sm, Debug, _) -> external({info, Msg}, Sm, Debug).

external(Event, Sm, Debug) -> step(Event, Sm, debug({in, Event}, Sm, Debug)).

step({due, Key, Ref}, #sm{timers = Timers} = Sm, Debug) ->
    case Timers of
        #{Key := {Ref, Content}} ->
            Event = {Key, Content},
            handle(Event, Sm#sm{timers = maps:remove(Key, Timers)}, debug({in, Event}, Sm, Debug));
        #{} -> loop(Sm, Debug, false)
    end;
step(Event, Sm, Debug) -> handle(Event, Sm, Debug).

%% Any event ends a running event time-out.
handle({Type, Content} = Event, Sm0, Debug) ->
    Sm = cancel(timeout, Sm0),
    try call_state(Type, Content, Sm) of
        Result -> result(Result, Event, Sm, Debug)
    catch
        throw:Result -> result(Result, Event, Sm, Debug);
        Class:Reason:Stack -> terminate(Class, Reason, Stack, Event, Sm, Debug)
    end.

call_state(Type, Content, #sm{mode = handle_event_function, mods = [Mod | _], state = S, data = D}) ->
    Mod:handle_event(Type, Content, S, D);
call_state(Type, Content, #sm{mode = state_functions, mods = [Mod | _], state = S, data = D}) -> Mod:S(Type, Content, D).

%% ---- Results ----

result({next_state, S, D}, E, Sm, Debug) -> transition(S, D, [], false, E, Sm, Debug);
result({next_state, S, D, As}, E, Sm, Debug) -> transition(S, D, As, false, E, Sm, Debug);
result({keep_state, D}, E, Sm, Debug) -> transition(Sm#sm.state, D, [], false, E, Sm, Debug);
result({keep_state, D, As}, E, Sm, Debug) -> transition(Sm#sm.state, D, As, false, E, Sm, Debug);
result(keep_state_and_data, E, Sm, Debug) -> transition(Sm#sm.state, Sm#sm.data, [], false, E, Sm, Debug);
result({keep_state_and_data, As}, E, Sm, Debug) -> transition(Sm#sm.state, Sm#sm.data, As, false, E, Sm, Debug);
result({repeat_state, D}, E, Sm, Debug) -> transition(Sm#sm.state, D, [], true, E, Sm, Debug);
result({repeat_state, D, As}, E, Sm, Debug) -> transition(Sm#sm.state, D, As, true, E, Sm, Debug);
result(repeat_state_and_data, E, Sm, Debug) -> transition(Sm#sm.state, Sm#sm.data, [], true, E, Sm, Debug);
result({repeat_state_and_data, As}, E, Sm, Debug) -> transition(Sm#sm.state, Sm#sm.data, As, true, E, Sm, Debug);
result(stop, E, Sm, Debug) -> terminate(exit, normal, stack(), E, Sm, Debug);
result({stop, Reason}, E, Sm, Debug) -> terminate(exit, Reason, stack(), E, Sm, Debug);
result({stop, Reason, D}, E, Sm, Debug) -> terminate(exit, Reason, stack(), E, Sm#sm{data = D}, Debug);
result({stop_and_reply, Reason, Rs}, E, Sm, Debug) -> stop_and_reply(Reason, Rs, E, Sm, Debug);
result({stop_and_reply, Reason, Rs, D}, E, Sm, Debug) -> stop_and_reply(Reason, Rs, E, Sm#sm{data = D}, Debug);
result(Other, E, Sm, Debug) -> terminate(error, {bad_return_from_state_function, Other}, stack(), E, Sm, Debug).

stop_and_reply(Reason, Replies, Event, Sm, Debug0) ->
    List = case is_list(Replies) of true -> Replies; false -> [Replies] end,
    case [R || R <- List, not is_reply(R)] of
        [] ->
            Debug = lists:foldl(fun({reply, To, R}, D) -> reply(To, R), debug({out, R, To}, Sm, D) end, Debug0, List),
            terminate(exit, Reason, stack(), Event, Sm, Debug);
        [Bad | _] -> terminate(error, {bad_reply_action_from_state_function, Bad}, stack(), Event, Sm, Debug0)
    end.

is_reply({reply, {_, _}, _}) -> true;
is_reply(_) -> false.

transition(S, D, Actions, Repeat, Event, #sm{state = Old} = Sm, Debug0) ->
    case S =:= Old orelse Sm#sm.mode =:= handle_event_function orelse is_atom(S) of
        false -> terminate(error, {bad_state_name_from_state_function, S}, stack(), Event, Sm, Debug0);
        true ->
            Sm1 = Sm#sm{state = S, data = D},
            case parse(Actions, Sm1, false, new_acc()) of
                {ok, Acc, Sm2} ->
                    Debug = debug_transition(Event, Old, Acc, Sm2, Debug0),
                    moved(S =/= Old, Repeat, Old, Acc, Event, Sm2, Debug);
                {bad, What} -> terminate(error, {bad_action_from_state_function, What}, stack(), Event, Sm1, Debug0);
                {failed, Class, Reason, Stack} -> terminate(Class, Reason, Stack, Event, Sm1, Debug0)
            end
    end.

%% A changed state brings back what was postponed and ends the state time-out; then comes the state enter call.
moved(Changed, Repeat, Old, Acc, Event, #sm{postponed = Ps0, queue = Q} = Sm, Debug) ->
    Ps = case Acc of
        #{postpone := true} -> [Event | Ps0];
        #{} -> Ps0
    end,
    Sm1 = case Changed of
        true -> (cancel(state_timeout, Sm))#sm{queue = lists:reverse(Ps, Q), postponed = []};
        false -> Sm#sm{postponed = Ps}
    end,
    case Changed orelse Repeat of
        true -> enter(Old, Acc, Sm1, Event, Debug);
        false -> settle(Acc, Sm1, Debug)
    end.

enter(_, Acc, #sm{enter = false} = Sm, _, Debug) -> settle(Acc, Sm, Debug);
enter(Old, Acc, Sm, Event, Debug) ->
    try call_state(enter, Old, Sm) of
        Result -> entered(Result, Acc, Sm, Event, Debug)
    catch
        throw:Result -> entered(Result, Acc, Sm, Event, Debug);
        Class:Reason:Stack -> terminate(Class, Reason, Stack, Event, Sm, Debug)
    end.

entered(Result, Acc, #sm{state = S, data = D} = Sm, Event, Debug) ->
    case Result of
        {next_state, S, D1} -> entered_with(D1, [], false, Acc, Sm, Event, Debug);
        {next_state, S, D1, As} -> entered_with(D1, As, false, Acc, Sm, Event, Debug);
        {keep_state, D1} -> entered_with(D1, [], false, Acc, Sm, Event, Debug);
        {keep_state, D1, As} -> entered_with(D1, As, false, Acc, Sm, Event, Debug);
        keep_state_and_data -> entered_with(D, [], false, Acc, Sm, Event, Debug);
        {keep_state_and_data, As} -> entered_with(D, As, false, Acc, Sm, Event, Debug);
        {repeat_state, D1} -> entered_with(D1, [], true, Acc, Sm, Event, Debug);
        {repeat_state, D1, As} -> entered_with(D1, As, true, Acc, Sm, Event, Debug);
        repeat_state_and_data -> entered_with(D, [], true, Acc, Sm, Event, Debug);
        {repeat_state_and_data, As} -> entered_with(D, As, true, Acc, Sm, Event, Debug);
        _ when Result =:= stop; element(1, Result) =:= stop; element(1, Result) =:= stop_and_reply ->
            result(Result, Event, Sm, Debug);
        {next_state, _, _} -> bad_enter(Result, Event, Sm, Debug);
        {next_state, _, _, _} -> bad_enter(Result, Event, Sm, Debug);
        _ -> result(Result, Event, Sm, Debug)
    end.

bad_enter(Result, Event, Sm, Debug) ->
    terminate(error, {bad_state_enter_return_from_state_function, Result}, stack(), Event, Sm, Debug).

entered_with(D, Actions, Repeat, Acc, Sm, Event, Debug) ->
    Sm1 = Sm#sm{data = D},
    case parse(Actions, Sm1, true, Acc) of
        {ok, Acc1, Sm2} when Repeat -> enter(Sm2#sm.state, Acc1, Sm2, Event, Debug);
        {ok, Acc1, Sm2} -> settle(Acc1, Sm2, Debug);
        {bad, What} -> terminate(error, {bad_state_enter_action_from_state_function, What}, stack(), Event, Sm1, Debug)
    end.

%% Inserted events come first, in the order given; time-outs are started last, so that the latest of a name counts.
settle(#{next := Next, timers := Ts, hibernate := Hib}, #sm{queue = Q} = Sm, Debug0) ->
    Debug = case Debug0 of
        [] -> [];
        _ -> lists:foldr(fun(E, D) -> debug({in, E}, Sm, D) end, Debug0, Next)
    end,
    Sm1 = Sm#sm{queue = lists:reverse(Next, Q)},
    Sm2 = lists:foldl(fun set_timer/2, Sm1, lists:reverse(Ts)),
    loop(Sm2, Debug, Hib).

%% ---- Actions ----

new_acc() -> #{postpone => false, hibernate => false, next => [], timers => [], replies => []}.

parse(Action, Sm, Enter, Acc) when not is_list(Action) -> parse([Action], Sm, Enter, Acc);
parse([], Sm, _, Acc) -> {ok, Acc, Sm};
parse([A | As], Sm, Enter, Acc) ->
    case action(A, Sm, Enter, Acc) of
        #{} = Acc1 -> parse(As, Sm, Enter, Acc1);
        {#{} = Acc1, Sm1} -> parse(As, Sm1, Enter, Acc1);
        bad -> {bad, A};
        {failed, _, _, _} = Failed -> Failed
    end;
parse(_, _, _, _) -> {bad, improper_list}.

action({reply, {_, _} = From, Reply}, _, _, #{replies := Replies} = Acc) ->
    reply(From, Reply),
    Acc#{replies := [{Reply, From} | Replies]};
action(hibernate, _, _, Acc) -> Acc#{hibernate := true};
action({hibernate, B}, _, _, Acc) when is_boolean(B) -> Acc#{hibernate := B};
action(postpone, _, false, Acc) -> Acc#{postpone := true};
action({postpone, B}, _, false, Acc) when is_boolean(B) -> Acc#{postpone := B};
action({next_event, Type, Content}, _, false, #{next := Next} = Acc) ->
    case is_event_type(Type) of
        true -> Acc#{next := [{Type, Content} | Next]};
        false -> bad
    end;
action({change_callback_module, Mod}, #sm{mods = [_ | Mods]} = Sm, false, Acc) when is_atom(Mod) ->
    change_module(Acc, Mod, Sm#sm{mods = [Mod | Mods]});
action({push_callback_module, Mod}, #sm{mods = Mods} = Sm, false, Acc) when is_atom(Mod) ->
    change_module(Acc, Mod, Sm#sm{mods = [Mod | Mods]});
action(pop_callback_module, #sm{mods = [_, Mod | Mods]} = Sm, false, Acc) -> change_module(Acc, Mod, Sm#sm{mods = [Mod | Mods]});
action({timeout, _, _} = T, _, _, Acc) -> timer_action(T, Acc);
action({timeout, _, _, _} = T, _, _, Acc) -> timer_action(T, Acc);
action({timeout, cancel}, _, _, Acc) -> add_timer({timeout, cancel}, Acc);
action({state_timeout, _, _} = T, _, _, Acc) -> timer_action(T, Acc);
action({state_timeout, _, _, _} = T, _, _, Acc) -> timer_action(T, Acc);
action({state_timeout, cancel}, _, _, Acc) -> add_timer({state_timeout, cancel}, Acc);
action({{timeout, _}, _, _} = T, _, _, Acc) -> timer_action(T, Acc);
action({{timeout, _}, _, _, _} = T, _, _, Acc) -> timer_action(T, Acc);
action({{timeout, _} = Key, cancel}, _, _, Acc) -> add_timer({Key, cancel}, Acc);
action(infinity, _, _, Acc) -> add_timer({timeout, infinity, infinity, []}, Acc);
action(T, _, _, Acc) when is_integer(T), T >= 0 -> add_timer({timeout, T, T, []}, Acc);
action(_, _, _, _) -> bad.

%% A module that cannot say its callback mode ends the machine, which its old module is told.
change_module(Acc, Mod, Sm) ->
    try {Acc, mode(Mod, Sm)}
    catch Class:Reason:Stack -> {failed, Class, Reason, Stack}
    end.

is_event_type({call, {_, _}}) -> true;
is_event_type({timeout, _}) -> true;
is_event_type(T) -> lists:member(T, [cast, info, timeout, state_timeout, internal]).

timer_action({Key, update, Content}, Acc) -> add_timer({Key, update, Content}, Acc);
timer_action({Key, Time, Content}, Acc) -> timer_action({Key, Time, Content, []}, Acc);
timer_action({Key, Time, Content, Opts0}, Acc) ->
    Opts = case is_list(Opts0) of true -> Opts0; false -> [Opts0] end,
    Abs = lists:member({abs, true}, Opts),
    case Time of
        infinity -> add_timer({Key, infinity, Content, Opts}, Acc);
        _ when is_integer(Time), Abs orelse Time >= 0 -> add_timer({Key, Time, Content, Opts}, Acc);
        _ -> bad
    end.

add_timer(T, #{timers := Ts} = Acc) -> Acc#{timers := [T | Ts]}.

%% ---- Timers ----

set_timer({Key, cancel}, Sm) -> cancel(Key, Sm);
set_timer({Key, update, Content}, #sm{timers = Ts} = Sm) ->
    case Ts of
        #{Key := {Ref, _}} -> Sm#sm{timers = Ts#{Key := {Ref, Content}}};
        #{} -> set_timer({Key, 0, Content, []}, Sm)
    end;
set_timer({Key, infinity, _, _}, Sm) -> cancel(Key, Sm);
set_timer({timeout, Time, Content, Opts}, #sm{queue = Q} = Sm) ->
    % One of the same name that is due already gives way.
    case [E || E <- Q, not is_due(timeout, E)] of
        [] -> start_timer({timeout, Time, Content, Opts}, Sm#sm{queue = []});
        Rest -> cancel(timeout, Sm#sm{queue = Rest})
    end;
set_timer(Timer, Sm) -> start_timer(Timer, Sm).

is_due(Key, {due, Key, _}) -> true;
is_due(_, _) -> false.

start_timer({Key, Time, Content, Opts}, Sm0) ->
    #sm{timers = Ts, queue = Q} = Sm = cancel(Key, Sm0),
    case Time =:= 0 andalso not lists:member({abs, true}, Opts) of
        true ->
            Ref = make_ref(),
            Sm#sm{timers = Ts#{Key => {Ref, Content}}, queue = Q ++ [{due, Key, Ref}]};
        false ->
            Ref = erlang:start_timer(Time, self(), {gen_statem_timer, Key}, Opts),
            Sm#sm{timers = Ts#{Key => {Ref, Content}}}
    end.

cancel(Key, #sm{timers = Ts} = Sm) when is_map_key(Key, Ts) ->
    {Ref, _} = map_get(Key, Ts),
    _ = erlang:cancel_timer(Ref),
    Sm#sm{timers = maps:remove(Key, Ts)};
cancel(_, Sm) -> Sm.

%% ---- Debugging ----

debug(_, _, []) -> [];
debug(What, #sm{name = Name, state = S}, Debug) -> sys:handle_debug(Debug, fun print_event/3, Name, with_state(What, S)).

with_state({in, E}, S) -> {in, E, S};
with_state(Other, _) -> Other.

debug_transition(_, _, _, _, []) -> [];
debug_transition(Event, Old, #{replies := [_ | _] = Replies} = Acc, #sm{state = S} = Sm, Debug) ->
    Out = fun({Reply, To}, D) -> debug({out, Reply, To}, Sm#sm{state = Old}, D) end,
    debug_transition(Event, Old, Acc#{replies := []}, Sm#sm{state = S}, lists:foldr(Out, Debug, Replies));
debug_transition(Event, Old, #{postpone := P}, #sm{state = S} = Sm, Debug) ->
    Next = case S =:= Old of true -> Old; false -> S end,
    What = case P of true -> postpone; false -> consume end,
    debug({What, Event, Old, Next}, Sm, Debug).

print_event(Device, Event, Name) ->
    case Event of
        {in, {{call, {Pid, _}}, Request}, S} -> io:format(Device, "*DBG* ~tp receive call ~tp from ~tw in state ~tp~n", [Name, Request, Pid, S]);
        {in, {Type, Content}, S} -> io:format(Device, "*DBG* ~tp receive ~tw ~tp in state ~tp~n", [Name, Type, Content, S]);
        {out, Reply, {To, _}} -> io:format(Device, "*DBG* ~tp send ~tp to ~tw~n", [Name, Reply, To]);
        {What, {Type, Content}, Old, S} when What =:= postpone; What =:= consume ->
            io:format(Device, "*DBG* ~tp ~tw ~tw ~tp in state ~tp => ~tp~n", [Name, What, Type, Content, Old, S]);
        _ -> io:format(Device, "*DBG* ~tp ~tp~n", [Name, Event])
    end.

%% ---- The end ----

%% The callback hears the reason without the stack, which the exit signal of an error has.
terminate(Class, Reason, Stack, Event, #sm{mods = [Mod | _], state = S, data = D} = Sm, Debug) ->
    case erlang:function_exported(Mod, terminate, 3) of
        true ->
            try Mod:terminate(Reason, S, D) of
                _ -> ok
            catch
                throw:_ -> ok;
                C2:R2:St2 ->
                    report(C2, R2, St2, Event, Sm, Debug),
                    erlang:raise(C2, R2, St2)
            end;
        false -> ok
    end,
    case Class =/= error andalso clean(Reason) of
        true -> ok;
        false -> report(Class, Reason, Stack, Event, Sm, Debug)
    end,
    erlang:raise(Class, Reason, Stack).

clean(normal) -> true;
clean(shutdown) -> true;
clean({shutdown, _}) -> true;
clean(_) -> false.

report(Class, Reason, Stack, Event, #sm{name = Name, mods = [Mod | _] = Mods} = Sm, Debug) ->
    Log = sys:get_log(Debug),
    Queue = case Event of
        none -> Sm#sm.queue;
        _ -> [Event | Sm#sm.queue]
    end,
    {State, St} = visible(Mod, terminate, Sm, Log, #{reason => {Class, Reason, Stack}, queue => Queue}),
    logger:log(error,
               #{label => {gen_statem, terminate}, name => Name, queue => maps:get(queue, St, Queue),
                 postponed => maps:get(postponed, St, Sm#sm.postponed), modules => Mods, callback_mode => Sm#sm.mode,
                 state_enter => Sm#sm.enter, state => State, timeouts => timeouts(Sm), log => maps:get(log, St, Log),
                 reason => maps:get(reason, St, {Class, Reason, Stack}), client_info => client(Queue)},
               (gen:old_code(Stack))#{domain => [otp], report_cb => fun gen_statem:format_log/2,
                 error_logger => #{tag => error, report_cb => fun gen_statem:format_log/1}}).

client([{{call, {Pid, _}}, _} | _]) when is_pid(Pid), node(Pid) =:= node() ->
    case process_info(Pid, [current_stacktrace, registered_name]) of
        undefined -> {Pid, dead};
        [{_, Stack}, {_, []}] -> {Pid, {Pid, Stack}};
        [{_, Stack}, {_, Name}] -> {Pid, {Name, Stack}}
    end;
client([{{call, {Pid, _}}, _} | _]) when is_pid(Pid) -> {Pid, remote};
client(_) -> undefined.

timeouts(#sm{timers = Ts}) -> {map_size(Ts), [{K, C} || {K, {_, C}} <- maps:to_list(Ts)]}.

visible(Mod, Opt, #sm{state = S, data = D} = Sm, Log, Extra) ->
    Base = maps:merge(#{state => S, data => D, queue => Sm#sm.queue, postponed => Sm#sm.postponed, log => Log,
                        timeouts => element(2, timeouts(Sm))}, Extra),
    Status = gen:format_status(Mod, Opt, Base, [get(), S, D]),
    Shown = case Status of
        #{'EXIT' := Why} -> Why;
        #{'$status' := X} -> X;
        #{state := S1, data := D1} -> {S1, D1}
    end,
    {Shown, Status}.

format_log(Report) -> gen:flatten_text(text(Report)).

format_log(Report, Opts) -> gen:render_text(text(Report), Opts).

text(#{label := {gen_statem, terminate}, name := Name, queue := Q, postponed := Ps, modules := Mods, callback_mode := Mode,
       state_enter := Enter, state := State, log := Log, timeouts := {N, Ts}, reason := {Class, Reason, Stack}, client_info := Client}) ->
    {Shown, Stack1} = case gen:shown_reason({Reason, Stack}) of
        {Why, [{M, _, _, _} | St]} when Class =:= error, Why =:= 'module could not be loaded' -> {{Why, M}, St};
        {Why, [{M, F, A, _} | St]} when Class =:= error, Why =:= 'function not exported' -> {{Why, {M, F, length(A)}}, St};
        {R, St} when Class =:= error -> {R, St};
        _ -> {Reason, Stack}
    end,
    [{"** State machine ~p terminating\n", [Name]}] ++
        case Q of
            [] -> [];
            [E | _] -> [{"** Last event = ~p\n", [E]}]
        end ++
        [{"** When server state  = ~p\n", [State]},
         {"** Reason for termination = " ++ atom_to_list(Class) ++ ":~p\n", [Shown]},
         {"** Callback modules = ~p\n", [Mods]},
         {"** Callback mode = ~p\n", [case Enter of true -> [Mode, state_enter]; false -> Mode end]}] ++
        case Q of
            [_, _ | _] -> [{"** Queued = ~p\n", [tl(Q)]}];
            _ -> []
        end ++
        [{"** Postponed = ~p\n", [Ps]} || Ps =/= []] ++
        [{"** Stacktrace =\n**  ~p\n", [Stack1]} || Stack1 =/= []] ++
        [{"** Time-outs: ~p\n", [{N, Ts}]} || N > 0] ++
        [{"** Log =\n**  ~p\n", [Log]} || Log =/= []] ++ gen:client_text(Client).

%% ---- System messages ----

system_continue(Parent, Debug, {Sm, Hib}) -> loop(Sm#sm{parent = Parent}, Debug, Hib).

system_terminate(Reason, Parent, Debug, {Sm, _}) -> terminate(exit, Reason, stack(), none, Sm#sm{parent = Parent}, Debug).

system_code_change({#sm{mods = [Mod | _], state = S, data = D} = Sm, Hib}, _, OldVsn, Extra) ->
    case Mod:code_change(OldVsn, S, D, Extra) of
        {ok, S1, D1} ->
            New = mode(Mod, Sm#sm{state = S1, data = D1}),
            erts_internal:state_written(gen_statem, Mod),
            {ok, {New, Hib}};
        Error -> Error
    end.

system_get_state({#sm{state = S, data = D}, _}) -> {ok, {S, D}}.

system_replace_state(F, {#sm{state = S, data = D} = Sm, Hib}) ->
    {S1, D1} = Result = F({S, D}),
    {ok, Result, {Sm#sm{state = S1, data = D1}, Hib}}.

format_status(Opt, [_, Sys, Parent, Debug, {#sm{name = Name, mods = [Mod | _] = Mods} = Sm, _}]) ->
    Log = sys:get_log(Debug),
    {Shown, St} = visible(Mod, Opt, Sm, Log, #{}),
    Own = case St of
        #{'$status' := L} when is_list(L) -> L;
        #{'$status' := Term} -> [Term];
        _ -> [{data, [{"State", Shown}]}]
    end,
    [{header, gen:format_status_header("Status for state machine", Name)},
     {data, [{"Status", Sys}, {"Parent", Parent}, {"Modules", Mods}, {"Time-outs", timeouts(Sm)},
             {"Logged Events", maps:get(log, St, Log)}, {"Postponed", maps:get(postponed, St, Sm#sm.postponed)}]} | Own].
