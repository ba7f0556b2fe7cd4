%% dbg_port: trace ports as processes, and the clients that read them.
%%
%% A writer is the tracer of a session of `dbg'. It writes each event as a record: one byte 0, the size as 32 bits, most significant first, and the event
%% in the external term format; or one byte 1 and 32 bits with a count of dropped events. A client reads records from a file, a set of wrapping files or a
%% socket and hands the events to a handler. Neither prints anything by itself.
-module(dbg_port).

-export([open_file/1, open_ip/2, control/2, close/1]).
-export([client/4, stop_client/1]).
-export([record/1]).

%% ---------------------------------------------------------------------------------------------------------------------
%% Writers

-record(wrap, {name, suffix, limit, count, index = 0, written = 0, file}).

open_file(Where) -> start(fun() -> file_open(Where) end, fun file_write/2, fun file_close/1, fun no_port/1).

open_ip(Port, Queue) -> start(fun() -> ip_open(Port, Queue) end, fun ip_write/2, fun ip_close/1, fun ip_port/1).

%% The writer is linked to whoever opens it; a failure to open is raised there.
start(Open, Write, Close, ListenPort) ->
    Owner = self(),
    Ref = make_ref(),
    Pid = spawn_link(fun() ->
        process_flag(trap_exit, true),
        case Open() of
            {ok, State} -> Owner ! {Ref, ok}, writer(State, Write, Close, ListenPort, Owner);
            {error, _} = Error -> Owner ! {Ref, Error}
        end end),
    receive
        {Ref, ok} -> Pid;
        {Ref, {error, Reason}} -> unlink(Pid), exit(Reason)
    end.

writer(State, Write, Close, ListenPort, Owner) ->
    receive
        {Ref, From, flush} -> From ! {Ref, ok}, writer(State, Write, Close, ListenPort, Owner);
        {Ref, From, get_listen_port} -> From ! {Ref, ListenPort(State)}, writer(State, Write, Close, ListenPort, Owner);
        {Ref, From, close} -> Close(State), From ! {Ref, ok};
        {tcp_closed, _} -> writer(Write(closed, State), Write, Close, ListenPort, Owner);
        {accepted, Socket} -> writer(Write({accepted, Socket}, State), Write, Close, ListenPort, Owner);
        {'EXIT', Owner, _} -> Close(State);
        {'EXIT', _, _} -> writer(State, Write, Close, ListenPort, Owner);
        {flush, From, Ref} -> From ! {flushed, Ref}, writer(State, Write, Close, ListenPort, Owner);
        Event -> writer(Write({event, Event}, State), Write, Close, ListenPort, Owner)
    end.

record({drop, N}) -> <<1, N:32>>;
record(Event) ->
    Data = term_to_binary(Event),
    <<0, (byte_size(Data)):32, Data/binary>>.

control(Pid, Operation) -> ask(Pid, Operation).

close(Pid) ->
    unlink(Pid),
    ask(Pid, close).

ask(Pid, Request) ->
    Ref = monitor(process, Pid),
    Pid ! {Ref, self(), Request},
    receive
        {Ref, Answer} -> demonitor(Ref, [flush]), Answer;
        {'DOWN', Ref, _, _, _} -> {error, closed}
    end.

no_port(_) -> {error, no_ip_driver}.

%% Files. One more index than there may be files: the missing one tells a reader where the oldest file begins.

file_open({Name, wrap, Suffix, Limit, Count}) -> wrap_open(#wrap{name = Name, suffix = Suffix, limit = limit(Limit), count = Count});
file_open(Name) ->
    case file:open(Name, [write, raw, binary, delayed_write]) of
        {ok, File} -> {ok, {file, File}};
        Error -> Error
    end.

limit({time, Ms}) when is_integer(Ms), Ms > 0 -> {time, Ms, erlang:monotonic_time(millisecond)};
limit(Bytes) when is_integer(Bytes), Bytes > 0 -> Bytes.

wrap_open(#wrap{index = Index} = Wrap) ->
    _ = file:delete(wrap_name(Wrap, next(Wrap))),
    case file:open(wrap_name(Wrap, Index), [write, raw, binary, delayed_write]) of
        {ok, File} -> {ok, Wrap#wrap{file = File, written = 0}};
        Error -> Error
    end.

next(#wrap{index = Index, count = Count}) -> (Index + 1) rem (Count + 1).

wrap_name(#wrap{name = Name, suffix = Suffix}, Index) -> lists:flatten([Name, integer_to_list(Index), Suffix]).

file_write({event, Event}, {file, File} = State) ->
    _ = file:write(File, record(Event)),
    State;
file_write({event, Event}, #wrap{} = Wrap) ->
    Data = record(Event),
    #wrap{file = File, written = Written} = Full = room(Wrap),
    _ = file:write(File, Data),
    Full#wrap{written = Written + byte_size(Data)};
file_write(_, State) -> State.

room(#wrap{limit = {time, Ms, Since}} = Wrap) ->
    Now = erlang:monotonic_time(millisecond),
    case Now - Since >= Ms of
        true -> turn(Wrap#wrap{limit = {time, Ms, Now}});
        false -> Wrap
    end;
room(#wrap{limit = Limit, written = Written} = Wrap) when Written >= Limit -> turn(Wrap);
room(Wrap) -> Wrap.

turn(#wrap{file = File} = Wrap) ->
    _ = file:close(File),
    case wrap_open(Wrap#wrap{index = next(Wrap)}) of
        {ok, Next} -> Next;
        {error, Reason} -> exit(Reason)
    end.

file_close({file, File}) -> file:close(File);
file_close(#wrap{file = File}) -> file:close(File).

%% A socket. Without a reader events wait in a queue of bounded length; what does not fit is counted and the count is sent in its place.

-record(ip, {listen, port, socket = none, limit, queue = [], length = 0, dropped = 0}).

ip_open(Port, Limit) ->
    case gen_tcp:listen(Port, [binary, {packet, 0}, {active, false}, {reuseaddr, true}]) of
        {ok, Listen} ->
            {ok, Number} = inet:port(Listen),
            accept(Listen),
            {ok, #ip{listen = Listen, port = Number, limit = Limit}};
        Error -> Error
    end.

accept(Listen) ->
    Writer = self(),
    spawn_link(fun() ->
        case gen_tcp:accept(Listen) of
            {ok, Socket} ->
                ok = gen_tcp:controlling_process(Socket, Writer),
                Writer ! {accepted, Socket};
            {error, _} -> ok
        end end).

ip_write({accepted, Socket}, #ip{queue = Queue, dropped = Dropped} = Ip) ->
    _ = inet:setopts(Socket, [{active, true}]),
    Waiting = lists:reverse(Queue),
    Mark = [record({drop, Dropped}) || Dropped > 0],
    sent(gen_tcp:send(Socket, Waiting ++ Mark), Ip#ip{socket = Socket, queue = [], length = 0, dropped = 0});
ip_write(closed, #ip{listen = Listen} = Ip) ->
    accept(Listen),
    Ip#ip{socket = none};
ip_write({event, {tcp, _, _}}, Ip) -> Ip;
ip_write({event, Event}, #ip{socket = none, length = Length, limit = Limit} = Ip) when Length < Limit ->
    Ip#ip{queue = [record(Event) | Ip#ip.queue], length = Length + 1};
ip_write({event, _}, #ip{socket = none, dropped = N} = Ip) -> Ip#ip{dropped = N + 1};
ip_write({event, Event}, #ip{socket = Socket} = Ip) -> sent(gen_tcp:send(Socket, record(Event)), Ip).

sent(ok, Ip) -> Ip;
sent({error, _}, Ip) -> ip_write(closed, Ip).

ip_close(#ip{listen = Listen, socket = Socket}) ->
    Socket =:= none orelse gen_tcp:close(Socket),
    gen_tcp:close(Listen).

ip_port(#ip{port = Port}) -> {ok, Port}.

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
