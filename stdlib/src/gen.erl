%% What the behaviours share: starting a named process, calls with a time-out, replies, stopping, sets of requests.
-module(gen).

-export([start/5, start/6, call/3, call/4, reply/2, stop/1, stop/3, init_it/6, init_it/7, debug_options/2,
         hibernate_after/1, name/1, unregister_name/1, get_parent/0, get_proc_name/1, format_status_header/2,
         format_status/4, old_code/1, flatten_text/1, render_text/2, shown_reason/1, client_text/1, send_request/3, send_request/5, receive_response/2, receive_response/3,
         wait_response/2, wait_response/3, check_response/2, check_response/3, reqids_new/0, reqids_size/1,
         reqids_add/3, reqids_to_list/1, bad_request/2]).

%% ---- Start ----

start(Behaviour, How, Name, Mod, Args, Opts) ->
    case where(Name) of
        undefined -> start(Behaviour, How, Mod, Args, Opts, name, Name);
        Pid -> {error, {already_started, Pid}}
    end.

start(Behaviour, How, Mod, Args, Opts) -> start(Behaviour, How, Mod, Args, Opts, noname, none).

start(Behaviour, How, Mod, Args, Opts, Named, Name) ->
    Timeout = option(timeout, Opts, infinity),
    Spawn = option(spawn_opt, Opts, []),
    Parent = case How of
        link -> self();
        _ -> self
    end,
    A = case Named of
        name -> [Behaviour, self(), Parent, Name, Mod, Args, Opts];
        noname -> [Behaviour, self(), Parent, Mod, Args, Opts]
    end,
    case How of
        link -> proc_lib:start_link(gen, init_it, A, Timeout, Spawn);
        nolink -> proc_lib:start(gen, init_it, A, Timeout, Spawn);
        monitor -> monitored(proc_lib:start_monitor(gen, init_it, A, Timeout, Spawn))
    end.

monitored({{ok, Pid}, Mon}) -> {ok, {Pid, Mon}};
monitored({Other, Mon}) ->
    erlang:demonitor(Mon, [flush]),
    Other.

option(Key, Opts, Default) ->
    case lists:keyfind(Key, 1, Opts) of
        {_, V} -> V;
        false -> Default
    end.

init_it(Behaviour, Starter, Parent, Mod, Args, Opts) ->
    Behaviour:init_it(Starter, Parent, self(), Mod, Args, Opts).

init_it(Behaviour, Starter, Parent, Name, Mod, Args, Opts) ->
    case register_name(Name) of
        true -> Behaviour:init_it(Starter, Parent, Name, Mod, Args, Opts);
        {false, Pid} -> proc_lib:init_ack(Starter, {error, {already_started, Pid}})
    end.

where({local, Name}) -> whereis(Name);
where({global, Name}) -> global:whereis_name(Name);
where({via, Mod, Name}) -> Mod:whereis_name(Name).

register_name({local, Name} = N) ->
    try register(Name, self())
    catch error:_ -> {false, where(N)}
    end;
register_name({global, Name} = N) ->
    case global:register_name(Name, self()) of
        yes -> true;
        no -> {false, where(N)}
    end;
register_name({via, Mod, Name} = N) ->
    case Mod:register_name(Name, self()) of
        yes -> true;
        no -> {false, where(N)}
    end.

unregister_name({local, Name}) ->
    try unregister(Name) of
        true -> ok
    catch error:_ -> ok
    end;
unregister_name({global, Name}) ->
    _ = global:unregister_name(Name),
    ok;
unregister_name({via, Mod, Name}) ->
    _ = Mod:unregister_name(Name),
    ok;
unregister_name(Pid) when is_pid(Pid) -> ok.

%% What the process calls itself in reports.
name({local, Name}) -> Name;
name({global, Name}) -> Name;
name({via, _, Name}) -> Name;
name(Pid) when is_pid(Pid) -> Pid.

%% For the metadata of a report: the frames of the stack trace that were not of current code.
old_code(Stack) ->
    case erts_internal:old_frames(Stack) of
        [] -> #{};
        Frames -> #{old_code => Frames}
    end.

%% For enter_loop: who started this process, and whether it really has the name it is given.
get_parent() ->
    case get('$ancestors') of
        [P | _] when is_pid(P) -> P;
        [P | _] when is_atom(P) ->
            case whereis(P) of
                undefined -> exit(could_not_find_registered_name);
                Pid -> Pid
            end;
        _ -> exit(process_was_not_started_by_proc_lib)
    end.

get_proc_name(Pid) when is_pid(Pid) -> Pid;
get_proc_name({local, Name}) ->
    case process_info(self(), registered_name) of
        {registered_name, Name} -> Name;
        {registered_name, _} -> exit(process_not_registered);
        [] -> exit(process_not_registered)
    end;
get_proc_name({global, Name}) ->
    case global:whereis_name(Name) of
        undefined -> exit(process_not_registered_globally);
        Pid when Pid =:= self() -> Name;
        _ -> exit(process_not_registered_globally)
    end;
get_proc_name({via, Mod, Name}) ->
    case Mod:whereis_name(Name) of
        undefined -> exit({process_not_registered_via, Mod});
        Pid when Pid =:= self() -> Name;
        _ -> exit({process_not_registered_via, Mod})
    end.

debug_options(Name, Opts) ->
    case option(debug, Opts, []) of
        [] -> [];
        Debug ->
            try sys:debug_options(Debug)
            catch _:_ ->
                error_logger:format("~tp: ignoring erroneous debug options - ~tp~n", [Name, Debug]),
                []
            end
    end.

hibernate_after(Opts) -> option(hibernate_after, Opts, infinity).

%% ---- Calls ----

call(Process, Label, Request) -> call(Process, Label, Request, 5000).

call(Pid, Label, Request, Timeout) when is_pid(Pid), Timeout =:= infinity ->
    call_1(Pid, Label, Request, Timeout);
call(Pid, Label, Request, Timeout) when is_pid(Pid), is_integer(Timeout), Timeout >= 0 ->
    call_1(Pid, Label, Request, Timeout);
call(Process, Label, Request, Timeout) when Timeout =:= infinity; is_integer(Timeout), Timeout >= 0 ->
    case resolve(Process) of
        undefined -> exit(noproc);
        Dest -> call_1(Dest, Label, Request, Timeout)
    end.

resolve(Name) when is_atom(Name) -> whereis(Name);
resolve({Name, Node}) when is_atom(Name), Node =:= node() -> whereis(Name);
resolve({global, Name}) -> global:whereis_name(Name);
resolve({via, Mod, Name}) when is_atom(Mod) -> Mod:whereis_name(Name);
resolve({Name, Node} = Dest) when is_atom(Name), is_atom(Node) -> Dest;
resolve(Pid) when is_pid(Pid) -> Pid.

%% The monitor is also the alias that the reply is sent to: after a time-out a late reply is dropped by the runtime. Who waits without end gets
%% no late reply, and the plain monitor is the tag of the request; programs take it for a reference.
call_1(Pid, _, _, _) when Pid =:= self() -> exit(calling_self);
call_1(Dest, Label, Request, infinity) ->
    Mon = erlang:monitor(process, Dest),
    erlang:send(Dest, {Label, {self(), Mon}, Request}, [noconnect]),
    receive
        {Mon, Reply} ->
            erlang:demonitor(Mon, [flush]),
            {ok, Reply};
        {'DOWN', Mon, _, _, noconnection} -> exit({nodedown, node_of(Dest)});
        {'DOWN', Mon, _, _, Reason} -> exit(Reason)
    end;
call_1(Dest, Label, Request, Timeout) ->
    Mon = erlang:monitor(process, Dest, [{alias, demonitor}]),
    erlang:send(Dest, {Label, {self(), [alias | Mon]}, Request}, [noconnect]),
    receive
        {[alias | Mon], Reply} ->
            erlang:demonitor(Mon, [flush]),
            {ok, Reply};
        {'DOWN', Mon, _, _, noconnection} -> exit({nodedown, node_of(Dest)});
        {'DOWN', Mon, _, _, Reason} -> exit(Reason)
    after Timeout ->
        erlang:demonitor(Mon, [flush]),
        receive
            {[alias | Mon], Reply} -> {ok, Reply}
        after 0 -> exit(timeout)
        end
    end.

node_of(Pid) when is_pid(Pid) -> node(Pid);
node_of({_, Node}) -> Node.

reply({_, [alias | Alias] = Tag}, Reply) when is_reference(Alias) ->
    Alias ! {Tag, Reply},
    ok;
reply({_, [[alias | Alias] | _] = Tag}, Reply) when is_reference(Alias) ->
    Alias ! {Tag, Reply},
    ok;
reply({To, Tag}, Reply) ->
    try To ! {Tag, Reply} of
        _ -> ok
    catch _:_ -> ok
    end.

stop(Process) -> stop(Process, normal, infinity).

stop(Process, Reason, Timeout) when Timeout =:= infinity; is_integer(Timeout), Timeout >= 0 ->
    case resolve(Process) of
        undefined -> exit(noproc);
        Dest -> proc_lib:stop(Dest, Reason, Timeout)
    end.

%% ---- Requests whose answer is fetched later ----
%% A request is its monitor reference behind a tag; a collection is a map from references to {Request, Label}.

send_request(Process, Tag, Request) ->
    try resolve(Process) of
        undefined -> dead_request(Process);
        Dest -> send_to(Dest, Tag, Request)
    catch _:_ -> dead_request(Process)
    end.

send_request(Process, Tag, Request, Label, Reqs) when is_map(Reqs) ->
    reqids_add(send_request(Process, Tag, Request), Label, Reqs).

send_to(Dest, Tag, Request) ->
    Mon = erlang:monitor(process, Dest, [{alias, demonitor}]),
    _ = erlang:send(Dest, {Tag, {self(), [alias | Mon]}, Request}, [noconnect]),
    [Dest | Mon].

%% Answers as a process that is gone would.
dead_request(Process) ->
    Ref = make_ref(),
    self() ! {'DOWN', Ref, process, Process, noproc},
    [Process | Ref].

receive_response([_ | _] = Req, Timeout) -> response(Req, deadline(Timeout), true).

wait_response([_ | _] = Req, Timeout) -> response(Req, deadline(Timeout), false).

response([Dest | Mon], Deadline, Abandon) ->
    receive
        {[alias | Mon], Reply} ->
            erlang:demonitor(Mon, [flush]),
            {reply, Reply};
        {'DOWN', Mon, _, _, Reason} -> {error, {Reason, Dest}}
    after left(Deadline) ->
        Abandon andalso erlang:demonitor(Mon, [flush]),
        timeout
    end.

check_response({[alias | Mon], Reply}, [_ | Mon]) ->
    erlang:demonitor(Mon, [flush]),
    {reply, Reply};
check_response({'DOWN', Mon, _, _, Reason}, [Dest | Mon]) -> {error, {Reason, Dest}};
check_response(_, [_ | _]) -> no_reply.

receive_response(Reqs, Timeout, Delete) when is_map(Reqs), is_boolean(Delete) ->
    case wait_response(Reqs, Timeout, Delete) of
        timeout ->
            _ = [erlang:demonitor(Mon, [flush]) || Mon <- maps:keys(Reqs)],
            timeout;
        Other -> Other
    end.

wait_response(Reqs, _, Delete) when map_size(Reqs) =:= 0, is_boolean(Delete) -> no_request;
wait_response(Reqs, Timeout, Delete) when is_map(Reqs), is_boolean(Delete) -> any_response(Reqs, deadline(Timeout), Delete).

any_response(Reqs, Deadline, Delete) ->
    receive
        {[alias | Mon], Reply} when is_map_key(Mon, Reqs) ->
            erlang:demonitor(Mon, [flush]),
            taken({reply, Reply}, Mon, Reqs, Delete);
        {'DOWN', Mon, _, _, Reason} when is_map_key(Mon, Reqs) ->
            {[Dest | _], _} = map_get(Mon, Reqs),
            taken({error, {Reason, Dest}}, Mon, Reqs, Delete)
    after left(Deadline) -> timeout
    end.

check_response(_, Reqs, Delete) when map_size(Reqs) =:= 0, is_boolean(Delete) -> no_request;
check_response({[alias | Mon], Reply}, Reqs, Delete) when is_map_key(Mon, Reqs), is_boolean(Delete) ->
    erlang:demonitor(Mon, [flush]),
    taken({reply, Reply}, Mon, Reqs, Delete);
check_response({'DOWN', Mon, _, _, Reason}, Reqs, Delete) when is_map_key(Mon, Reqs), is_boolean(Delete) ->
    {[Dest | _], _} = map_get(Mon, Reqs),
    taken({error, {Reason, Dest}}, Mon, Reqs, Delete);
check_response(_, Reqs, Delete) when is_map(Reqs), is_boolean(Delete) -> no_reply.

taken(Result, Mon, Reqs, Delete) ->
    {_, Label} = map_get(Mon, Reqs),
    Left = case Delete of
        true -> maps:remove(Mon, Reqs);
        false -> Reqs
    end,
    {Result, Label, Left}.

reqids_new() -> #{}.
reqids_size(Reqs) when is_map(Reqs) -> map_size(Reqs).
reqids_add([_ | Mon] = Req, Label, Reqs) when is_reference(Mon), not is_map_key(Mon, Reqs) ->
    Reqs#{Mon => {Req, Label}}.
reqids_to_list(Reqs) when is_map(Reqs) -> maps:values(Reqs).

%% What is no request, or no collection of them, is a bad argument of the behaviour's function.
bad_request(F, Args) ->
    try F()
    catch error:function_clause -> error(badarg, Args)
    end.

deadline(infinity) -> infinity;
deadline({abs, T}) -> T;
deadline(T) when is_integer(T), T >= 0 -> erlang:monotonic_time(millisecond) + T.

left(infinity) -> infinity;
left(Deadline) -> max(0, Deadline - erlang:monotonic_time(millisecond)).

%% ---- Status ----

format_status_header(Title, Pid) when is_pid(Pid) -> lists:concat([Title, " ", pid_to_list(Pid)]);
format_status_header(Title, Name) when is_atom(Name) -> lists:concat([Title, " ", Name]);
format_status_header(Title, Name) -> {Title, Name}.

%% Lets the callback hide parts of its state; a failing callback is replaced by saying so.
format_status(Mod, Opt, Status, Old) ->
    case erlang:function_exported(Mod, format_status, 1) of
        true ->
            try Mod:format_status(Status) of
                #{} = New -> New;
                _ -> Status#{'EXIT' => atom_to_list(Mod) ++ ":format_status/1 returned a bad value"}
            catch
                throw:#{} = New -> New;
                _:_ -> Status#{'EXIT' => atom_to_list(Mod) ++ ":format_status/1 crashed"}
            end;
        false ->
            case erlang:function_exported(Mod, format_status, 2) of
                true ->
                    try Mod:format_status(Opt, Old) of
                        Result -> Status#{'$status' => Result}
                    catch
                        throw:Result -> Status#{'$status' => Result};
                        _:_ -> Status#{'EXIT' => atom_to_list(Mod) ++ ":format_status/2 crashed"}
                    end;
                false -> Status
            end
    end.

%% ---- Reports ----
%% Behaviours describe a report as a list of {Format, Args}, with ~p wherever a term is printed.

flatten_text(Parts) ->
    {lists:flatten([widen(F, "~tp") || {F, _} <- Parts]), lists:append([A || {_, A} <- Parts])}.

render_text(Parts, Opts) ->
    T = case maps:get(encoding, Opts, unicode) of
        latin1 -> "";
        _ -> "t"
    end,
    Width = case maps:get(single_line, Opts, false) of
        true -> "0";
        false -> ""
    end,
    {Code, Extra} = case maps:get(depth, Opts, unlimited) of
        unlimited -> {"~" ++ Width ++ T ++ "p", []};
        Depth -> {"~" ++ Width ++ T ++ "P", [Depth]}
    end,
    Text = io_lib:format(lists:flatten([widen(F, Code) || {F, _} <- Parts]),
                         [X || {_, A} <- Parts, Arg <- A, X <- [Arg | Extra]]),
    case maps:get(chars_limit, Opts, unlimited) of
        N when is_integer(N), N > 0 -> string:slice(Text, 0, N);
        _ -> Text
    end.

widen([$~, $p | F], Code) -> [Code | widen(F, Code)];
widen([C | F], Code) -> [C | widen(F, Code)];
widen([], _) -> [].

%% An undefined function's module is either missing or lacks the function; say which.
shown_reason({undef, [{M, F, A, _} | _] = Stack} = Reason) when is_atom(M), is_atom(F), is_list(A) ->
    case code:is_loaded(M) of
        false -> {'module could not be loaded', Stack};
        _ ->
            case erlang:function_exported(M, F, length(A)) of
                true -> Reason;
                false -> {'function not exported', Stack}
            end
    end;
shown_reason(Reason) -> Reason.

client_text(undefined) -> [];
client_text({From, dead}) -> [{"** Client ~p is dead\n", [From]}];
client_text({From, remote}) -> [{"** Client ~p is remote on node ~p\n", [From, node(From)]}];
client_text({_, {Name, Stack}}) -> [{"** Client ~p stacktrace\n** ~p\n", [Name, Stack]}].
