%% Bytes to packets, for MQTT 3.1.1 and 5.0 (3.1 is accepted as 3.1.1's older spelling). A malformed packet throws {mqtt_error, ReasonCode} inside and is
%% answered as {error, ReasonCode}: what follows is the connection's decision.
-module(mqtt_parse).

-export([packet/3, var_int/1, utf8/1]).

-include("mqtt.hrl").

%% The first packet of these bytes. `Version` is what CONNECT agreed on (undefined before).
-spec packet(binary(), undefined | 3 | 4 | 5, pos_integer()) -> {ok, Packet :: tuple() | atom(), Rest :: binary()} | more | {error, byte()}.
packet(<<Type:4, Flags:4, Rest/binary>>, Version, Max) ->
    try
        first(length_of(Rest, 0, 0), Type, Flags, Version, Max)
    catch
        throw:{mqtt_error, Code} -> {error, Code}
    end;
packet(<<>>, _, _) -> more.

first(more, _, _, _, _) -> more;
first({Length, _}, _, _, _, Max) when Length > Max -> {error, ?PACKET_TOO_LARGE};
first({Length, After}, Type, Flags, Version, _) ->
    case After of
        <<Body:Length/binary, Next/binary>> -> {ok, body(Type, Flags, Body, Version), Next};
        _ -> more
    end.

%% At most four bytes, seven bits each.
length_of(<<1:1, N:7, Rest/binary>>, Shift, Sum) when Shift < 21 -> length_of(Rest, Shift + 7, Sum + (N bsl Shift));
length_of(<<0:1, N:7, Rest/binary>>, Shift, Sum) -> {Sum + (N bsl Shift), Rest};
length_of(<<>>, _, _) -> more;
length_of(_, _, _) -> malformed().

%% A variable byte integer inside a packet.
var_int(Bin) ->
    case length_of(Bin, 0, 0) of
        more -> malformed();
        Answer -> Answer
    end.

%% A string: no U+0000, no surrogates, well-formed.
utf8(<<N:16, S:N/binary, Rest/binary>>) ->
    case binary:match(S, <<0>>) =:= nomatch andalso is_utf8(S) of
        true -> {S, Rest};
        false -> malformed()
    end;
utf8(_) -> malformed().

is_utf8(S) -> is_list(unicode:characters_to_list(S)).

malformed() -> throw({mqtt_error, ?MALFORMED_PACKET}).

protocol_error() -> throw({mqtt_error, ?PROTOCOL_ERROR}).

body(1, 0, Body, undefined) -> connect(Body);
body(1, _, _, undefined) -> malformed();
%% A first packet that is not CONNECT, or a second CONNECT.
body(_, _, _, undefined) -> protocol_error();
body(1, _, _, _) -> protocol_error();
body(3, Flags, Body, V) -> publish(Flags, Body, V);
body(4, 0, Body, V) -> ack(puback, Body, V);
body(5, 0, Body, V) -> ack(pubrec, Body, V);
body(6, 2, Body, V) -> ack(pubrel, Body, V);
body(7, 0, Body, V) -> ack(pubcomp, Body, V);
body(8, 2, Body, V) -> subscribe(Body, V);
body(10, 2, Body, V) -> unsubscribe(Body, V);
body(12, 0, <<>>, _) -> pingreq;
body(14, 0, Body, V) -> disconnect(Body, V);
body(15, 0, Body, 5) -> auth(Body);
body(_, _, _, _) -> malformed().

connect(<<4:16, "MQTT", Version, Rest/binary>>) when Version =:= 4; Version =:= 5 -> connect(Version, Rest);
connect(<<6:16, "MQIsdp", 3, Rest/binary>>) -> connect(3, Rest);
connect(<<4:16, "MQTT", _/binary>>) -> throw({mqtt_error, ?UNSUPPORTED_VERSION});
connect(_) -> malformed().

connect(Version, <<User:1, Password:1, WillRetain:1, WillQoS:2, Will:1, Clean:1, 0:1, KeepAlive:16, Rest0/binary>>) ->
    WillQoS =< 2 orelse malformed(),
    (Will =:= 1 orelse (WillQoS =:= 0 andalso WillRetain =:= 0)) orelse malformed(),
    (Version =:= 5 orelse User =:= 1 orelse Password =:= 0) orelse malformed(),
    {Props, Rest1} = props(connect, Version, Rest0),
    {Id, Rest2} = utf8(Rest1),
    {WillRecord, Rest3} = will(Will, Version, WillQoS, WillRetain =:= 1, Rest2),
    {UserName, Rest4} = optional(User, utf8, Rest3),
    {PasswordBytes, Rest5} = optional(Password, bytes, Rest4),
    Rest5 =:= <<>> orelse malformed(),
    (is_map_key(p_authentication_data, Props) andalso not is_map_key(p_authentication_method, Props)) andalso protocol_error(),
    #connect{
        version = Version, clean = Clean =:= 1, keepalive = KeepAlive, client_id = Id, username = UserName, password = PasswordBytes,
        will = WillRecord, props = Props
    };
connect(_, _) -> malformed().

will(0, _, _, _, Rest) -> {undefined, Rest};
will(1, Version, QoS, Retain, Rest0) ->
    {Props, Rest1} = props(will, Version, Rest0),
    {Topic, Rest2} = utf8(Rest1),
    {Payload, Rest3} = bytes(Rest2),
    mqtt_topic:valid_name(Topic) orelse throw({mqtt_error, ?TOPIC_NAME_INVALID}),
    {#will{qos = QoS, retain = Retain, topic = Topic, payload = Payload, props = Props}, Rest3}.

optional(0, _, Rest) -> {undefined, Rest};
optional(1, utf8, Rest) -> utf8(Rest);
optional(1, bytes, Rest) -> bytes(Rest).

bytes(<<N:16, B:N/binary, Rest/binary>>) -> {B, Rest};
bytes(_) -> malformed().

props(In, 5, Bin) -> mqtt_props:parse(In, Bin);
props(_, _, Bin) -> {#{}, Bin}.

publish(Flags, Body, Version) ->
    <<Dup:1, QoS:2, Retain:1>> = <<Flags:4>>,
    QoS =< 2 orelse malformed(),
    (Dup =:= 1 andalso QoS =:= 0) andalso malformed(),
    {Topic, Rest0} = utf8(Body),
    {Id, Rest1} = packet_id(QoS, Rest0),
    {Props, Payload} = props(publish, Version, Rest1),
    %% Only servers send subscription identifiers.
    is_map_key(p_subscription_id, Props) andalso protocol_error(),
    case Topic of
        <<>> when Version =:= 5 -> is_map_key(p_topic_alias, Props) orelse protocol_error();
        _ -> mqtt_topic:valid_name(Topic) orelse throw({mqtt_error, ?TOPIC_NAME_INVALID})
    end,
    #publish{dup = Dup =:= 1, qos = QoS, retain = Retain =:= 1, topic = Topic, id = Id, payload = Payload, props = Props}.

packet_id(0, Rest) -> {undefined, Rest};
packet_id(_, Bin) -> packet_id(Bin).

packet_id(<<0:16, _/binary>>) -> malformed();
packet_id(<<Id:16, Rest/binary>>) -> {Id, Rest};
packet_id(_) -> malformed().

ack(Type, Body, Version) ->
    {Id, Rest} = packet_id(Body),
    case Rest of
        <<>> -> #ack{type = Type, id = Id};
        <<Code>> when Version =:= 5 -> #ack{type = Type, id = Id, code = Code};
        <<Code, More/binary>> when Version =:= 5 ->
            {Props, <<>>} = ended(mqtt_props:parse(Type, More)),
            #ack{type = Type, id = Id, code = Code, props = Props};
        _ -> malformed()
    end.

ended({_, <<>>} = Answer) -> Answer;
ended(_) -> malformed().

subscribe(Body, Version) ->
    {Id, Rest0} = packet_id(Body),
    {Props, Rest1} = props(subscribe, Version, Rest0),
    case filters(Rest1, Version, []) of
        [] -> protocol_error();
        Topics -> #subscribe{id = Id, topics = Topics, props = single_sub_id(Props)}
    end.

single_sub_id(#{p_subscription_id := [_, _ | _]}) -> protocol_error();
single_sub_id(Props) -> Props.

filters(<<>>, _, Acc) -> lists:reverse(Acc);
filters(Bin, Version, Acc) ->
    case utf8(Bin) of
        {Filter, <<0:2, Rh:2, Rap:1, Nl:1, QoS:2, Rest/binary>>} when QoS =< 2, Rh =< 2, (Version =:= 5 orelse (Rh + Rap + Nl) =:= 0) ->
            (Nl =:= 1 andalso mqtt_topic:is_shared(Filter)) andalso protocol_error(),
            Options = #subopts{qos = QoS, no_local = Nl =:= 1, rap = Rap =:= 1, rh = Rh},
            filters(Rest, Version, [{Filter, Options} | Acc]);
        _ -> malformed()
    end.

unsubscribe(Body, Version) ->
    {Id, Rest0} = packet_id(Body),
    {Props, Rest1} = props(unsubscribe, Version, Rest0),
    case strings(Rest1, []) of
        [] -> protocol_error();
        Topics -> #unsubscribe{id = Id, topics = Topics, props = Props}
    end.

strings(<<>>, Acc) -> lists:reverse(Acc);
strings(Bin, Acc) ->
    {S, Rest} = utf8(Bin),
    strings(Rest, [S | Acc]).

disconnect(<<>>, _) -> #disconnect{};
disconnect(<<Code>>, 5) -> #disconnect{code = Code};
disconnect(<<Code, Rest/binary>>, 5) ->
    {Props, <<>>} = ended(mqtt_props:parse(disconnect, Rest)),
    #disconnect{code = Code, props = Props};
disconnect(_, _) -> malformed().

auth(<<>>) -> #auth{};
auth(<<Code, Rest/binary>>) ->
    {Props, <<>>} = ended(mqtt_props:parse(auth, Rest)),
    #auth{code = Code, props = Props}.
