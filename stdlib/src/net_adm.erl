%% Administration of nodes, where there is one node and no name server.
-module(net_adm).

-export([dns_hostname/1, host_file/0, localhost/0, names/0, names/1, ping/1, ping_list/1, world/0, world/1, world_list/1, world_list/2]).

ping(Node) when is_atom(Node) ->
    case Node =:= node() andalso is_alive() of
        true -> pong;
        false -> pang
    end.

ping_list(Nodes) -> [N || N <- Nodes, N =/= node(), ping(N) =:= pong].

localhost() ->
    case file:read_file("/proc/sys/kernel/hostname") of
        {ok, Name} -> string:trim(binary_to_list(Name));
        {error, _} -> os:getenv("HOSTNAME", "localhost")
    end.

dns_hostname(Host) ->
    case inet:gethostbyname(Host) of
        {ok, {hostent, Name, _, _, _, _}} -> {ok, Name};
        {error, _} -> {error, Host}
    end.

%% No name server runs, as the answer of OTP's says when it cannot be reached.
names() -> {error, address}.
names(Host) ->
    case inet:gethostbyname(Host) of
        {ok, _} -> {error, address};
        Error -> Error
    end.

host_file() ->
    Found = [file:consult(filename:join(D, ".hosts.erlang")) || D <- [".", os:getenv("HOME", ".")]],
    case [Terms || {ok, Terms} <- Found] of
        [Terms | _] -> Terms;
        [] -> hd(Found)
    end.

world() -> world(silent).
world(Verbosity) ->
    case host_file() of
        {error, R} -> exit({error, R});
        Hosts -> world_list(Hosts, Verbosity)
    end.

world_list(Hosts) -> world_list(Hosts, silent).
world_list(Hosts, _) when is_list(Hosts) -> [].
