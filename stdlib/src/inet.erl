%% What sockets of all kinds have in common, and names of hosts, services and interfaces. Natives are in prim_inet.
-module(inet).

-export([start_timer/1, stop_timer/1, timeout/1, timeout/2, tcp_module/1, tcp_module/2, udp_module/1, getll/1, socket_to_list/1, popf/1,
         peernames/2, socknames/2, options/0]).
-export([setopts/2, getopts/2, peername/1, peername/2, sockname/1, sockname/2, peernames/1, socknames/1, port/1, getstat/1, getstat/2, stats/0,
         close/1, monitor/1, cancel_monitor/1, info/1, i/0, i/1, i/2]).
-export([ntoa/1, parse_address/1, parse_strict_address/1, parse_ipv4_address/1, parse_ipv4strict_address/1, parse_ipv6_address/1,
         parse_ipv6strict_address/1, ipv4_mapped_ipv6_address/1, is_ip_address/1, is_ipv4_address/1, is_ipv6_address/1]).
-export([getaddr/2, getaddr/3, getaddrs/2, getaddrs/3, gethostbyname/1, gethostbyname/2, gethostbyname/3, gethostbyaddr/1, gethostbyaddr/2,
         gethostname/0, gethostname/1, ip/1, translate_ip/2, ifget/2, ifget/3, getifaddrs/0, getifaddrs/1, getservbyname/2, getservbyport/2, get_rc/0, format_error/1]).

-include_lib("kernel/include/inet.hrl").

-type ip4_address() :: {0..255, 0..255, 0..255, 0..255}.
-type ip6_address() :: {0..65535, 0..65535, 0..65535, 0..65535, 0..65535, 0..65535, 0..65535, 0..65535}.
-type ip_address() :: ip4_address() | ip6_address().
-type port_number() :: 0..65535.
-type hostname() :: atom() | string().
-type posix() :: atom().
-type local_address() :: {local, File :: binary() | string()}.
-type address_family() :: inet | inet6 | local.
-type socket_address() :: ip_address() | any | loopback | local_address().
-type hostent() :: #hostent{}.
-type socket_setopt() :: term().
-type socket_getopt() :: term().
-type socket_optval() :: term().
-type stat_option() :: recv_cnt | recv_max | recv_avg | recv_oct | recv_dvi | send_cnt | send_max | send_avg | send_oct | send_pend.
-type socket() :: port().
-type returned_non_ip_address() :: {local, binary()} | {unspec, <<>>} | {undefined, any()}.
-type family_address() :: {inet, {ip4_address() | any | loopback, port_number()}} | {inet6, {ip6_address() | any | loopback, port_number()}} | {local, term()}.
-export_type([ip4_address/0, ip6_address/0, ip_address/0, port_number/0, hostname/0, posix/0, local_address/0, address_family/0,
              socket_address/0, hostent/0, socket_setopt/0, socket_getopt/0, socket_optval/0, stat_option/0, socket/0, returned_non_ip_address/0,
              family_address/0]).

%%% Sockets

setopts(Socket, Opts) when is_port(Socket) -> prim_inet:setopts(Socket, Opts).

getopts(Socket, Names) when is_port(Socket) -> prim_inet:getopts(Socket, Names).

peername(Socket) when is_port(Socket) -> prim_inet:peername(Socket).
peername(Socket, _Assoc) -> peername(Socket).

sockname(Socket) when is_port(Socket) -> prim_inet:sockname(Socket).
sockname(Socket, _Assoc) -> sockname(Socket).

peernames(Socket) -> listed(peername(Socket)).
peernames(Socket, _Assoc) -> peernames(Socket).
socknames(Socket, _Assoc) -> socknames(Socket).
socknames(Socket) -> listed(sockname(Socket)).

listed({ok, Name}) -> {ok, [Name]};
listed(Error) -> Error.

port(Socket) when is_port(Socket) ->
    case prim_inet:sockname(Socket) of
        {ok, {local, _}} -> {ok, 0};
        {ok, {_, Port}} -> {ok, Port};
        {error, _} = Error -> Error
    end.

stats() -> [recv_oct, recv_cnt, recv_max, recv_avg, recv_dvi, send_oct, send_cnt, send_max, send_avg, send_pend].

getstat(Socket) -> getstat(Socket, stats()).

getstat(Socket, Names) when is_port(Socket), is_list(Names) ->
    case prim_inet:getstat(Socket) of
        {ok, All} ->
            Found = [lists:keyfind(Name, 1, All) || Name <- Names],
            case lists:member(false, Found) of
                true -> {error, einval};
                false -> {ok, Found}
            end;
        Error -> Error
    end.

%% The link's exit signal does not outlive the call.
close(Socket) when is_port(Socket) ->
    prim_inet:close(Socket),
    receive {'EXIT', Socket, _} -> ok
    after 0 -> ok
    end.

monitor(Socket) when is_port(Socket) -> erlang:monitor(port, Socket).

cancel_monitor(Ref) when is_reference(Ref) -> erlang:demonitor(Ref, [info]).

info(Socket) when is_port(Socket) ->
    case erlang:port_info(Socket) of
        undefined -> #{states => ['CLOSED']};
        Info ->
            {ok, Stats} = getstat(Socket),
            #{owner => proplists:get_value(connected, Info),
              links => proplists:get_value(links, Info),
              input => proplists:get_value(input, Info),
              output => proplists:get_value(output, Info),
              memory => element(2, erlang:port_info(Socket, memory)),
              monitored_by => element(2, erlang:port_info(Socket, monitored_by)),
              counters => maps:from_list(Stats),
              states => states(prim_inet:kind(Socket), peername(Socket))}
    end.

states({listen, _}, _) -> [listen];
states(_, {ok, _}) -> [connected];
states(_, _) -> [].

%% A table of the open sockets.
i() ->
    i(tcp),
    i(udp).

i(Proto) -> i(Proto, [port, module, recv, sent, owner, local_address, foreign_address, state, type]).

i(Proto, Fields) when Proto =:= tcp; Proto =:= udp; Proto =:= sctp ->
    case [[cell(Field, S) || Field <- Fields] || S <- lists:sort(erlang:ports()), kind_of(prim_inet:kind(S)) =:= Proto] of
        [] when is_list(Fields) -> ok;
        [] -> erlang:error(badarg, [Proto, Fields]);
        Rows ->
            Table = [[title(Field) || Field <- Fields] | Rows],
            Widths = [lists:max([length(Cell) || Cell <- Column]) || Column <- transposed(Table)],
            [io:format("~ts~n", [[[string:pad(C, W), $\s] || {C, W} <- lists:zip(Row, Widths)]]) || Row <- Table],
            ok
    end.

transposed([[] | _]) -> [];
transposed(Rows) -> [[hd(Row) || Row <- Rows] | transposed([tl(Row) || Row <- Rows])].

kind_of({dgram, _}) -> udp;
kind_of(none) -> none;
kind_of(_) -> tcp.

title(port) -> "Port";
title(module) -> "Module";
title(recv) -> "Recv";
title(sent) -> "Sent";
title(owner) -> "Owner";
title(local_address) -> "Local Address";
title(foreign_address) -> "Foreign Address";
title(state) -> "State";
title(type) -> "Type";
title(Field) -> erlang:error({case_clause, Field}).

cell(port, S) -> number_of(erlang:port_info(S, id));
cell(module, S) ->
    case prim_inet:kind(S) of
        {dgram, inet} -> "inet_udp";
        {dgram, inet6} -> "inet6_udp";
        {_, inet} -> "inet_tcp";
        {_, inet6} -> "inet6_tcp";
        {_, local} -> "local"
    end;
cell(recv, S) -> counted(S, recv_oct);
cell(sent, S) -> counted(S, send_oct);
cell(owner, S) ->
    case erlang:port_info(S, connected) of
        {connected, Pid} -> pid_to_list(Pid);
        undefined -> ""
    end;
cell(local_address, S) -> shown(sockname(S));
cell(foreign_address, S) -> shown(peername(S));
cell(state, S) ->
    case {prim_inet:kind(S), peername(S)} of
        {{dgram, _}, {error, _}} -> "BOUND(O)";
        {_, {ok, _}} -> "CONNECTED(O)";
        _ -> "LN:O"
    end;
cell(type, S) ->
    case prim_inet:kind(S) of
        {dgram, _} -> "DGRAM";
        _ -> "STREAM"
    end;
cell(Field, _) -> erlang:error({case_clause, Field}).

number_of({id, N}) -> integer_to_list(N);
number_of(undefined) -> "".

counted(S, What) ->
    case getstat(S, [What]) of
        {ok, [{What, N}]} -> integer_to_list(N);
        {error, _} -> "0"
    end.

%% By name, if the address has one.
shown({ok, {local, Path}}) -> unicode:characters_to_list(Path);
shown({ok, {Ip, Port}}) -> host(Ip) ++ ":" ++ integer_to_list(Port);
shown(_) -> "*:*".

host({0, 0, 0, 0}) -> "*";
host({0, 0, 0, 0, 0, 0, 0, 0}) -> "*";
host(Ip) ->
    case gethostbyaddr(Ip) of
        {ok, #hostent{h_name = Name}} -> Name;
        {error, _} -> ntoa(Ip)
    end.

%%% Hosts

getaddr(Host, Family) ->
    case getaddrs(Host, Family) of
        {ok, [Address | _]} -> {ok, Address};
        {error, _} = Error -> Error
    end.

getaddr(Host, Family, _Timeout) -> getaddr(Host, Family).
getaddrs(Host, Family, _Timeout) -> getaddrs(Host, Family).

getaddrs({local, _} = Address, local) -> {ok, [Address]};
getaddrs(Word, _) when Word =:= any; Word =:= loopback -> {ok, [Word]};
getaddrs(Address, inet) when tuple_size(Address) =:= 4 -> valid(Address);
getaddrs(Address, inet6) when tuple_size(Address) =:= 8 -> valid(Address);
getaddrs(Address, inet6) when tuple_size(Address) =:= 4 -> {error, eafnosupport};
getaddrs(Address, inet) when tuple_size(Address) =:= 8 -> {error, eafnosupport};
getaddrs(Name, Family) when is_atom(Name) -> getaddrs(atom_to_list(Name), Family);
getaddrs(Name, Family) when is_list(Name), Name =/= [], (Family =:= inet orelse Family =:= inet6) ->
    case parse_address(Name) of
        {ok, Address} ->
            case getaddrs(Address, Family) of
                {error, eafnosupport} -> {error, nxdomain};
                Answer -> Answer
            end;
        {error, _} ->
            try prim_inet:getaddrs(Name, Family)
            catch error:badarg -> {error, einval}
            end
    end;
getaddrs(_, _) -> {error, einval}.

valid(Address) ->
    case is_ip_address(Address) of
        true -> {ok, [Address]};
        false -> {error, einval}
    end.

gethostbyname(Name) -> gethostbyname(Name, inet).

gethostbyname(Name, _) when is_tuple(Name) -> {error, einval};
gethostbyname(Name, Family) ->
    case getaddrs(Name, Family) of
        {ok, Addresses} ->
            Length = case Family of inet -> 4; inet6 -> 16 end,
            {ok, #hostent{h_name = host_text(Name), h_aliases = [], h_addrtype = Family, h_length = Length, h_addr_list = Addresses}};
        {error, _} = Error -> Error
    end.

gethostbyname(Name, Family, _Timeout) -> gethostbyname(Name, Family).

host_text(Name) when is_atom(Name) -> atom_to_list(Name);
host_text(Name) -> Name.

gethostbyaddr(Address) ->
    case as_ip(Address) of
        {ok, Ip} ->
            case prim_inet:gethostbyaddr(Ip) of
                {ok, Name} ->
                    {Family, Length} = case tuple_size(Ip) of 4 -> {inet, 4}; 8 -> {inet6, 16} end,
                    {ok, #hostent{h_name = Name, h_aliases = [], h_addrtype = Family, h_length = Length, h_addr_list = [Ip]}};
                {error, _} = Error -> Error
            end;
        error -> {error, einval}
    end.

%% The resolver of the system has times of its own.
gethostbyaddr(Address, _Timeout) -> gethostbyaddr(Address).

as_ip(Name) when is_atom(Name) -> as_ip(atom_to_list(Name));
as_ip(Text) when is_list(Text) ->
    case parse_address(Text) of
        {ok, Ip} -> {ok, Ip};
        {error, _} -> error
    end;
as_ip(Ip) ->
    case is_ip_address(Ip) of
        true -> {ok, Ip};
        false -> error
    end.

%% Without the domain.
gethostname() ->
    {ok, Name} = prim_inet:gethostname(),
    {ok, hd(string:split(Name, "."))}.

getifaddrs() -> prim_inet:getifaddrs().
getifaddrs(_Opts) -> getifaddrs().

get_rc() -> [].

%%% Services: /etc/services

getservbyname(Name, Proto) when is_atom(Name) ->
    case [Port || {Names, Port, P} <- services(), P =:= atom_to_list(Proto), lists:member(atom_to_list(Name), Names)] of
        [Port | _] -> {ok, Port};
        [] -> {error, einval}
    end.

getservbyport(Port, Proto) when is_integer(Port) ->
    case [hd(Names) || {Names, P, Q} <- services(), P =:= Port, Q =:= atom_to_list(Proto)] of
        [Name | _] -> {ok, Name};
        [] -> {error, einval}
    end.

services() ->
    case file:read_file("/etc/services") of
        {ok, Text} -> lists:append([service(binary_to_list(Line)) || Line <- binary:split(Text, <<"\n">>, [global])]);
        {error, _} -> []
    end.

service(Line) ->
    case string:lexemes(hd(string:split(Line, "#")), " \t") of
        [Name, Where | Aliases] ->
            case string:split(Where, "/") of
                [Digits, Proto] ->
                    try [{[Name | Aliases], list_to_integer(Digits), Proto}]
                    catch error:badarg -> []
                    end;
                _ -> []
            end;
        _ -> []
    end.

%%% Addresses as text

ntoa({A, B, C, D} = Ip) when is_integer(A), is_integer(B), is_integer(C), is_integer(D) -> prim_inet:ntoa(Ip);
%% An IPv4 address in the compatible form shows as one.
ntoa({0, 0, 0, 0, 0, 0, X, _} = Ip) when is_integer(X), X > 0, X < 65536 ->
    case is_ipv6_address(Ip) of
        true -> "::" ++ ntoa(ipv4_mapped_ipv6_address(Ip));
        false -> {error, einval}
    end;
ntoa(Ip) when tuple_size(Ip) =:= 8 -> prim_inet:ntoa(Ip);
ntoa(_) -> {error, einval}.

parse_address(Text) -> first_of([fun parse_ipv4_address/1, fun parse_ipv6strict_address/1], Text).

parse_strict_address(Text) -> first_of([fun parse_ipv4strict_address/1, fun parse_ipv6strict_address/1], Text).

first_of([F | Fs], Text) ->
    case F(Text) of
        {ok, _} = Found -> Found;
        {error, _} when Fs =/= [] -> first_of(Fs, Text);
        {error, _} = Error -> Error
    end.

%% One to four numbers, decimal, octal (0..) or hexadecimal (0x..); the last fills what is left.
parse_ipv4_address(Text) when is_list(Text) ->
    case length(Text) of
        0 -> {error, einval};
        _ ->
            try [number(Part) || Part <- string:split(Text, ".", all)] of
                Numbers -> ipv4(Numbers)
            catch
                throw:bad -> {error, einval};
                error:_ -> {error, einval}
            end
    end;
parse_ipv4_address(_) -> {error, einval}.

ipv4(Numbers) when length(Numbers) =< 4 ->
    {Front, [Last]} = lists:split(length(Numbers) - 1, Numbers),
    Room = 4 - length(Front),
    case lists:all(fun(N) -> N < 256 end, Front) andalso Last < 1 bsl (8 * Room) of
        true -> {ok, list_to_tuple(Front ++ binary_to_list(<<Last:Room/unit:8>>))};
        false -> {error, einval}
    end;
ipv4(_) -> {error, einval}.

number("0x" ++ Digits) -> based(Digits, 16);
number("0X" ++ Digits) -> based(Digits, 16);
number("0") -> 0;
number("0" ++ Digits) -> based(Digits, 8);
number(Digits) -> based(Digits, 10).

based([C | _] = Digits, Base) when C =/= $-, C =/= $+ -> list_to_integer(Digits, Base);
based(_, _) -> throw(bad).

%% Four numbers.
parse_ipv4strict_address(Text) when is_list(Text) ->
    Parts = string:split(Text, ".", all),
    Plain = fun([$0, _ | _]) -> false; (_) -> true end,
    case length(Parts) =:= 4 andalso lists:all(Plain, Parts) of
        true -> parse_ipv4_address(Text);
        false -> {error, einval}
    end;
parse_ipv4strict_address(_) -> {error, einval}.

parse_ipv6strict_address(Text) when is_list(Text) ->
    case prim_inet:parse_address(Text) of
        {ok, Ip} when tuple_size(Ip) =:= 8 -> {ok, Ip};
        _ -> {error, einval}
    end;
parse_ipv6strict_address(_) -> {error, einval}.

%% An IPv4 address is mapped.
parse_ipv6_address(Text) ->
    case parse_ipv6strict_address(Text) of
        {ok, _} = Found -> Found;
        {error, _} ->
            case parse_ipv4_address(Text) of
                {ok, Ip} -> {ok, ipv4_mapped_ipv6_address(Ip)};
                Error -> Error
            end
    end.

ipv4_mapped_ipv6_address({A, B, C, D}) -> {0, 0, 0, 0, 0, 16#ffff, A bsl 8 bor B, C bsl 8 bor D};
ipv4_mapped_ipv6_address({_, _, _, _, _, _, X, Y}) -> {X bsr 8, X band 255, Y bsr 8, Y band 255}.

is_ip_address(Ip) -> is_ipv4_address(Ip) orelse is_ipv6_address(Ip).

is_ipv4_address({A, B, C, D}) -> lists:all(fun(N) -> is_integer(N) andalso N >= 0 andalso N < 256 end, [A, B, C, D]);
is_ipv4_address(_) -> false.

is_ipv6_address(Ip) when tuple_size(Ip) =:= 8 -> lists:all(fun(N) -> is_integer(N) andalso N >= 0 andalso N < 65536 end, tuple_to_list(Ip));
is_ipv6_address(_) -> false.

format_error(exbadport) -> "invalid port state";
format_error(exbadseq) -> "bad command sequence";
format_error(system_limit) -> "a system limit was hit, probably not enough ports";
format_error(nxdomain) -> "non-existing domain";
format_error(Reason) -> erl_posix_msg:message(Reason).

%%% What other modules of OTP ask

gethostname(_Socket) -> gethostname().

%% The address of a name, of the first family that has one.
ip({_, _, _, _} = Address) -> {ok, Address};
ip(Name) ->
    case gethostbyname(Name) of
        {ok, Host} -> {ok, hd(element(6, Host))};
        {error, _} = Error -> Error
    end.

%% An address in the form of a family; loopback and any by their names.
translate_ip(loopback, inet) -> {127, 0, 0, 1};
translate_ip(loopback, inet6) -> {0, 0, 0, 0, 0, 0, 0, 1};
translate_ip(any, inet) -> {0, 0, 0, 0};
translate_ip(any, inet6) -> {0, 0, 0, 0, 0, 0, 0, 0};
translate_ip(Address, _) -> Address.

getll(Socket) -> {ok, Socket}.

socket_to_list(Socket) when is_port(Socket) -> erlang:port_to_list(Socket).

%% Packet filters are not stacked here.
popf(_Socket) -> {error, einval}.

options() ->
    [tos, tclass, priority, reuseaddr, keepalive, dontroute, linger, broadcast, sndbuf, recbuf, nodelay, ipv6_v6only, buffer, header, active,
     packet, deliver, mode, multicast_if, multicast_ttl, multicast_loop, exit_on_close, high_watermark, low_watermark, high_msgq_watermark,
     low_msgq_watermark, send_timeout, send_timeout_close, show_econnreset].

%% Properties of an interface, those that it has.
ifget(Name, Wanted) ->
    case [W || W <- Wanted, not lists:member(W, [addr, broadaddr, dstaddr, netmask, mtu, flags, hwaddr])] of
        [] ->
            {ok, Interfaces} = getifaddrs(),
            Properties = proplists:get_value(Name, Interfaces, []),
            {ok, [P || W <- Wanted, P <- first_property(W, Properties)]};
        _ -> {error, einval}
    end.

ifget(_Socket, Name, Wanted) -> ifget(Name, Wanted).

%% The first of the old family: addresses of this call have four parts.
first_property(Key, Properties) ->
    All = [P || {K, V} = P <- Properties, K =:= Key, not is_tuple(V) orelse tuple_size(V) =:= 4],
    lists:sublist(All, 1).

%% The module that serves a family, and what options are left.
tcp_module(Options) -> family_module(Options, tcp_module, inet_tcp, inet6_tcp).

tcp_module(Options, {_, _, _, _, _, _, _, _}) -> tcp_module([inet6 | Options]);
tcp_module(Options, _Address) -> tcp_module(Options).

udp_module(Options) -> family_module(Options, udp_module, inet_udp, inet6_udp).

family_module(Options, Key, Module, Module6) ->
    Given = proplists:get_value(Key, [O || O <- Options, is_tuple(O)], undefined),
    Rest = [O || O <- Options, O =/= inet, O =/= inet6, not is_tuple(O) orelse element(1, O) =/= Key],
    case {Given, lists:member(inet6, Options)} of
        {undefined, true} -> {Module6, Rest};
        {undefined, false} -> {Module, Rest};
        {Other, _} -> {Other, Rest}
    end.

%% A deadline that several calls share: false stands for none.
start_timer(infinity) -> false;
start_timer(Timeout) -> erlang:start_timer(Timeout, self(), inet).

stop_timer(false) -> false;
stop_timer(Timer) ->
    case erlang:cancel_timer(Timer) of
        false ->
            receive {timeout, Timer, _} -> false
            after 0 -> false
            end;
        Left -> Left
    end.

timeout(false) -> infinity;
timeout(Timer) ->
    case erlang:read_timer(Timer) of
        false -> 0;
        Left -> Left
    end.

%% What is left, at most this.
timeout(Time, false) -> Time;
timeout(Time, Timer) ->
    case erlang:read_timer(Timer) of
        false -> 0;
        Left -> min(Left, Time)
    end.
