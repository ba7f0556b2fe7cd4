%% Trace events of a client as lines for people, in the form of VerneMQ's session tracer. `mqtt_print:event/1` is the formatter of the trace session.
%%
%% Not copied are known defects of the original: PUBREC, PUBREL and PUBCOMP of MQTT 5 with an unbalanced parenthesis, topics of SUBSCRIBE in reverse,
%% those of UNSUBSCRIBE not shown, payloads of hooks never cut.
-module(mqtt_print).

-export([event/1, timestamp/0]).

-include("mqtt.hrl").

-spec event(tuple()) -> iodata() | skip.
event(Message) when element(1, Message) =:= trace -> event(erlang:append_element(setelement(1, Message, trace_ts), os:timestamp()));
event({trace_ts, Pid, call, {mqtt_wire, received, [Id, V, Packet]}, Time}) -> frame(Pid, "RECV", Id, V, Packet, Time);
event({trace_ts, Pid, call, {mqtt_wire, send, [Id, V, Packet, _, _]}, Time}) -> frame(Pid, "SEND", Id, V, Packet, Time);
event({trace_ts, Pid, call, {mqtt_session, init, [{_, Id}]}, Time}) -> io_lib:format("~ts New session with PID ~p found for client \"~ts\"~n", [stamp(Time), Pid, text(Id)]);
event({trace_ts, Pid, call, {mqtt_hooks, auth_on_register, [Peer, Id, User, _, Clean]}, Time}) ->
    io_lib:format("~ts ~p Calling ~p(~p,~p,~ts,~ts,~p) ~n", [stamp(Time), Pid, auth_on_register, Peer, Id, text(User), "pw_no_print", Clean]);
event({trace_ts, Pid, call, {mqtt_hooks, auth_on_publish, [User, Id, QoS, Topic, Payload, Retain]}, Time}) ->
    io_lib:format("~ts ~p Calling ~p(~ts,~p,~p,~ts,~p) with payload:~n    ~ts~n",
        [stamp(Time), Pid, auth_on_publish, text(User), Id, QoS, text(Topic), Retain, payload(Payload)]);
event({trace_ts, Pid, call, {mqtt_hooks, auth_on_subscribe, [User, Id, Topics]}, Time}) ->
    [
        io_lib:format("~ts ~p Calling ~p(~ts,~p) with topics:~n", [stamp(Time), Pid, auth_on_subscribe, text(User), Id])
        | [io_lib:format("    q:~p, t: \"~ts\"~n", [QoS, text(Topic)]) || {Topic, QoS} <- Topics]
    ];
event({trace_ts, Pid, return_from, {mqtt_hooks, _, _}, Value, Time}) -> [io_lib:format("~ts ~p ", [stamp(Time), Pid]), hook_value(Value)];
event({trace_ts, Pid, exception_from, {mqtt_hooks, Hook, _}, {Class, Reason}, Time}) ->
    io_lib:format("~ts ~p Hook ~p raised ~p: ~tp~n", [stamp(Time), Pid, Hook, Class, Reason]);
event(Other) -> io_lib:format("~ts Unknown trace! ~tp~n", [timestamp(), Other]).

hook_value(ok) -> "Hook returned \"ok\"\n";
hook_value({ok, []}) -> "Hook returned \"ok\"\n";
hook_value({ok, [{payload, Payload}]}) -> io_lib:format("Hook returned \"ok\" with modified payload:~n    ~ts~n", [payload(Payload)]);
hook_value({ok, Changes}) when is_list(Changes) -> ["Hook returned \"ok\" with modifiers:\n" | [io_lib:format("    ~ts~n", [modifier(C)]) || C <- Changes]];
hook_value(Other) -> io_lib:format("Hook returned ~tp~n", [Other]).

modifier({subscriber_id, _} = Whole) -> io_lib:format("~tp", [Whole]);
modifier({max_message_rate = Key, N}) -> io_lib:format("~p: ~p msgs/s", [Key, N]);
modifier({max_inflight_messages = Key, N}) -> io_lib:format("~p: ~p msgs", [Key, N]);
modifier({Key, Text}) when is_binary(Text); element(1, Text) =:= '$cut' -> io_lib:format("~p: ~ts", [Key, payload(Text)]);
modifier({Key, Value}) -> io_lib:format("~p: ~tp", [Key, Value]);
modifier(Other) -> io_lib:format("~tp", [Other]).

frame(Pid, Direction, {Mount, ClientId}, V, Packet, Time) ->
    Who = case Mount of
        <<>> -> ["CID: \"", text(ClientId), "\""];
        _ -> ["MP: \"", text(Mount), "\" CID: \"", text(ClientId), "\""]
    end,
    [io_lib:format("~ts ~p MQTT ~ts: ~ts ", [stamp(Time), Pid, Direction, Who]), packet(Packet, V)].

packet(#connect{version = V, clean = Clean, keepalive = KeepAlive, client_id = Id, username = User, will = Will, props = Props}, _) ->
    [
        io_lib:format("CONNECT(c: ~ts, v: ~p, u: ~ts, p: pw_no_print, cs: ~p, ka: ~p)~n", [text(Id), V, text(User), Clean, KeepAlive]),
        will(Will),
        properties(Props)
    ];
packet(#connack{session_present = Present, code = Code, props = Props}, V) ->
    Reason = case V of
        5 -> reason(Code);
        _ -> integer_to_list(Code)
    end,
    [io_lib:format("CONNACK(sp: ~p, rc: ~ts)~n", [bit(Present), Reason]), properties(Props)];
packet(#publish{dup = Dup, qos = QoS, retain = Retain, topic = Topic, id = Id, payload = Payload, props = Props}, _) ->
    [
        io_lib:format("PUBLISH(d~p, q~p, r~p, m~p, \"~ts\") with payload:~n    ~ts~n",
            [bit(Dup), QoS, bit(Retain), number(Id), text(Topic), payload(Payload)]),
        properties(Props)
    ];
packet(#ack{type = Type, id = Id, code = Code, props = Props}, V) ->
    Reason = case V of
        5 -> [", rc: ", reason(Code)];
        _ -> []
    end,
    [io_lib:format("~ts(m~p~ts)~n", [string:uppercase(atom_to_list(Type)), Id, Reason]), properties(Props)];
packet(#subscribe{id = Id, topics = Topics, props = Props}, V) ->
    [io_lib:format("SUBSCRIBE(m~p) with topics:~n", [Id]), [topic(T, O, V) || {T, O} <- Topics], properties(Props)];
packet(#suback{id = Id, codes = Codes, props = Props}, 5) -> [io_lib:format("SUBACK(m~p, reason_codes:~w)~n", [Id, Codes]), properties(Props)];
packet(#suback{id = Id, codes = Codes}, _) -> io_lib:format("SUBACK(m~p, qt~w)~n", [Id, Codes]);
packet(#unsubscribe{id = Id, topics = Topics, props = Props}, _) ->
    [io_lib:format("UNSUBSCRIBE(m~p)~n", [Id]), [io_lib:format("    t: \"~ts\"~n", [text(T)]) || T <- Topics], properties(Props)];
packet(#unsuback{id = Id, props = Props}, _) -> [io_lib:format("UNSUBACK(m~p)~n", [Id]), properties(Props)];
packet(pingreq, _) -> "PINGREQ()\n";
packet(pingresp, _) -> "PINGRESP()\n";
packet(#disconnect{code = 0, props = Props}, 5) -> ["DISCONNECT(rc:normal_disconnect(0))\n", properties(Props)];
packet(#disconnect{code = Code, props = Props}, 5) -> [io_lib:format("DISCONNECT(rc:~ts)~n", [reason(Code)]), properties(Props)];
packet(#disconnect{}, _) -> "DISCONNECT()\n";
packet(Other, _) -> io_lib:format("~tp~n", [Other]).

will(undefined) -> [];
will(#will{qos = QoS, retain = Retain, topic = Topic, payload = Payload, props = Props}) ->
    [
        io_lib:format("    with LWT(wr: ~p, wq: ~p, wt: ~ts) with payload:~n    ~ts~n", [bit(Retain), QoS, text(Topic), payload(Payload)]),
        properties(Props)
    ].

topic(Topic, #subopts{qos = QoS, no_local = NoLocal, rap = Rap, rh = Rh}, 5) ->
    io_lib:format("    q:~p, no_local:~p, rap:~p, rh:~p~n    t: \"~ts\"~n", [QoS, NoLocal, Rap, handling(Rh), text(Topic)]);
topic(Topic, #subopts{qos = QoS}, _) -> io_lib:format("    q:~p, t: \"~ts\"~n", [QoS, text(Topic)]).

handling(0) -> send_retain;
handling(1) -> send_if_new_sub;
handling(2) -> dont_send.

properties(Props) when Props =:= #{} -> [];
properties(Props) -> io_lib:format("    with properties: ~tp~n", [Props]).

reason(Code) -> io_lib:format("~p(~p)", [name(Code), Code]).

name(16#00) -> success;
name(16#01) -> unacceptable_version_or_qos1;
name(16#04) -> disconnect_with_will_msg;
name(16#10) -> no_matching_subscribers;
name(16#11) -> no_subscription_existed;
name(16#80) -> unspecified_error;
name(16#81) -> malformed_packet;
name(16#82) -> protocol_error;
name(16#84) -> unsupported_protocol_version;
name(16#85) -> client_identifier_not_valid;
name(16#86) -> bad_username_or_password;
name(16#87) -> not_authorized;
name(16#8b) -> server_shutting_down;
name(16#8c) -> bad_authentication_method;
name(16#8d) -> keep_alive_timeout;
name(16#8e) -> session_taken_over;
name(16#8f) -> topic_filter_invalid;
name(16#90) -> topic_name_invalid;
name(16#91) -> packet_id_in_use;
name(16#92) -> packet_id_not_found;
name(16#93) -> receive_max_exceeded;
name(16#94) -> topic_alias_invalid;
name(16#95) -> packet_too_large;
name(_) -> unknown.

bit(true) -> 1;
bit(false) -> 0.

%% QoS 0 has no identifier; it prints as 0.
number(undefined) -> 0;
number(Id) -> Id.

text(undefined) -> "undefined";
text({'$cut', Prefix, _}) -> [printable(Prefix), "..."];
text(Bin) when is_binary(Bin) -> printable(Bin);
text(Other) -> io_lib:format("~tp", [Other]).

%% What the capture bound cut says so.
payload({'$cut', Prefix, _}) -> [printable(Prefix), " (truncated)"];
payload(Bin) when is_binary(Bin) -> printable(Bin);
payload(Other) -> io_lib:format("~tp", [Other]).

%% Bytes that are no text are shown as Erlang shows binaries.
printable(Bin) ->
    case unicode:characters_to_list(Bin) of
        Chars when is_list(Chars) -> Chars;
        %% A character that was cut in the middle.
        {incomplete, Chars, _} -> Chars;
        {error, _, _} -> io_lib:format("~p", [Bin])
    end.

timestamp() -> stamp(os:timestamp()).

stamp(Time) ->
    {{Y, Mo, D}, {H, Mi, S}} = calendar:now_to_universal_time(Time),
    io_lib:format("~4.10.0B-~2.10.0B-~2.10.0BT~2.10.0B:~2.10.0B:~2.10.0BZ", [Y, Mo, D, H, Mi, S]).
