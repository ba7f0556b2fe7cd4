%% Standard input, output and error as io servers.
%%
%% `user` serves descriptors 0 and 1, `standard_error` descriptor 2; both speak the I/O protocol of the io module's chapter. Output is
%% written through as it comes. Input is read in lines by a helper process, so that output goes on while a read waits: requests
%% for input wait in a queue meanwhile.
-module(user).

-export([start/0, start_stderr/0, server/2, reader/1]).

-record(st, {fd, unicode = true, binary = false, echo = true, buffer = [], eof = false,
             reader = undefined, reading = false, waiting = queue_empty}).

start() -> start(user, 1).

start_stderr() -> start(standard_error, 2).

start(Name, Fd) ->
    case whereis(Name) of
        undefined ->
            Pid = spawn(user, server, [Fd, self()]),
            try register(Name, Pid) of
                true -> Pid
            catch error:badarg ->
                exit(Pid, kill),
                whereis(Name)
            end;
        Pid -> Pid
    end.

server(Fd, _) ->
    process_flag(trap_exit, true),
    group_leader(self(), self()),
    loop(#st{fd = Fd, waiting = []}).

loop(St) ->
    receive
        {io_request, From, As, Request} -> loop(take(From, As, Request, St));
        {input, Data} -> loop(resume(fed(Data, St#st{reading = false})));
        {'EXIT', Reader, _} when Reader =:= St#st.reader -> loop(St#st{reader = undefined, reading = false});
        _ -> loop(St)
    end.

take(From, As, Request, #st{waiting = []} = St) -> serve(From, As, Request, St);
take(From, As, Request, #st{waiting = Ws} = St) ->
    case reads(Request) of
        true -> St#st{waiting = Ws ++ [{From, As, Request}]};
        false -> serve(From, As, Request, St)
    end.

reads({requests, _}) -> true;
reads(Request) when is_tuple(Request) ->
    lists:member(element(1, Request), [get_line, get_chars, get_until, get_password]);
reads(_) -> false.

serve(From, As, Request, St) ->
    case request(Request, St) of
        {reply, Reply, St1} ->
            From ! {io_reply, As, Reply},
            St1;
        {more, Again, St1} -> read_more(St1#st{waiting = [{From, As, Again} | St1#st.waiting]})
    end.

%% A read that was waiting goes on with the new input, then those behind it.
resume(#st{waiting = [{From, As, Request} | Ws]} = St) ->
    St1 = serve(From, As, Request, St#st{waiting = []}),
    case St1#st.waiting of
        [] -> resume(St1#st{waiting = Ws});
        [First] -> St1#st{waiting = [First | Ws]}
    end;
resume(St) -> St.

%% ---- Requests ----

request({put_chars, Enc, Chars}, St) -> {reply, put_chars(Enc, Chars, St), St};
request({put_chars, Enc, M, F, A}, St) ->
    Reply = try apply(M, F, A) of
        Chars -> put_chars(Enc, Chars, St)
    catch _:_ -> {error, F}
    end,
    {reply, Reply, St};
request({put_chars, Chars}, St) -> request({put_chars, latin1, Chars}, St);
request({put_chars, M, F, A}, St) -> request({put_chars, latin1, M, F, A}, St);
request({get_line, Enc, Prompt}, St) -> start_read({line, Enc}, Prompt, St);
request({get_line, Prompt}, St) -> request({get_line, latin1, Prompt}, St);
request({get_chars, Enc, Prompt, N}, St) when is_integer(N), N >= 0 -> start_read({chars, Enc, N}, Prompt, St);
request({get_chars, Prompt, N}, St) -> request({get_chars, latin1, Prompt, N}, St);
request({get_until, Enc, Prompt, M, F, A}, St) -> start_read({until, Enc, M, F, A, []}, Prompt, St);
request({get_until, Prompt, M, F, A}, St) -> request({get_until, latin1, Prompt, M, F, A}, St);
request({get_password, _}, St) -> {reply, {error, enotsup}, St};
request({setopts, Opts}, St) ->
    case setopts(Opts, St) of
        {ok, St1} -> {reply, ok, St1};
        Error -> {reply, Error, St}
    end;
request(getopts, #st{binary = B, echo = E, unicode = U} = St) ->
    Tty = prim_io:isatty(St#st.fd),
    {reply, [{expand_fun, false}, {echo, E}, {binary, B}, {encoding, case U of true -> unicode; false -> latin1 end},
             {terminal, Tty}, {stdout, Tty}, {stdin, prim_io:isatty(0)}, {stderr, prim_io:isatty(2)}], St};
request({get_geometry, What}, St) ->
    {reply, case prim_io:winsize(St#st.fd) of
        {Columns, _} when What =:= columns -> Columns;
        {_, Rows} when What =:= rows -> Rows;
        _ -> {error, enotsup}
    end, St};
request({requests, Requests}, St) -> several(Requests, ok, St);
request({reading, What}, St) -> read(What, St);
request({many, Inner, Rest}, St) -> several_on(request(Inner, St), Rest);
request(_, St) -> {reply, {error, request}, St}.

several([R | Rs], Last, St) when Last =:= ok; not is_tuple(Last); element(1, Last) =/= error ->
    several_on(request(R, St), Rs);
several(_, Last, St) -> {reply, Last, St}.

several_on({reply, Reply, St}, Rs) -> several(Rs, Reply, St);
several_on({more, Again, St}, Rs) -> {more, {many, Again, Rs}, St}.

setopts(Opts, St) ->
    try {ok, lists:foldl(fun setopt/2, St, Opts)}
    catch error:_ -> {error, enotsup}
    end.

setopt(binary, St) -> St#st{binary = true};
setopt(list, St) -> St#st{binary = false};
setopt({binary, B}, St) when is_boolean(B) -> St#st{binary = B};
setopt({echo, E}, St) when is_boolean(E) -> St#st{echo = E};
setopt({encoding, E}, St) when E =:= unicode; E =:= utf8 -> St#st{unicode = true};
setopt({encoding, latin1}, St) -> St#st{unicode = false};
setopt({expand_fun, _}, St) -> St;
setopt({line_history, _}, St) -> St.

%% ---- Output ----

put_chars(Enc, Chars, #st{fd = Fd, unicode = U}) ->
    Out = case U of true -> unicode; false -> latin1 end,
    case encode(Chars, Enc, Out) of
        Bin when is_binary(Bin) ->
            case prim_io:write(Fd, Bin) of
                ok -> ok;
                {error, _} = Error -> Error
            end;
        _ -> {error, {no_translation, Enc, Out}}
    end.

%% Where the device cannot show a character, its escape is written.
encode(Chars, Enc, unicode) ->
    try unicode:characters_to_binary(Chars, Enc, unicode)
    catch _:_ -> error
    end;
encode(Chars, Enc, latin1) ->
    try unicode:characters_to_list(Chars, Enc) of
        L when is_list(L) ->
            iolist_to_binary([if C > 255 -> io_lib:format("\\x{~.16B}", [C]); true -> C end || C <- L]);
        _ -> error
    catch _:_ -> error
    end.

%% ---- Input ----

start_read(What, Prompt, #st{fd = 1} = St) ->
    prompt(Prompt, St),
    read(What, St);
start_read(_, _, St) -> {reply, {error, enotsup}, St}.

prompt('', _) -> ok;
prompt(Prompt, St) -> put_chars(unicode, io_lib:format_prompt(Prompt), St).

%% `buffer` holds characters not yet asked for.
read({line, Enc} = What, #st{buffer = Buf, eof = Eof} = St) ->
    case line(Buf, []) of
        {Line, Rest} -> answer(Line, Enc, St#st{buffer = Rest});
        more when Eof, Buf =:= [] -> {reply, eof, St#st{eof = false}};
        more when Eof -> answer(Buf, Enc, St#st{buffer = []});
        more -> {more, {reading, What}, St}
    end;
read({chars, Enc, N} = What, #st{buffer = Buf, eof = Eof} = St) ->
    case split(N, Buf, []) of
        {Chars, Rest} -> answer(Chars, Enc, St#st{buffer = Rest});
        more when Eof, Buf =:= [] -> {reply, eof, St#st{eof = false}};
        more when Eof -> answer(Buf, Enc, St#st{buffer = []});
        more -> {more, {reading, What}, St}
    end;
read({until, Enc, M, F, A, Cont} = What, #st{buffer = Buf, eof = Eof} = St) ->
    Chars = if
        Buf =:= [], Eof -> eof;
        true -> Buf
    end,
    case Chars of
        [] -> {more, {reading, What}, St};
        _ ->
            try apply(M, F, [Cont, Chars | A]) of
                {done, Result, Rest} ->
                    St1 = case Rest of
                        eof -> St#st{buffer = [], eof = false};
                        _ -> St#st{buffer = Rest}
                    end,
                    {reply, as_asked(Result, Enc, St1), St1};
                {more, Cont1} when Chars =/= eof -> read({until, Enc, M, F, A, Cont1}, St#st{buffer = []});
                _ -> {reply, {error, F}, St}
            catch _:_ -> {reply, {error, F}, St}
            end
    end.

answer(Chars, Enc, St) -> {reply, as_asked(Chars, Enc, St), St}.

as_asked(Chars, Enc, #st{binary = true}) when is_list(Chars) ->
    try unicode:characters_to_binary(Chars, unicode, Enc) of
        Bin when is_binary(Bin) -> Bin;
        _ -> {error, {no_translation, unicode, Enc}}
    catch error:badarg -> Chars
    end;
as_asked(Chars, latin1, _) when is_list(Chars) ->
    case lists:all(fun(C) -> not is_integer(C) orelse C < 256 end, Chars) of
        true -> Chars;
        false -> {error, {no_translation, unicode, latin1}}
    end;
as_asked(Other, _, _) -> Other.

line([$\r, $\n | T], Acc) -> {lists:reverse(Acc, "\n"), T};
line([$\n | T], Acc) -> {lists:reverse(Acc, "\n"), T};
line([C | T], Acc) -> line(T, [C | Acc]);
line([], _) -> more.

split(0, Rest, Acc) -> {lists:reverse(Acc), Rest};
split(N, [C | T], Acc) -> split(N - 1, T, [C | Acc]);
split(_, [], _) -> more.

%% One read of the helper at a time; it lives until the end of input.
read_more(#st{reading = true} = St) -> St;
read_more(#st{reader = undefined} = St) ->
    Reader = spawn_link(user, reader, [self()]),
    read_more(St#st{reader = Reader});
read_more(#st{reader = Reader} = St) ->
    Reader ! read,
    St#st{reading = true}.

reader(Server) ->
    receive
        read ->
            Server ! {input, prim_io:read(0, 4096)},
            reader(Server)
    end.

fed({ok, Bin}, #st{unicode = true} = St) -> utf8(Bin, St);
fed({ok, Bin}, #st{buffer = Buf} = St) -> St#st{buffer = Buf ++ binary_to_list(Bin)};
fed(_, St) -> St#st{eof = true}.

%% A character cut by the end of a chunk is completed by the next one; bytes that are no UTF-8 are taken as Latin-1.
utf8(Bin0, #st{buffer = Buf} = St) ->
    Bin = case get(cut) of
        undefined -> Bin0;
        Cut ->
            erase(cut),
            <<Cut/binary, Bin0/binary>>
    end,
    case unicode:characters_to_list(Bin) of
        L when is_list(L) -> St#st{buffer = Buf ++ L};
        {incomplete, L, Rest} ->
            put(cut, Rest),
            St#st{buffer = Buf ++ L};
        {error, L, <<Byte, Rest/binary>>} -> utf8(Rest, St#st{buffer = Buf ++ L ++ [Byte]})
    end.
