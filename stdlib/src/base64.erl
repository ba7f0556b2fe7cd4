%% Base 64, in the standard and the URL-safe alphabet, with or without padding.
-module(base64).

-export([encode/1, encode/2, encode_to_string/1, encode_to_string/2, decode/1, decode/2, decode_to_string/1,
         decode_to_string/2, mime_decode/1, mime_decode/2, mime_decode_to_string/1, mime_decode_to_string/2,
         format_error/2]).
-export([encode_native/3, decode_native/3]).

encode(Data) -> encode(Data, #{}).

encode(Data, Opts) when is_list(Data) -> encode(bytes(Data, Data), Opts);
encode(Data, Opts) when is_binary(Data) -> encode_native(Data, is_url_safe(Opts), maps:get(padding, Opts, true) =:= true).

%% A list of bytes and nothing else.
bytes([B | Rest], List) when is_integer(B), B >= 0, B =< 255 -> bytes(Rest, List);
bytes([], List) -> list_to_binary(List);
bytes(_, _) -> erlang:error(badarg).

encode_to_string(Data) -> encode_to_string(Data, #{}).
encode_to_string(Data, Opts) -> binary_to_list(encode(Data, Opts)).

is_url_safe(Opts) ->
    case maps:get(mode, Opts, standard) of
        standard -> false;
        urlsafe -> true
    end.

alphabet(Opts) ->
    case is_url_safe(Opts) of
        false -> {$+, $/};
        true -> {$-, $_}
    end.

decode(Text) -> decode(Text, #{}).

%% White space is skipped anywhere; anything else outside the alphabet is an error.
decode(Text, Opts) when is_list(Text) -> decode(bytes(Text, Text), Opts);
decode(Text, Opts) when is_binary(Text) -> decode_as(strict, Text, Opts).

decode_to_string(Text) -> decode_to_string(Text, #{}).
decode_to_string(Text, Opts) -> binary_to_list(decode(Text, Opts)).

mime_decode(Text) -> mime_decode(Text, #{}).

mime_decode(Text, Opts) when is_list(Text) -> mime_decode(bytes(Text, Text), Opts);
mime_decode(Text, Opts) when is_binary(Text) -> decode_as(mime, Text, Opts).

%% Text without white space and errors is the native's.
decode_as(Mode, Bin, Opts) ->
    Padding = maps:get(padding, Opts, true),
    case decode_native(Bin, is_url_safe(Opts), Padding =:= true) of
        false -> decode_1(Bin, alphabet(Opts), Padding, Mode, 0, 0, <<>>);
        Bytes -> Bytes
    end.

mime_decode_to_string(Text) -> mime_decode_to_string(Text, #{}).
mime_decode_to_string(Text, Opts) -> binary_to_list(mime_decode(Text, Opts)).

%% `Count` digits of the current group of four are in `Bits`.
decode_1(<<C, Rest/binary>>, X, Pad, Mode, Count, Bits, Acc) ->
    case value(C, X) of
        V when is_integer(V), Count =:= 3 -> decode_1(Rest, X, Pad, Mode, 0, 0, <<Acc/binary, (Bits bsl 6 bor V):24>>);
        V when is_integer(V) -> decode_1(Rest, X, Pad, Mode, Count + 1, Bits bsl 6 bor V, Acc);
        space -> decode_1(Rest, X, Pad, Mode, Count, Bits, Acc);
        fill -> filled(Rest, X, Pad, Mode, Count, Bits, Acc);
        bad when Mode =:= mime -> decode_1(Rest, X, Pad, Mode, Count, Bits, Acc);
        bad -> erlang:error(badarg)
    end;
decode_1(<<>>, _, _, _, 0, _, Acc) -> Acc;
decode_1(<<>>, _, false, _, Count, Bits, Acc) when Count > 1 -> last(Count, Bits, Acc);
decode_1(<<>>, _, true, _, _, _, _) -> erlang:error(missing_padding);
decode_1(<<>>, _, _, _, _, _, _) -> erlang:error(badarg).

last(2, Bits, Acc) -> <<Acc/binary, (Bits bsr 4)>>;
last(3, Bits, Acc) -> <<Acc/binary, (Bits bsr 2):16>>.

%% A first "=": one more must follow a group of two; in MIME text digits may follow and the "=" was noise.
filled(Rest, X, Pad, Mode, Count, Bits, Acc) ->
    case {Count, after_fill(Rest, X, Mode)} of
        {3, stop} -> last(3, Bits, Acc);
        {2, {fill, stop}} -> last(2, Bits, Acc);
        {_, {digits, Rest1}} when Mode =:= mime -> decode_1(Rest1, X, Pad, Mode, Count, Bits, Acc);
        {0, _} when Mode =:= mime -> Acc;
        {_, {fill, {digits, Rest1}}} when Mode =:= mime -> decode_1(Rest1, X, Pad, Mode, Count, Bits, Acc);
        {3, _} when Mode =:= mime -> last(3, Bits, Acc);
        {2, stop} when Mode =:= mime -> last(2, Bits, Acc);
        {2, stop} -> erlang:error(missing_padding);
        _ -> erlang:error(badarg)
    end.

after_fill(<<C, Rest/binary>> = All, X, Mode) ->
    case value(C, X) of
        space -> after_fill(Rest, X, Mode);
        fill ->
            case after_fill(Rest, X, Mode) of
                {fill, Inner} when Mode =:= mime -> {fill, Inner};
                Inner -> {fill, Inner}
            end;
        bad when Mode =:= mime -> after_fill(Rest, X, Mode);
        _ -> {digits, All}
    end;
after_fill(<<>>, _, _) -> stop.

value(C, _) when C >= $A, C =< $Z -> C - $A;
value(C, _) when C >= $a, C =< $z -> C - $a + 26;
value(C, _) when C >= $0, C =< $9 -> C - $0 + 52;
value(C, {C, _}) -> 62;
value(C, {_, C}) -> 63;
value($=, _) -> fill;
value(C, _) when C =:= $\s; C =:= $\t; C =:= $\r; C =:= $\n -> space;
value(_, _) -> bad.

format_error(_Reason, _Stack) -> #{}.

encode_native(_, _, _) -> erlang:nif_error(undef).
decode_native(_, _, _) -> erlang:nif_error(undef).
