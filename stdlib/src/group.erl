%% The server side of the I/O protocol, for any device: a descriptor of this program, or the far end of a channel (a console or a command
%% of another program, see transom_control).
%%
%% The state is a value: the process that owns the device keeps it and gives it requests (`request/4`) and input (`input/2`). Requests for
%% input wait in a queue inside while output goes on. Output to a channel that is full holds the owner's process, and with it those who
%% ask it, and nobody else.
-module(group).

-export([new/1, new/2, device/2, request/4, input/2, set/2, put_out/3]).

-include("transom_control.hrl").

-record(st, {device, unicode = true, binary = false, echo = true, buffer = [], eof = false,
             reading = false, waiting = [], terminal = none, columns = none, rows = none}).

%% Device: {fd, N} or {channel, Id}, where Id is a channel of the caller or {job, Pid}: frames go through the process that has one.
new(Device) -> new(Device, #{}).

new(Device, Options) -> set(Options, #st{device = Device}).

%% Another device from now on.
device(Device, St) -> St#st{device = Device}.

%% terminal => {Stdin :: boolean(), Stdout :: boolean()}, columns, rows
set(Options, St) ->
    maps:fold(fun
        (terminal, V, S) -> S#st{terminal = V};
        (columns, V, S) -> S#st{columns = V};
        (rows, V, S) -> S#st{rows = V}
    end, St, Options).

%% Serves a request, or keeps it until there is input for it.
request(From, As, Request, #st{waiting = []} = St) -> serve(From, As, Request, St);
request(From, As, Request, #st{waiting = Ws} = St) ->
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
        {more, Again, St1} ->
            St2 = want_input(kind(Again), St1),
            St2#st{waiting = [{From, As, Again} | St2#st.waiting]}
    end.

%% What was asked for has come: {ok, Binary} or eof.
input(Data, St) -> resume(fed(Data, St#st{reading = false})).

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
%% Nothing is read from standard error.
request(Request, #st{device = {fd, 2}} = St)
  when element(1, Request) =:= get_line; element(1, Request) =:= get_chars; element(1, Request) =:= get_until;
       element(1, Request) =:= get_password -> {reply, {error, {request, Request}}, St};
request({get_line, Enc, Prompt}, St) -> start_read({line, Enc}, Prompt, St);
request({get_line, Prompt}, St) -> request({get_line, latin1, Prompt}, St);
request({get_chars, Enc, Prompt, N}, St) when is_integer(N), N >= 0 -> start_read({chars, Enc, N}, Prompt, St);
request({get_chars, Prompt, N}, St) -> request({get_chars, latin1, Prompt, N}, St);
request({get_until, Enc, Prompt, M, F, A}, St) -> start_read({until, Enc, M, F, A, []}, Prompt, St);
request({get_until, Prompt, M, F, A}, St) -> request({get_until, latin1, Prompt, M, F, A}, St);
request({get_password, Enc}, #st{terminal = {true, _}, device = {channel, _}} = St) -> start_read({password, Enc}, '', St);
request({get_password, _}, St) -> {reply, {error, enotsup}, St};
request({transom_stderr, Chars}, #st{device = {channel, Id}} = St) -> {reply, put_out({channel_error, Id}, unicode, Chars), St};
request({setopts, Opts}, St) ->
    case setopts(Opts, St) of
        {ok, St1} -> {reply, ok, St1};
        Error -> {reply, Error, St}
    end;
request(getopts, #st{binary = B, echo = E, unicode = U} = St) ->
    {In, Out, Err} = terminals(St),
    {reply, [{expand_fun, false}, {echo, E}, {binary, B}, {encoding, case U of true -> unicode; false -> latin1 end},
             {terminal, Out}, {stdout, Out}, {stdin, In}, {stderr, Err}], St};
request({get_geometry, What}, #st{device = {channel, _}} = St) ->
    {reply, case What of
        columns when is_integer(St#st.columns) -> St#st.columns;
        rows when is_integer(St#st.rows) -> St#st.rows;
        _ -> {error, enotsup}
    end, St};
request({get_geometry, What}, #st{device = {fd, Fd}} = St) ->
    {reply, case prim_io:winsize(Fd) of
        {Columns, _} when What =:= columns, is_integer(Columns) -> Columns;
        {_, Rows} when What =:= rows, is_integer(Rows) -> Rows;
        _ -> {error, enotsup}
    end, St};
request({requests, Requests}, St) -> several(Requests, ok, St);
request({reading, What}, St) -> read(What, St);
request({many, Inner, Rest}, St) -> several_on(request(Inner, St), Rest);
request(Request, #st{device = {fd, 2}} = St) -> {reply, {error, {request, Request}}, St};
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

terminals(#st{device = {fd, Fd}}) -> {prim_io:isatty(0), prim_io:isatty(Fd), prim_io:isatty(2)};
terminals(#st{terminal = {In, Out}}) -> {In, Out, Out};
terminals(_) -> {false, false, false}.

%% ---- Output ----

put_chars(Enc, Chars, #st{device = Device, unicode = U}) ->
    Out = case U of true -> unicode; false -> latin1 end,
    case encode(Chars, Enc, Out) of
        Bin when is_binary(Bin) -> write(Device, Bin);
        _ -> {error, {no_translation, Enc, Out}}
    end.

%% Past the state: a notice of the owner itself.
put_out(Device, Enc, Chars) ->
    case encode(Chars, Enc, unicode) of
        Bin when is_binary(Bin) -> write(Device, Bin);
        _ -> {error, {no_translation, Enc, unicode}}
    end.

write({fd, Fd}, Bin) -> prim_io:write(Fd, Bin);
write({channel, Id}, Bin) -> to_channel(Id, ?OUTPUT, Bin);
write({channel_error, Id}, Bin) -> to_channel(Id, ?ERRORS, Bin).

%% In pieces, each of which is one frame.
to_channel(Id, Kind, <<Piece:?PIECE/binary, Rest/binary>>) when Rest =/= <<>> ->
    case frame(Id, Kind, Piece) of
        ok -> to_channel(Id, Kind, Rest);
        Error -> Error
    end;
to_channel(Id, Kind, Bin) -> frame(Id, Kind, Bin).

%% A full channel: its reader is slow. Waits for it, as long as it is there.
frame({job, Control}, Kind, Data) ->
    Ref = monitor(process, Control),
    Control ! {job_frame, self(), Ref, Kind, iolist_to_binary(Data)},
    receive
        {Ref, Answer} ->
            demonitor(Ref, [flush]),
            Answer;
        {'DOWN', Ref, process, _, _} -> {error, terminated}
    end;
frame(Id, Kind, Bin) ->
    case prim_channel:write(Id, Kind, Bin) of
        ok -> ok;
        closed -> {error, terminated};
        busy ->
            receive
                {channel, Id, ready} -> frame(Id, Kind, Bin);
                {channel, Id, closed} = Closed ->
                    self() ! Closed,
                    {error, terminated}
            end
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

start_read(_, _, #st{device = {fd, 2}} = St) -> {reply, {error, enotsup}, St};
start_read(What, Prompt, #st{device = {channel, Id}, terminal = {true, _}, buffer = [], eof = false} = St) ->
    %% The line editor at the other end shows the prompt.
    Ask = ask_frame(kind(What), text(Prompt)),
    case frame(Id, ?READ, Ask) of
        ok -> {more, {reading, What}, St#st{reading = true}};
        {error, _} = Error -> {reply, Error, St}
    end;
start_read(What, Prompt, St) ->
    prompt(Prompt, St),
    read(What, St).

prompt('', _) -> ok;
prompt(Prompt, St) -> put_chars(unicode, text(Prompt), St).

text('') -> "";
text(Prompt) -> io_lib:format_prompt(Prompt).

ask_frame(Kind, Prompt) -> [Kind, unicode:characters_to_binary(Prompt)].

%% What kind of input the device should collect: an expression with its dot, a line, a password.
kind({reading, What}) -> kind(What);
kind({many, Inner, _}) -> kind(Inner);
kind({until, _, erl_scan, tokens, _, _}) -> $e;
kind({until, _, shell, scan, _, _}) -> $e;
kind({password, _}) -> $p;
kind(_) -> $l.

%% `buffer` holds characters not yet asked for. A read that needs more keeps what it has looked at, in reverse, so that a long line
%% is looked at once.
read({line, Enc}, St) -> read({line, Enc, []}, St);
read({line, Enc, Acc}, #st{buffer = Buf} = St) ->
    case line(Buf, Acc) of
        {more, Acc1} -> at_end({line, Enc, Acc1}, Acc1, Enc, St#st{buffer = []});
        {Line, Rest} -> answer(Line, Enc, St#st{buffer = Rest})
    end;
read({chars, Enc, N}, St) -> read({chars, Enc, N, []}, St);
read({chars, Enc, N, Acc}, #st{buffer = Buf} = St) ->
    case split(N, Buf, Acc) of
        {Chars, Rest} -> answer(Chars, Enc, St#st{buffer = Rest});
        {more, Left, Acc1} -> at_end({chars, Enc, Left, Acc1}, Acc1, Enc, St#st{buffer = []})
    end;
read({password, Enc}, St) -> read({line, Enc}, St);
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

%% All that there is, if there will be no more.
at_end(_, [], _, #st{eof = true} = St) -> {reply, eof, St#st{eof = false}};
at_end(_, Acc, Enc, #st{eof = true} = St) -> answer(lists:reverse(Acc), Enc, St);
at_end(What, _, _, St) -> {more, {reading, What}, St}.

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

line([$\n | T], [$\r | Acc]) -> {lists:reverse(Acc, "\n"), T};
line([$\n | T], Acc) -> {lists:reverse(Acc, "\n"), T};
line([C | T], Acc) -> line(T, [C | Acc]);
line([], Acc) -> {more, Acc}.

split(0, Rest, Acc) -> {lists:reverse(Acc), Rest};
split(N, [C | T], Acc) -> split(N - 1, T, [C | Acc]);
split(N, [], Acc) -> {more, N, Acc}.

%% One request for input at a time. A descriptor is read by a helper of the owner (user), a channel by its peer.
want_input(_, #st{reading = true} = St) -> St;
want_input(_, #st{device = {fd, _}} = St) ->
    self() ! {want_input, self()},
    St#st{reading = true};
want_input(Kind, #st{device = {channel, Id}} = St) ->
    case frame(Id, ?READ, ask_frame(Kind, "")) of
        ok -> St#st{reading = true};
        {error, _} ->
            self() ! {channel, Id, closed},
            St#st{reading = true}
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
