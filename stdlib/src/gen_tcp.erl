%% TCP sockets (and streams over local sockets). A socket is a port; the primitives are natives of prim_inet.
-module(gen_tcp).

-export([connect/2, connect/3, connect/4, listen/2, accept/1, accept/2, shutdown/2, close/1,
         send/2, recv/2, recv/3, unrecv/2, controlling_process/2]).

-type socket() :: port().
-export_type([socket/0]).

%% A map names family, address and port at once.
connect(#{family := _} = Address, Opts) -> connect(Address, Opts, infinity).

connect(#{family := local, path := Path}, Opts, Timeout) -> connect({local, Path}, 0, Opts, Timeout);
connect(#{family := Family, addr := Address, port := Port}, Opts, Timeout) -> connect(Address, Port, [Family | Opts], Timeout);
connect(Address, Port, Opts) -> connect(Address, Port, Opts, infinity).

connect(Address, Port0, Opts, Timeout) ->
    Deadline = deadline(Timeout, [Address, Port0, Opts, Timeout]),
    Setup = set_up(connect, Opts, Address),
    Port = checked(inet_setup:port_number(Port0, tcp)),
    case inet_setup:addresses(Address, maps:get(family, Setup)) of
        {ok, Addresses} -> checked(connect_one(Addresses, Port, Setup, Deadline, {error, einval}));
        {error, _} = Error -> checked(Error)
    end.

%% One after the other, until one answers or the time is over.
connect_one([], _, _, _, Error) -> Error;
connect_one([Address | More], Port, #{family := Family, bind := Bind, options := Opts} = Setup, Deadline, _) ->
    {BindAddress, BindPort} = Bind,
    case prim_inet:open(Family, stream, BindAddress, BindPort, Opts) of
        {ok, Socket} ->
            case prim_inet:connect(Socket, Address, Port, left(Deadline)) of
                ok -> {ok, Socket};
                {error, Why} = Error ->
                    inet:close(Socket),
                    case Why of
                        timeout -> Error;
                        _ -> connect_one(More, Port, Setup, Deadline, Error)
                    end
            end;
        {error, _} = Error -> Error
    end.

deadline(infinity, _) -> infinity;
deadline(Ms, _) when is_integer(Ms), Ms >= 0 -> erlang:monotonic_time(millisecond) + Ms;
deadline(_, Args) -> erlang:error(badarg, Args).

left(infinity) -> infinity;
left(Deadline) -> max(0, Deadline - erlang:monotonic_time(millisecond)).

listen(Port0, Opts) ->
    Setup = set_up(listen, Opts, undefined),
    case inet_setup:bound(Port0, tcp, Setup) of
        {ok, Address, Port} -> listen(Address, Port, Setup);
        Error -> checked(Error)
    end.

listen(Address, Port, #{family := Family, options := SocketOpts, backlog := Backlog}) ->
    case checked(prim_inet:open(Family, stream, Address, Port, SocketOpts)) of
        {ok, Socket} ->
            case prim_inet:listen(Socket, Backlog) of
                ok -> {ok, Socket};
                {error, _} = Error ->
                    inet:close(Socket),
                    checked(Error)
            end;
        Error -> Error
    end.

set_up(Kind, Opts, Address) ->
    case inet_setup:set_up(Kind, Opts, Address) of
        {ok, Setup} -> Setup;
        {error, _} -> exit(badarg)
    end.

%% What is wrong in itself is the caller's mistake; what the network says is an answer.
checked({error, einval}) -> exit(badarg);
checked({ok, Number}) when is_integer(Number) -> Number;
checked(Other) -> Other.

accept(Socket) when is_port(Socket) -> accept(Socket, infinity).

accept(Socket, Timeout) when is_port(Socket) -> prim_inet:accept(Socket, Timeout).

shutdown(Socket, How) when is_port(Socket), (How =:= read orelse How =:= write orelse How =:= read_write) ->
    prim_inet:shutdown(Socket, How).

close(Socket) -> inet:close(Socket).

send(Socket, Data) when is_port(Socket) -> prim_inet:send(Socket, Data).

recv(Socket, Length) when is_port(Socket), is_integer(Length), Length >= 0 -> prim_inet:recv(Socket, Length, infinity).

recv(Socket, Length, Timeout) when is_port(Socket), is_integer(Length), Length >= 0, (Timeout =:= infinity orelse is_integer(Timeout)) ->
    prim_inet:recv(Socket, Length, Timeout).

unrecv(Socket, Data) when is_port(Socket) -> prim_inet:unrecv(Socket, Data).

controlling_process(Socket, NewOwner) when is_port(Socket), is_pid(NewOwner) -> inet_setup:hand_over(Socket, NewOwner).
