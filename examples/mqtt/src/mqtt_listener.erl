%% Owns the listening socket; a few processes accept from it.
-module(mqtt_listener).
-behaviour(gen_server).

-export([start_link/0, port/0, acceptor/1]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2]).

-define(ACCEPTORS, 4).

start_link() -> gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).

%% The port that the broker listens on (it was chosen by the system if 0 was asked for).
port() -> gen_server:call(?MODULE, port).

init([]) ->
    process_flag(trap_exit, true),
    Options = [
        binary, {packet, raw}, {active, false}, {reuseaddr, true}, {nodelay, true}, {backlog, 1024}, {ip, mqtt_config:get(ip)},
        {send_timeout, 30000}, {send_timeout_close, true}
    ],
    case gen_tcp:listen(mqtt_config:get(port), Options) of
        {ok, Listen} ->
            [spawn_link(?MODULE, acceptor, [Listen]) || _ <- lists:seq(1, ?ACCEPTORS)],
            {ok, Listen};
        {error, Why} -> {stop, {cannot_listen, mqtt_config:get(port), inet:format_error(Why)}}
    end.

handle_call(port, _, Listen) -> {reply, element(2, inet:port(Listen)), Listen}.

handle_cast(_, Listen) -> {noreply, Listen}.

handle_info({'EXIT', _, normal}, Listen) -> {noreply, Listen};
handle_info({'EXIT', _, _}, Listen) ->
    spawn_link(?MODULE, acceptor, [Listen]),
    {noreply, Listen};
handle_info(_, Listen) -> {noreply, Listen}.

acceptor(Listen) ->
    case gen_tcp:accept(Listen) of
        {ok, Socket} ->
            {ok, Pid} = supervisor:start_child(mqtt_connection_sup, [Socket]),
            case gen_tcp:controlling_process(Socket, Pid) of
                ok -> Pid ! {socket, Socket};
                {error, _} -> gen_tcp:close(Socket)
            end,
            ?MODULE:acceptor(Listen);
        {error, closed} -> ok;
        %% Out of descriptors, or a client that left at once: not the listener's end.
        {error, _} ->
            timer:sleep(50),
            ?MODULE:acceptor(Listen)
    end.
