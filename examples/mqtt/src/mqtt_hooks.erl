%% The places where a module of the user decides. The module is named by `--hooks MODULE`; mqtt_hooks_open lets everybody in,
%% mqtt_hooks_file reads names and password digests from a file.
-module(mqtt_hooks).

-export([auth_on_register/5, auth_on_publish/6, auth_on_subscribe/3]).

-type subscriber_id() :: {Mountpoint :: binary(), ClientId :: binary()}.
-type verdict() :: ok | {ok, Modifiers :: [{atom(), term()}]} | {error, term()}.

%% A client wants to connect. Modifiers: {mountpoint, binary()}, {max_queue, N}.
-callback auth_on_register(Peer :: tuple(), subscriber_id(), User :: binary() | undefined, Password :: binary() | undefined, Clean :: boolean()) -> verdict().
%% A client publishes. Modifiers: {topic, binary()}, {payload, binary()}.
-callback auth_on_publish(User :: binary() | undefined, subscriber_id(), QoS :: 0..2, Topic :: binary(), Payload :: binary(), Retain :: boolean()) -> verdict().
%% A client subscribes.
-callback auth_on_subscribe(User :: binary() | undefined, subscriber_id(), [{Filter :: binary(), QoS :: 0..2}]) -> verdict().

-spec auth_on_register(tuple(), subscriber_id(), binary() | undefined, binary() | undefined, boolean()) -> verdict().
auth_on_register(Peer, SubscriberId, User, Password, Clean) -> (module()):auth_on_register(Peer, SubscriberId, User, Password, Clean).

-spec auth_on_publish(binary() | undefined, subscriber_id(), 0..2, binary(), binary(), boolean()) -> verdict().
auth_on_publish(User, SubscriberId, QoS, Topic, Payload, Retain) -> (module()):auth_on_publish(User, SubscriberId, QoS, Topic, Payload, Retain).

-spec auth_on_subscribe(binary() | undefined, subscriber_id(), [{binary(), 0..2}]) -> verdict().
auth_on_subscribe(User, SubscriberId, Topics) -> (module()):auth_on_subscribe(User, SubscriberId, Topics).

module() -> mqtt_config:get(hooks).
