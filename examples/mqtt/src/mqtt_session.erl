%% A session: one process for each client, with or without a connection. It owns the socket while there is one, keeps what the standard calls session
%% state (subscriptions live in mqtt_router, messages owed in mqtt_outbox, identifiers of QoS 2 messages half received here) and ends when that expires.
-module(mqtt_session).
-behaviour(gen_server).

-export([start_link/1, attach/2, connected/3, info/1]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2, terminate/2, code_change/3]).

-include("mqtt.hrl").

%% Packets between two requests for more, so that a fast client does not fill the mailbox.
-define(ACTIVE, 100).
%% A session whose mailbox is longer than this drops messages with QoS 0.
-define(LONG_MAILBOX, 20000).
%% An expiry interval that means never.
-define(NEVER, 16#ffffffff).

-record(s, {
    id, version, user, socket, pending, buffer = <<>>, keepalive = infinity, last = 0, timer,
    clean = true, expiry = 0, expiry_timer, will, will_timer, outbox, inbound = #{},
    aliases_in = #{}, aliases_out = #{}, alias_max = 0, max_packet = infinity, dropped = 0, delivered = 0, received = 0
}).

start_link(Id) -> gen_server:start_link(?MODULE, Id, []).

%% A client has connected and may have this session: takes over from an earlier connection. Answers whether session state was there.
-spec attach(pid(), map()) -> {ok, boolean()}.
attach(Pid, Connection) -> gen_server:call(Pid, {attach, Connection}, infinity).

%% The socket is the session's now; these bytes came behind CONNECT.
connected(Pid, Socket, Buffer) -> gen_server:cast(Pid, {connected, Socket, Buffer}).

-spec info(pid()) -> map().
info(Pid) -> gen_server:call(Pid, info, infinity).

init(Id) ->
    process_flag(trap_exit, true),
    {ok, #s{id = Id, outbox = mqtt_outbox:new(0, mqtt_config:get(max_queue))}}.

handle_call({attach, #{socket := Socket, connect := Connect, owner := Owner} = Connection}, _, S0) ->
    #connect{version = Version, clean = Clean, keepalive = KeepAlive, username = User, will = Will, props = Props} = Connect,
    S1 = leave(?SESSION_TAKEN_OVER, S0),
    Present = not Clean andalso S0#s.version =/= undefined andalso S0#s.expiry =/= 0,
    S2 = case Present of
        true -> S1;
        false -> forget(S1)
    end,
    Expiry = case Version of
        5 -> maps:get(p_session_expiry_interval, Props, 0);
        _ when Clean -> 0;
        _ -> ?NEVER
    end,
    _ = cancel(S2#s.expiry_timer),
    %% A will that waited for its delay is not due when the client is back in time.
    _ = cancel(S2#s.will_timer),
    Limit = min(maps:get(p_receive_max, Props, 65535), mqtt_config:get(max_inflight)),
    S3 = S2#s{
        version = Version, user = User, socket = undefined, buffer = <<>>, clean = Clean, expiry = Expiry, expiry_timer = undefined, will = Will, will_timer = undefined,
        keepalive = case KeepAlive of 0 -> infinity; _ -> KeepAlive * 1500 end,
        aliases_in = #{}, aliases_out = #{}, alias_max = maps:get(p_topic_alias_max, Props, 0), max_packet = maps:get(p_max_packet_size, Props, infinity),
        pending = {Socket, erlang:monitor(process, Owner), Limit, Present, maps:get(connack, Connection, #{})}
    },
    {reply, {ok, Present}, S3};
handle_call(info, _, S) ->
    {reply,
        #{
            client_id => element(2, S#s.id), mountpoint => element(1, S#s.id), version => S#s.version, user => S#s.user, connected => S#s.socket =/= undefined,
            owed => mqtt_outbox:size(S#s.outbox), waiting => mqtt_outbox:waiting(S#s.outbox), received => S#s.received, delivered => S#s.delivered,
            dropped => S#s.dropped
        },
        S}.

handle_cast({connected, Socket, Buffer}, #s{pending = {Socket, Monitor, Limit, Present, Props}} = S0) ->
    erlang:demonitor(Monitor, [flush]),
    mqtt_registry:online(S0#s.id, true),
    S1 = S0#s{socket = Socket, pending = undefined, last = now_ms(), outbox = mqtt_outbox:limit(Limit, S0#s.outbox)},
    S2 = send(#connack{session_present = Present, props = case S0#s.version of 5 -> Props; _ -> #{} end}, S1),
    S3 = send_waiting(lists:foldl(fun send_again/2, S2, mqtt_outbox:unfinished(S2#s.outbox))),
    %% A client that has already gone is told so by a message.
    _ = inet:setopts(Socket, [{active, ?ACTIVE}]),
    input(Buffer, watch(S3));
handle_cast({connected, Socket, _}, S) ->
    %% Another connection came in between.
    gen_tcp:close(Socket),
    {noreply, S}.

handle_info({tcp, Socket, Data}, #s{socket = Socket, buffer = <<>>} = S) -> input(Data, S#s{last = now_ms()});
handle_info({tcp, Socket, Data}, #s{socket = Socket, buffer = B} = S) -> input(<<B/binary, Data/binary>>, S#s{last = now_ms()});
handle_info({deliver, Msg, QoS, Rap, SubscriptionId}, S) ->
    {noreply, deliver(Msg, min(QoS, Msg#msg.qos), Rap andalso Msg#msg.retain, SubscriptionId, S)};
handle_info({tcp_passive, Socket}, #s{socket = Socket} = S) ->
    _ = inet:setopts(Socket, [{active, ?ACTIVE}]),
    {noreply, S};
handle_info({tcp_closed, Socket}, #s{socket = Socket} = S) -> lost(S);
handle_info({tcp_error, Socket, _}, #s{socket = Socket} = S) -> lost(S);
handle_info({send_failed, Socket}, #s{socket = Socket} = S) -> lost(S);
handle_info({timeout, Timer, keepalive}, #s{timer = Timer} = S) ->
    case now_ms() - S#s.last of
        Quiet when Quiet >= S#s.keepalive -> closed(?KEEP_ALIVE_TIMEOUT, S);
        _ -> {noreply, watch(S)}
    end;
handle_info({timeout, Timer, will}, #s{will_timer = Timer} = S) -> {noreply, publish_will(S#s{will_timer = undefined})};
handle_info({timeout, Timer, expired}, #s{expiry_timer = Timer} = S) -> {stop, normal, publish_will(S)};
handle_info({'DOWN', Monitor, process, _, _}, #s{pending = {Socket, Monitor, _, _, _}} = S) ->
    %% The connection's process died before it handed its socket over.
    gen_tcp:close(Socket),
    offline(S#s{pending = undefined});
handle_info(_, S) -> {noreply, S}.

terminate(Reason, S) ->
    Code = case Reason of
        shutdown -> ?SERVER_SHUTTING_DOWN;
        normal -> ?NORMAL_DISCONNECTION;
        _ -> ?UNSPECIFIED
    end,
    leave(Code, S).

code_change(_, S, _) -> {ok, S}.

%% ---------------------------------------------------------------------------------------------------------------------
%% Ends of connections

%% The client closed or the network failed.
lost(S) -> closed(undefined, S).

%% The connection ends, told with this code if the client understands it; the session goes on without.
closed(Code, S) -> offline(leave(Code, S)).

%% Closes the connection, if there is one; the will is published unless the client took it back.
leave(_, #s{socket = undefined} = S) -> S#s{outbox = mqtt_outbox:limit(0, S#s.outbox)};
leave(Code, #s{socket = Socket} = S0) ->
    S1 = case Code of
        undefined -> S0;
        _ when S0#s.version =:= 5 -> send(#disconnect{code = Code}, S0);
        _ -> S0
    end,
    gen_tcp:close(Socket),
    mqtt_registry:online(S0#s.id, false),
    _ = cancel(S1#s.timer),
    start_will(S1#s{socket = undefined, buffer = <<>>, timer = undefined, outbox = mqtt_outbox:limit(0, S1#s.outbox)}).

%% A will may wait, but not longer than the session lives.
start_will(#s{will = undefined} = S) -> S;
start_will(#s{will = #will{props = Props}, expiry = Expiry} = S) ->
    case min(maps:get(p_will_delay_interval, Props, 0), Expiry) of
        0 -> publish_will(S);
        Seconds -> S#s{will_timer = erlang:start_timer(Seconds * 1000, self(), will)}
    end.

publish_will(#s{will = undefined} = S) -> S;
publish_will(#s{will = #will{qos = QoS, retain = Retain, topic = Topic, payload = Payload, props = Props}} = S) ->
    _ = cancel(S#s.will_timer),
    _ = route(#publish{qos = QoS, retain = Retain, topic = Topic, payload = Payload, props = maps:remove(p_will_delay_interval, Props)}, S),
    S#s{will = undefined, will_timer = undefined}.

offline(#s{expiry = 0} = S) -> {stop, normal, S};
offline(#s{expiry = ?NEVER} = S) -> {noreply, S};
offline(#s{expiry = Seconds} = S) -> {noreply, S#s{expiry_timer = erlang:start_timer(Seconds * 1000, self(), expired)}}.

%% A clean start: nothing of the old session stays. A delayed will of the old session is due.
forget(#s{version = undefined} = S) -> S;
forget(S0) ->
    S = case S0#s.will_timer of
        undefined -> S0;
        _ -> publish_will(S0)
    end,
    mqtt_router:forget(S#s.id),
    S#s{outbox = mqtt_outbox:new(0, mqtt_config:get(max_queue)), inbound = #{}}.

watch(#s{keepalive = infinity} = S) -> S;
watch(#s{keepalive = Limit, last = Last} = S) -> S#s{timer = erlang:start_timer(max(1, Limit - (now_ms() - Last)), self(), keepalive)}.

%% ---------------------------------------------------------------------------------------------------------------------
%% Packets from the client

input(Bytes, S) ->
    case mqtt_parse:packet(Bytes, S#s.version, mqtt_config:get(max_packet_size)) of
        {ok, Packet, Rest} ->
            case handle(mqtt_wire:received(S#s.id, S#s.version, Packet), S) of
                #s{} = S1 -> input(Rest, S1);
                {disconnect, Code, S1} -> closed(Code, S1)
            end;
        more -> {noreply, S#s{buffer = Bytes}};
        {error, Code} -> closed(Code, S#s{buffer = <<>>})
    end.

handle(#publish{} = P, S) -> publish(P, S#s{received = S#s.received + 1});
handle(#ack{type = puback, id = Id}, S) -> settled(mqtt_outbox:acknowledged(Id, S#s.outbox), S);
handle(#ack{type = pubcomp, id = Id}, S) -> settled(mqtt_outbox:acknowledged(Id, S#s.outbox), S);
handle(#ack{type = pubrec, id = Id, code = Code}, S) when Code >= 16#80 -> settled(mqtt_outbox:acknowledged(Id, S#s.outbox), S);
handle(#ack{type = pubrec, id = Id}, S) ->
    case mqtt_outbox:received(Id, S#s.outbox) of
        {ok, Outbox} -> send(#ack{type = pubrel, id = Id}, S#s{outbox = Outbox});
        unknown -> send(#ack{type = pubrel, id = Id, code = ?PACKET_ID_NOT_FOUND}, S)
    end;
handle(#ack{type = pubrel, id = Id}, #s{inbound = Inbound} = S) ->
    Code = case Inbound of
        #{Id := _} -> ?SUCCESS;
        #{} -> ?PACKET_ID_NOT_FOUND
    end,
    send(#ack{type = pubcomp, id = Id, code = Code}, S#s{inbound = maps:remove(Id, Inbound)});
handle(#subscribe{} = P, S) -> subscribe(P, S);
handle(#unsubscribe{id = Id, topics = Topics}, S) ->
    Codes = [case mqtt_router:unsubscribe(S#s.id, T) of true -> ?SUCCESS; false -> ?NO_SUBSCRIPTION_EXISTED end || T <- Topics],
    send(#unsuback{id = Id, codes = Codes}, S);
handle(pingreq, S) -> send(pingresp, S);
handle(#disconnect{code = Code, props = Props}, S0) ->
    S = case Code of
        ?NORMAL_DISCONNECTION -> S0#s{will = undefined};
        _ -> S0
    end,
    case maps:get(p_session_expiry_interval, Props, S#s.expiry) of
        Expiry when Expiry =/= 0, S#s.expiry =:= 0 -> {disconnect, ?PROTOCOL_ERROR, S};
        Expiry -> {disconnect, undefined, S#s{expiry = Expiry}}
    end;
handle(_, S) -> {disconnect, ?PROTOCOL_ERROR, S}.

settled({ok, Outbox}, S) -> send_waiting(S#s{outbox = Outbox});
settled(unknown, S) -> S.

publish(#publish{topic = Topic0, props = Props} = P0, S0) ->
    case alias(Topic0, Props, S0) of
        {ok, Topic, S} -> publish_with_qos(P0#publish{topic = Topic, props = maps:remove(p_topic_alias, Props)}, S);
        error -> {disconnect, ?TOPIC_ALIAS_INVALID, S0}
    end.

alias(Topic, #{p_topic_alias := Alias}, #s{aliases_in = Aliases} = S) ->
    case Topic of
        _ when Alias > 65535 -> error;
        <<>> when is_map_key(Alias, Aliases) -> {ok, map_get(Alias, Aliases), S};
        <<>> -> error;
        _ when map_size(Aliases) >= 100, not is_map_key(Alias, Aliases) -> error;
        _ -> {ok, Topic, S#s{aliases_in = Aliases#{Alias => Topic}}}
    end;
alias(Topic, _, S) -> {ok, Topic, S}.

publish_with_qos(#publish{qos = 2, id = Id}, #s{inbound = Inbound} = S) when is_map_key(Id, Inbound) -> send(#ack{type = pubrec, id = Id}, S);
publish_with_qos(#publish{qos = QoS, id = Id, payload = Payload, topic = Topic, retain = Retain} = P, S) ->
    case mqtt_hooks:auth_on_publish(S#s.user, S#s.id, QoS, Topic, Payload, Retain) of
        {error, _} -> answer(QoS, Id, ?NOT_AUTHORIZED, S);
        ok -> answer(QoS, Id, code(route(P, S)), S);
        {ok, Changes} ->
            Changed = P#publish{topic = proplists:get_value(topic, Changes, Topic), payload = proplists:get_value(payload, Changes, Payload)},
            answer(QoS, Id, code(route(Changed, S)), S)
    end.

code(0) -> ?NO_MATCHING_SUBSCRIBERS;
code(_) -> ?SUCCESS.

answer(0, _, _, S) -> S;
answer(1, Id, Code, S) -> send(#ack{type = puback, id = Id, code = old(Code, S)}, S);
answer(2, Id, Code, S) when Code >= 16#80, S#s.version =:= 5 -> send(#ack{type = pubrec, id = Id, code = Code}, S);
answer(2, Id, Code, #s{inbound = Inbound} = S) -> send(#ack{type = pubrec, id = Id, code = old(Code, S)}, S#s{inbound = Inbound#{Id => true}}).

%% Earlier versions know no reason codes.
old(Code, #s{version = 5}) -> Code;
old(_, _) -> ?SUCCESS.

route(#publish{qos = QoS, retain = Retain, topic = Topic, payload = Payload, props = Props}, #s{id = {Mount, _} = Id}) ->
    Expires = case Props of
        #{p_message_expiry_interval := Seconds} -> now_ms() + Seconds * 1000;
        #{} -> infinity
    end,
    mqtt_router:publish(Mount, #msg{topic = Topic, payload = Payload, qos = QoS, retain = Retain, props = Props, from = Id, expires = Expires}).

subscribe(#subscribe{id = Id, topics = Topics, props = Props}, S) ->
    SubscriptionId = case Props of
        #{p_subscription_id := [One]} -> One;
        #{} -> undefined
    end,
    Allowed = mqtt_hooks:auth_on_subscribe(S#s.user, S#s.id, [{T, O#subopts.qos} || {T, O} <- Topics]),
    {Codes, Retained} = lists:unzip([subscribe_one(Allowed, T, O, SubscriptionId, S) || {T, O} <- Topics]),
    S1 = send(#suback{id = Id, codes = Codes}, S),
    lists:foldl(fun({Msg, QoS, SubId}, Acc) -> deliver(Msg, min(QoS, Msg#msg.qos), true, SubId, Acc) end, S1, lists:append(Retained)).

subscribe_one({error, _}, _, _, _, S) -> {failure(?NOT_AUTHORIZED, S), []};
subscribe_one(_, Filter, #subopts{qos = QoS, rh = Rh} = Options, SubscriptionId, #s{id = {Mount, _} = Id} = S) ->
    case valid(Filter) of
        false -> {failure(?TOPIC_FILTER_INVALID, S), []};
        Kind ->
            Was = mqtt_router:subscribe(Id, self(), Filter, Options, SubscriptionId),
            Wanted = Kind =:= own andalso (Rh =:= 0 orelse (Rh =:= 1 andalso Was =:= new)),
            {QoS, [{M, QoS, SubscriptionId} || Wanted, M <- mqtt_router:retained(Mount, Filter)]}
    end.

valid(Filter) ->
    case mqtt_topic:share(Filter) of
        invalid -> false;
        {_, _} -> shared;
        none -> mqtt_topic:valid_filter(Filter) andalso own
    end.

failure(Code, #s{version = 5}) -> Code;
failure(_, _) -> 16#80.

%% ---------------------------------------------------------------------------------------------------------------------
%% Packets to the client

%% What most subscribers get, as bytes that were made once for all of them.
deliver(#msg{plain = Plain} = Msg, 0, false, undefined, #s{version = V, socket = Socket, alias_max = 0} = S) when is_map_key(V, Plain), Socket =/= undefined ->
    Bytes = map_get(V, Plain),
    case too_large(Bytes, S) orelse falls_behind(S) of
        true -> S#s{dropped = S#s.dropped + 1};
        false -> written(mqtt_wire:send(S#s.id, V, #publish{topic = Msg#msg.topic, payload = Msg#msg.payload, props = Msg#msg.props}, Socket, Bytes), S)
    end;
deliver(Msg, 0, Retain, SubscriptionId, #s{socket = Socket} = S) when Socket =/= undefined -> send_entry(undefined, {Msg, 0, Retain, SubscriptionId}, false, S);
deliver(_, 0, _, _, S) -> S#s{dropped = S#s.dropped + 1};
deliver(Msg, QoS, Retain, SubscriptionId, S) ->
    Entry = {Msg, QoS, Retain, SubscriptionId},
    case mqtt_outbox:offer(Entry, S#s.outbox) of
        {send, Id, Outbox} -> send_entry(Id, Entry, false, S#s{outbox = Outbox});
        {wait, Outbox} -> S#s{outbox = Outbox};
        full -> S#s{dropped = S#s.dropped + 1}
    end.

%% Looked at now and then: a client that reads too slowly loses what may be lost.
falls_behind(#s{delivered = N}) when N rem 64 =/= 0 -> false;
falls_behind(_) ->
    {message_queue_len, Length} = process_info(self(), message_queue_len),
    Length > ?LONG_MAILBOX.

send_waiting(#s{socket = undefined} = S) -> S;
send_waiting(S) ->
    case mqtt_outbox:next(S#s.outbox) of
        {Id, Entry, Outbox} -> send_waiting(send_entry(Id, Entry, false, S#s{outbox = Outbox}));
        none -> S
    end.

%% After a reconnect.
send_again({Id, {publish, Entry}}, S) -> send_entry(Id, Entry, true, S);
send_again({Id, released}, S) -> send(#ack{type = pubrel, id = Id}, S).

%% A message that has expired meanwhile is forgotten; what is left of its life goes along.
send_entry(Id, {#msg{expires = Expires} = Msg, QoS, Retain, SubscriptionId}, Dup, S) ->
    case Expires =/= infinity andalso Expires - now_ms() of
        Left when is_integer(Left), Left =< 0 ->
            case Id of
                undefined -> S;
                _ -> settled(mqtt_outbox:acknowledged(Id, S#s.outbox), S)
            end;
        Left ->
            {Topic, Alias, S1} = alias_out(Msg#msg.topic, S),
            Props0 = maps:merge(Msg#msg.props, Alias),
            Props1 = case Left of
                false -> Props0;
                _ -> Props0#{p_message_expiry_interval => (Left + 999) div 1000}
            end,
            Props2 = case SubscriptionId of
                undefined -> Props1;
                [] -> Props1;
                Ids when is_list(Ids) -> Props1#{p_subscription_id => Ids};
                One -> Props1#{p_subscription_id => [One]}
            end,
            send(#publish{dup = Dup, qos = QoS, retain = Retain, topic = Topic, id = Id, payload = Msg#msg.payload, props = Props2}, S1)
    end.

%% Topics get aliases while the client has room for them.
alias_out(Topic, #s{alias_max = 0} = S) -> {Topic, #{}, S};
alias_out(Topic, #s{aliases_out = Aliases, alias_max = Max} = S) ->
    case Aliases of
        #{Topic := Alias} -> {<<>>, #{p_topic_alias => Alias}, S};
        #{} when map_size(Aliases) < Max ->
            Alias = map_size(Aliases) + 1,
            {Topic, #{p_topic_alias => Alias}, S#s{aliases_out = Aliases#{Topic => Alias}}};
        #{} -> {Topic, #{}, S}
    end.

send(_, #s{socket = undefined} = S) -> S;
send(Packet, #s{version = V, socket = Socket, id = Id} = S) ->
    Bytes = mqtt_serialise:packet(Packet, V),
    case S#s.max_packet =/= infinity andalso too_large(Bytes, S) of
        true -> refused(Packet, S#s{dropped = S#s.dropped + 1});
        false -> written(mqtt_wire:send(Id, V, Packet, Socket, Bytes), S)
    end.

too_large(_, #s{max_packet = infinity}) -> false;
too_large(Bytes, #s{max_packet = Max}) -> iolist_size(Bytes) > Max.

%% The client takes no packet of that size: as if it had been delivered.
refused(#publish{id = Id}, S) when is_integer(Id) -> settled(mqtt_outbox:acknowledged(Id, S#s.outbox), S);
refused(_, S) -> S.

written(ok, S) -> S#s{delivered = S#s.delivered + 1};
written({error, _}, #s{socket = Socket} = S) ->
    self() ! {send_failed, Socket},
    S.

now_ms() -> erlang:monotonic_time(millisecond).

cancel(undefined) -> ok;
cancel(Timer) -> erlang:cancel_timer(Timer).
