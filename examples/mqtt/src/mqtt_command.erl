%% What an operator can ask: `transom command broker mqtt sessions` from the shell of the system, `mqtt_command:command(["sessions"]).` from a console.
-module(mqtt_command).

-export([command/1]).

-spec command([string()]) -> 0..255.
command(["sessions"]) ->
    io:format("~-32ts ~-16ts ~-5ts ~-9ts ~9ts ~9ts ~6ts~n", ["client", "user", "mqtt", "connected", "received", "delivered", "owed"]),
    [session(Pid) || {_, Pid, _} <- lists:sort(mqtt_registry:all())],
    0;
command(["trace", "client" | Args]) ->
    case mqtt_trace:options(Args) of
        {ok, Options} -> mqtt_trace:client(Options);
        {error, Text} ->
            transom_command:error("~ts~n", [Text]),
            2
    end;
command(["trace", "stop_all"]) ->
    io:format("~b traces stopped~n", [mqtt_trace:stop_all()]),
    0;
command(Other) ->
    Other =:= ["help"] orelse transom_command:error("mqtt: no such command: ~ts~n", [lists:join(" ", Other)]),
    io:put_chars([
        "mqtt sessions                          the sessions of all clients\n",
        "mqtt trace client client-id=ID         every packet and hook call of a client, across its connections\n",
        "    [--mountpoint=MP] [--rate-max=N] [--rate-interval=MS] [--trunc-payload=BYTES]\n",
        "mqtt trace stop_all                    ends all traces\n"
    ]),
    case Other of
        ["help"] -> 0;
        _ -> 2
    end.

session(Pid) ->
    %% A session may end while it is asked.
    try mqtt_session:info(Pid) of
        #{client_id := Id, user := User, version := V, connected := Connected, received := R, delivered := D, owed := O} ->
            io:format("~-32ts ~-16ts ~-5ts ~-9ts ~9b ~9b ~6b~n", [Id, if User =:= undefined -> "-"; true -> User end, version(V), atom_to_list(Connected), R, D, O])
    catch
        exit:_ -> ok
    end.

version(3) -> "3.1";
version(4) -> "3.1.1";
version(5) -> "5.0";
version(undefined) -> "-".
