%% UDP sockets (and local ones for datagrams).
-module(gen_udp).

-export([open/1, open/2, close/1, send/2, send/3, send/4, send/5, recv/2, recv/3, connect/2, connect/3, controlling_process/2]).

-type socket() :: port().
-export_type([socket/0]).

open(Port) -> open(Port, []).

open(Port0, Opts) ->
    case inet_setup:set_up(open, Opts, undefined) of
        {ok, #{family := Family, options := SocketOpts} = Setup} ->
            case inet_setup:bound(Port0, udp, Setup) of
                {ok, Address, Port} -> checked(prim_inet:open(Family, dgram, Address, Port, SocketOpts));
                Error -> checked(Error)
            end;
        {error, _} -> exit(badarg)
    end.

checked({error, einval}) -> exit(badarg);
checked(Other) -> Other.

close(Socket) -> inet:close(Socket).

send(Socket, Data) when is_port(Socket) -> prim_inet:sendto(Socket, undefined, 0, Data).

send(Socket, #{family := local, path := Path}, Data) -> send(Socket, {local, Path}, 0, Data);
send(Socket, #{addr := Address, port := Port}, Data) -> send(Socket, Address, Port, Data);
send(Socket, {Address, Port}, Data) when Address =/= local, is_port(Socket) -> send(Socket, Address, Port, Data);
send(Socket, {local, _} = Address, Data) when is_port(Socket) -> send(Socket, Address, 0, Data).

%% The fourth argument of an older form is ancillary data, when an address and port come as one.
send(Socket, {_, _} = Destination, Ancillary, Data) when is_port(Socket), is_list(Ancillary), element(1, Destination) =/= local ->
    case Ancillary of
        [] -> send(Socket, Destination, Data);
        _ -> {error, einval}
    end;
send(Socket, Address, Port0, Data) when is_port(Socket) ->
    case prim_inet:kind(Socket) of
        {dgram, Family} ->
            case inet_setup:addresses(Address, Family) of
                {ok, [First | _]} ->
                    case inet_setup:port_number(Port0, udp) of
                        {ok, Port} -> prim_inet:sendto(Socket, First, Port, Data);
                        Error -> Error
                    end;
                {error, einval} -> exit(badarg);
                {error, _} = Error -> Error
            end;
        none -> {error, closed};
        _ -> {error, einval}
    end.

send(Socket, Address, Port, [], Data) when is_atom(Port); is_integer(Port), Port >= 0, Port =< 65535 -> send(Socket, Address, Port, Data);
send(Socket, _, Port, [_ | _], _) when is_port(Socket), is_atom(Port) orelse is_integer(Port) -> {error, einval}.

recv(Socket, Length) -> recv(Socket, Length, infinity).

recv(Socket, Length, Timeout) when is_port(Socket), is_integer(Length), Length >= 0, (Timeout =:= infinity orelse is_integer(Timeout)) ->
    prim_inet:recvfrom(Socket, Length, Timeout).

connect(Socket, #{family := local, path := Path}) -> connect(Socket, {local, Path}, 0);
connect(Socket, #{addr := Address, port := Port}) -> connect(Socket, Address, Port).

connect(Socket, Address, Port0) when is_port(Socket) ->
    case prim_inet:kind(Socket) of
        {dgram, Family} ->
            case {inet_setup:addresses(Address, Family), inet_setup:port_number(Port0, udp)} of
                {{ok, [First | _]}, {ok, Port}} -> prim_inet:connect(Socket, First, Port, infinity);
                {{error, _} = Error, _} -> Error;
                {_, Error} -> Error
            end;
        none -> {error, closed};
        _ -> {error, einval}
    end.

controlling_process(Socket, NewOwner) when is_port(Socket), is_pid(NewOwner) -> inet_setup:hand_over(Socket, NewOwner).
