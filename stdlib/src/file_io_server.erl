%% The process behind a file that is not raw: speaks the I/O protocol, decodes and encodes, buffers what it reads, ends when its owner ends.
%%
%% In a file with a Unicode encoding the buffer holds UTF-8, whatever the file's own form is; bytes that make no whole character yet wait in
%% `cut`. What cannot be translated ends the server, as in OTP: nobody could say where in the file it stands.
-module(file_io_server).
-export([start/4, format_error/1]).

-record(st, {handle, owner, binary, encoding, buffer = <<>>, cut = <<>>, bad = false}).

-define(CHUNK, 8192).

%% The file is opened by the process that keeps it, so that it is closed with it.
start(Owner, Name, Modes, Primitive) ->
    case encoding(proplists:get_value(encoding, [M || M <- Modes, is_tuple(M)], latin1)) of
        {ok, Encoding} ->
            Ref = make_ref(),
            {Pid, Mon} = spawn_monitor(fun() -> init(Owner, Ref, Name, Modes, Primitive, Encoding) end),
            receive
                {Ref, ok} ->
                    demonitor(Mon, [flush]),
                    {ok, Pid};
                {Ref, Error} ->
                    demonitor(Mon, [flush]),
                    Error;
                {'DOWN', Mon, _, _, Reason} -> {error, Reason}
            end;
        error -> {error, badarg}
    end.

init(Owner, Ref, Name, Modes, Primitive, Encoding) ->
    try prim_file:open(Name, Primitive) of
        {ok, Handle} ->
            monitor(process, Owner),
            put('$file_name', Name),
            Owner ! {Ref, ok},
            loop(#st{handle = Handle, owner = Owner, binary = lists:member(binary, Modes), encoding = Encoding});
        Error -> Owner ! {Ref, Error}
    catch
        error:badarg -> Owner ! {Ref, {error, badarg}}
    end.

encoding(utf8) -> {ok, unicode};
encoding(unicode) -> {ok, unicode};
encoding(latin1) -> {ok, latin1};
encoding(utf16) -> {ok, {utf16, big}};
encoding(utf32) -> {ok, {utf32, big}};
encoding({Form, Order} = E) when (Form =:= utf16 orelse Form =:= utf32), (Order =:= big orelse Order =:= little) -> {ok, E};
encoding(_) -> error.

loop(#st{owner = Owner} = St) ->
    receive
        {io_request, From, As, Request} ->
            {Reply, St2} = io_request(Request, St),
            From ! {io_reply, As, Reply},
            case Reply of
                {error, {no_translation, _, _}} -> prim_file:close(St2#st.handle);
                _ -> loop(St2)
            end;
        {file_request, From, Ref, close} ->
            Reply = prim_file:close(St#st.handle),
            From ! {file_reply, Ref, Reply};
        {file_request, From, Ref, Request} ->
            {Reply, St2} =
                try file_request(Request, unread(St))
                catch error:badarg -> {{error, badarg}, St}
                end,
            From ! {file_reply, Ref, Reply},
            loop(St2);
        {'DOWN', _, process, Owner, _} -> prim_file:close(St#st.handle);
        _ -> loop(St)
    end.

%% What was read ahead is given back before the position matters.
unread(#st{buffer = <<>>, cut = <<>>} = St) -> St#st{bad = false};
unread(#st{buffer = Buffer, cut = Cut, handle = H} = St) ->
    Size = byte_size(stored(Buffer, St)) + byte_size(Cut),
    {ok, _} = prim_file:position(H, {cur, -Size}),
    St#st{buffer = <<>>, cut = <<>>, bad = false}.

%% The buffer as the file has it.
stored(Buffer, #st{encoding = E}) when E =:= latin1; E =:= unicode -> Buffer;
stored(Buffer, #st{encoding = E}) -> unicode:characters_to_binary(Buffer, unicode, E).

file_request({position, Place}, St) -> {prim_file:position(St#st.handle, Place), St};
file_request(truncate, St) -> {prim_file:truncate(St#st.handle), St};
file_request(sync, St) -> {prim_file:sync(St#st.handle), St};
file_request(datasync, St) -> {prim_file:datasync(St#st.handle), St};
file_request({advise, Offset, Length, Advice}, St) -> {prim_file:advise(St#st.handle, Offset, Length, Advice), St};
file_request({allocate, Offset, Length}, St) -> {prim_file:allocate(St#st.handle, Offset, Length), St};
file_request({pread, At, _}, St) when is_integer(At), At < 0 -> {{error, einval}, St};
%% The position moves, as position/2 and read/2 or write/2 would move it.
file_request({pread, At, N}, #st{handle = H} = St) ->
    case prim_file:position(H, At) of
        {ok, _} ->
            case prim_file:read(H, N) of
                {ok, Bin} when not St#st.binary -> {{ok, binary_to_list(Bin)}, St};
                Other -> {Other, St}
            end;
        Error -> {Error, St}
    end;
file_request({pwrite, At, _}, St) when is_integer(At), At < 0 -> {{error, einval}, St};
file_request({pwrite, At, Bytes}, #st{handle = H} = St) ->
    case prim_file:position(H, At) of
        {ok, _} -> {prim_file:write(H, Bytes), St};
        Error -> {Error, St}
    end;
file_request(_, St) -> {{error, request}, St}.

io_request({put_chars, Encoding, Chars}, St) -> put_chars(Encoding, Chars, unread(St));
io_request({put_chars, Encoding, M, F, A}, St) ->
    try apply(M, F, A) of
        Chars -> put_chars(Encoding, Chars, unread(St))
    catch
        _:_ -> {{error, F}, St}
    end;
io_request({put_chars, Chars}, St) -> io_request({put_chars, latin1, Chars}, St);
io_request({put_chars, M, F, A}, St) -> io_request({put_chars, latin1, M, F, A}, St);
io_request({get_chars, Encoding, _, N}, St) when is_integer(N), N >= 0 -> get_chars(N, Encoding, St);
io_request({get_chars, Prompt, N}, St) -> io_request({get_chars, latin1, Prompt, N}, St);
io_request({get_line, Encoding, _}, St) -> get_line(Encoding, St);
io_request({get_line, Prompt}, St) -> io_request({get_line, latin1, Prompt}, St);
io_request({get_until, Encoding, _, M, F, A}, St) -> get_until(M, F, A, [], Encoding, St);
io_request({get_until, Prompt, M, F, A}, St) -> io_request({get_until, latin1, Prompt, M, F, A}, St);
io_request({setopts, Opts} = Request, St) when not is_list(Opts) -> {{error, {request, Request}}, St};
io_request({setopts, Opts}, St) ->
    case lists:all(fun is_option/1, Opts) andalso encoding(proplists:get_value(encoding, Opts, St#st.encoding)) of
        {ok, Encoding} ->
            Binary = proplists:get_value(binary, proplists:normalize(Opts, [{negations, [{list, binary}]}]), St#st.binary),
            St2 = unread(St),
            {ok, St2#st{encoding = Encoding, binary = Binary}};
        _ -> {{error, enotsup}, St}
    end;
io_request(getopts, St) -> {[{binary, St#st.binary}, {encoding, St#st.encoding}], St};
io_request({requests, Requests}, St) -> requests(Requests, ok, St);
io_request(Request, St) -> {{error, {request, Request}}, St}.

is_option(Option) -> lists:member(Option, [binary, list]) orelse is_tuple(Option) andalso lists:member(element(1, Option), [binary, list, encoding]).

requests([R | Rs], Last, St) when Last =:= ok; not is_tuple(Last); element(1, Last) =/= error ->
    {Reply, St2} = io_request(R, St),
    requests(Rs, Reply, St2);
requests(_, Last, St) -> {Last, St}.

put_chars(From, Chars, #st{encoding = To, handle = H} = St) ->
    try unicode:characters_to_binary(Chars, From, To) of
        Bin when is_binary(Bin) -> {prim_file:write(H, Bin), St};
        _ -> {{error, {no_translation, From, To}}, St}
    catch
        error:badarg -> {{error, put_chars}, St}
    end.

%%% Reading

fill(#st{bad = true, encoding = E} = St) -> {{error, {no_translation, E, unicode}}, St};
fill(#st{handle = H, buffer = Buffer, encoding = latin1} = St) ->
    case prim_file:read(H, ?CHUNK) of
        {ok, Bin} -> {ok, St#st{buffer = <<Buffer/binary, Bin/binary>>}};
        eof -> {eof, St};
        Error -> {Error, St}
    end;
fill(#st{handle = H, cut = Cut, encoding = E} = St) ->
    case prim_file:read(H, ?CHUNK) of
        {ok, Bin} -> {ok, decoded(unicode:characters_to_binary(<<Cut/binary, Bin/binary>>, E, unicode), St)};
        eof when Cut =/= <<>> -> {{error, {no_translation, E, unicode}}, St};
        eof -> {eof, St};
        Error -> {Error, St}
    end.

decoded(Text, #st{buffer = Buffer} = St) when is_binary(Text) -> St#st{buffer = <<Buffer/binary, Text/binary>>, cut = <<>>};
decoded({incomplete, Text, Rest}, #st{buffer = Buffer} = St) -> St#st{buffer = <<Buffer/binary, Text/binary>>, cut = Rest};
decoded({error, Text, Rest}, #st{buffer = Buffer} = St) -> St#st{buffer = <<Buffer/binary, Text/binary>>, cut = Rest, bad = true}.

%% So many characters, or bytes where a character is a byte.
get_chars(0, Encoding, St) -> {shape(<<>>, Encoding, St), St};
get_chars(N, Encoding, St) ->
    case take(N, St#st.buffer, St#st.encoding) of
        {ok, Text, Rest} -> {shape(Text, Encoding, St), St#st{buffer = Rest}};
        more -> more(fun(St2) -> get_chars(N, Encoding, St2) end, Encoding, St)
    end.

%% Reads on, or gives what there is at the end of the file.
more(Again, Encoding, St) ->
    case fill(St) of
        {ok, St2} -> Again(St2);
        {eof, #st{buffer = <<>>} = St2} -> {eof, St2};
        {eof, St2} -> {shape(St2#st.buffer, Encoding, St2), St2#st{buffer = <<>>}};
        {Error, St2} -> {Error, St2}
    end.

take(N, Buffer, latin1) when byte_size(Buffer) >= N ->
    <<Text:N/binary, Rest/binary>> = Buffer,
    {ok, Text, Rest};
take(_, _, latin1) -> more;
take(N, Buffer, _) -> take_utf8(N, Buffer, 0, Buffer).

take_utf8(0, Rest, Size, All) -> {ok, binary:part(All, 0, Size), Rest};
take_utf8(N, <<C/utf8, Rest/binary>>, Size, All) -> take_utf8(N - 1, Rest, Size + byte_size(<<C/utf8>>), All);
take_utf8(_, _, _, _) -> more.

get_line(Encoding, St) -> get_line(Encoding, 0, St).

%% The first Seen bytes hold no end of a line.
get_line(Encoding, Seen, #st{buffer = Buffer} = St) ->
    case binary:match(Buffer, <<"\n">>, [{scope, {Seen, byte_size(Buffer) - Seen}}]) of
        {At, 1} ->
            <<Line:At/binary, _, Rest/binary>> = Buffer,
            {shape(without_return(Line), Encoding, St), St#st{buffer = Rest}};
        nomatch -> more(fun(St2) -> get_line(Encoding, byte_size(Buffer), St2) end, Encoding, St)
    end.

without_return(Line) ->
    Size = byte_size(Line) - 1,
    case Line of
        <<Text:Size/binary, "\r">> -> <<Text/binary, "\n">>;
        _ -> <<Line/binary, "\n">>
    end.

%% Lines are given to the function until it is content.
get_until(M, F, A, State, Encoding, St) ->
    {Input, St1} = get_line(unicode, St#st{binary = false}),
    St2 = St1#st{binary = St#st.binary},
    case Input of
        {error, _} -> {Input, St2};
        _ ->
            try apply(M, F, [State, Input | A]) of
                {done, Result, Rest} -> {Result, put_back(Rest, St2)};
                {more, State2} -> get_until(M, F, A, State2, Encoding, St2)
            catch
                _:_ -> {{error, F}, St2}
            end
    end.

put_back(eof, St) -> St;
put_back(Chars, #st{buffer = Buffer, encoding = E} = St) ->
    Bin = unicode:characters_to_binary(Chars, unicode, case E of latin1 -> latin1; _ -> unicode end),
    St#st{buffer = <<Bin/binary, Buffer/binary>>}.

%% As it was asked for: a list or binary of characters, in the encoding of the request.
shape(Bin, _, #st{encoding = latin1, binary = false}) -> binary_to_list(Bin);
shape(Bin, latin1, #st{encoding = latin1}) -> Bin;
shape(Bin, _, #st{encoding = latin1}) -> unicode:characters_to_binary(Bin, latin1, unicode);
shape(Bin, latin1, #st{binary = Binary}) ->
    case unicode:characters_to_binary(Bin, unicode, latin1) of
        Bytes when is_binary(Bytes), Binary -> Bytes;
        Bytes when is_binary(Bytes) -> binary_to_list(Bytes);
        _ -> {error, {no_translation, unicode, latin1}}
    end;
shape(Bin, _, #st{binary = true}) -> Bin;
shape(Bin, _, _) -> unicode:characters_to_list(Bin).

format_error(invalid_unicode) -> io_lib:format("cannot translate from UTF-8", []);
format_error(Why) -> io_lib:format("~tw", [Why]).
