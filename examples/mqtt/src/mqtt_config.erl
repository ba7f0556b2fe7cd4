%% Settings: the application's environment, changed by the command line (`--port 1883 --hooks MODULE ...`).
-module(mqtt_config).

-export([take/1, get/1]).

%% Takes the arguments of the command line over into the environment.
-spec take([string()]) -> ok | {error, string()}.
take(["--" | Rest]) -> take(Rest);
take(["--port", N | Rest]) -> number(port, N, Rest);
take(["--max-queue", N | Rest]) -> number(max_queue, N, Rest);
take(["--max-inflight", N | Rest]) -> number(max_inflight, N, Rest);
take(["--max-packet-size", N | Rest]) -> number(max_packet_size, N, Rest);
take(["--hooks", Module | Rest]) -> set(hooks, list_to_atom(Module), Rest);
take(["--users", File | Rest]) ->
    set(hooks, mqtt_hooks_file, []),
    set(users, File, Rest);
take(["--ip", Text | Rest]) ->
    case inet:parse_address(Text) of
        {ok, Ip} -> set(ip, Ip, Rest);
        {error, _} -> {error, "--ip wants an address, not " ++ Text}
    end;
take([]) -> ok;
take([Other | _]) -> {error, "unknown argument " ++ Other ++ " (--port N, --ip ADDRESS, --users FILE, --hooks MODULE, --max-queue N, --max-inflight N, --max-packet-size N)"}.

number(Key, Text, Rest) ->
    try list_to_integer(Text) of
        N when N >= 0 -> set(Key, N, Rest);
        _ -> {error, "not a number: " ++ Text}
    catch
        error:badarg -> {error, "not a number: " ++ Text}
    end.

set(Key, Value, Rest) ->
    application:set_env(mqtt, Key, Value),
    take(Rest).

get(Key) ->
    {ok, Value} = application:get_env(mqtt, Key),
    Value.
