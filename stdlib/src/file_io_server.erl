%% The process behind a file that is not raw: speaks the I/O protocol, decodes and encodes, buffers what it reads, ends when its owner ends.
-module(file_io_server).
-export([start/4]).

-record(st, {handle, owner, binary, encoding, buffer = <<>>, eof = false}).

-define(CHUNK, 8192).

%% The file is opened by the process that keeps it, so that it is closed with it.
start(Owner, Name, Modes, Primitive) ->
    Ref = make_ref(),
    {Pid, Mon} = spawn_monitor(fun() -> init(Owner, Ref, Name, Modes, Primitive) end),
    receive
        {Ref, ok} ->
            demonitor(Mon, [flush]),
            {ok, Pid};
        {Ref, Error} ->
            demonitor(Mon, [flush]),
            Error;
        {'DOWN', Mon, _, _, Reason} -> {error, Reason}
    end.

init(Owner, Ref, Name, Modes, Primitive) ->
    case prim_file:open(Name, Primitive) of
        {ok, Handle} ->
            monitor(process, Owner),
            Owner ! {Ref, ok},
            Encoding = proplists:get_value(encoding, [M || M <- Modes, is_tuple(M)], latin1),
            loop(#st{handle = Handle, owner = Owner, binary = lists:member(binary, Modes), encoding = plain(Encoding)});
        Error -> Owner ! {Ref, Error}
    end.

plain(utf8) -> unicode;
plain(E) -> E.

loop(#st{owner = Owner} = St) ->
    receive
        {io_request, From, As, Request} ->
            {Reply, St2} = io_request(Request, St),
            From ! {io_reply, As, Reply},
            loop(St2);
        {file_request, From, Ref, close} ->
            Reply = prim_file:close(St#st.handle),
            From ! {file_reply, Ref, Reply};
        {file_request, From, Ref, Request} ->
            {Reply, St2} = file_request(Request, unread(St)),
            From ! {file_reply, Ref, Reply},
            loop(St2);
        {'DOWN', _, process, Owner, _} -> prim_file:close(St#st.handle);
        _ -> loop(St)
    end.

%% What was read ahead is given back before the position matters.
unread(#st{buffer = <<>>} = St) -> St#st{eof = false};
unread(#st{buffer = Buffer, handle = H} = St) ->
    {ok, _} = prim_file:position(H, {cur, -byte_size(Buffer)}),
    St#st{buffer = <<>>, eof = false}.

file_request({position, Place}, St) -> {prim_file:position(St#st.handle, Place), St};
file_request(truncate, St) -> {prim_file:truncate(St#st.handle), St};
file_request(sync, St) -> {prim_file:sync(St#st.handle), St};
file_request({pread, At, N}, St) ->
    case prim_file:pread(St#st.handle, At, N) of
        {ok, Bin} when not St#st.binary -> {{ok, binary_to_list(Bin)}, St};
        Other -> {Other, St}
    end;
file_request({pwrite, At, Bytes}, St) -> {prim_file:pwrite(St#st.handle, At, Bytes), St};
file_request(_, St) -> {{error, request}, St}.

io_request({put_chars, Encoding, Chars}, St) -> put_chars(Encoding, Chars, unread(St));
io_request({put_chars, Encoding, M, F, A}, St) ->
    try apply(M, F, A) of
        Chars -> put_chars(Encoding, Chars, unread(St))
    catch
        _:_ -> {{error, F}, St}
    end;
io_request({get_chars, _, _, N}, St) -> get_chars(N, St);
io_request({get_chars, _, N}, St) -> get_chars(N, St);
io_request({get_line, _, _}, St) -> get_line(St);
io_request({get_line, _}, St) -> get_line(St);
io_request({get_until, _, _, M, F, A}, St) -> get_until(M, F, A, [], St);
io_request({setopts, Opts}, St) ->
    Encoding = plain(proplists:get_value(encoding, Opts, St#st.encoding)),
    Binary = proplists:get_value(binary, proplists:normalize(Opts, [{negations, [{list, binary}]}]), St#st.binary),
    {ok, St#st{encoding = Encoding, binary = Binary}};
io_request(getopts, St) -> {[{binary, St#st.binary}, {encoding, St#st.encoding}], St};
io_request({requests, Requests}, St) -> requests(Requests, ok, St);
io_request(_, St) -> {{error, request}, St}.

requests([R | Rs], Last, St) when Last =:= ok; not is_tuple(Last) ->
    {Reply, St2} = io_request(R, St),
    requests(Rs, Reply, St2);
requests(_, Last, St) -> {Last, St}.

put_chars(From, Chars, #st{encoding = To, handle = H} = St) ->
    case unicode:characters_to_binary(Chars, From, To) of
        Bin when is_binary(Bin) -> {prim_file:write(H, Bin), St};
        _ -> {{error, {no_translation, From, To}}, St}
    end.

%%% Reading

fill(#st{handle = H, buffer = Buffer} = St) ->
    case prim_file:read(H, ?CHUNK) of
        {ok, Bin} -> {ok, St#st{buffer = <<Buffer/binary, Bin/binary>>}};
        eof -> {eof, St#st{eof = true}};
        Error -> {Error, St}
    end.

%% So many characters, or bytes where a character is a byte.
get_chars(0, St) -> {shape(<<>>, St), St};
get_chars(N, St) ->
    case take(N, St#st.buffer, St#st.encoding) of
        {ok, Text, Rest} -> {shape(Text, St), St#st{buffer = Rest}};
        more ->
            case fill(St) of
                {ok, St2} -> get_chars(N, St2);
                {eof, #st{buffer = <<>>} = St2} -> {eof, St2};
                {eof, St2} -> {shape(St2#st.buffer, St2), St2#st{buffer = <<>>}};
                {Error, St2} -> {Error, St2}
            end
    end.

take(N, Buffer, unicode) -> take_utf8(N, Buffer, 0, Buffer);
take(N, Buffer, _) when byte_size(Buffer) >= N ->
    <<Text:N/binary, Rest/binary>> = Buffer,
    {ok, Text, Rest};
take(_, _, _) -> more.

take_utf8(0, Rest, Size, All) -> {ok, binary:part(All, 0, Size), Rest};
take_utf8(N, <<C/utf8, Rest/binary>>, Size, All) -> take_utf8(N - 1, Rest, Size + byte_size(<<C/utf8>>), All);
take_utf8(_, _, _, _) -> more.

get_line(#st{buffer = Buffer} = St) ->
    case binary:split(Buffer, <<"\n">>) of
        [Line, Rest] -> {shape(without_return(Line), St), St#st{buffer = Rest}};
        [_] ->
            case fill(St) of
                {ok, St2} -> get_line(St2);
                {eof, #st{buffer = <<>>} = St2} -> {eof, St2};
                {eof, St2} -> {shape(St2#st.buffer, St2), St2#st{buffer = <<>>}};
                {Error, St2} -> {Error, St2}
            end
    end.

without_return(Line) ->
    Size = byte_size(Line) - 1,
    case Line of
        <<Text:Size/binary, "\r">> -> <<Text/binary, "\n">>;
        _ -> <<Line/binary, "\n">>
    end.

%% Lines are given to the function until it is content.
get_until(M, F, A, State, St) ->
    {Input, St2} = case get_line(St#st{binary = false, encoding = St#st.encoding}) of
        {Line, S} -> {Line, S#st{binary = St#st.binary}}
    end,
    case Input of
        {error, _} -> {Input, St2};
        _ ->
            try apply(M, F, [State, Input | A]) of
                {done, Result, Rest} -> {Result, put_back(Rest, St2)};
                {more, State2} -> get_until(M, F, A, State2, St2)
            catch
                _:_ -> {{error, F}, St2}
            end
    end.

put_back(eof, St) -> St;
put_back(Chars, #st{buffer = Buffer, encoding = Encoding} = St) ->
    Bin = unicode:characters_to_binary(Chars, unicode, Encoding),
    St#st{buffer = <<Bin/binary, Buffer/binary>>}.

shape(Bin, #st{binary = true}) -> Bin;
shape(Bin, #st{encoding = unicode}) ->
    case unicode:characters_to_list(Bin) of
        List when is_list(List) -> List;
        _ -> {error, collect_line}
    end;
shape(Bin, _) -> binary_to_list(Bin).
