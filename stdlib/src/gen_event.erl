%% The event manager behaviour: handlers installed in one process, each with its own state.
-module(gen_event).

-export([start/0, start/1, start/2, start_link/0, start_link/1, start_link/2, start_monitor/0, start_monitor/1,
         start_monitor/2, stop/1, stop/3, notify/2, sync_notify/2, add_handler/3, add_sup_handler/3,
         delete_handler/3, swap_handler/3, swap_sup_handler/3, which_handlers/1, call/3, call/4,
         send_request/3, send_request/5, wait_response/2, wait_response/3, receive_response/2, receive_response/3,
         check_response/2, check_response/3, reqids_new/0, reqids_size/1, reqids_add/3, reqids_to_list/1]).
-export([init_it/6, wake/4, system_continue/3, system_terminate/4, system_code_change/4, system_get_state/1,
         system_replace_state/2, format_status/2, format_log/1, format_log/2, print_event/3]).

-callback init(term()) -> term().
-callback handle_event(term(), term()) -> term().
-callback handle_call(term(), term()) -> term().
-callback handle_info(term(), term()) -> term().
-callback terminate(term(), term()) -> term().
-callback code_change(term(), term(), term()) -> term().
-callback format_status(map()) -> map().
-callback format_status(normal | terminate, list()) -> term().
-optional_callbacks([handle_info/2, terminate/2, code_change/3, format_status/1, format_status/2]).

-record(handler, {module, id = false, state, supervised = false}).

%% ---- Interface ----

start() -> gen:start(gen_event, nolink, none, [], []).
start(Name) when is_tuple(Name) -> gen:start(gen_event, nolink, Name, none, [], []);
start(Opts) when is_list(Opts) -> gen:start(gen_event, nolink, none, [], Opts).
start(Name, Opts) -> gen:start(gen_event, nolink, Name, none, [], Opts).
start_link() -> gen:start(gen_event, link, none, [], []).
start_link(Name) when is_tuple(Name) -> gen:start(gen_event, link, Name, none, [], []);
start_link(Opts) when is_list(Opts) -> gen:start(gen_event, link, none, [], Opts).
start_link(Name, Opts) -> gen:start(gen_event, link, Name, none, [], Opts).
start_monitor() -> gen:start(gen_event, monitor, none, [], []).
start_monitor(Name) when is_tuple(Name) -> gen:start(gen_event, monitor, Name, none, [], []);
start_monitor(Opts) when is_list(Opts) -> gen:start(gen_event, monitor, none, [], Opts).
start_monitor(Name, Opts) -> gen:start(gen_event, monitor, Name, none, [], Opts).

stop(M) -> gen:stop(M).
stop(M, Reason, Timeout) -> gen:stop(M, Reason, Timeout).

notify(M, Event) -> send(M, {notify, Event}).

send({global, Name}, Msg) ->
    catch global:send(Name, Msg),
    ok;
send({via, Mod, Name}, Msg) ->
    catch Mod:send(Name, Msg),
    ok;
send(M, Msg) ->
    M ! Msg,
    ok.

sync_notify(M, Event) -> rpc(M, {sync_notify, Event}).
add_handler(M, Handler, Args) -> rpc(M, {add_handler, Handler, Args}).
add_sup_handler(M, Handler, Args) -> rpc(M, {add_sup_handler, Handler, Args, self()}).
delete_handler(M, Handler, Args) -> rpc(M, {delete_handler, Handler, Args}).
swap_handler(M, {H1, A1}, {H2, A2}) -> rpc(M, {swap_handler, H1, A1, H2, A2}).
swap_sup_handler(M, {H1, A1}, {H2, A2}) -> rpc(M, {swap_sup_handler, H1, A1, H2, A2, self()}).
which_handlers(M) -> rpc(M, which_handlers).

rpc(M, Request) ->
    {ok, Reply} = gen:call(M, '$gen_event', Request, infinity),
    Reply.

call(M, Handler, Query) ->
    try gen:call(M, '$gen_event', {call, Handler, Query}) of
        {ok, Reply} -> Reply
    catch exit:Reason -> exit({Reason, {gen_event, call, [M, Handler, Query]}})
    end.

call(M, Handler, Query, Timeout) ->
    try gen:call(M, '$gen_event', {call, Handler, Query}, Timeout) of
        {ok, Reply} -> Reply
    catch exit:Reason -> exit({Reason, {gen_event, call, [M, Handler, Query, Timeout]}})
    end.

send_request(M, Handler, Query) -> gen:send_request(M, '$gen_event', {call, Handler, Query}).
send_request(M, Handler, Query, Label, Reqs) -> gen:send_request(M, '$gen_event', {call, Handler, Query}, Label, Reqs).
wait_response(R, T) -> answer(gen:bad_request(fun() -> gen:wait_response(R, T) end, [R, T])).
wait_response(R, T, D) -> answer(gen:wait_response(R, T, D)).
receive_response(R, T) -> answer(gen:bad_request(fun() -> gen:receive_response(R, T) end, [R, T])).
receive_response(R, T, D) -> answer(gen:receive_response(R, T, D)).
check_response(M, R) -> answer(gen:bad_request(fun() -> gen:check_response(M, R) end, [M, R])).
check_response(M, R, D) -> answer(gen:check_response(M, R, D)).
reqids_new() -> gen:reqids_new().
reqids_size(R) -> gen:bad_request(fun() -> gen:reqids_size(R) end, [R]).
reqids_add(R, L, C) -> gen:bad_request(fun() -> gen:reqids_add(R, L, C) end, [R, L, C]).
reqids_to_list(R) -> gen:bad_request(fun() -> gen:reqids_to_list(R) end, [R]).

%% A manager that could not ask the handler says so in its reply.
answer({reply, {error, _} = Error}) -> Error;
answer({{reply, {error, _} = Error}, Label, Reqs}) -> {Error, Label, Reqs};
answer(Other) -> Other.

%% ---- The loop ----

init_it(Starter, self, Name, Mod, Args, Opts) -> init_it(Starter, self(), Name, Mod, Args, Opts);
init_it(Starter, Parent, Name0, _, _, Opts) ->
    process_flag(trap_exit, true),
    Name = gen:name(Name0),
    proc_lib:init_ack(Starter, {ok, self()}),
    loop({Parent, Name, gen:hibernate_after(Opts)}, [], gen:debug_options(Name, Opts), false).

loop(Srv, Hs, Debug, true) -> proc_lib:hibernate(gen_event, wake, [Srv, Hs, Debug, true]);
loop({_, _, Idle} = Srv, Hs, Debug, false) ->
    receive
        Msg -> arrived(Msg, Srv, Hs, Debug, false)
    after Idle -> proc_lib:hibernate(gen_event, wake, [Srv, Hs, Debug, true])
    end.

wake(Srv, Hs, Debug, Hib) ->
    receive
        Msg -> arrived(Msg, Srv, Hs, Debug, Hib)
    end.

arrived({system, From, Msg}, {Parent, _, _} = Srv, Hs, Debug, Hib) ->
    sys:handle_system_msg(Msg, From, Parent, gen_event, Debug, {Srv, Hs, Hib}, Hib);
arrived({'EXIT', Parent, Reason}, {Parent, _, _} = Srv, Hs, _, _) -> terminate(Reason, Srv, Hs);
arrived(Msg, Srv, Hs, [], _) -> handle(Msg, Srv, Hs, []);
arrived(Msg, {_, Name, _} = Srv, Hs, Debug, _) ->
    handle(Msg, Srv, Hs, sys:handle_debug(Debug, fun print_event/3, Name, {in, Msg})).

handle({notify, Event}, Srv, Hs, Debug) ->
    {Hs1, Hib} = each(Hs, handle_event, Event, Srv, Event),
    loop(Srv, Hs1, Debug, Hib);
handle({'$gen_event', From, {sync_notify, Event}}, Srv, Hs, Debug) ->
    {Hs1, Hib} = each(Hs, handle_event, Event, Srv, Event),
    gen:reply(From, ok),
    loop(Srv, Hs1, Debug, Hib);
handle({'$gen_event', From, Request}, Srv, Hs, Debug) ->
    {Reply, Hs1, Hib} = request(Request, Srv, Hs),
    gen:reply(From, Reply),
    loop(Srv, Hs1, Debug, Hib);
handle({'EXIT', From, Reason}, Srv, Hs, Debug) ->
    {Mine, Rest} = lists:partition(fun(#handler{supervised = S}) -> S =:= From end, Hs),
    case Mine of
        [] ->
            {Hs1, Hib} = each(Hs, handle_info, {'EXIT', From, Reason}, Srv, {'EXIT', From, Reason}),
            loop(Srv, Hs1, Debug, Hib);
        _ ->
            lists:foreach(fun(H) -> ended(H, {stop, Reason}, Reason, {parent_terminated, {From, Reason}}, Srv) end,
                          [H#handler{supervised = false} || H <- Mine]),
            loop(Srv, Rest, Debug, false)
    end;
handle(Msg, Srv, Hs, Debug) ->
    {Hs1, Hib} = each(Hs, handle_info, Msg, Srv, Msg),
    loop(Srv, Hs1, Debug, Hib).

request({add_handler, Handler, Args}, _, Hs) -> add(new(Handler, false), Args, Hs);
request({add_sup_handler, Handler, Args, Parent}, _, Hs) ->
    link(Parent),
    add(new(Handler, Parent), Args, Hs);
request({delete_handler, Handler, Args}, Srv, Hs) ->
    case take(Handler, Hs) of
        {H, Rest} -> {ended(H, Args, normal, delete, Srv), Rest, false};
        false -> {{error, module_not_found}, Hs, false}
    end;
request({swap_handler, H1, A1, H2, A2}, Srv, Hs) -> swap(H1, A1, H2, A2, inherit, Srv, Hs);
request({swap_sup_handler, H1, A1, H2, A2, Parent}, Srv, Hs) ->
    link(Parent),
    swap(H1, A1, H2, A2, Parent, Srv, Hs);
request(which_handlers, _, Hs) -> {[name(H) || H <- Hs], Hs, false};
request({call, Handler, Query}, Srv, Hs) -> ask(Handler, Query, Srv, Hs);
request(_, _, Hs) -> {{error, badcall}, Hs, false}.

new({Mod, Id}, Sup) -> #handler{module = Mod, id = Id, supervised = Sup};
new(Mod, Sup) -> #handler{module = Mod, supervised = Sup}.

name(#handler{module = Mod, id = false}) -> Mod;
name(#handler{module = Mod, id = Id}) -> {Mod, Id}.

add(#handler{module = Mod} = H, Args, Hs) ->
    case protect(fun() -> Mod:init(Args) end) of
        {ok, State} -> {ok, [H#handler{state = State} | Hs], false};
        {ok, State, hibernate} -> {ok, [H#handler{state = State} | Hs], true};
        Other -> {Other, Hs, false}
    end.

%% What a `catch` around the call answers.
protect(F) ->
    try F()
    catch
        throw:V -> V;
        error:R:St -> {'EXIT', {R, St}};
        exit:R -> {'EXIT', R}
    end.

take(Handler, Hs) ->
    case lists:splitwith(fun(H) -> name(H) =/= Handler end, Hs) of
        {Before, [H | After]} -> {H, Before ++ After};
        _ -> false
    end.

swap(H1, A1, H2, A2, Sup0, Srv, Hs) ->
    {Result, Hs1, Sup} = case take(H1, Hs) of
        {H, Rest} ->
            Sup1 = case Sup0 of inherit -> H#handler.supervised; _ -> Sup0 end,
            {ended(H, A1, swapped, {swapped, H2, Sup1}, Srv), Rest, Sup1};
        false -> {error, Hs, case Sup0 of inherit -> false; _ -> Sup0 end}
    end,
    case add(new(H2, Sup), {A2, Result}, Hs1) of
        {ok, Hs2, Hib} -> {ok, Hs2, Hib};
        {Other, Hs2, _} -> {{error, Other}, Hs2, false}
    end.

ask(Handler, Query, Srv, Hs) ->
    case lists:splitwith(fun(H) -> name(H) =/= Handler end, Hs) of
        {Before, [#handler{module = Mod, state = S} = H | After]} ->
            case protect(fun() -> Mod:handle_call(Query, S) end) of
                {ok, Reply, S1} -> {Reply, Before ++ [H#handler{state = S1} | After], false};
                {ok, Reply, S1, hibernate} -> {Reply, Before ++ [H#handler{state = S1} | After], true};
                {remove_handler, Reply} ->
                    ended(H, remove_handler, normal, remove, Srv),
                    {Reply, Before ++ After, false};
                {swap_handler, Reply, A1, S1, H2, A2} ->
                    {_, Hs1, Hib} = swap(Handler, A1, H2, A2, inherit, Srv, Before ++ [H#handler{state = S1} | After]),
                    {Reply, Hs1, Hib};
                Other ->
                    ended(H, {error, Other}, Other, {error, Query}, Srv),
                    {{error, Other}, Before ++ After, false}
            end;
        _ -> {{error, bad_module}, Hs, false}
    end.

%% Every handler in turn; those that fail or leave are dropped.
each(Hs, F, Arg, Srv, Last) -> each(Hs, F, Arg, Srv, Last, [], false).

each([#handler{module = Mod, state = S} = H | Hs], F, Arg, Srv, Last, Acc, Hib) ->
    case protect(fun() -> Mod:F(Arg, S) end) of
        {ok, S1} -> each(Hs, F, Arg, Srv, Last, [H#handler{state = S1} | Acc], Hib);
        {ok, S1, hibernate} -> each(Hs, F, Arg, Srv, Last, [H#handler{state = S1} | Acc], true);
        {swap_handler, A1, S1, H2, A2} ->
            Name = name(H),
            {_, New, Hib1} = swap(Name, A1, H2, A2, inherit, Srv, [H#handler{state = S1}]),
            each(Hs, F, Arg, Srv, Last, New ++ Acc, Hib orelse Hib1);
        remove_handler ->
            ended(H, remove_handler, normal, remove, Srv),
            each(Hs, F, Arg, Srv, Last, Acc, Hib);
        {'EXIT', {undef, [{Mod, handle_info, [_, _], _} | _]}} when F =:= handle_info ->
            case erlang:function_exported(Mod, handle_info, 2) of
                false ->
                    warn_unhandled(Mod, Arg, Srv),
                    each(Hs, F, Arg, Srv, Last, [H | Acc], Hib);
                true ->
                    ended(H, {error, undef}, undef, {error, Last}, Srv),
                    each(Hs, F, Arg, Srv, Last, Acc, Hib)
            end;
        Other ->
            ended(H, {error, Other}, Other, {error, Last}, Srv),
            each(Hs, F, Arg, Srv, Last, Acc, Hib)
    end;
each([], _, _, _, _, Acc, Hib) -> {lists:reverse(Acc), Hib}.

%% ---- A handler's end ----

ended(#handler{module = Mod, state = S, supervised = Sup} = H, Arg, Reason, Why, Srv) ->
    Result = case erlang:function_exported(Mod, terminate, 2) of
        true -> protect(fun() -> Mod:terminate(Arg, S) end);
        false -> ok
    end,
    case Why of
        {error, Last} -> report(H, Reason, Last, Srv);
        _ -> ok
    end,
    case Sup of
        false -> ok;
        Parent ->
            case Why of
                {swapped, New, Parent} -> Parent ! {gen_event_EXIT, name(H), {swapped, New, Parent}};
                {swapped, New, _} -> Parent ! {gen_event_EXIT, name(H), {swapped, New, false}};
                _ -> Parent ! {gen_event_EXIT, name(H), told(Reason)}
            end
    end,
    Result.

told({'EXIT', R}) -> R;
told(R) -> R.

terminate(Reason, Srv, Hs) ->
    lists:foreach(fun(H) -> ended(H, stop, shutdown, stop, Srv) end, lists:reverse(Hs)),
    exit(Reason).

report(#handler{module = Mod, state = S} = H, Reason, Last, {_, Name, _}) ->
    Status = gen:format_status(Mod, terminate, #{state => S, message => Last, reason => told(Reason), log => []}, [get(), S]),
    Shown = case Status of
        #{'EXIT' := Why} -> Why;
        #{'$status' := X} -> X;
        #{state := X} -> X
    end,
    logger:log(error,
               #{label => {gen_event, terminate}, handler => name(H), name => Name,
                 last_message => maps:get(message, Status, Last), state => Shown, log => [],
                 reason => maps:get(reason, Status, told(Reason))},
               #{domain => [otp], report_cb => fun gen_event:format_log/2,
                 error_logger => #{tag => error, report_cb => fun gen_event:format_log/1}}).

warn_unhandled(Mod, Msg, _) ->
    logger:log(warning, #{label => {gen_event, no_handle_info}, module => Mod, message => Msg},
               #{domain => [otp], report_cb => fun gen_event:format_log/2,
                 error_logger => #{tag => warning_msg, report_cb => fun gen_event:format_log/1}}).

format_log(Report) -> gen:flatten_text(text(Report)).

format_log(Report, Opts) -> gen:render_text(text(Report), Opts).

text(#{label := {gen_event, terminate}, handler := H, name := Name, last_message := Last, state := S, reason := Reason}) ->
    [{"** gen_event handler ~p crashed.\n", [H]}, {"** Was installed in ~p\n", [Name]},
     {"** Last event was: ~p\n", [Last]}, {"** When handler state == ~p\n", [S]},
     {"** Reason == ~p\n", [gen:shown_reason(Reason)]}];
text(#{label := {gen_event, no_handle_info}, module := Mod, message := Msg}) ->
    [{"** Undefined handle_info in ~p\n", [Mod]}, {"** Unhandled message: ~p\n", [Msg]}].

print_event(Device, {in, {notify, Event}}, Name) -> io:format(Device, "*DBG* ~tp got event ~tp~n", [Name, Event]);
print_event(Device, {in, {'$gen_event', {Pid, _}, Request}}, Name) ->
    io:format(Device, "*DBG* ~tp got call ~tp from ~tw~n", [Name, Request, Pid]);
print_event(Device, {in, Msg}, Name) -> io:format(Device, "*DBG* ~tp got ~tp~n", [Name, Msg]);
print_event(Device, Event, Name) -> io:format(Device, "*DBG* ~tp dbg  ~tp~n", [Name, Event]).

%% ---- System messages ----

system_continue(Parent, Debug, {{_, Name, Idle}, Hs, Hib}) -> loop({Parent, Name, Idle}, Hs, Debug, Hib).

system_terminate(Reason, _, _, {Srv, Hs, _}) -> terminate(Reason, Srv, Hs).

system_code_change({Srv, Hs, Hib}, Module, OldVsn, Extra) ->
    New = [case H of
               #handler{module = Module, state = S} ->
                   {ok, S1} = Module:code_change(OldVsn, S, Extra),
                   H#handler{state = S1};
               _ -> H
           end || H <- Hs],
    {ok, {Srv, New, Hib}}.

system_get_state({_, Hs, _}) -> {ok, [{M, Id, S} || #handler{module = M, id = Id, state = S} <- Hs]}.

system_replace_state(F, {Srv, Hs, Hib}) ->
    Pairs = [replaced(F, H) || H <- Hs],
    {Shown, New} = lists:unzip(Pairs),
    {ok, Shown, {Srv, New, Hib}}.

%% A fun that fails, or gives another handler's tuple, leaves this one as it was.
replaced(F, #handler{module = M, id = Id, state = S} = H) ->
    Old = {M, Id, S},
    try F(Old) of
        {M, Id, S1} = New -> {New, H#handler{state = S1}};
        _ -> {Old, H}
    catch _:_ -> {Old, H}
    end.

format_status(_, [_, Sys, Parent, Debug, {{_, Name, _}, Hs, _}]) ->
    Items = [H#handler{state = case gen:format_status(M, normal, #{state => S, log => []}, [get(), S]) of
                 #{'EXIT' := Why} -> Why;
                 #{'$status' := X} -> X;
                 #{state := X} -> X
             end} || #handler{module = M, state = S} = H <- Hs],
    [{header, gen:format_status_header("Status for event handler", Name)},
     {data, [{"Status", Sys}, {"Logged Events", sys:get_log(Debug)}, {"Parent", Parent}]},
     {items, {"Installed handlers", Items}}].
