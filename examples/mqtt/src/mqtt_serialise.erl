%% Packets to bytes.
-module(mqtt_serialise).

-export([packet/2, var_int/1, bytes/1]).

-include("mqtt.hrl").

-spec packet(tuple() | atom(), 3 | 4 | 5) -> iodata().
packet(#publish{dup = Dup, qos = QoS, retain = Retain, topic = Topic, id = Id, payload = Payload, props = Props}, V) ->
    Head = [bytes(Topic), id(QoS, Id), props(V, Props)],
    [<<3:4, (bit(Dup)):1, QoS:2, (bit(Retain)):1>>, var_int(iolist_size(Head) + byte_size(Payload)), Head, Payload];
packet(#ack{type = Type, id = Id, code = Code, props = Props}, V) ->
    First =
        case Type of
            puback -> 16#40;
            pubrec -> 16#50;
            pubrel -> 16#62;
            pubcomp -> 16#70
        end,
    case V =:= 5 andalso (Code =/= 0 orelse Props =/= #{}) of
        false -> <<First, 2, Id:16>>;
        true -> whole(First, [<<Id:16, Code>>, mqtt_props:serialise(Props)])
    end;
packet(#connack{session_present = Present, code = Code, props = Props}, V) ->
    whole(16#20, [<<0:7, (bit(Present)):1, Code>>, props(V, Props)]);
packet(#suback{id = Id, codes = Codes, props = Props}, V) -> whole(16#90, [<<Id:16>>, props(V, Props), Codes]);
packet(#unsuback{id = Id, codes = Codes, props = Props}, 5) -> whole(16#b0, [<<Id:16>>, mqtt_props:serialise(Props), Codes]);
packet(#unsuback{id = Id}, _) -> <<16#b0, 2, Id:16>>;
packet(pingreq, _) -> <<16#c0, 0>>;
packet(pingresp, _) -> <<16#d0, 0>>;
packet(#disconnect{code = 0, props = Props}, V) when V =/= 5; Props =:= #{} -> <<16#e0, 0>>;
packet(#disconnect{code = Code, props = Props}, 5) -> whole(16#e0, [Code, mqtt_props:serialise(Props)]);
packet(#auth{code = Code, props = Props}, 5) -> whole(16#f0, [Code, mqtt_props:serialise(Props)]).

whole(First, Body) -> [First, var_int(iolist_size(Body)), Body].

props(5, Props) -> mqtt_props:serialise(Props);
props(_, _) -> [].

id(0, _) -> [];
id(_, Id) -> <<Id:16>>.

bit(true) -> 1;
bit(false) -> 0.

-spec var_int(non_neg_integer()) -> iodata().
var_int(N) when N < 128 -> [N];
var_int(N) -> [N band 127 bor 128 | var_int(N bsr 7)].

-spec bytes(binary()) -> iodata().
bytes(B) -> [<<(byte_size(B)):16>>, B].
