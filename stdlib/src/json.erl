%% json: JSON text to Erlang terms and back, as OTP 27 has it.
%%
%% The decoder is a loop over (phase, stack of open containers). When the
%% text ends inside a value, the loop's own arguments are the state to go on
%% from; a token cut in two is read again from its start.
-module(json).

-export([encode/1, encode/2, encode_value/2, encode_atom/2, encode_integer/1,
         encode_float/1, encode_list/2, encode_map/2, encode_map_checked/2,
         encode_key_value_list/2, encode_key_value_list_checked/2,
         encode_binary/1, encode_binary_escape_all/1,
         format/1, format/2, format/3, format_value/3,
         format_key_value_list/3, format_key_value_list_checked/3,
         decode/1, decode/3, decode_start/3, decode_continue/2]).

-export_type([encoder/0, encode_value/0, formatter/0, decoders/0,
              decode_value/0, continuation_state/0]).

-type encoder() :: fun((term(), encoder()) -> iodata()).
-type formatter() :: fun((term(), formatter(), map()) -> iodata()).
-type encode_value() ::
        integer() | float() | boolean() | null | binary() | atom()
      | [encode_value()]
      | #{binary() | atom() | integer() => encode_value()}.
-type decode_value() ::
        integer() | float() | boolean() | null | binary()
      | [decode_value()] | #{binary() => decode_value()}.
-type decoders() :: map().
-opaque continuation_state() :: tuple().

%% Encoding

encode(Term) -> encode(Term, fun encode_value/2).

encode(Term, Encoder) when is_function(Encoder, 2) -> Encoder(Term, Encoder).

encode_value(V, Enc) when is_atom(V) -> encode_atom(V, Enc);
encode_value(V, _) when is_binary(V) -> encode_binary(V);
encode_value(V, _) when is_integer(V) -> encode_integer(V);
encode_value(V, _) when is_float(V) -> encode_float(V);
encode_value(V, Enc) when is_list(V) -> encode_list(V, Enc);
encode_value(V, Enc) when is_map(V) -> encode_map(V, Enc);
encode_value(V, _) -> erlang:error({unsupported_type, V}).

encode_atom(null, _) -> <<"null">>;
encode_atom(true, _) -> <<"true">>;
encode_atom(false, _) -> <<"false">>;
encode_atom(Other, Enc) -> Enc(atom_to_binary(Other, utf8), Enc).

encode_integer(I) -> integer_to_binary(I).

encode_float(F) -> float_to_binary(F, [short]).

encode_list([], _) -> <<"[]">>;
encode_list([First | Rest], Enc) when is_function(Enc, 2) ->
    [$[, Enc(First, Enc) | more_elements(Rest, Enc)].

more_elements([], _) -> [$]];
more_elements([V | Rest], Enc) -> [$,, Enc(V, Enc) | more_elements(Rest, Enc)].

encode_map(Map, Enc) when is_map(Map), is_function(Enc, 2) ->
    encode_key_value_list(maps:to_list(Map), Enc).

%% Keys of different types can be the same text.
encode_map_checked(Map, Enc) ->
    encode_key_value_list_checked(maps:to_list(Map), Enc).

encode_key_value_list(Pairs, Enc) when is_function(Enc, 2) ->
    object([[key(K, Enc), $:, Enc(V, Enc)] || {K, V} <- Pairs]).

encode_key_value_list_checked(Pairs, Enc) when is_function(Enc, 2) ->
    object(checked_members(Pairs, Enc, #{})).

checked_members([], _, _) -> [];
checked_members([{K, V} | Rest], Enc, Seen) ->
    Key = iolist_to_binary(key(K, Enc)),
    is_map_key(Key, Seen) andalso erlang:error({duplicate_key, K}),
    [[Key, $:, Enc(V, Enc)] | checked_members(Rest, Enc, Seen#{Key => true})].

object([]) -> <<"{}">>;
object(Members) -> [${, lists:join($,, Members), $}].

key(K, Enc) when is_atom(K) -> Enc(atom_to_binary(K, utf8), Enc);
key(K, Enc) when is_binary(K) -> Enc(K, Enc);
key(K, _) when is_integer(K) -> [$", encode_integer(K), $"];
key(K, _) when is_float(K) -> [$", encode_float(K), $"];
key(K, _) -> erlang:error({unsupported_type, K}).

encode_binary(Bin) when is_binary(Bin) ->
    [$", plain(Bin, Bin, 0, 0, false), $"].

encode_binary_escape_all(Bin) when is_binary(Bin) ->
    [$", plain(Bin, Bin, 0, 0, true), $"].

%% Runs that need no escape are kept as parts of the binary they are in:
%% the run began Start bytes in and is Len bytes long so far.
plain(<<C, Rest/bits>>, Orig, Start, Len, All)
  when C >= 32, C < 128, C =/= $", C =/= $\\ ->
    plain(Rest, Orig, Start, Len + 1, All);
plain(<<C, Rest/bits>>, Orig, Start, Len, All) when C < 128 ->
    [binary:part(Orig, Start, Len), escape(C)
    | plain(Rest, Orig, Start + Len + 1, 0, All)];
plain(<<C/utf8, Rest/bits>>, Orig, Start, Len, false) ->
    plain(Rest, Orig, Start, Len + width(C), false);
plain(<<C/utf8, Rest/bits>>, Orig, Start, Len, true) ->
    [binary:part(Orig, Start, Len), escape(C)
    | plain(Rest, Orig, Start + Len + width(C), 0, true)];
plain(<<>>, Orig, Start, Len, _) ->
    [binary:part(Orig, Start, Len)];
plain(Bin, _, _, _, _) ->
    case utf8(Bin) of
        short -> erlang:error(unexpected_end);
        {bad, Byte} -> erlang:error({invalid_byte, Byte})
    end.

width(C) when C < 16#80 -> 1;
width(C) when C < 16#800 -> 2;
width(C) when C < 16#10000 -> 3;
width(_) -> 4.

escape($\b) -> <<"\\b">>;
escape($\t) -> <<"\\t">>;
escape($\n) -> <<"\\n">>;
escape($\f) -> <<"\\f">>;
escape($\r) -> <<"\\r">>;
escape($") -> <<"\\\"">>;
escape($\\) -> <<"\\\\">>;
escape(C) when C < 16#10000 -> hex_escape(C);
escape(C) ->
    Over = C - 16#10000,
    [hex_escape(16#D800 + (Over bsr 10)), hex_escape(16#DC00 + (Over band 1023))].

hex_escape(C) ->
    <<$\\, $u, (hex(C bsr 12)), (hex(C bsr 8)), (hex(C bsr 4)), (hex(C))>>.

hex(C) -> element((C band 15) + 1, {$0, $1, $2, $3, $4, $5, $6, $7,
                                    $8, $9, $A, $B, $C, $D, $E, $F}).

%% Why no character starts here: the text ends inside one, or a byte is wrong.
utf8(<<B, Rest/bits>>) when B >= 16#C2, B =< 16#DF -> tail(Rest, 1, 16#80, 16#BF, B);
utf8(<<16#E0, Rest/bits>>) -> tail(Rest, 2, 16#A0, 16#BF, 16#E0);
utf8(<<16#ED, Rest/bits>>) -> tail(Rest, 2, 16#80, 16#9F, 16#ED);
utf8(<<B, Rest/bits>>) when B >= 16#E1, B =< 16#EF -> tail(Rest, 2, 16#80, 16#BF, B);
utf8(<<16#F0, Rest/bits>>) -> tail(Rest, 3, 16#90, 16#BF, 16#F0);
utf8(<<16#F4, Rest/bits>>) -> tail(Rest, 3, 16#80, 16#8F, 16#F4);
utf8(<<B, Rest/bits>>) when B >= 16#F1, B =< 16#F3 -> tail(Rest, 3, 16#80, 16#BF, B);
utf8(<<B, _/bits>>) -> {bad, B}.

tail(<<>>, _, _, _, _) -> short;
tail(<<B, Rest/bits>>, K, Low, High, _) when B >= Low, B =< High, K > 1 ->
    tail(Rest, K - 1, 16#80, 16#BF, B);
tail(<<B, _/bits>>, _, _, _, _) -> {bad, B}.

%% Formatting

format(Term) -> format(Term, fun format_value/3, #{}).

format(Term, Options) when is_map(Options) ->
    format(Term, fun format_value/3, Options);
format(Term, Formatter) when is_function(Formatter, 3) ->
    format(Term, Formatter, #{}).

format(Term, Formatter, Options)
  when is_function(Formatter, 3), is_map(Options) ->
    Defaults = #{level => 0, col => 0, indent => 2, max => 100},
    State = maps:merge(Defaults, Options),
    [Formatter(Term, Formatter, State), $\n].

format_value(V, _, _) when is_atom(V) ->
    encode_atom(V, fun(B, _) -> encode_binary(B) end);
format_value(V, _, _) when is_binary(V) -> encode_binary(V);
format_value(V, _, _) when is_integer(V) -> encode_integer(V);
format_value(V, _, _) when is_float(V) -> encode_float(V);
format_value([], _, _) -> <<"[]">>;
format_value([First | _] = L, Enc, #{level := Level} = S) ->
    Inner = S#{level := Level + 1},
    Indent = indent(Inner),
    case is_list(First) orelse is_map(First) of
        true ->
            Values = [Enc(V, Enc, Inner#{col := margin(Inner)}) || V <- L],
            [$[, Indent, lists:join([$,, Indent], Values), indent(S), $]];
        false ->
            [$[, fill(L, Enc, Inner, Indent, maps:get(col, S, 0) + 1, first), $]]
    end;
format_value(V, Enc, S) when is_map(V) ->
    format_key_value_list(lists:sort(maps:to_list(V)), Enc, S);
format_value(V, _, _) ->
    erlang:error({unsupported_type, V}).

%% Small values share lines as far as the lines go.
fill([], _, _, _, _, _) -> [];
fill([V | Rest], Enc, #{max := Max} = S, Indent, Col, Place) ->
    Text = Enc(V, Enc, S#{col := Col}),
    Size = iolist_size(Text),
    {Comma, Wide} = case Place of first -> {[], Size}; _ -> {$,, Size + 1} end,
    case Col + Wide of
        Next when Next < Max; Place =:= first ->
            [Comma, Text | fill(Rest, Enc, S, Indent, Next, next)];
        _ ->
            Next = margin(S) + Size,
            [Comma, Indent, Text | fill(Rest, Enc, S, Indent, Next, next)]
    end.

format_key_value_list(Pairs, Enc, S) ->
    Key = fun(K, _) -> iolist_to_binary(format_key(K, Enc, S)) end,
    members([{Key(K, S), V} || {K, V} <- Pairs], Enc, S).

format_key_value_list_checked(Pairs, Enc, S) ->
    {Members, _} =
        lists:mapfoldl(
          fun({K, V}, Seen) ->
                  Key = iolist_to_binary(format_key(K, Enc, S)),
                  is_map_key(Key, Seen)
                      andalso erlang:error({duplicate_key, K}),
                  {{Key, V}, Seen#{Key => true}}
          end, #{}, Pairs),
    members(Members, Enc, S).

format_key(K, Enc, S) -> key(K, fun(B, _) -> Enc(B, Enc, S) end).

members([], _, _) -> <<"{}">>;
members(Members, Enc, #{level := Level} = S) ->
    Inner = S#{level := Level + 1},
    Indent = indent(Inner),
    Texts = [[K, $:, $\s,
              Enc(V, Enc, Inner#{col := margin(Inner) + byte_size(K) + 2})]
             || {K, V} <- Members],
    [${, Indent, lists:join([$,, Indent], Texts), indent(S), $}].

margin(#{level := Level, indent := Width}) -> Level * Width.

indent(S) -> [$\n | lists:duplicate(margin(S), $\s)].

%% Decoding

-record(d, {array_start, array_push, array_finish,
            object_start, object_push, object_finish,
            float, integer, string, null}).

decode(Bin) when is_binary(Bin) ->
    {Value, _, Rest} = decode(Bin, ok, #{}),
    case spaces(Rest) of
        <<>> -> Value;
        <<B, _/bits>> -> erlang:error({invalid_byte, B})
    end.

decode(Bin, Acc, Decoders) when is_binary(Bin) ->
    step(value, Bin, [], Acc, decoders(Decoders), true).

decode_start(Bin, Acc, Decoders) when is_binary(Bin) ->
    step(value, Bin, [], Acc, decoders(Decoders), false).

decode_continue(end_of_input, {Phase, Bin, Stack, Acc, D}) ->
    step(Phase, Bin, Stack, Acc, D, true);
decode_continue(More, {Phase, Bin, Stack, Acc, D}) when is_binary(More) ->
    step(Phase, <<Bin/binary, More/binary>>, Stack, Acc, D, false).

decoders(Given) when is_map(Given) ->
    Push = fun(V, Acc) -> [V | Acc] end,
    #d{array_start = maps:get(array_start, Given, fun(_) -> [] end),
       array_push = maps:get(array_push, Given, Push),
       array_finish = maps:get(array_finish, Given,
                               fun(Acc, Old) -> {lists:reverse(Acc), Old} end),
       object_start = maps:get(object_start, Given, fun(_) -> [] end),
       object_push = maps:get(object_push, Given,
                              fun(K, V, Acc) -> [{K, V} | Acc] end),
       object_finish = maps:get(object_finish, Given,
                                fun(Acc, Old) -> {maps:from_list(Acc), Old} end),
       float = maps:get(float, Given, fun erlang:binary_to_float/1),
       integer = maps:get(integer, Given, fun erlang:binary_to_integer/1),
       string = maps:get(string, Given, fun(S) -> S end),
       null = maps:get(null, Given, null)}.

spaces(<<C, Rest/bits>>) when C =:= $\s; C =:= $\n; C =:= $\r; C =:= $\t ->
    spaces(Rest);
spaces(Bin) -> Bin.

%% Last says whether no more text can come.
step(Phase, Bin, Stack, Acc, D, Last) ->
    case spaces(Bin) of
        <<>> -> pause(Phase, <<>>, Stack, Acc, D, Last);
        Text -> phase(Phase, Text, Stack, Acc, D, Last)
    end.

pause(_, _, _, _, _, true) -> erlang:error(unexpected_end);
pause(Phase, Bin, Stack, Acc, D, false) ->
    {continue, {Phase, Bin, Stack, Acc, D}}.

phase(first_element, <<$], Rest/bits>>, Stack, Acc, D, Last) ->
    close_array(Rest, Stack, Acc, D, Last);
phase(first_element, Bin, Stack, Acc, D, Last) ->
    phase(value, Bin, Stack, Acc, D, Last);
phase(value, <<$", Rest/bits>> = Bin, Stack, Acc, D, Last) ->
    case string(Rest) of
        {S, After} -> value((D#d.string)(S), After, Stack, Acc, D, Last);
        more -> pause(value, Bin, Stack, Acc, D, Last)
    end;
phase(value, <<$[, Rest/bits>>, Stack, Acc, D, Last) ->
    step(first_element, Rest, [{array, Acc} | Stack],
         (D#d.array_start)(Acc), D, Last);
phase(value, <<${, Rest/bits>>, Stack, Acc, D, Last) ->
    step(first_key, Rest, [{object, Acc} | Stack],
         (D#d.object_start)(Acc), D, Last);
phase(value, <<$t, _/bits>> = Bin, Stack, Acc, D, Last) ->
    word(<<"true">>, true, Bin, Stack, Acc, D, Last);
phase(value, <<$f, _/bits>> = Bin, Stack, Acc, D, Last) ->
    word(<<"false">>, false, Bin, Stack, Acc, D, Last);
phase(value, <<$n, _/bits>> = Bin, Stack, Acc, D, Last) ->
    word(<<"null">>, D#d.null, Bin, Stack, Acc, D, Last);
phase(value, <<C, _/bits>> = Bin, Stack, Acc, D, Last)
  when C =:= $-; C >= $0, C =< $9 ->
    case number(Bin, Last) of
        {integer, Len} ->
            <<Token:Len/binary, Rest/bits>> = Bin,
            value((D#d.integer)(Token), Rest, Stack, Acc, D, Last);
        {float, Token, Rest} ->
            value(float(Token, D#d.float), Rest, Stack, Acc, D, Last);
        more ->
            pause(value, Bin, Stack, Acc, D, Last)
    end;
phase(after_value, <<$,, Rest/bits>>, [{array, _} | _] = Stack, Acc, D, Last) ->
    step(value, Rest, Stack, Acc, D, Last);
phase(after_value, <<$], Rest/bits>>, [{array, _} | _] = Stack, Acc, D, Last) ->
    close_array(Rest, Stack, Acc, D, Last);
phase(after_value, <<$,, Rest/bits>>, [{object, _} | _] = Stack, Acc, D, Last) ->
    step(key, Rest, Stack, Acc, D, Last);
phase(after_value, <<$}, Rest/bits>>, [{object, _} | _] = Stack, Acc, D, Last) ->
    close_object(Rest, Stack, Acc, D, Last);
phase(first_key, <<$}, Rest/bits>>, Stack, Acc, D, Last) ->
    close_object(Rest, Stack, Acc, D, Last);
phase(Key, <<$", Rest/bits>> = Bin, Stack, Acc, D, Last)
  when Key =:= key; Key =:= first_key ->
    case string(Rest) of
        {S, After} ->
            step(colon, After, [{key, (D#d.string)(S)} | Stack], Acc, D, Last);
        more ->
            pause(Key, Bin, Stack, Acc, D, Last)
    end;
phase(colon, <<$:, Rest/bits>>, Stack, Acc, D, Last) ->
    step(value, Rest, Stack, Acc, D, Last);
phase(_, <<C, _/bits>>, _, _, _, _) ->
    erlang:error({invalid_byte, C}).

close_array(Rest, [{array, Old} | Stack], Acc, D, Last) ->
    {V, Next} = (D#d.array_finish)(Acc, Old),
    value(V, Rest, Stack, Next, D, Last).

close_object(Rest, [{object, Old} | Stack], Acc, D, Last) ->
    {V, Next} = (D#d.object_finish)(Acc, Old),
    value(V, Rest, Stack, Next, D, Last).

%% A value is complete: it goes into what is open around it.
value(V, Rest, [], Acc, _, _) -> {V, Acc, Rest};
value(V, Rest, [{array, _} | _] = Stack, Acc, D, Last) ->
    step(after_value, Rest, Stack, (D#d.array_push)(V, Acc), D, Last);
value(V, Rest, [{key, K} | Stack], Acc, D, Last) ->
    step(after_value, Rest, Stack, (D#d.object_push)(K, V, Acc), D, Last).

word(Word, V, Bin, Stack, Acc, D, Last) ->
    Same = binary:longest_common_prefix([Word, Bin]),
    case Bin of
        _ when Same =:= byte_size(Word) ->
            <<_:Same/binary, Rest/bits>> = Bin,
            value(V, Rest, Stack, Acc, D, Last);
        <<_:Same/binary, B, _/bits>> ->
            erlang:error({invalid_byte, B});
        _ ->
            pause(value, Bin, Stack, Acc, D, Last)
    end.

%% Numbers. One that reaches the end of the text may have more digits to
%% come, unless this is the last of it.
number(<<$-, Rest/bits>> = Bin, Last) -> whole(Rest, Bin, 1, Last);
number(Bin, Last) -> whole(Bin, Bin, 0, Last).

whole(<<$0, Rest/bits>>, Bin, Len, Last) -> point(Rest, Bin, Len + 1, Last);
whole(<<C, Rest/bits>>, Bin, Len, Last) when C >= $1, C =< $9 ->
    More = digits(Rest, 0),
    <<_:More/binary, After/bits>> = Rest,
    point(After, Bin, Len + 1 + More, Last);
whole(Other, _, _, _) -> no_digit(Other).

digits(<<C, Rest/bits>>, N) when C >= $0, C =< $9 -> digits(Rest, N + 1);
digits(_, N) -> N.

no_digit(<<>>) -> more;
no_digit(<<C, _/bits>>) -> erlang:error({invalid_byte, C}).

point(<<$., Rest/bits>>, Bin, Len, Last) ->
    case digits(Rest, 0) of
        0 -> no_digit(Rest);
        N ->
            <<_:N/binary, After/bits>> = Rest,
            Size = Len + 1 + N,
            exponent(After, binary:part(Bin, 0, Size), Last)
    end;
point(<<E, _/bits>> = After, Bin, Len, Last) when E =:= $e; E =:= $E ->
    %% Erlang's floats have a point.
    exponent(After, <<(binary:part(Bin, 0, Len))/binary, ".0">>, Last);
point(<<>>, _, _, false) -> more;
point(_, _, Len, _) -> {integer, Len}.

exponent(<<E, Rest/bits>>, Base, Last) when E =:= $e; E =:= $E ->
    {Sign, Digits} = case Rest of
                         <<S, R/bits>> when S =:= $+; S =:= $- -> {<<S>>, R};
                         _ -> {<<>>, Rest}
                     end,
    case digits(Digits, 0) of
        0 -> no_digit(Digits);
        N ->
            <<Power:N/binary, After/bits>> = Digits,
            case {After, Last} of
                {<<>>, false} -> more;
                _ -> {float, <<Base/binary, E, Sign/binary, Power/binary>>, After}
            end
    end;
exponent(<<>>, _, false) -> more;
exponent(Rest, Token, _) -> {float, Token, Rest}.

float(Token, Decode) ->
    try Decode(Token)
    catch error:badarg -> erlang:error({unexpected_sequence, Token})
    end.

%% Strings. Bin starts after the opening quote.
string(Bin) -> string(Bin, Bin, 0, 0, <<>>).

%% As in plain/5, a run of Len bytes from Start waits to join Done.
string(<<$", Rest/bits>>, Orig, 0, Len, <<>>) ->
    {binary:part(Orig, 0, Len), Rest};
string(<<$", Rest/bits>>, Orig, Start, Len, Done) ->
    {<<Done/binary, (binary:part(Orig, Start, Len))/binary>>, Rest};
string(<<$\\, Rest/bits>>, Orig, Start, Len, Done) ->
    case unescape(Rest) of
        more -> more;
        {C, Used} ->
            <<_:Used/binary, After/bits>> = Rest,
            Run = binary:part(Orig, Start, Len),
            string(After, Orig, Start + Len + 1 + Used, 0,
                   <<Done/binary, Run/binary, C/utf8>>)
    end;
string(<<C, Rest/bits>>, Orig, Start, Len, Done) when C >= 32, C < 128 ->
    string(Rest, Orig, Start, Len + 1, Done);
string(<<C/utf8, Rest/bits>>, Orig, Start, Len, Done) when C >= 128 ->
    string(Rest, Orig, Start, Len + width(C), Done);
string(<<>>, _, _, _, _) -> more;
string(<<C, _/bits>>, _, _, _, _) when C < 32 ->
    erlang:error({invalid_byte, C});
string(Bin, _, _, _, _) ->
    case utf8(Bin) of
        short -> more;
        {bad, Byte} -> erlang:error({invalid_byte, Byte})
    end.

unescape(<<$", _/bits>>) -> {$", 1};
unescape(<<$\\, _/bits>>) -> {$\\, 1};
unescape(<<$/, _/bits>>) -> {$/, 1};
unescape(<<$b, _/bits>>) -> {$\b, 1};
unescape(<<$f, _/bits>>) -> {$\f, 1};
unescape(<<$n, _/bits>>) -> {$\n, 1};
unescape(<<$r, _/bits>>) -> {$\r, 1};
unescape(<<$t, _/bits>>) -> {$\t, 1};
unescape(<<$u, H:4/binary, Rest/bits>>) ->
    case unhex(H) of
        error -> erlang:error({unexpected_sequence, <<"\\u", H/binary>>});
        C when C >= 16#D800, C =< 16#DBFF -> low_half(Rest, C, H);
        C when C >= 16#DC00, C =< 16#DFFF ->
            erlang:error({unexpected_sequence, <<"\\u", H/binary>>});
        C -> {C, 5}
    end;
unescape(<<$u, Short/bits>>) when byte_size(Short) < 4 -> more;
unescape(<<>>) -> more;
unescape(<<C, _/bits>>) -> erlang:error({invalid_byte, C}).

%% Characters beyond 16 bits are written as two escapes.
low_half(<<"\\u", H:4/binary, _/bits>>, High, First) ->
    case unhex(H) of
        C when is_integer(C), C >= 16#DC00, C =< 16#DFFF ->
            {16#10000 + ((High band 1023) bsl 10) + (C band 1023), 11};
        _ ->
            erlang:error({unexpected_sequence,
                          <<"\\u", First/binary, "\\u", H/binary>>})
    end;
low_half(<<"\\u", _/bits>>, _, _) -> more;
low_half(<<"\\">>, _, _) -> more;
low_half(<<>>, _, _) -> more;
low_half(_, _, First) ->
    erlang:error({unexpected_sequence, <<"\\u", First/binary>>}).

unhex(H) -> unhex(H, 0).

unhex(<<C, Rest/bits>>, N) when C >= $0, C =< $9 -> unhex(Rest, N * 16 + C - $0);
unhex(<<C, Rest/bits>>, N) when C >= $A, C =< $F -> unhex(Rest, N * 16 + C - $A + 10);
unhex(<<C, Rest/bits>>, N) when C >= $a, C =< $f -> unhex(Rest, N * 16 + C - $a + 10);
unhex(<<>>, N) -> N;
unhex(_, _) -> error.
