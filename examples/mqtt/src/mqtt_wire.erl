%% The two places that every packet of a client passes, and so where a client is traced: mqtt_trace sets its patterns here.
-module(mqtt_wire).

-export([received/3, send/5]).

%% A packet has come from the client of this session.
-spec received(SubscriberId :: {binary(), binary()}, Version :: 3 | 4 | 5, Packet :: tuple() | atom()) -> tuple() | atom().
received(_SubscriberId, _Version, Packet) -> Packet.

%% A packet goes to the client, as these bytes.
-spec send({binary(), binary()}, 3 | 4 | 5, tuple() | atom(), gen_tcp:socket(), iodata()) -> ok | {error, term()}.
send(_SubscriberId, _Version, _Packet, Socket, Bytes) -> gen_tcp:send(Socket, Bytes).
