%% What a session still owes its client: messages with QoS 1 and 2 on their way, and those that wait for room. No processes, no sockets.
%%
%% An entry is {Msg, QoS, Retain, SubscriptionIds}. On the way is a map of packet identifiers to {Order, {publish, Entry} | released}.
-module(mqtt_outbox).

-export([new/2, limit/2, offer/2, next/1, acknowledged/2, received/2, unfinished/1, size/1, waiting/1]).

-record(outbox, {id = 1, order = 0, sent = #{}, queue = queue:new(), queued = 0, limit, room}).

%% At most `Limit` on the way and `Room` waiting.
new(Limit, Room) -> #outbox{limit = Limit, room = Room}.

%% A new connection may allow another number on the way.
limit(Limit, O) -> O#outbox{limit = Limit}.

%% Takes an entry: to be sent now with this identifier, to wait, or refused because too many wait.
-spec offer(tuple(), #outbox{}) -> {send, 1..65535, #outbox{}} | {wait, #outbox{}} | full.
offer(_, #outbox{queued = N, room = N}) -> full;
offer(Entry, #outbox{sent = Sent, limit = Limit, queued = 0} = O) when map_size(Sent) < Limit -> send(Entry, O);
offer(Entry, #outbox{queue = Q, queued = N} = O) -> {wait, O#outbox{queue = queue:in(Entry, Q), queued = N + 1}}.

send(Entry, #outbox{order = Order, sent = Sent} = O) ->
    Id = free(O#outbox.id, Sent),
    {send, Id, O#outbox{id = Id rem 65535 + 1, order = Order + 1, sent = Sent#{Id => {Order, {publish, Entry}}}}}.

free(Id, Sent) when is_map_key(Id, Sent) -> free(Id rem 65535 + 1, Sent);
free(Id, _) -> Id.

%% The next waiting entry, if there is room for it on the way.
next(#outbox{queued = N, sent = Sent, limit = Limit} = O) when N > 0, map_size(Sent) < Limit ->
    {{value, Entry}, Q} = queue:out(O#outbox.queue),
    {send, Id, O1} = send(Entry, O#outbox{queue = Q, queued = N - 1}),
    {Id, Entry, O1};
next(_) -> none.

%% PUBACK, PUBCOMP, or a PUBREC that refuses.
acknowledged(Id, #outbox{sent = Sent} = O) when is_map_key(Id, Sent) -> {ok, O#outbox{sent = maps:remove(Id, Sent)}};
acknowledged(_, _) -> unknown.

%% PUBREC: from now on only the release is owed.
received(Id, #outbox{sent = Sent} = O) ->
    case Sent of
        #{Id := {Order, _}} -> {ok, O#outbox{sent = Sent#{Id := {Order, released}}}};
        #{} -> unknown
    end.

%% What a client that comes back gets again, in the order it was sent: {Id, {publish, Entry} | released}
unfinished(#outbox{sent = Sent}) -> [{Id, What} || {_, Id, What} <- lists:sort([{Order, Id, What} || {Id, {Order, What}} <- maps:to_list(Sent)])].

size(#outbox{sent = Sent, queued = N}) -> map_size(Sent) + N.

waiting(#outbox{queued = N}) -> N.
