%% Who gets what: subscriptions in ETS, written by this process alone, read by every publisher in its own process.
%%
%%   mqtt_subscribers   duplicate_bag   {{Mount, Filter}, SubscriberId | {share, Group, SubscriberId}, Pid, #subopts{}, SubscriptionId}
%%   mqtt_trie          wildcard filters, see mqtt_topic
%%   mqtt_shares        {{Key, Group}, N}: whose turn it is
%%   mqtt_retained      {{Mount, Topic}, #msg{}}
-module(mqtt_router).
-behaviour(gen_server).

-export([start_link/0, subscribe/5, unsubscribe/2, forget/1, publish/2, retained/2, retained_count/0]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2]).

-include("mqtt.hrl").

-define(SUBSCRIBERS, mqtt_subscribers).
-define(SHARES, mqtt_shares).
-define(RETAINED, mqtt_retained).

start_link() -> gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).

%% Adds or replaces a subscription of a session; the filter as the client sent it.
-spec subscribe({binary(), binary()}, pid(), binary(), #subopts{}, undefined | pos_integer()) -> new | replaced.
subscribe(Id, Pid, Filter, Options, SubscriptionId) ->
    gen_server:call(?MODULE, {subscribe, Id, Pid, Filter, Options, SubscriptionId}, infinity).

-spec unsubscribe({binary(), binary()}, binary()) -> boolean().
unsubscribe(Id, Filter) -> gen_server:call(?MODULE, {unsubscribe, Id, Filter}, infinity).

%% Removes all subscriptions of a session.
forget(Id) -> gen_server:call(?MODULE, {forget, Id}, infinity).

%% Sends a message to all sessions with a matching subscription; answers how many. Runs in the publisher's process.
-spec publish(binary(), #msg{}) -> non_neg_integer().
publish(Mount, #msg{topic = Topic} = Msg0) ->
    retain(Mount, Msg0),
    Exact = ets:lookup(?SUBSCRIBERS, {Mount, Topic}),
    case mqtt_topic:find(Mount, Topic) of
        [] when Exact =:= [] -> 0;
        [] -> deliver(Exact, with_plain(Msg0), 0);
        Keys ->
            Lists = [Exact | [ets:lookup(?SUBSCRIBERS, K) || K <- Keys]],
            case [L || L <- Lists, L =/= []] of
                [] -> 0;
                [One] -> deliver(One, with_plain(Msg0), 0);
                Many -> deliver(merge(Many), with_plain(Msg0), 0)
            end
    end.

%% What most receivers get is put together once.
with_plain(#msg{expires = infinity} = Msg) ->
    Publish = #publish{topic = Msg#msg.topic, payload = Msg#msg.payload, props = Msg#msg.props},
    Four = iolist_to_binary(mqtt_serialise:packet(Publish, 4)),
    Five = iolist_to_binary(mqtt_serialise:packet(Publish, 5)),
    Msg#msg{plain = #{3 => Four, 4 => Four, 5 => Five}};
with_plain(Msg) -> Msg.

deliver([{Key, {share, Group, _}, _, _, _} | _] = Rows, Msg, N) ->
    {Members, Others} = lists:partition(fun({K, Id, _, _, _}) -> K =:= Key andalso is_member(Group, Id) end, Rows),
    deliver([chosen(Key, Group, Members) | Others], Msg, N);
deliver([{_, Id, _, #subopts{no_local = true}, _} | Rows], #msg{from = Id} = Msg, N) -> deliver(Rows, Msg, N);
deliver([{_, _, Pid, #subopts{qos = QoS, rap = Rap}, SubscriptionId} | Rows], Msg, N) ->
    Pid ! {deliver, Msg, QoS, Rap, SubscriptionId},
    deliver(Rows, Msg, N + 1);
deliver([], _, N) -> N.

is_member(Group, {share, Group, _}) -> true;
is_member(_, _) -> false.

%% Members take turns; those that are connected come first.
chosen(Key, Group, Members) ->
    Online = [M || {_, {share, _, Id}, _, _, _} = M <- Members, mqtt_registry:is_online(Id)],
    Choice = case Online of
        [] -> Members;
        _ -> Online
    end,
    Turn = ets:update_counter(?SHARES, {Key, Group}, 1, {{Key, Group}, 0}),
    {K, {share, _, Id}, Pid, Options, SubscriptionId} = lists:nth(Turn rem length(Choice) + 1, Choice),
    {K, Id, Pid, Options, SubscriptionId}.

%% A session with several matching subscriptions gets the message once, with the highest QoS and all identifiers. Shared
%% subscriptions are deliveries of their own.
merge(Lists) ->
    {Shared, Own} = lists:partition(fun({_, Id, _, _, _}) -> element(1, Id) =:= share end, lists:append(Lists)),
    Merged = lists:foldl(
        fun({_, Id, _, _, _} = Row, Acc) -> maps:update_with(Id, fun(There) -> both(There, Row) end, Row, Acc) end,
        #{},
        Own
    ),
    Shared ++ maps:values(Merged).

both({Key, Id, Pid, #subopts{qos = Q1, rap = R1, no_local = L1} = O, S1}, {_, _, _, #subopts{qos = Q2, rap = R2, no_local = L2}, S2}) ->
    {Key, Id, Pid, O#subopts{qos = max(Q1, Q2), rap = R1 orelse R2, no_local = L1 andalso L2}, ids(S1) ++ ids(S2)}.

ids(undefined) -> [];
ids(Ids) when is_list(Ids) -> Ids;
ids(Id) -> [Id].

%% Retained messages

retain(_, #msg{retain = false}) -> true;
retain(Mount, #msg{topic = Topic, payload = <<>>}) -> ets:delete(?RETAINED, {Mount, Topic});
retain(Mount, #msg{topic = Topic} = Msg) -> ets:insert(?RETAINED, {{Mount, Topic}, Msg}).

%% The retained messages that a new subscription gets.
-spec retained(binary(), binary()) -> [#msg{}].
retained(Mount, Filter) ->
    Found =
        case mqtt_topic:has_wildcard(Filter) of
            false -> [M || {_, M} <- ets:lookup(?RETAINED, {Mount, Filter})];
            true ->
                ets:foldl(
                    fun({{Where, Topic}, M}, Acc) ->
                        case Where =:= Mount andalso mqtt_topic:matches(Topic, Filter) of
                            true -> [M | Acc];
                            false -> Acc
                        end
                    end,
                    [],
                    ?RETAINED
                )
        end,
    Now = erlang:monotonic_time(millisecond),
    [M || M <- Found, M#msg.expires > Now].

retained_count() -> ets:info(?RETAINED, size).

%% The writer. State: {next trie node, subscriptions of each session, how many subscriptions each wildcard key has}

init([]) ->
    mqtt_topic:new_trie(),
    ets:new(?SUBSCRIBERS, [named_table, protected, duplicate_bag, {read_concurrency, true}]),
    ets:new(?SHARES, [named_table, public, set, {write_concurrency, true}]),
    ets:new(?RETAINED, [named_table, public, set, {read_concurrency, true}]),
    {ok, {1, #{}, #{}}}.

handle_call({subscribe, Id, Pid, Given, Options, SubscriptionId}, _, {_, Sessions, _} = State0) ->
    Mine = maps:get(Id, Sessions, #{}),
    {Answer, State1} =
        case Mine of
            #{Given := Old} -> {replaced, drop(Old, State0)};
            #{} -> {new, State0}
        end,
    Row = row(Id, Pid, Given, Options, SubscriptionId),
    ets:insert(?SUBSCRIBERS, Row),
    {Next, Sessions1, Counts} = count(element(1, Row), State1),
    {reply, Answer, {Next, Sessions1#{Id => Mine#{Given => Row}}, Counts}};
handle_call({unsubscribe, Id, Given}, _, {_, Sessions, _} = State) ->
    case Sessions of
        #{Id := #{Given := Row} = Mine} ->
            {Next, Sessions1, Counts} = drop(Row, State),
            {reply, true, {Next, Sessions1#{Id := maps:remove(Given, Mine)}, Counts}};
        #{} -> {reply, false, State}
    end;
handle_call({forget, Id}, _, {_, Sessions, _} = State0) ->
    {Next, _, Counts} = lists:foldl(fun drop/2, State0, maps:values(maps:get(Id, Sessions, #{}))),
    {reply, ok, {Next, maps:remove(Id, Sessions), Counts}}.

handle_cast(_, State) -> {noreply, State}.

handle_info(_, State) -> {noreply, State}.

row({Mount, _} = Id, Pid, Given, Options, SubscriptionId) ->
    case mqtt_topic:share(Given) of
        {Group, Filter} -> {{Mount, Filter}, {share, Group, Id}, Pid, Options, SubscriptionId};
        none -> {{Mount, Given}, Id, Pid, Options, SubscriptionId}
    end.

count({_, Filter} = Key, {Next, Sessions, Counts}) ->
    case mqtt_topic:has_wildcard(Filter) of
        false -> {Next, Sessions, Counts};
        true when is_map_key(Key, Counts) -> {Next, Sessions, maps:update_with(Key, fun(N) -> N + 1 end, Counts)};
        true -> {mqtt_topic:add(Key, Next), Sessions, Counts#{Key => 1}}
    end.

drop(Row, {Next, Sessions, Counts}) ->
    ets:delete_object(?SUBSCRIBERS, Row),
    Key = element(1, Row),
    case Counts of
        #{Key := 1} ->
            mqtt_topic:remove(Key),
            {Next, Sessions, maps:remove(Key, Counts)};
        #{Key := N} -> {Next, Sessions, Counts#{Key := N - 1}};
        #{} -> {Next, Sessions, Counts}
    end.
