%% Traces the packets and hook calls of one client in a running broker. Nothing here counts, limits, cuts or prints: the patterns name the client, the VM's
%% limiter and capture bounds act in the trace point, and its formatter writes what mqtt_print makes of an event. The session belongs to the calling
%% process: it ends with the operator's terminal.
-module(mqtt_trace).

-export([options/1, client/1, stop_all/0]).

-define(NAME, "mqtt client ").

%% `client-id=ID --rate-max=N ...` as a map.
-spec options([string()]) -> {ok, map()} | {error, string()}.
options(Args) -> options(split(Args), #{mountpoint => <<>>, rate_max => 10, rate_interval => 100, trunc_payload => 200}).

%% `--name value` is `--name=value`.
split(["--" ++ _ = Name, Value | Rest] = [First | Others]) ->
    case lists:member($=, Name) of
        true -> [First | split(Others)];
        false -> [Name ++ "=" ++ Value | split(Rest)]
    end;
split([Arg | Rest]) -> [Arg | split(Rest)];
split([]) -> [].

options([Arg | Rest], Options) ->
    case string:split(Arg, "=") of
        ["client-id", Id] -> options(Rest, Options#{client_id => unicode:characters_to_binary(Id)});
        ["--mountpoint", M] -> options(Rest, Options#{mountpoint => unicode:characters_to_binary(M)});
        ["--rate-max", N] -> number(rate_max, N, Rest, Options);
        ["--rate-interval", N] -> number(rate_interval, N, Rest, Options);
        ["--trunc-payload", N] -> number(trunc_payload, N, Rest, Options);
        _ -> {error, "mqtt trace: not understood: " ++ Arg}
    end;
options([], #{client_id := _} = Options) -> {ok, Options};
options([], _) -> {error, "mqtt trace: which client? (client-id=ID)"}.

number(Key, Text, Rest, Options) ->
    try list_to_integer(Text) of
        N when N > 0 -> options(Rest, Options#{Key => N});
        _ -> {error, "mqtt trace: not a positive number: " ++ Text}
    catch
        error:badarg -> {error, "mqtt trace: not a positive number: " ++ Text}
    end.

%% Traces until the session is stopped; answers the exit status.
-spec client(map()) -> 0..255.
client(#{client_id := ClientId, mountpoint := Mount} = Options) ->
    Id = {Mount, ClientId},
    #{rate_max := Max, rate_interval := Interval, trunc_payload := Bytes} = Options,
    Setup = #{
        name => ?NAME ++ unicode:characters_to_list(ClientId),
        format => {mqtt_print, event},
        limit => {Max, Interval},
        max_binary => Bytes,
        count => infinity,
        time => infinity,
        records => [mqtt_parse],
        redact => ["#connect.password", "mqtt_hooks:auth_on_register/5#4"]
    },
    %% Before the first client none of them need be there.
    [{module, M} = code:ensure_loaded(M) || M <- [mqtt_wire, mqtt_hooks, mqtt_parse, mqtt_print, mqtt_session]],
    case transom_tracer:run(patterns(Id), all, Setup) of
        {ok, Session, _} ->
            found(Id),
            {ok, _} = transom_tracer:wait(Session),
            io:format("~ts Trace session for ~ts stopped~n", [mqtt_print:timestamp(), ClientId]),
            0;
        {error, Why} ->
            transom_command:error("mqtt trace: ~tp~n", [Why]),
            1
    end.

%% A session that begins, every packet, and every hook with what it answers. CONNECT comes before the mountpoint is known.
patterns({_, ClientId} = Id) ->
    Return = [{exception_trace}],
    [
        {{mqtt_wire, received, 3}, [{[Id, '_', '_'], [], []}, {[{<<>>, ClientId}, '_', {connect, '_', '_', '_', '_', '_', '_', '_', '_'}], [], []}], [local]},
        {{mqtt_session, init, 1}, [{[Id], [], []}], [local]},
        {{mqtt_wire, send, 5}, [{[Id, '_', '_', '_', '_'], [], []}], [local]},
        {{mqtt_hooks, auth_on_register, 5}, [{['_', {'_', ClientId}, '_', '_', '_'], [], Return}], [local]},
        {{mqtt_hooks, auth_on_publish, 6}, [{['_', Id, '_', '_', '_', '_'], [], Return}], [local]},
        {{mqtt_hooks, auth_on_subscribe, 3}, [{['_', Id, '_'], [], Return}], [local]}
    ].

found({_, ClientId} = Id) ->
    case mqtt_registry:find(Id) of
        {ok, Pid} ->
            io:format("~ts Starting trace for 1 existing sessions for client \"~ts\" with PIDs~n    ~p~n", [mqtt_print:timestamp(), ClientId, [Pid]]);
        error -> io:format("~ts No sessions found for client \"~ts\"~n", [mqtt_print:timestamp(), ClientId])
    end.

%% Ends the traces of all operators.
-spec stop_all() -> non_neg_integer().
stop_all() ->
    Mine = [Id || #{id := Id, name := Name, state := running} <- transom_tracer:list(), lists:prefix(?NAME, text(Name))],
    length([stopped || Id <- Mine, {ok, _} <- [transom_tracer:stop(Id)]]).

text(Name) when is_binary(Name) -> binary_to_list(Name);
text(Name) when is_atom(Name) -> atom_to_list(Name);
text(Name) -> Name.
