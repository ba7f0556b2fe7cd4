%% The client-server behaviour.
%%
%% One loop process: `loop` receives, `dispatch` calls the module, `after_*` act on what it returned. The server's fixed parts travel in
%% a record-like tuple (#srv) so that the loop passes few arguments.
-module(gen_server).

-export([start/3, start/4, start_link/3, start_link/4, start_monitor/3, start_monitor/4, stop/1, stop/3,
         call/2, call/3, cast/2, reply/2, abcast/2, abcast/3, multi_call/2, multi_call/3, multi_call/4,
         enter_loop/3, enter_loop/4, enter_loop/5, send_request/2, send_request/4, wait_response/1,
         wait_response/2, wait_response/3, receive_response/1, receive_response/2, receive_response/3,
         check_response/2, check_response/3, reqids_new/0, reqids_size/1, reqids_add/3, reqids_to_list/1]).
-export([init_it/6, wake_hib/2, system_continue/3, system_terminate/4, system_code_change/4,
         system_get_state/1, system_replace_state/2, format_status/2, format_log/1, format_log/2,
         print_event/3]).

-callback init(Args :: term()) ->
    {ok, term()} | {ok, term(), timeout() | hibernate | {continue, term()}} | {stop, term()} |
    {error, term()} | ignore.
-callback handle_call(term(), {pid(), term()}, term()) -> term().
-callback handle_cast(term(), term()) -> term().
-callback handle_info(term(), term()) -> term().
-callback handle_continue(term(), term()) -> term().
-callback terminate(term(), term()) -> term().
-callback code_change(term(), term(), term()) -> {ok, term()} | {error, term()}.
-callback format_status(map()) -> map().
-callback format_status(normal | terminate, list()) -> term().
-optional_callbacks([handle_info/2, handle_continue/2, terminate/2, code_change/3, format_status/1,
                     format_status/2]).

-record(srv, {parent, name, mod, hibernate_after}).

%% ---- Start and stop ----

start(Mod, Args, Opts) when is_list(Opts) -> gen:start(gen_server, nolink, Mod, Args, Opts);
start(Mod, Args, Opts) -> error(badarg, [Mod, Args, Opts]).

start(Name, Mod, Args, Opts) when is_tuple(Name), is_list(Opts) ->
    gen:start(gen_server, nolink, Name, Mod, Args, Opts);
start(Name, Mod, Args, Opts) when is_tuple(Name) -> error(badarg, [Name, Mod, Args, Opts]).

start_link(Mod, Args, Opts) when is_list(Opts) -> gen:start(gen_server, link, Mod, Args, Opts);
start_link(Mod, Args, Opts) -> error(badarg, [Mod, Args, Opts]).

start_link(Name, Mod, Args, Opts) when is_tuple(Name), is_list(Opts) ->
    gen:start(gen_server, link, Name, Mod, Args, Opts);
start_link(Name, Mod, Args, Opts) when is_tuple(Name) -> error(badarg, [Name, Mod, Args, Opts]).

start_monitor(Mod, Args, Opts) when is_list(Opts) -> gen:start(gen_server, monitor, Mod, Args, Opts);
start_monitor(Mod, Args, Opts) -> error(badarg, [Mod, Args, Opts]).

start_monitor(Name, Mod, Args, Opts) when is_tuple(Name), is_list(Opts) ->
    gen:start(gen_server, monitor, Name, Mod, Args, Opts);
start_monitor(Name, Mod, Args, Opts) when is_tuple(Name) -> error(badarg, [Name, Mod, Args, Opts]).

stop(Server) -> gen:stop(Server).

stop(Server, Reason, Timeout) -> gen:stop(Server, Reason, Timeout).

%% ---- Calls and casts ----

call(Server, Request) ->
    try gen:call(Server, '$gen_call', Request) of
        {ok, Reply} -> Reply
    catch exit:Reason -> exit({Reason, {gen_server, call, [Server, Request]}})
    end.

call(Server, Request, Timeout) ->
    try gen:call(Server, '$gen_call', Request, Timeout) of
        {ok, Reply} -> Reply
    catch
        exit:Reason -> exit({Reason, {gen_server, call, [Server, Request, Timeout]}});
        error:Reason:Stack -> exit({{Reason, Stack}, {gen_server, call, [Server, Request, Timeout]}})
    end.

cast({global, Name}, Request) ->
    try global:send(Name, {'$gen_cast', Request}) of
        _ -> ok
    catch _:_ -> ok
    end;
cast({via, Mod, Name}, Request) ->
    try Mod:send(Name, {'$gen_cast', Request}) of
        _ -> ok
    catch _:_ -> ok
    end;
cast({Name, Node} = Dest, Request) when is_atom(Name), is_atom(Node) -> cast_to(Dest, Request);
cast(Dest, Request) when is_atom(Dest); is_pid(Dest) -> cast_to(Dest, Request).

cast_to(Dest, Request) ->
    try Dest ! {'$gen_cast', Request} of
        _ -> ok
    catch error:_ -> ok
    end.

reply(From, Reply) -> gen:reply(From, Reply).

abcast(Name, Request) when is_atom(Name) -> abcast([node() | nodes()], Name, Request).

abcast(Nodes, Name, Request) when is_list(Nodes), is_atom(Name) ->
    lists:foreach(fun(Node) when is_atom(Node) -> cast_to({Name, Node}, Request) end, Nodes),
    abcast.

multi_call(Name, Request) when is_atom(Name) -> multi_call([node() | nodes()], Name, Request, infinity).

multi_call(Nodes, Name, Request) when is_list(Nodes), is_atom(Name) ->
    multi_call(Nodes, Name, Request, infinity).

multi_call(Nodes, Name, Request, Timeout) when is_list(Nodes), is_atom(Name) ->
    Reqs = [{Node, gen:send_request({Name, Node}, '$gen_call', Request)} || Node <- Nodes],
    Deadline = case Timeout of
        infinity -> infinity;
        _ -> {abs, erlang:monotonic_time(millisecond) + Timeout}
    end,
    Answers = [{Node, gen:receive_response(Req, Deadline)} || {Node, Req} <- Reqs],
    {[{Node, Reply} || {Node, {reply, Reply}} <- Answers],
     [Node || {Node, A} <- Answers, not is_tuple(A) orelse element(1, A) =/= reply]}.

send_request(Server, Request) -> gen:send_request(Server, '$gen_call', Request).

send_request(Server, Request, Label, Reqs) ->
    try gen:send_request(Server, '$gen_call', Request, Label, Reqs)
    catch error:function_clause -> error(badarg, [Server, Request, Label, Reqs])
    end.

wait_response(Req) -> wait_response(Req, infinity).
wait_response(Req, Timeout) -> gen:bad_request(fun() -> gen:wait_response(Req, Timeout) end, [Req, Timeout]).
wait_response(Reqs, Timeout, Delete) -> gen:wait_response(Reqs, Timeout, Delete).

receive_response(Req) -> receive_response(Req, infinity).
receive_response(Req, Timeout) -> gen:bad_request(fun() -> gen:receive_response(Req, Timeout) end, [Req, Timeout]).
receive_response(Reqs, Timeout, Delete) -> gen:receive_response(Reqs, Timeout, Delete).

check_response(Msg, Req) -> gen:bad_request(fun() -> gen:check_response(Msg, Req) end, [Msg, Req]).
check_response(Msg, Reqs, Delete) -> gen:check_response(Msg, Reqs, Delete).

reqids_new() -> gen:reqids_new().
reqids_size(Reqs) -> gen:bad_request(fun() -> gen:reqids_size(Reqs) end, [Reqs]).
reqids_add(Req, Label, Reqs) -> gen:bad_request(fun() -> gen:reqids_add(Req, Label, Reqs) end, [Req, Label, Reqs]).
reqids_to_list(Reqs) -> gen:bad_request(fun() -> gen:reqids_to_list(Reqs) end, [Reqs]).

%% ---- Becoming a server ----

enter_loop(Mod, Opts, State) when is_atom(Mod), is_list(Opts) -> enter_loop(Mod, Opts, State, self(), infinity).

enter_loop(Mod, Opts, State, {Kind, _} = Name) when is_atom(Mod), is_list(Opts), Kind =:= local orelse Kind =:= global ->
    enter_loop(Mod, Opts, State, Name, infinity);
enter_loop(Mod, Opts, State, {via, _, _} = Name) when is_atom(Mod), is_list(Opts) ->
    enter_loop(Mod, Opts, State, Name, infinity);
enter_loop(Mod, Opts, State, Pid) when is_pid(Pid) -> enter_loop(Mod, Opts, State, Pid, infinity);
enter_loop(Mod, Opts, State, Action) when is_atom(Mod), is_list(Opts) ->
    enter_loop(Mod, Opts, State, self(), Action).

enter_loop(Mod, Opts, State, Name0, Action) when is_atom(Mod), is_list(Opts) ->
    Name = gen:get_proc_name(Name0),
    Srv = #srv{parent = gen:get_parent(), name = Name, mod = Mod, hibernate_after = gen:hibernate_after(Opts)},
    act(Srv, State, Action, gen:debug_options(Name, Opts)).

init_it(Starter, self, Name, Mod, Args, Opts) -> init_it(Starter, self(), Name, Mod, Args, Opts);
init_it(Starter, Parent, Name0, Mod, Args, Opts) ->
    Name = gen:name(Name0),
    Debug = gen:debug_options(Name, Opts),
    Srv = #srv{parent = Parent, name = Name, mod = Mod, hibernate_after = gen:hibernate_after(Opts)},
    try {ok, Mod:init(Args)} of
        {ok, Result} -> initialised(Result, Starter, Name0, Srv, Debug)
    catch
        throw:Result -> initialised(Result, Starter, Name0, Srv, Debug);
        Class:Reason:Stack ->
            gen:unregister_name(Name0),
            proc_lib:init_fail(Starter, {error, fail_reason(Class, Reason, Stack)}, {Class, Reason, Stack})
    end.

fail_reason(error, Reason, Stack) -> {Reason, Stack};
fail_reason(exit, Reason, _) -> Reason.

initialised({ok, State}, Starter, _, Srv, Debug) ->
    proc_lib:init_ack(Starter, {ok, self()}),
    loop(Srv, State, infinity, Debug);
initialised({ok, State, Action}, Starter, Name0, Srv, Debug) ->
    case is_action(Action) of
        true ->
            proc_lib:init_ack(Starter, {ok, self()}),
            act(Srv, State, Action, Debug);
        false -> init_failed({bad_return_value, {ok, State, Action}}, Starter, Name0)
    end;
initialised({stop, Reason}, Starter, Name0, _, _) -> init_failed(Reason, Starter, Name0);
initialised({error, _} = Error, Starter, Name0, _, _) ->
    gen:unregister_name(Name0),
    proc_lib:init_fail(Starter, Error, {exit, normal});
initialised(ignore, Starter, Name0, _, _) ->
    gen:unregister_name(Name0),
    proc_lib:init_fail(Starter, ignore, {exit, normal});
initialised(Other, Starter, Name0, _, _) -> init_failed({bad_return_value, Other}, Starter, Name0).

init_failed(Reason, Starter, Name0) ->
    gen:unregister_name(Name0),
    proc_lib:init_fail(Starter, {error, Reason}, {exit, Reason}).

is_action({continue, _}) -> true;
is_action(hibernate) -> true;
is_action(infinity) -> true;
is_action(T) -> is_integer(T) andalso T >= 0.

%% ---- The loop ----

%% What a callback asked for besides its new state.
act(Srv, State, {continue, Term}, Debug) -> after_info(try_call(Srv, handle_continue, Term, State), {continue, Term}, Srv, State, Debug);
act(Srv, State, hibernate, Debug) -> proc_lib:hibernate(gen_server, wake_hib, [{Srv, State}, Debug]);
act(Srv, State, Timeout, Debug) -> loop(Srv, State, Timeout, Debug).

wake_hib({Srv, State}, Debug) ->
    receive
        Msg -> decode(Msg, Srv, State, hibernate, Debug, true)
    end.

%% The idle time-out of `hibernate_after` applies only where the callback set no time-out of its own.
loop(#srv{hibernate_after = Idle} = Srv, State, infinity, Debug) when Idle =/= infinity ->
    receive
        Msg -> decode(Msg, Srv, State, infinity, Debug, false)
    after Idle -> act(Srv, State, hibernate, Debug)
    end;
loop(Srv, State, Timeout, Debug) ->
    receive
        Msg -> decode(Msg, Srv, State, Timeout, Debug, false)
    after Timeout -> decode(timeout, Srv, State, Timeout, Debug, false)
    end.

decode({system, From, Msg}, #srv{parent = Parent} = Srv, State, Timeout, Debug, Hib) ->
    sys:handle_system_msg(Msg, From, Parent, gen_server, Debug, [Srv, State, Timeout], Hib);
decode({'EXIT', Parent, Reason}, #srv{parent = Parent} = Srv, State, _, Debug, _) ->
    terminate(exit, Reason, [], {'EXIT', Parent, Reason}, undefined, Srv, State, Debug);
decode(Msg, Srv, State, _, [], _) -> dispatch(Msg, Srv, State, []);
decode(Msg, Srv, State, _, Debug, _) ->
    dispatch(Msg, Srv, State, sys:handle_debug(Debug, fun print_event/3, Srv#srv.name, {in, Msg})).

dispatch({'$gen_call', From, Request} = Msg, #srv{mod = Mod} = Srv, State, Debug) ->
    Result = try {ok, Mod:handle_call(Request, From, State)}
        catch
            throw:R -> {ok, R};
            Class:R:Stack -> {'EXIT', Class, R, Stack}
        end,
    case Result of
        {ok, {reply, Reply, State1}} ->
            gen:reply(From, Reply),
            loop(Srv, State1, infinity, replied(Reply, From, State1, Srv, Debug));
        {ok, {reply, Reply, State1, Action}} ->
            gen:reply(From, Reply),
            acted(Srv, State1, Action, replied(Reply, From, State1, Srv, Debug), Msg, element(2, Result));
        {ok, {stop, Reason, Reply, State1}} ->
            try terminate(exit, Reason, [], Msg, From, Srv, State1, Debug)
            after gen:reply(From, Reply)
            end;
        _ -> after_info(Result, Msg, Srv, State, Debug)
    end;
dispatch({'$gen_cast', Request} = Msg, Srv, State, Debug) ->
    after_info(try_call(Srv, handle_cast, Request, State), Msg, Srv, State, Debug);
dispatch(Msg, #srv{mod = Mod} = Srv, State, Debug) ->
    case try_call(Srv, handle_info, Msg, State) of
        {'EXIT', error, undef, [{Mod, handle_info, [_, _], _} | _]} = Undef ->
            case erlang:function_exported(Mod, handle_info, 2) of
                true -> after_info(Undef, Msg, Srv, State, Debug);
                false ->
                    warn_unhandled(Msg, Srv),
                    loop(Srv, State, infinity, noted(State, Srv, Debug))
            end;
        Result -> after_info(Result, Msg, Srv, State, Debug)
    end.

try_call(#srv{mod = Mod}, F, Arg, State) ->
    try {ok, Mod:F(Arg, State)}
    catch
        throw:R -> {ok, R};
        Class:R:Stack -> {'EXIT', Class, R, Stack}
    end.

after_info({ok, {noreply, State}}, _, Srv, _, []) -> loop(Srv, State, infinity, []);
after_info({ok, {noreply, State}}, _, Srv, _, Debug) -> loop(Srv, State, infinity, noted(State, Srv, Debug));
after_info({ok, {noreply, State, Action} = Ret}, Msg, Srv, _, Debug) ->
    acted(Srv, State, Action, noted(State, Srv, Debug), Msg, Ret);
after_info({ok, {stop, Reason, State}}, Msg, Srv, _, Debug) ->
    terminate(exit, Reason, [], Msg, client(Msg), Srv, State, Debug);
after_info({ok, Other}, Msg, Srv, State, Debug) ->
    terminate(exit, {bad_return_value, Other}, [], Msg, client(Msg), Srv, State, Debug);
after_info({'EXIT', Class, Reason, Stack}, Msg, Srv, State, Debug) ->
    terminate(Class, Reason, Stack, Msg, client(Msg), Srv, State, Debug).

acted(Srv, State, Action, Debug, Msg, Ret) ->
    case is_action(Action) of
        true -> act(Srv, State, Action, Debug);
        false -> terminate(exit, {bad_return_value, Ret}, [], Msg, client(Msg), Srv, State, Debug)
    end.

replied(_, _, _, _, []) -> [];
replied(Reply, From, State, Srv, Debug) ->
    sys:handle_debug(Debug, fun print_event/3, Srv#srv.name, {out, Reply, From, State}).

noted(_, _, []) -> [];
noted(State, Srv, Debug) -> sys:handle_debug(Debug, fun print_event/3, Srv#srv.name, {noreply, State}).

client({'$gen_call', From, _}) -> From;
client(_) -> undefined.

%% ---- The end ----

terminate(Class, Reason, Stack, Msg, From, #srv{mod = Mod} = Srv, State, Debug) ->
    Full = case Class of
        error -> {Reason, Stack};
        _ -> Reason
    end,
    case erlang:function_exported(Mod, terminate, 2) of
        true ->
            try Mod:terminate(Full, State) of
                _ -> ok
            catch
                throw:_ -> ok;
                Class2:Reason2:Stack2 ->
                    report(Class2, Reason2, Stack2, Msg, From, Srv, State, Debug),
                    erlang:raise(Class2, Reason2, Stack2)
            end;
        false -> ok
    end,
    case Class =:= exit andalso (Reason =:= normal orelse Reason =:= shutdown orelse
                                 (is_tuple(Reason) andalso tuple_size(Reason) =:= 2 andalso
                                  element(1, Reason) =:= shutdown)) of
        true -> ok;
        false -> report(Class, Reason, Stack, Msg, From, Srv, State, Debug)
    end,
    case Stack of
        [] -> exit(Reason);
        _ -> erlang:raise(Class, Reason, Stack)
    end.

report(Class, Reason, Stack, Msg, From, #srv{mod = Mod, name = Name}, State, Debug) ->
    Full = case Class of
        error -> {Reason, Stack};
        _ -> Reason
    end,
    Log = sys:get_log(Debug),
    Status = gen:format_status(Mod, terminate,
                               #{reason => Full, state => State, message => Msg, log => Log}, [get(), State]),
    Shown = case Status of
        #{'EXIT' := Why} -> Why;
        #{'$status' := S} -> S;
        #{state := S} -> S
    end,
    logger:log(error,
               #{label => {gen_server, terminate}, name => Name,
                 last_message => maps:get(message, Status, Msg), state => Shown, log => maps:get(log, Status, Log),
                 reason => maps:get(reason, Status, Full), client_info => client_info(From), process_label => get('$process_label')},
               #{domain => [otp], report_cb => fun gen_server:format_log/2,
                 error_logger => #{tag => error, report_cb => fun gen_server:format_log/1}}).

client_info(undefined) -> undefined;
client_info({Pid, _}) when is_pid(Pid), node(Pid) =/= node() -> {Pid, remote};
client_info({Pid, _}) when is_pid(Pid) ->
    case process_info(Pid, [current_stacktrace, registered_name]) of
        undefined -> {Pid, dead};
        [{current_stacktrace, Stack}, {registered_name, []}] -> {Pid, {Pid, Stack}};
        [{current_stacktrace, Stack}, {registered_name, Name}] -> {Pid, {Name, Stack}}
    end;
client_info(_) -> undefined.

warn_unhandled(Msg, #srv{mod = Mod, name = Name}) ->
    logger:log(warning, #{label => {gen_server, no_handle_info}, module => Mod, message => Msg, name => Name},
               #{domain => [otp], report_cb => fun gen_server:format_log/2,
                 error_logger => #{tag => warning_msg, report_cb => fun gen_server:format_log/1}}).

%% ---- Reports as text ----

format_log(Report) -> gen:flatten_text(text(Report)).

format_log(Report, Opts) -> gen:render_text(text(Report), Opts).

%% A list of {Format, Args}, where ~p stands for a term to be printed under the formatter's limits.
text(#{label := {gen_server, terminate}, name := Name, last_message := Msg, state := State, log := Log,
       reason := Reason, client_info := Client}) ->
    [{"** Generic server ~p terminating \n", [Name]},
     {"** Last message in was ~p\n", [shown_message(Msg)]},
     {"** When Server state == ~p\n", [State]},
     {"** Reason for termination ==\n** ~p\n", [gen:shown_reason(Reason)]}] ++
        [{"** Log ==\n**~p\n", [Log]} || Log =/= []] ++ gen:client_text(Client);
text(#{label := {gen_server, no_handle_info}, module := Mod, message := Msg}) ->
    [{"** Undefined handle_info in ~p\n", [Mod]}, {"** Unhandled message: ~p\n", [Msg]}].

shown_message({'$gen_call', _, Request}) -> Request;
shown_message(Msg) -> Msg.

print_event(Device, {in, Msg}, Name) ->
    case Msg of
        {'$gen_call', {From, _}, Call} ->
            io:format(Device, "*DBG* ~tp got call ~tp from ~tw~n", [Name, Call, From]);
        {'$gen_cast', Cast} -> io:format(Device, "*DBG* ~tp got cast ~tp~n", [Name, Cast]);
        _ -> io:format(Device, "*DBG* ~tp got ~tp~n", [Name, Msg])
    end;
print_event(Device, {out, Msg, {To, _}, State}, Name) ->
    io:format(Device, "*DBG* ~tp sent ~tp to ~tw, new state ~tp~n", [Name, Msg, To, State]);
print_event(Device, {noreply, State}, Name) ->
    io:format(Device, "*DBG* ~tp new state ~tp~n", [Name, State]);
print_event(Device, Event, Name) -> io:format(Device, "*DBG* ~tp dbg  ~tp~n", [Name, Event]).

%% ---- System messages ----

system_continue(Parent, Debug, [Srv, State, Timeout]) -> act(Srv#srv{parent = Parent}, State, Timeout, Debug).

system_terminate(Reason, Parent, Debug, [Srv, State, _]) ->
    terminate(exit, Reason, [], [], undefined, Srv#srv{parent = Parent}, State, Debug).

system_code_change([#srv{mod = Mod} = Srv, State, Timeout], _, OldVsn, Extra) ->
    case Mod:code_change(OldVsn, State, Extra) of
        {ok, State1} -> {ok, [Srv, State1, Timeout]};
        Other -> Other
    end.

system_get_state([_, State, _]) -> {ok, State}.

system_replace_state(F, [Srv, State, Timeout]) ->
    State1 = F(State),
    {ok, State1, [Srv, State1, Timeout]}.

format_status(Opt, [Dict, Sys, Parent, Debug, [#srv{name = Name, mod = Mod}, State, _]]) ->
    Log = sys:get_log(Debug),
    Status = gen:format_status(Mod, Opt, #{state => State, log => Log}, [Dict, State]),
    Own = case Status of
        #{'EXIT' := Why} -> [{data, [{"State", Why}]}];
        #{'$status' := L} when is_list(L) -> L;
        #{'$status' := S} -> [S];
        #{state := S} -> [{data, [{"State", S}]}]
    end,
    [{header, gen:format_status_header("Status for generic server", Name)},
     {data, [{"Status", Sys}, {"Parent", Parent}, {"Logged events", maps:get(log, Status, Log)}]} | Own].
