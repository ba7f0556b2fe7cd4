%% Properties of MQTT 5 packets: a map of names to values on this side, identifiers and bytes on the wire (section 2.2.2 of the standard).
-module(mqtt_props).

-export([parse/2, serialise/1]).

-include("mqtt.hrl").

%% The properties in front of these bytes; `In` is the packet they stand in. A property twice or in the wrong place is a protocol error.
-spec parse(atom(), binary()) -> {map(), binary()}.
parse(In, Bin) ->
    {Length, Rest} = mqtt_parse:var_int(Bin),
    case Rest of
        <<Props:Length/binary, After/binary>> -> {all(In, Props, #{}), After};
        _ -> throw({mqtt_error, ?MALFORMED_PACKET})
    end.

all(_, <<>>, Props) -> finish(Props);
all(In, <<Id, Rest/binary>>, Props) ->
    {Name, Type, Where} = property(Id),
    lists:member(In, Where) orelse throw({mqtt_error, ?PROTOCOL_ERROR}),
    {Value, After} = value(Type, Rest),
    all(In, After, add(Name, valid(Name, Value), Props)).

%% User properties keep their order; a subscription identifier may stand several times in a PUBLISH that a server sends.
add(Name, Value, Props) when Name =:= p_user_property; Name =:= p_subscription_id ->
    maps:update_with(Name, fun(Vs) -> [Value | Vs] end, [Value], Props);
add(Name, _, Props) when is_map_key(Name, Props) -> throw({mqtt_error, ?PROTOCOL_ERROR});
add(Name, Value, Props) -> Props#{Name => Value}.

finish(Props) ->
    maps:map(
        fun
            (Name, Vs) when Name =:= p_user_property; Name =:= p_subscription_id -> lists:reverse(Vs);
            (_, V) -> V
        end,
        Props
    ).

%% Values that the standard forbids.
valid(p_receive_max, 0) -> throw({mqtt_error, ?PROTOCOL_ERROR});
valid(p_max_packet_size, 0) -> throw({mqtt_error, ?PROTOCOL_ERROR});
valid(p_subscription_id, 0) -> throw({mqtt_error, ?PROTOCOL_ERROR});
valid(p_topic_alias, 0) -> throw({mqtt_error, ?TOPIC_ALIAS_INVALID});
valid(Name, V) when Name =:= p_request_response_info; Name =:= p_request_problem_info; Name =:= p_payload_format_indicator ->
    V =< 1 orelse throw({mqtt_error, ?PROTOCOL_ERROR}),
    V;
valid(_, V) -> V.

value(byte, <<V, Rest/binary>>) -> {V, Rest};
value(int16, <<V:16, Rest/binary>>) -> {V, Rest};
value(int32, <<V:32, Rest/binary>>) -> {V, Rest};
value(var_int, Bin) -> mqtt_parse:var_int(Bin);
value(binary, <<N:16, V:N/binary, Rest/binary>>) -> {V, Rest};
value(utf8, Bin) -> mqtt_parse:utf8(Bin);
value(pair, Bin) ->
    {K, Rest} = mqtt_parse:utf8(Bin),
    {V, After} = mqtt_parse:utf8(Rest),
    {{K, V}, After};
value(_, _) -> throw({mqtt_error, ?MALFORMED_PACKET}).

-spec serialise(map()) -> iodata().
serialise(Props) when map_size(Props) =:= 0 -> <<0>>;
serialise(Props) ->
    Bytes = maps:fold(fun(Name, V, Acc) -> [Acc | one(Name, V)] end, [], Props),
    [mqtt_serialise:var_int(iolist_size(Bytes)), Bytes].

one(Name, Vs) when Name =:= p_user_property; Name =:= p_subscription_id ->
    {Id, Type} = id(Name),
    [[Id, write(Type, V)] || V <- Vs];
one(Name, V) ->
    {Id, Type} = id(Name),
    [Id, write(Type, V)].

write(byte, V) -> V;
write(int16, V) -> <<V:16>>;
write(int32, V) -> <<V:32>>;
write(var_int, V) -> mqtt_serialise:var_int(V);
write(pair, {K, V}) -> [mqtt_serialise:bytes(K), mqtt_serialise:bytes(V)];
write(_, V) -> mqtt_serialise:bytes(V).

%% Identifier -> name, type, packets it may stand in.
property(16#01) -> {p_payload_format_indicator, byte, [publish, will]};
property(16#02) -> {p_message_expiry_interval, int32, [publish, will]};
property(16#03) -> {p_content_type, utf8, [publish, will]};
property(16#08) -> {p_response_topic, utf8, [publish, will]};
property(16#09) -> {p_correlation_data, binary, [publish, will]};
property(16#0b) -> {p_subscription_id, var_int, [publish, subscribe]};
property(16#11) -> {p_session_expiry_interval, int32, [connect, connack, disconnect]};
property(16#12) -> {p_assigned_client_id, utf8, [connack]};
property(16#13) -> {p_server_keep_alive, int16, [connack]};
property(16#15) -> {p_authentication_method, utf8, [connect, connack, auth]};
property(16#16) -> {p_authentication_data, binary, [connect, connack, auth]};
property(16#17) -> {p_request_problem_info, byte, [connect]};
property(16#18) -> {p_will_delay_interval, int32, [will]};
property(16#19) -> {p_request_response_info, byte, [connect]};
property(16#1a) -> {p_response_info, utf8, [connack]};
property(16#1c) -> {p_server_ref, utf8, [connack, disconnect]};
property(16#1f) -> {p_reason_string, utf8, [connack, puback, pubrec, pubrel, pubcomp, suback, unsuback, disconnect, auth]};
property(16#21) -> {p_receive_max, int16, [connect, connack]};
property(16#22) -> {p_topic_alias_max, int16, [connect, connack]};
property(16#23) -> {p_topic_alias, int16, [publish]};
property(16#24) -> {p_max_qos, byte, [connack]};
property(16#25) -> {p_retain_available, byte, [connack]};
property(16#26) ->
    {p_user_property, pair,
        [connect, connack, publish, will, puback, pubrec, pubrel, pubcomp, subscribe, suback, unsubscribe, unsuback, disconnect, auth]};
property(16#27) -> {p_max_packet_size, int32, [connect, connack]};
property(16#28) -> {p_wildcard_subs_available, byte, [connack]};
property(16#29) -> {p_sub_ids_available, byte, [connack]};
property(16#2a) -> {p_shared_subs_available, byte, [connack]};
property(_) -> throw({mqtt_error, ?MALFORMED_PACKET}).

id(Name) -> maps:get(Name, ids()).

ids() ->
    case persistent_term:get(?MODULE, undefined) of
        undefined ->
            Ids = maps:from_list([
                begin
                    {Name, Type, _} = property(Id),
                    {Name, {Id, Type}}
                end
             || Id <- [
                    16#01, 16#02, 16#03, 16#08, 16#09, 16#0b, 16#11, 16#12, 16#13, 16#15, 16#16, 16#17, 16#18, 16#19, 16#1a, 16#1c, 16#1f,
                    16#21, 16#22, 16#23, 16#24, 16#25, 16#26, 16#27, 16#28, 16#29, 16#2a
                ]
            ]),
            persistent_term:put(?MODULE, Ids),
            Ids;
        Ids -> Ids
    end.
