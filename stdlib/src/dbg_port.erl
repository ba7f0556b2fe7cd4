%% dbg_port: trace ports, and the clients that read what they wrote.
%%
%% A trace port is the tracer of a session of `dbg'. It writes each event as a record: one byte 0, the size as 32 bits, most significant first, and the event
%% in the external term format; or one byte 1 and 32 bits with a count of dropped events. The VM does that without making a traced process wait. A client
%% reads records from a file, a set of wrapping files or a socket and hands the events to a handler. Neither prints anything by itself.
-module(dbg_port).

-export([open_file/1, open_ip/2, control/2, close/1]).
-export([client/4, stop_client/1]).

%% Ports belong to whoever opens them; a failure to open is raised there.

open_file({Name, wrap, Suffix, Limit, Count}) when is_integer(Count), Count > 0 -> opened(erts_internal:open_trace_port(file, {text(Name), text(Suffix), limit(Limit), Count}));
open_file(Name) -> opened(erts_internal:open_trace_port(file, text(Name))).

open_ip(Port, Queue) -> opened(erts_internal:open_trace_port(ip, {Port, Queue})).

opened(Port) when is_port(Port) -> Port;
opened({error, Reason}) -> exit(Reason).

text(Name) when is_list(Name) -> lists:flatten([if is_atom(Part) -> atom_to_list(Part); true -> Part end || Part <- Name]);
text(Name) -> Name.

limit({time, Ms} = Limit) when is_integer(Ms), Ms > 0 -> Limit;
limit(Bytes) when is_integer(Bytes), Bytes >= 0 -> Bytes.

control(Port, flush) ->
    try erlang:port_control(Port, $f, "") of
        _ -> ok
    catch error:_ -> {error, closed}
    end;
control(Port, get_listen_port) ->
    try erlang:port_control(Port, $p, "") of
        <<0, Number:16>> -> {ok, Number}
    catch error:_ -> {error, no_ip_driver}
    end.

%% What was recorded is in the file when it returns.
close(Port) ->
    unlink(Port),
    catch erlang:port_close(Port),
    ok.

%% ---------------------------------------------------------------------------------------------------------------------
%% Clients

client(Type, Where, Handler, Data) ->
    spawn(fun() -> read_all(source(Type, Where), Handler, Data) end).

stop_client(Pid) ->
    Ref = monitor(process, Pid),
    exit(Pid, kill),
    receive {'DOWN', Ref, _, _, _} -> ok end.

%% A source is a fun from a number of bytes to {ok, Binary}, eof or {error, Reason}.
source(file, {Name, wrap, Suffix}) -> files(wrapped(Name, Suffix));
source(file, {Name, wrap, Suffix, _}) -> files(wrapped(Name, Suffix));
source(file, {Name, wrap, Suffix, _, _}) -> files(wrapped(Name, Suffix));
source(file, Name) -> files([Name]);
source(follow_file, Name) ->
    {ok, File} = file:open(Name, [read, raw, binary]),
    fun(N) -> follow(File, N, <<>>) end;
source(ip, Port) when is_integer(Port) -> source(ip, {"localhost", Port});
source(ip, {Host, Port}) ->
    {ok, Socket} = gen_tcp:connect(Host, Port, [binary, {packet, 0}, {active, false}]),
    fun(N) ->
        case gen_tcp:recv(Socket, N) of
            {error, closed} -> eof;
            Other -> Other
        end end.

files(Names) ->
    put(files, Names),
    fun(N) -> next_bytes(N) end.

next_bytes(N) ->
    case get(file) of
        undefined ->
            case get(files) of
                [] -> eof;
                [Name | Rest] ->
                    put(files, Rest),
                    case file:open(Name, [read, raw, binary, read_ahead]) of
                        {ok, File} -> put(file, File), next_bytes(N);
                        Error -> Error
                    end
            end;
        File ->
            case file:read(File, N) of
                eof -> file:close(File), erase(file), next_bytes(N);
                Other -> Other
            end
    end.

%% The oldest file is the one after the missing index.
wrapped(Name, Suffix) ->
    Start = lists:flatten([Name]),
    Found = lists:sort([{Index, File} || File <- filelib:wildcard(Start ++ "*" ++ Suffix), Index <- index(File, Start, Suffix)]),
    {Newer, Older} = before_gap(Found, []),
    [File || {_, File} <- Older ++ Newer].

index(File, Start, Suffix) ->
    Digits = lists:sublist(File, length(Start) + 1, length(File) - length(Start) - length(Suffix)),
    case string:to_integer(Digits) of
        {Index, []} when is_integer(Index) -> [Index];
        _ -> []
    end.

before_gap([{A, _} = First, {B, _} = Second | Rest], Acc) when B =/= A + 1 -> {lists:reverse([First | Acc]), [Second | Rest]};
before_gap([First | Rest], Acc) -> before_gap(Rest, [First | Acc]);
before_gap([], Acc) -> {lists:reverse(Acc), []}.

%% The end of a followed file is only the end so far.
follow(File, N, Have) ->
    case file:read(File, N - byte_size(Have)) of
        {ok, Data} when byte_size(Have) + byte_size(Data) =:= N -> {ok, <<Have/binary, Data/binary>>};
        {ok, Data} -> follow(File, N, <<Have/binary, Data/binary>>);
        eof -> timer:sleep(100), follow(File, N, Have);
        Error -> Error
    end.

read_all(Read, Handler, Data) ->
    case read_record(Read) of
        {event, Event} -> read_all(Read, Handler, Handler(Event, Data));
        eof -> Handler(end_of_trace, Data);
        {error, Reason} -> exit({trace_client, Reason})
    end.

read_record(Read) ->
    case Read(5) of
        {ok, <<0, Size:32>>} ->
            case Read(Size) of
                {ok, Data} when byte_size(Data) =:= Size -> decode(Data);
                {error, _} = Error -> Error;
                _ -> {error, truncated}
            end;
        {ok, <<1, Dropped:32>>} -> {event, {drop, Dropped}};
        {ok, _} -> {error, bad_record};
        Other -> Other
    end.

decode(Data) ->
    try {event, binary_to_term(Data)}
    catch error:badarg -> {error, bad_record}
    end.
