%% Names and locks of all nodes, which is this one. One process keeps both; it watches who holds what.
-module(global).
-behaviour(gen_server).

-export([start/0, start_link/0, stop/0, register_name/2, register_name/3, re_register_name/2, re_register_name/3,
         unregister_name/1, whereis_name/1, registered_names/0, send/2, set_lock/1, set_lock/2, set_lock/3, del_lock/1,
         del_lock/2, trans/2, trans/3, trans/4, sync/0, sync/1, info/0, disconnect/0, random_exit_name/3,
         random_notify_name/3, notify_all_name/3]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2]).

-define(NAMES, global_names).
-define(SERVER, global_name_server).

start() -> gen_server:start({local, ?SERVER}, ?MODULE, [], []).
start_link() -> gen_server:start_link({local, ?SERVER}, ?MODULE, [], []).
stop() -> gen_server:call(?SERVER, stop, infinity).

%% Started when first needed: most programs never do.
ask(Question) ->
    case whereis(?SERVER) of
        undefined -> _ = start();
        _ -> ok
    end,
    gen_server:call(?SERVER, Question, infinity).

%% ---- Names ----

register_name(Name, Pid) -> register_name(Name, Pid, fun random_exit_name/3).

register_name(Name, Pid, Method) when is_pid(Pid) ->
    is_function(Method, 3) orelse is_tuple(Method) orelse erlang:error(badarg, [Name, Pid, Method]),
    ask({register, Name, Pid}).

re_register_name(Name, Pid) -> re_register_name(Name, Pid, fun random_exit_name/3).

re_register_name(Name, Pid, _) when is_pid(Pid) -> ask({re_register, Name, Pid}).

unregister_name(Name) ->
    case whereis_name(Name) of
        undefined -> ok;
        _ -> ask({unregister, Name})
    end.

whereis_name(Name) ->
    try ets:lookup(?NAMES, Name) of
        [{_, Pid, _}] ->
            case is_process_alive(Pid) of
                true -> Pid;
                false -> undefined
            end;
        [] -> undefined
    catch
        error:badarg -> undefined
    end.

registered_names() ->
    try ets:select(?NAMES, [{{'$1', '_', '_'}, [], ['$1']}]) catch error:badarg -> [] end.

send(Name, Message) ->
    case whereis_name(Name) of
        Pid when is_pid(Pid) -> Pid ! Message, Pid;
        undefined -> exit({badarg, {Name, Message}})
    end.

%% What to do when two nodes have the same name; they never do here.
random_exit_name(Name, Pid, Pid2) ->
    {Less, More} = {min(Pid, Pid2), max(Pid, Pid2)},
    exit(More, kill),
    _ = Name,
    Less.

random_notify_name(Name, Pid, Pid2) ->
    {Less, More} = {min(Pid, Pid2), max(Pid, Pid2)},
    More ! {global_name_conflict, Name},
    Less.

notify_all_name(Name, Pid, Pid2) ->
    Pid ! {global_name_conflict, Name, Pid2},
    Pid2 ! {global_name_conflict, Name, Pid},
    none.

%% ---- Locks ----

set_lock(Id) -> set_lock(Id, [node()], infinity).
set_lock(Id, Nodes) -> set_lock(Id, Nodes, infinity).

set_lock({_, _} = Id, Nodes, Retries) when is_list(Nodes), (Retries =:= infinity orelse (is_integer(Retries) andalso Retries >= 0)) ->
    set_lock(Id, Retries, 1, lists:member(node(), Nodes)).

set_lock(_, _, _, false) -> true;
set_lock(Id, Retries, Try, true) ->
    case ask({lock, Id, self()}) of
        true -> true;
        false when Try > Retries -> false;
        false ->
            timer:sleep(min(Try * 10, 1000)),
            set_lock(Id, Retries, Try + 1, true)
    end.

del_lock(Id) -> del_lock(Id, [node()]).

del_lock({_, _} = Id, Nodes) when is_list(Nodes) ->
    lists:member(node(), Nodes) andalso ask({unlock, Id, self()}),
    true.

trans(Id, Fun) -> trans(Id, Fun, [node()], infinity).
trans(Id, Fun, Nodes) -> trans(Id, Fun, Nodes, infinity).

trans(Id, Fun, Nodes, Retries) ->
    case set_lock(Id, Nodes, Retries) of
        true -> try Fun() after del_lock(Id, Nodes) end;
        false -> aborted
    end.

sync() -> ok.
sync(_) -> ok.
disconnect() -> [].

info() -> ask(info).

%% ---- The server: names in a table with {Name, Pid, Monitor}, locks as #{Resource => {Requester, [{Pid, Monitor}]}} ----

init([]) ->
    _ = ets:new(?NAMES, [set, named_table, protected, {read_concurrency, true}]),
    {ok, #{}}.

handle_call({register, Name, Pid}, _, Locks) ->
    case ets:lookup(?NAMES, Name) of
        [{_, Old, _}] ->
            case is_process_alive(Old) of
                true -> {reply, no, Locks};
                false -> forget(Name), {reply, name(Name, Pid), Locks}
            end;
        [] -> {reply, name(Name, Pid), Locks}
    end;
handle_call({re_register, Name, Pid}, _, Locks) ->
    forget(Name),
    {reply, put_name(Name, Pid), Locks};
handle_call({unregister, Name}, _, Locks) ->
    forget(Name),
    {reply, ok, Locks};
handle_call({lock, {Resource, Requester}, Pid}, _, Locks) ->
    case Locks of
        #{Resource := {Requester, Holders}} ->
            {reply, true, Locks#{Resource := {Requester, [{Pid, monitor(process, Pid)} | Holders]}}};
        #{Resource := _} -> {reply, false, Locks};
        #{} -> {reply, true, Locks#{Resource => {Requester, [{Pid, monitor(process, Pid)}]}}}
    end;
handle_call({unlock, {Resource, Requester}, Pid}, _, Locks) ->
    case Locks of
        #{Resource := {Requester, Holders}} -> {reply, true, without(Pid, Resource, Requester, Holders, Locks)};
        #{} -> {reply, true, Locks}
    end;
handle_call(info, _, Locks) -> {reply, {state, ets:tab2list(?NAMES), Locks}, Locks};
handle_call(stop, _, Locks) -> {stop, normal, stopped, Locks};
handle_call(_, _, Locks) -> {noreply, Locks}.

handle_cast(_, Locks) -> {noreply, Locks}.

handle_info({'DOWN', Monitor, process, Pid, _}, Locks) ->
    ets:match_delete(?NAMES, {'_', '_', Monitor}),
    {noreply, maps:fold(fun(R, {Requester, Holders}, Acc) ->
        case lists:keydelete(Monitor, 2, Holders) of
            [] -> maps:remove(R, Acc);
            Left -> Acc#{R := {Requester, Left}}
        end
    end, Locks, maps:filter(fun(_, {_, Holders}) -> lists:keymember(Pid, 1, Holders) end, Locks))};
handle_info(_, Locks) -> {noreply, Locks}.

%% A process has one name, unless the application's environment allows more.
name(Name, Pid) ->
    Others = ets:select(?NAMES, [{{'$1', Pid, '_'}, [], ['$1']}]),
    case Others =:= [] orelse application:get_env(kernel, global_multi_name_action) =:= {ok, allow} of
        true -> put_name(Name, Pid);
        false ->
            error_logger:error_msg("global: ~w registered under several names: ~tw~n", [Pid, [Name | Others]]),
            no
    end.

put_name(Name, Pid) ->
    ets:insert(?NAMES, {Name, Pid, monitor(process, Pid)}),
    yes.

forget(Name) ->
    [demonitor(M, [flush]) || {_, _, M} <- ets:take(?NAMES, Name)],
    ok.

without(Pid, Resource, Requester, Holders, Locks) ->
    {Own, Others} = lists:partition(fun({Holder, _}) -> Holder =:= Pid end, Holders),
    lists:foreach(fun({_, Monitor}) -> demonitor(Monitor, [flush]) end, Own),
    case Others of
        [] -> maps:remove(Resource, Locks);
        _ -> Locks#{Resource := {Requester, Others}}
    end.
