%% What gen_tcp and gen_udp have in common: their options taken apart, addresses and ports by name, and a socket's new owner.
-module(inet_setup).

-export([set_up/3, bound/3, addresses/2, port_number/2, hand_over/2]).

%% Takes the options of connect, listen or open apart: family, where to bind, the backlog, and what the socket itself keeps.
set_up(Kind, Opts, Address) when is_list(Opts) ->
    Family = case Address of
        {local, _} -> local;
        {_, _, _, _, _, _, _, _} -> inet6;
        _ -> inet
    end,
    try lists:foldl(fun(Opt, Acc) -> option(Kind, Opt, Acc) end, #{family => Family, ip => undefined, port => 0, backlog => 5, options => []}, Opts) of
        #{family := Found, ip := Ip, port := Port, options := Reversed} = Setup ->
            {ok, Setup#{family := family(Found, Ip), bind => {bind(Ip, Port), Port}, options := lists:reverse(Reversed)}}
    catch
        throw:bad -> {error, einval}
    end;
set_up(_, _, _) -> {error, einval}.

family(_, {local, _}) -> local;
family(_, Ip) when tuple_size(Ip) =:= 8 -> inet6;
family(Family, _) -> Family.

bind(undefined, 0) -> undefined;
bind(undefined, _) -> any;
bind(Ip, _) -> Ip.

option(_, Family, Acc) when Family =:= inet; Family =:= inet6; Family =:= local -> Acc#{family := Family};
option(_, {family, Family}, Acc) when Family =:= inet; Family =:= inet6; Family =:= local -> Acc#{family := Family};
option(_, {inet_backend, inet}, Acc) -> Acc;
option(_, {Key, Module}, Acc) when Key =:= tcp_module; Key =:= udp_module -> module(Module, Acc);
option(_, {Key, Ip}, Acc) when Key =:= ip; Key =:= ifaddr -> interface(Ip, Acc);
option(_, {port, Port}, Acc) when is_integer(Port), Port >= 0, Port =< 65535 -> Acc#{port := Port};
option(listen, {backlog, N}, Acc) when is_integer(N), N >= 0 -> Acc#{backlog := N};
option(_, Mode, #{options := Opts} = Acc) when Mode =:= list; Mode =:= binary -> Acc#{options := [Mode | Opts]};
option(_, {Name, _} = Opt, #{options := Opts} = Acc) when is_atom(Name), Name =/= backlog -> Acc#{options := [Opt | Opts]};
option(_, {raw, Level, Name, Value} = Opt, #{options := Opts} = Acc) when is_integer(Level), is_integer(Name), is_binary(Value) ->
    Acc#{options := [Opt | Opts]};
option(_, _, _) -> throw(bad).

module(inet_tcp, Acc) -> Acc#{family := inet};
module(inet6_tcp, Acc) -> Acc#{family := inet6};
module(inet_udp, Acc) -> Acc#{family := inet};
module(inet6_udp, Acc) -> Acc#{family := inet6};
module(_, _) -> throw(bad).

interface(#{family := local, path := Path}, Acc) -> Acc#{family := local, ip := {local, Path}};
interface(#{family := Family, addr := Ip} = Map, Acc) -> Acc#{family := Family, ip := Ip, port := maps:get(port, Map, 0)};
interface(Name, Acc) when is_list(Name) ->
    case addresses(Name, maps:get(family, Acc)) of
        {ok, [Ip | _]} -> Acc#{ip := Ip};
        _ -> throw(bad)
    end;
interface(Ip, Acc) -> Acc#{ip := Ip}.

port_number(Port, _) when is_integer(Port), Port >= 0, Port =< 65535 -> {ok, Port};
port_number(Name, Proto) when is_atom(Name) -> inet:getservbyname(Name, Proto);
port_number(_, _) -> {error, einval}.

%% Where a socket that waits for others is bound: the port that was asked for, or that of the options; every address unless one is named.
bound(Port0, Proto, #{family := Family, bind := {Address, PortOfOptions}}) ->
    case port_number(Port0, Proto) of
        {ok, 0} -> {ok, anywhere(Address, Family), PortOfOptions};
        {ok, Port} -> {ok, anywhere(Address, Family), Port};
        {error, _} = Error -> Error
    end.

anywhere(undefined, Family) when Family =/= local -> any;
anywhere(Address, _) -> Address.

addresses({local, _} = Address, local) -> {ok, [Address]};
addresses(_, local) -> {error, einval};
addresses(Name, Family) -> inet:getaddrs(Name, Family).

%% The socket gets another owner; messages that have arrived go with it.
hand_over(Socket, NewOwner) ->
    Self = self(),
    case erlang:port_info(Socket, connected) of
        undefined -> {error, closed};
        {connected, NewOwner} -> ok;
        {connected, Self} ->
            case prim_inet:pause(Socket) of
                {ok, Active} ->
                    forward(Socket, NewOwner),
                    try erlang:port_connect(Socket, NewOwner) of
                        true ->
                            unlink(Socket),
                            resume(Socket, Active),
                            ok
                    catch
                        error:_ ->
                            resume(Socket, Active),
                            {error, badarg}
                    end;
                {error, _} = Error -> Error
            end;
        {connected, _} -> {error, not_owner}
    end.

resume(_, false) -> ok;
resume(Socket, Active) -> inet:setopts(Socket, [{active, Active}]).

forward(Socket, To) ->
    receive
        Message when is_tuple(Message), tuple_size(Message) >= 2, element(2, Message) =:= Socket, element(1, Message) =/= 'EXIT' ->
            To ! Message,
            forward(Socket, To);
        {Socket, _} = Message ->
            To ! Message,
            forward(Socket, To)
    after 0 -> ok
    end.
