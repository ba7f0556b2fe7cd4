%% The events of `golden_vmq.txt` (what VerneMQ's session tracer printed for them) through the formatter of examples/mqtt.
-module(mqtt_lines).
-export([main/1]).
-include("mqtt.hrl").

main(_) ->
    [io:format("## ~ts~n~ts", [Title, mqtt_print:event(Event)]) || {Title, Event} <- frames() ++ hooks()],
    ok.

pid() -> list_to_pid("<0.9.0>").

event(call, MFA) -> {trace_ts, pid(), call, MFA, stamp()};
event(Value, Hook) -> {trace_ts, pid(), return_from, {mqtt_hooks, Hook, 5}, Value, stamp()}.

stamp() -> {1700, 12345, 678901}.

received(Title, V, Packet) -> received(Title, V, <<>>, Packet).
received(Title, V, Mount, Packet) -> {Title, event(call, {mqtt_wire, received, [{Mount, <<"test-client">>}, V, Packet]})}.
sent(Title, V, Packet) -> {Title, event(call, {mqtt_wire, send, [{<<>>, <<"test-client">>}, V, Packet, socket, <<>>]})}.

frames() ->
    Connect = #connect{client_id = <<"test-client">>, keepalive = 60},
    Publish = #publish{topic = <<"a/b">>, id = 1, payload = <<"m">>},
    [
        received("v4 CONNECT in", 4, Connect#connect{username = <<"user">>, password = <<"never shown">>}),
        received("v4 CONNECT + LWT", 4, Connect#connect{will = #will{qos = 1, topic = <<"a/b">>, payload = <<"bye">>}}),
        sent("v4 CONNACK", 4, #connack{}),
        received("v4 PUBLISH in", 4, #publish{topic = <<"a/b">>, payload = <<"hello">>}),
        received("v4 PUBLISH truncated", 4, #publish{dup = true, qos = 1, retain = true, topic = <<"a/b">>, id = 7, payload = {'$cut', <<"01234567890123456789">>, 36}}),
        sent("v4 PUBACK", 4, #ack{type = puback, id = 7}),
        sent("v4 PUBREC", 4, #ack{type = pubrec, id = 7}),
        received("v4 PUBREL", 4, #ack{type = pubrel, id = 7}),
        sent("v4 PUBCOMP", 4, #ack{type = pubcomp, id = 7}),
        received("v4 SUBSCRIBE", 4, #subscribe{id = 8, topics = [{<<"a/b">>, #subopts{}}, {<<"x/#">>, #subopts{qos = 2}}]}),
        sent("v4 SUBACK", 4, #suback{id = 8, codes = [0, 2]}),
        received("v4 UNSUBSCRIBE", 4, #unsubscribe{id = 9, topics = [<<"a/b">>]}),
        sent("v4 UNSUBACK", 4, #unsuback{id = 9}),
        received("v4 PINGREQ", 4, pingreq),
        sent("v4 PINGRESP", 4, pingresp),
        received("v4 DISCONNECT", 4, #disconnect{}),
        received("v4 DISCONNECT, mountpoint", 4, <<"mp1">>, #disconnect{}),
        received("v5 CONNECT + props", 5, Connect#connect{version = 5, username = <<"u">>, props = #{p_session_expiry_interval => 10}}),
        sent("v5 CONNACK", 5, #connack{}),
        received("v5 PUBLISH", 5, Publish#publish{qos = 1, props = #{p_user_property => [{<<"k">>, <<"v">>}]}}),
        sent("v5 PUBACK", 5, #ack{type = puback, id = 1}),
        sent("v5 PUBREC (unbalanced paren in source)", 5, #ack{type = pubrec, id = 1}),
        received("v5 SUBSCRIBE", 5, #subscribe{id = 8, topics = [{<<"a/b">>, #subopts{qos = 1, rh = 0}}]}),
        received("v5 DISCONNECT", 5, #disconnect{})
    ].

hooks() ->
    Id = {[], <<"test-client">>},
    [
        {"hook auth_on_register", event(call, {mqtt_hooks, auth_on_register, [{{127, 0, 0, 1}, 1234}, Id, user, <<"never shown">>, true]})},
        {"hook auth_on_publish", event(call, {mqtt_hooks, auth_on_publish, [user, Id, 1, <<"a/b">>, {'$cut', <<"payload longer than ">>, 36}, false]})},
        {"hook auth_on_subscribe", event(call, {mqtt_hooks, auth_on_subscribe, [user, Id, [{<<"a/b">>, 0}]]})},
        {"hook ret ok", event(ok, auth_on_register)},
        {"hook ret {ok,[]}", event({ok, []}, auth_on_register)},
        {"hook ret payload", event({ok, [{payload, <<"new">>}]}, auth_on_publish)},
        {"hook ret modifiers",
            event({ok, [{subscriber_id, {[], <<"other">>}}, {clean_session, true}, {max_inflight_messages, 3}, {max_message_rate, 5}]}, auth_on_register)},
        {"hook ret error", event({error, not_allowed}, auth_on_register)},
        {"unknown trace", {trace_ts, pid(), send, hi, pid(), stamp()}}
    ].
