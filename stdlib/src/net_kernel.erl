%% Distribution is not there: this is the module of a node that is alone. Questions are answered as by OTP on a node without a name;
%% starting distribution is refused.
-module(net_kernel).

-export([start/1, start/2, stop/0, get_state/0, connect_node/1, monitor_nodes/1, monitor_nodes/2, get_net_ticktime/0,
         set_net_ticktime/1, set_net_ticktime/2, allow/1, allowed/0, getopts/2, setopts/2, longnames/0, nodename/0, i/0]).

start([_ | _]) -> {error, not_supported};
start(_) -> erlang:error(function_clause).

start(Name, Options) when is_atom(Name), is_map(Options) -> {error, not_supported}.

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
