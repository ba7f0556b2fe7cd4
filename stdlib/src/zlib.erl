%% Compression in zlib's three formats. The work is native; a stream's modes, its owner and what was put in but not yet used are here, in
%% a table of the owner, so that a stream goes with its process.
-module(zlib).

-export([open/0, close/1, set_controlling_process/2, deflateInit/1, deflateInit/2, deflateInit/6, deflateSetDictionary/2,
         deflateReset/1, deflateParams/3, deflate/2, deflate/3, deflateEnd/1, inflateInit/1, inflateInit/2, inflateInit/3,
         inflateSetDictionary/2, inflateReset/1, inflate/2, inflate/3, safeInflate/2, inflateEnd/1, compress/1,
         uncompress/1, zip/1, unzip/1, gzip/1, gunzip/1]).
-export([deflate_new_native/2, deflate_native/3, deflate_dictionary_native/2, deflate_level_native/2, inflate_new_native/1,
         inflate_native/3, inflate_dictionary_native/2, end_native/1]).

-define(MANY, 1073741824).
-define(CHUNK, 16384).

%% ---- Streams: {zlib_stream, Table}; the table holds mode, native state, options ----

open() ->
    T = ets:new(zlib, [public, set]),
    ets:insert(T, {owner, self()}),
    T.

close(Z) ->
    over(mode(Z)),
    ets:delete(Z),
    ok.

%% The native state of a stream is large: it goes at once.
over({mode, _, State, _}) when is_reference(State) -> end_native(State);
over(_) -> ok.

%% A stream is used by its owner only.
check(Z) when not is_reference(Z) -> erlang:error(badarg, [Z]);
check(Z) ->
    case ets:info(Z, size) of
        undefined -> erlang:error(not_initialized);
        _ ->
            case ets:lookup_element(Z, owner, 2) =:= self() of
                true -> ok;
                false -> erlang:error(not_on_controlling_process)
            end
    end.

set_controlling_process(Z, Pid) ->
    check(Z),
    ets:insert(Z, {owner, Pid}),
    case Pid =:= self() of
        true -> ok;
        false -> ets:give_away(Z, Pid, zlib), ok
    end.

mode(Z) ->
    check(Z),
    case ets:lookup(Z, mode) of
        [Mode] -> Mode;
        [] -> none
    end.

start(Z, Mode) ->
    case mode(Z) of
        none -> ets:insert(Z, Mode), ok;
        _ -> erlang:error(already_initialized)
    end.

state(Z, Kind) ->
    case mode(Z) of
        {mode, Kind, State, Options} -> {State, Options};
        _ -> erlang:error(not_initialized)
    end.

%% ---- Compressing ----

deflateInit(Z) -> deflateInit(Z, default).

deflateInit(Z, Level) -> deflateInit(Z, Level, deflated, 15, 8, default).

deflateInit(Z, Level0, Method, Bits, Mem, Strategy) ->
    Level = level(Level0),
    Method =:= deflated orelse erlang:error(bad_compression_method),
    window(Bits),
    is_integer(Mem) andalso Mem >= 1 andalso Mem =< 9 orelse erlang:error(bad_memlevel),
    strategy(Strategy),
    lists:member(Bits, [-8, 24]) andalso erlang:error(stream_error),
    start(Z, {mode, deflate, deflate_new_native(Level, Bits), {Level, Bits, unused}}).

level(default) -> -1;
level(none) -> 0;
level(best_speed) -> 1;
level(best_compression) -> 9;
level(N) when is_integer(N), N >= 0, N =< 9 -> N;
level(_) -> erlang:error(bad_compression_level).

strategy(S) when S =:= default; S =:= filtered; S =:= huffman_only; S =:= rle -> ok;
strategy(_) -> erlang:error(bad_compression_strategy).

window(Bits) when is_integer(Bits), Bits >= -15, Bits =< 47, abs(Bits) >= 8 -> ok;
window(_) -> erlang:error(bad_windowbits).

deflateSetDictionary(Z, Dictionary) ->
    {State, _} = state(Z, deflate),
    try deflate_dictionary_native(State, Dictionary)
    catch error:badarg -> erlang:error(stream_error)
    end.

deflateReset(Z) ->
    {State, {Level, Bits, _}} = state(Z, deflate),
    end_native(State),
    ets:insert(Z, {mode, deflate, deflate_new_native(Level, Bits), {Level, Bits, unused}}),
    ok.

deflateParams(Z, Level0, Strategy) ->
    Level = level(Level0),
    strategy(Strategy),
    {State, {_, Bits, Used}} = state(Z, deflate),
    ok = deflate_level_native(State, Level),
    ets:insert(Z, {mode, deflate, State, {Level, Bits, Used}}),
    ok.

deflate(Z, Data) -> deflate(Z, Data, none).

deflate(Z, Data, Flush) ->
    {State, {Level, Bits, _}} = state(Z, deflate),
    lists:member(Flush, [none, sync, full, finish]) orelse erlang:error(bad_flush_mode),
    Out = deflate_native(State, iolist_to_binary(Data), Flush),
    Used = case Flush of finish -> finished; _ -> used end,
    ets:insert(Z, {mode, deflate, State, {Level, Bits, Used}}),
    case Out of
        <<>> -> [];
        _ -> [Out]
    end.

deflateEnd(Z) ->
    {State, {_, _, Used}} = state(Z, deflate),
    end_native(State),
    ets:delete(Z, mode),
    case Used of
        used -> erlang:error(data_error);
        _ -> ok
    end.

%% ---- Expanding ----

inflateInit(Z) -> inflateInit(Z, 15).
inflateInit(Z, Bits) -> inflateInit(Z, Bits, cut).

inflateInit(Z, Bits, End) ->
    window(Bits),
    lists:member(End, [error, reset, cut]) orelse erlang:error(bad_eos_behavior),
    start(Z, {mode, inflate, fresh(Bits), {Bits, End, <<>>, unused}}).

%% Window bits of 40 to 47 tell gzip and zlib apart by the first bytes: the state is made when they come.
fresh(Bits) when Bits >= 40 -> {detect, Bits - 32};
fresh(Bits) -> inflate_new_native(Bits).

detected({detect, Bits}, <<31, 139, _/binary>>) -> inflate_new_native(Bits + 16);
detected({detect, Bits}, _) -> inflate_new_native(Bits);
detected(State, _) -> State.

inflateSetDictionary(Z, Dictionary) ->
    {State, {Bits, End, Held, _}} = state(Z, inflate),
    case inflate_dictionary_native(State, Dictionary) of
        {ok, _} -> ets:insert(Z, {mode, inflate, State, {Bits, End, Held, used}}), ok;
        _ -> erlang:error(data_error)
    end.

inflateReset(Z) ->
    {_, {Bits, End, _, _}} = state(Z, inflate),
    over(mode(Z)),
    ets:insert(Z, {mode, inflate, fresh(Bits), {Bits, End, <<>>, unused}}),
    ok.

inflate(Z, Data) -> inflate(Z, Data, []).

%% Options: {exception_on_need_dict, Boolean}.
inflate(Z, Data, Options) ->
    _ = state(Z, inflate),
    hold(Z, Data),
    drain(Z, lists:member({exception_on_need_dict, false}, Options), []).

hold(Z, Data) ->
    {State, {Bits, End, Held, Used}} = state(Z, inflate),
    More = iolist_to_binary(Data),
    ets:insert(Z, {mode, inflate, State, {Bits, End, <<Held/binary, More/binary>>, Used}}).

drain(Z, Tell, Acc) ->
    case step(Z, ?MANY) of
        {full, Out} -> drain(Z, Tell, [Out | Acc]);
        {_, {need_dictionary, Sum}} when Tell -> {need_dictionary, Sum, lists:reverse(Acc)};
        {_, {need_dictionary, Sum}} -> erlang:error({need_dictionary, Sum});
        {again, Out} -> drain(Z, Tell, [Out | Acc]);
        {_, <<>>} -> lists:reverse(Acc);
        {_, Out} -> lists:reverse([Out | Acc])
    end.

%% One round of output: {full | again | more | finished, Bytes}.
step(Z, Most) ->
    {State0, {Bits, End, Held, Used}} = state(Z, inflate),
    case Used of
        finished when Held =:= <<>> -> {finished, <<>>};
        finished when End =:= error -> erlang:error(data_error);
        finished when End =:= cut -> ets:insert(Z, {mode, inflate, State0, {Bits, End, <<>>, finished}}), {finished, <<>>};
        finished ->
            over(mode(Z)),
            ets:insert(Z, {mode, inflate, fresh(Bits), {Bits, End, Held, unused}}),
            step(Z, Most);
        _ when Held =:= <<>>, Used =:= unused -> {more, <<>>};
        _ ->
            State = detected(State0, Held),
            case inflate_native(State, Held, Most) of
                data_error -> erlang:error(data_error);
                {need_dictionary, Sum, Read} ->
                    ets:insert(Z, {mode, inflate, State, {Bits, End, behind(Held, Read), used}}),
                    {more, {need_dictionary, Sum}};
                {How, Out, Read} ->
                    Left = behind(Held, Read),
                    Now = case How of finished -> finished; _ -> used end,
                    ets:insert(Z, {mode, inflate, State, {Bits, End, Left, Now}}),
                    case How of
                        finished when Left =/= <<>>, End =/= cut -> {again, Out};
                        _ -> {How, Out}
                    end
            end
    end.

behind(Bytes, N) -> binary:part(Bytes, N, byte_size(Bytes) - N).

%% A bounded piece at a time.
safeInflate(Z, Data) ->
    _ = state(Z, inflate),
    hold(Z, Data),
    case step(Z, ?CHUNK) of
        {_, {need_dictionary, Sum}} -> {need_dictionary, Sum, []};
        {How, Out} when How =:= full; How =:= again -> {continue, [Out]};
        {_, <<>>} -> {finished, []};
        {_, Out} -> {finished, [Out]}
    end.

inflateEnd(Z) ->
    {_, {_, _, _, Used}} = state(Z, inflate),
    over(mode(Z)),
    ets:delete(Z, mode),
    case Used of
        finished -> ok;
        _ -> erlang:error(data_error)
    end.

%% ---- At once ----

compress(Data) -> deflated(Data, 15).
zip(Data) -> deflated(Data, -15).
gzip(Data) -> deflated(Data, 31).

deflated(Data, Bits) ->
    Bytes = iolist_to_binary(Data),
    State = deflate_new_native(-1, Bits),
    Out = deflate_native(State, Bytes, finish),
    end_native(State),
    Out.

uncompress(Data) ->
    case iolist_to_binary(Data) of
        B when byte_size(B) >= 8 -> expanded(B, 15, cut);
        _ -> erlang:error(data_error)
    end.

unzip(Data) -> expanded(iolist_to_binary(Data), -15, cut).

%% Several members one behind the other are one text.
gunzip(Data) -> expanded(iolist_to_binary(Data), 31, reset).

expanded(Bytes, Bits, End) ->
    Z = open(),
    try
        inflateInit(Z, Bits, End),
        Out = inflate(Z, Bytes),
        inflateEnd(Z),
        iolist_to_binary(Out)
    after close(Z)
    end.

%% ---- Natives ----

deflate_new_native(_, _) -> erlang:nif_error(undef).
deflate_native(_, _, _) -> erlang:nif_error(undef).
deflate_dictionary_native(_, _) -> erlang:nif_error(undef).
deflate_level_native(_, _) -> erlang:nif_error(undef).
inflate_new_native(_) -> erlang:nif_error(undef).
inflate_native(_, _, _) -> erlang:nif_error(undef).
inflate_dictionary_native(_, _) -> erlang:nif_error(undef).
end_native(_) -> erlang:nif_error(undef).
