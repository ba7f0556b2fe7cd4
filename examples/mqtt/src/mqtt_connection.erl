%% A new connection until its client is known: reads CONNECT, asks the hooks, finds the session and hands the socket over.
-module(mqtt_connection).

-export([start_link/1, init/1]).

-include("mqtt.hrl").

%% A client that does not say CONNECT within this time is not waited for.
-define(PATIENCE_MS, 10000).

start_link(Socket) -> proc_lib:start_link(?MODULE, init, [Socket]).

init(Socket) ->
    proc_lib:init_ack({ok, self()}),
    receive
        {socket, Socket} -> read(Socket, <<>>, erlang:monotonic_time(millisecond) + ?PATIENCE_MS)
    after ?PATIENCE_MS -> gen_tcp:close(Socket)
    end.

read(Socket, Buffer, Until) ->
    Left = max(0, Until - erlang:monotonic_time(millisecond)),
    case gen_tcp:recv(Socket, 0, Left) of
        {ok, Data} ->
            Bytes = <<Buffer/binary, Data/binary>>,
            case mqtt_parse:packet(Bytes, undefined, mqtt_config:get(max_packet_size)) of
                {ok, #connect{} = Connect, Rest} -> connect(Connect, Rest, Socket);
                more -> read(Socket, Bytes, Until);
                {error, Code} -> refuse_bytes(Socket, Bytes, Code)
            end;
        {error, _} -> gen_tcp:close(Socket)
    end.

connect(#connect{version = Version, client_id = <<>>, clean = false}, _, Socket) when Version =/= 5 -> refuse(Socket, Version, {<<>>, <<>>}, ?CLIENT_ID_NOT_VALID);
connect(#connect{version = Version, props = #{p_authentication_method := _}}, _, Socket) -> refuse(Socket, Version, {<<>>, <<>>}, ?BAD_AUTHENTICATION_METHOD);
connect(#connect{client_id = <<>>} = C, Rest, Socket) ->
    Made = iolist_to_binary(["auto-", integer_to_list(erlang:unique_integer([positive])), "-", integer_to_list(rand:uniform(1 bsl 60), 36)]),
    authorise(C#connect{client_id = Made}, #{p_assigned_client_id => Made}, Rest, Socket);
connect(C, Rest, Socket) -> authorise(C, #{}, Rest, Socket).

authorise(#connect{version = Version, client_id = ClientId, username = User, password = Password, clean = Clean} = C, Props, Rest, Socket) ->
    Id = {<<>>, ClientId},
    _ = mqtt_wire:received(Id, Version, C),
    case inet:peername(Socket) of
        {ok, Peer} ->
            case mqtt_hooks:auth_on_register(Peer, Id, User, Password, Clean) of
                ok -> hand_over(C, Id, Props, Rest, Socket);
                {ok, Changes} -> hand_over(C, {proplists:get_value(mountpoint, Changes, <<>>), ClientId}, Props, Rest, Socket);
                {error, invalid_credentials} -> refuse(Socket, Version, Id, ?BAD_USERNAME_OR_PASSWORD);
                {error, _} -> refuse(Socket, Version, Id, ?NOT_AUTHORIZED)
            end;
        {error, _} -> gen_tcp:close(Socket)
    end.

hand_over(Connect, Id, Props, Rest, Socket) ->
    Connack = Props#{p_topic_alias_max => 100, p_max_packet_size => mqtt_config:get(max_packet_size)},
    case attach(Id, #{socket => Socket, connect => Connect, owner => self(), connack => Connack}, 3) of
        {ok, Pid} ->
            case gen_tcp:controlling_process(Socket, Pid) of
                ok -> mqtt_session:connected(Pid, Socket, Rest);
                {error, _} -> gen_tcp:close(Socket)
            end;
        error -> refuse(Socket, Connect#connect.version, Id, ?UNSPECIFIED)
    end.

%% A session that ends just now is replaced by a new one.
attach(_, _, 0) -> error;
attach(Id, Connection, Tries) ->
    Pid = mqtt_registry:open(Id),
    try mqtt_session:attach(Pid, Connection) of
        {ok, _} -> {ok, Pid}
    catch
        exit:_ -> attach(Id, Connection, Tries - 1)
    end.

%% The bytes are no CONNECT of ours. Only a client whose version is unknown to us gets an answer.
refuse_bytes(Socket, <<16#10, _/binary>>, ?UNSUPPORTED_VERSION) ->
    %% In the words of 3.1.1, which every version understands.
    _ = gen_tcp:send(Socket, <<16#20, 2, 0, 1>>),
    gen_tcp:close(Socket);
refuse_bytes(Socket, _, _) -> gen_tcp:close(Socket).

refuse(Socket, Version, Id, Code) ->
    Packet = #connack{code = connack_code(Version, Code)},
    _ = mqtt_wire:send(Id, Version, Packet, Socket, mqtt_serialise:packet(Packet, Version)),
    gen_tcp:close(Socket).

connack_code(5, Code) -> Code;
connack_code(_, ?CLIENT_ID_NOT_VALID) -> 2;
connack_code(_, ?BAD_USERNAME_OR_PASSWORD) -> 4;
connack_code(_, ?NOT_AUTHORIZED) -> 5;
connack_code(_, _) -> 3.
