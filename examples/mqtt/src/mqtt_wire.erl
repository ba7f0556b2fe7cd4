%% The two places that every packet of a client passes, and so where a client is traced: mqtt_trace sets its patterns here.
-module(mqtt_wire).

-export([received/2, send/4]).

%% A packet has come from the client of this session.
-spec received(SubscriberId :: {binary(), binary()}, Packet :: tuple() | atom()) -> tuple() | atom().
received(_SubscriberId, Packet) -> Packet.

%% A packet goes to the client, as these bytes.
-spec send({binary(), binary()}, gen_tcp:socket(), tuple() | atom(), iodata()) -> ok | {error, term()}.
send(_SubscriberId, Socket, _Packet, Bytes) -> gen_tcp:send(Socket, Bytes).
