%% Distribution is not there: this is the module of a node that is alone. Questions are answered as by OTP on a node without a name;
%% starting distribution is refused.
-module(net_kernel).

-export([start/1, start/2, stop/0, get_state/0, connect_node/1, monitor_nodes/1, monitor_nodes/2, get_net_ticktime/0,
         set_net_ticktime/1, set_net_ticktime/2, allow/1, allowed/0, getopts/2, setopts/2, longnames/0, nodename/0, i/0]).

start([Name]) when is_atom(Name) -> start(Name, #{});
start([Name, Domain]) when is_atom(Name), is_atom(Domain) -> start(Name, #{name_domain => Domain});
start([Name, Domain, Ticks]) when is_atom(Name), is_atom(Domain), is_integer(Ticks), Ticks > 0 ->
    start(Name, #{name_domain => Domain, net_ticktime => max(1, Ticks * 4 div 1000)}).

start(_, Options) when not is_map(Options) -> erlang:error(invalid_options);
start(Name, _) when not is_atom(Name) -> erlang:error(invalid_name);
start(_, Options) ->
    case [Option || Option <- lists:sort(maps:to_list(Options)), not is_start_option(Option)] of
        [{Key, Value} | _] -> erlang:error({invalid_option, Key, Value});
        [] -> {error, not_supported}
    end.

is_start_option({name_domain, D}) -> D =:= shortnames orelse D =:= longnames;
is_start_option({net_ticktime, T}) -> is_integer(T) andalso T > 0;
is_start_option({net_tickintensity, I}) -> is_integer(I) andalso I >= 4 andalso I =< 1000;
is_start_option({dist_listen, B}) -> is_boolean(B);
is_start_option({hidden, B}) -> is_boolean(B);
is_start_option(_) -> false.

stop() -> {error, not_found}.

get_state() -> #{started => no}.

longnames() -> ignored.
nodename() -> ignored.

connect_node(Node) when is_atom(Node) ->
    case Node =:= node() andalso is_alive() of
        true -> true;
        false -> ignored
    end.

monitor_nodes(Flag) -> monitor_nodes(Flag, []).

%% No node ever comes or goes, so there is nothing to remember.
monitor_nodes(Flag, Options) when is_boolean(Flag) ->
    case is_map(Options) orelse [O || O <- Options, not is_monitor_option(O)] of
        true -> ok;
        [] -> ok;
        Unknown -> {error, {unknown_options, Unknown}}
    end;
monitor_nodes(_, _) -> error.

is_monitor_option(connection_id) -> true;
is_monitor_option(nodedown_reason) -> true;
is_monitor_option({node_type, T}) -> lists:member(T, [visible, hidden, all]);
is_monitor_option(_) -> false.

get_net_ticktime() -> ignored.
set_net_ticktime(T) -> set_net_ticktime(T, 60).
set_net_ticktime(T, P) when is_integer(T), T > 0, is_integer(P), P >= 0 -> ignored.

allow(Nodes) when is_list(Nodes) -> ignored.
allowed() -> ignored.

getopts(_, _) -> ignored.
setopts(_, _) -> ignored.

i() -> ok.
