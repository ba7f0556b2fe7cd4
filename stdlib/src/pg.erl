%% Process groups: named groups within a scope. A scope is a server that watches the members; readers go to its table. With one node
%% all members are local.
-module(pg).
-behaviour(gen_server).

-export([start/1, start_link/0, start_link/1, join/2, join/3, leave/2, leave/3, monitor_scope/0, monitor_scope/1, monitor/1,
         monitor/2, demonitor/1, demonitor/2, get_members/1, get_members/2, get_local_members/1, get_local_members/2,
         which_groups/0, which_groups/1, which_local_groups/0, which_local_groups/1]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2, terminate/2]).

-define(SCOPE, ?MODULE).

start(Scope) when is_atom(Scope) -> gen_server:start({local, Scope}, ?MODULE, [Scope], []).
start_link() -> start_link(?SCOPE).
start_link(Scope) when is_atom(Scope) -> gen_server:start_link({local, Scope}, ?MODULE, [Scope], []).

join(Group, Members) -> join(?SCOPE, Group, Members).

join(Scope, Group, Members) when is_atom(Scope) ->
    ok = ensure_local(Members),
    gen_server:call(Scope, {join_local, Group, Members}, infinity).

leave(Group, Members) -> leave(?SCOPE, Group, Members).

leave(Scope, Group, Members) when is_atom(Scope) ->
    ok = ensure_local(Members),
    gen_server:call(Scope, {leave_local, Group, Members}, infinity).

ensure_local(Pid) when is_pid(Pid), node(Pid) =:= node() -> ok;
ensure_local(Pids) when is_list(Pids) ->
    lists:foreach(fun(Pid) when is_pid(Pid), node(Pid) =:= node() -> ok; (Other) -> erlang:error({nolocal, Other}) end, Pids).

monitor_scope() -> monitor_scope(?SCOPE).
monitor_scope(Scope) when is_atom(Scope) -> gen_server:call(Scope, monitor, infinity).

monitor(Group) -> monitor(?SCOPE, Group).
monitor(Scope, Group) when is_atom(Scope) -> gen_server:call(Scope, {monitor, Group}, infinity).

demonitor(Ref) -> demonitor(?SCOPE, Ref).
demonitor(Scope, Ref) when is_atom(Scope), is_reference(Ref) ->
    case gen_server:call(Scope, {demonitor, Ref}, infinity) of
        ok -> flush(Ref), ok;
        false -> false
    end.

flush(Ref) ->
    receive
        {Ref, Change, _, _} when Change =:= join; Change =:= leave -> flush(Ref)
    after 0 -> ok
    end.

get_members(Group) -> get_members(?SCOPE, Group).
get_members(Scope, Group) ->
    try ets:lookup_element(Scope, Group, 2) catch error:badarg -> [] end.

get_local_members(Group) -> get_members(?SCOPE, Group).
get_local_members(Scope, Group) -> get_members(Scope, Group).

which_groups() -> which_groups(?SCOPE).
which_groups(Scope) when is_atom(Scope) -> [G || [G] <- ets:match(Scope, {'$1', '_'})].

which_local_groups() -> which_groups(?SCOPE).
which_local_groups(Scope) -> which_groups(Scope).

%% ---- The server ----
%% State: {Scope, #{Pid => {Monitor, [Group]}}, #{MonitorRef => {Watcher, all | {group, G}}}}

init([Scope]) ->
    Scope = ets:new(Scope, [set, protected, named_table, {read_concurrency, true}]),
    {ok, {Scope, #{}, #{}}}.

handle_call({join_local, Group, Members}, _, {Scope, Pids, Watchers}) ->
    List = listed(Members),
    Joined = lists:foldl(fun(Pid, Acc) ->
        case Acc of
            #{Pid := {Monitor, Groups}} -> Acc#{Pid := {Monitor, [Group | Groups]}};
            #{} -> Acc#{Pid => {erlang:monitor(process, Pid), [Group]}}
        end
    end, Pids, List),
    List =/= [] andalso ets:insert(Scope, {Group, List ++ get_members(Scope, Group)}),
    notify(Watchers, join, Group, List),
    {reply, ok, {Scope, Joined, Watchers}};
handle_call({leave_local, Group, Members}, _, {Scope, Pids, Watchers}) ->
    {Left, Gone} = lists:foldl(fun(Pid, {Acc, Out}) ->
        case Acc of
            #{Pid := {Monitor, Groups}} ->
                case lists:member(Group, Groups) of
                    true -> {out_of(Pid, Monitor, lists:delete(Group, Groups), Acc), [Pid | Out]};
                    false -> {Acc, Out}
                end;
            #{} -> {Acc, Out}
        end
    end, {Pids, []}, listed(Members)),
    case Gone of
        [] -> {reply, not_joined, {Scope, Left, Watchers}};
        _ ->
            remove(Scope, Group, Gone),
            notify(Watchers, leave, Group, lists:reverse(Gone)),
            {reply, ok, {Scope, Left, Watchers}}
    end;
handle_call(monitor, {Watcher, _}, {Scope, Pids, Watchers}) ->
    Ref = erlang:monitor(process, Watcher),
    {reply, {Ref, maps:from_list(ets:tab2list(Scope))}, {Scope, Pids, Watchers#{Ref => {Watcher, all}}}};
handle_call({monitor, Group}, {Watcher, _}, {Scope, Pids, Watchers}) ->
    Ref = erlang:monitor(process, Watcher),
    {reply, {Ref, get_members(Scope, Group)}, {Scope, Pids, Watchers#{Ref => {Watcher, {group, Group}}}}};
handle_call({demonitor, Ref}, _, {Scope, Pids, Watchers}) ->
    case maps:take(Ref, Watchers) of
        {_, Left} -> erlang:demonitor(Ref, [flush]), {reply, ok, {Scope, Pids, Left}};
        error -> {reply, false, {Scope, Pids, Watchers}}
    end;
handle_call(_, _, State) -> {noreply, State}.

handle_cast(_, State) -> {noreply, State}.

handle_info({'DOWN', Ref, process, Pid, _}, {Scope, Pids, Watchers}) when is_map_key(Ref, Watchers) ->
    _ = Pid,
    {noreply, {Scope, Pids, maps:remove(Ref, Watchers)}};
handle_info({'DOWN', _, process, Pid, _}, {Scope, Pids, Watchers}) ->
    case maps:take(Pid, Pids) of
        {{_, Groups}, Left} ->
            [begin remove(Scope, G, [Pid]), notify(Watchers, leave, G, [Pid]) end || G <- Groups],
            {noreply, {Scope, Left, Watchers}};
        error -> {noreply, {Scope, Pids, Watchers}}
    end;
handle_info(_, State) -> {noreply, State}.

terminate(_, {Scope, _, _}) -> true = ets:delete(Scope).

listed(Pid) when is_pid(Pid) -> [Pid];
listed(Pids) -> Pids.

out_of(Pid, Monitor, [], Pids) ->
    erlang:demonitor(Monitor, [flush]),
    maps:remove(Pid, Pids);
out_of(Pid, Monitor, Groups, Pids) -> Pids#{Pid := {Monitor, Groups}}.

remove(Scope, Group, Gone) ->
    case get_members(Scope, Group) -- Gone of
        [] -> ets:delete(Scope, Group);
        Left -> ets:insert(Scope, {Group, Left})
    end.

notify(_, _, _, []) -> ok;
notify(Watchers, Change, Group, Pids) ->
    maps:foreach(fun(Ref, {Watcher, What}) ->
        (What =:= all orelse What =:= {group, Group}) andalso (Watcher ! {Ref, Change, Group, Pids})
    end, Watchers).
