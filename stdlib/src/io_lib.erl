%% Formatted text: the Erlang side of the formatting engine, reading by format, character lists.
%%
%% The engine itself is native: format_native(Format, Args, CharsLimit) answers a deep list of characters, or the atom badarg. `-1` means no
%% limit. Everything that prints a term goes through it.
-module(io_lib).

-export([format/2, format/3, fwrite/2, fwrite/3, bformat/2, bformat/3, bfwrite/2, bfwrite/3, format_native/3,
         scan_format/2, unscan_format/1, build_text/1, build_text/2,
         print/1, print/2, print/4, write/1, write/2, write/3, write/5, format_prompt/1, format_prompt/2, indentation/2, nl/0,
         fread/2, fread/3, read_term/2, chars_length/1, chars_limit/0,
         write_atom/1, write_atom_as_latin1/1, write_string/1, write_string/2, write_string_as_latin1/1,
         write_string_as_latin1/2, write_char/1, write_char_as_latin1/1, write_latin1_string/1, write_latin1_string/2, write_latin1_char/1,
         write_unicode_string/1, write_binary/3, quote_atom/2,
         char_list/1, latin1_char_list/1, deep_char_list/1, deep_latin1_char_list/1, deep_unicode_char_list/1,
         unicode_char_list/1, printable_list/1, printable_latin1_list/1, printable_unicode_list/1,
         collect_chars/3, collect_chars/4, collect_line/3, collect_line/4, get_until/3, get_until/4,
         collect_until/4, limit_term/2, get_password/3]).

%% ---- Formatting ----

format(Format, Args) ->
    case formatted(Format, Args, -1) of
        badarg -> erlang:error(badarg, [Format, Args]);
        Chars -> Chars
    end.

format(Format, Args, Opts) when is_list(Opts) ->
    Limit = case lists:keyfind(chars_limit, 1, Opts) of
        {_, N} when is_integer(N) -> N;
        false -> -1;
        _ -> erlang:error(badarg, [Format, Args, Opts])
    end,
    case formatted(Format, Args, Limit) of
        badarg -> erlang:error(badarg, [Format, Args, Opts]);
        Chars -> Chars
    end;
format(Format, Args, Opts) -> erlang:error(badarg, [Format, Args, Opts]).

fwrite(Format, Args) -> format(Format, Args).
fwrite(Format, Args, Opts) -> format(Format, Args, Opts).

bformat(Format, Args) -> unicode:characters_to_binary(format(Format, Args)).
bformat(Format, Args, Opts) -> unicode:characters_to_binary(format(Format, Args, Opts)).
bfwrite(Format, Args) -> bformat(Format, Args).
bfwrite(Format, Args, Opts) -> bformat(Format, Args, Opts).

%% The characters, or `badarg`: the frame of the exception is the caller's.
formatted(F, Args, Limit) when is_list(F); is_binary(F) -> io_lib:format_native(F, Args, Limit);
formatted(F, Args, Limit) when is_atom(F) -> io_lib:format_native(atom_to_list(F), Args, Limit);
formatted(_, _, _) -> badarg.

%% Native.
format_native(Format, Args, Limit) -> erlang:nif_error(undef, [Format, Args, Limit]).

%% ---- Formats as data ----

%% A list of characters and maps: #{control_char, args, width, adjust, precision, pad_char, encoding, strings, maps_order}.
scan_format(Format, Args) ->
    Call = [Format, Args],
    Chars = case Format of
        _ when is_atom(Format) -> atom_to_list(Format);
        _ when is_binary(Format) -> chars_of(Format);
        _ -> Format
    end,
    try specs(Chars, Args)
    catch error:_ -> erlang:error(badarg, Call)
    end.

chars_of(B) ->
    case unicode:characters_to_list(B) of
        L when is_list(L) -> L;
        _ -> binary_to_list(B)
    end.

specs([$~ | F], As) ->
    {Spec, F1, As1} = spec(F, As),
    [Spec | specs(F1, As1)];
specs([C | F], As) -> [C | specs(F, As)];
specs([], []) -> [].

spec(F0, A0) ->
    {Adjust, Width, F1, A1} = width(F0, A0),
    {Precision, F2, A2} = precision(F1, A1),
    {Pad, F3, A3} = pad(F2, A2),
    {Mods, [C | F4]} = modifiers(F3, #{encoding => latin1, strings => true}),
    {Args, A4} = lists:split(argument_count(C), A3),
    {Mods#{control_char => C, args => Args, width => Width, adjust => Adjust, precision => Precision, pad_char => Pad}, F4, A4}.

argument_count(C) ->
    case C of
        _ when C =:= $n; C =:= $~ -> 0;
        _ when C =:= $W; C =:= $P; C =:= $x; C =:= $X -> 2;
        _ when C =:= $w; C =:= $p; C =:= $s; C =:= $c; C =:= $e; C =:= $f; C =:= $g; C =:= $i; C =:= $b; C =:= $B;
               C =:= $+; C =:= $# -> 1
    end.

width([$- | F], A) ->
    {W, F1, A1} = number(F, A),
    {left, W, F1, A1};
width(F, A) ->
    case number(F, A) of
        {W, F1, A1} when is_integer(W), W < 0 -> {left, -W, F1, A1};
        {W, F1, A1} -> {right, W, F1, A1}
    end.

precision([$. | F], A) -> number(F, A);
precision(F, A) -> {none, F, A}.

pad([$., $* | F], [C | A]) -> {C, F, A};
pad([$., C | F], A) -> {C, F, A};
pad(F, A) -> {$\s, F, A}.

number([$* | F], [N | A]) when is_integer(N) -> {N, F, A};
number([D | _] = F, A) when D >= $0, D =< $9 -> digits(F, 0, A);
number(F, A) -> {none, F, A}.

digits([D | F], N, A) when D >= $0, D =< $9 -> digits(F, N * 10 + D - $0, A);
digits(F, N, A) -> {N, F, A}.

modifiers([$t | F], M) -> modifiers(F, M#{encoding => unicode});
modifiers([$l | F], M) -> modifiers(F, M#{strings => false});
modifiers([$k | F], M) -> modifiers(F, M#{maps_order => ordered});
modifiers([$K | F], M) -> modifiers(F, M#{maps_order => reversed});
modifiers(F, M) -> {M, F}.

unscan_format(Specs) ->
    {F, A} = unscan(Specs, [], []),
    {lists:append(lists:reverse(F)), lists:append(lists:reverse(A))}.

unscan([#{control_char := C, args := Args} = S | T], Fs, As) ->
    F = "~" ++ unscan_width(S) ++ unscan_precision(S) ++ unscan_modifiers(S) ++ [C],
    unscan(T, [F | Fs], [Args | As]);
unscan([$~ | T], Fs, As) -> unscan(T, ["~~" | Fs], As);
unscan([C | T], Fs, As) -> unscan(T, [[C] | Fs], As);
unscan([], Fs, As) -> {Fs, As}.

unscan_width(#{width := none}) -> "";
unscan_width(#{width := W, adjust := left}) -> "-" ++ integer_to_list(W);
unscan_width(#{width := W}) -> integer_to_list(W).

unscan_precision(#{precision := none, pad_char := $\s}) -> "";
unscan_precision(#{precision := P, pad_char := Pad}) ->
    Digits = case P of
        none -> "";
        _ -> integer_to_list(P)
    end,
    case Pad of
        $\s -> "." ++ Digits;
        _ -> "." ++ Digits ++ "." ++ [Pad]
    end.

unscan_modifiers(S) ->
    [$t || #{encoding := unicode} <- [S]] ++ [$l || #{strings := false} <- [S]] ++
        case S of
            #{maps_order := ordered} -> "k";
            #{maps_order := reversed} -> "K";
            _ -> ""
        end.

build_text(Specs) -> build_text(Specs, []).

build_text(Specs, Opts) ->
    {F, A} = try unscan_format(Specs)
        catch error:_ -> erlang:error(badarg, [Specs, Opts])
        end,
    format(F, A, Opts).

%% ---- Terms ----

print(Term) -> native("~p", [Term]).

print(Term, Column, LineLength, Depth) when is_integer(Column), is_integer(LineLength), is_integer(Depth) ->
    F = "~" ++ integer_to_list(LineLength) ++ "." ++ integer_to_list(max(1, Column)),
    case Depth of
        _ when Depth < 0 -> native(F ++ "tp", [Term]);
        _ -> native(F ++ "tP", [Term, Depth])
    end.

print(Term, Opts) when is_list(Opts) ->
    Column = proplists:get_value(column, Opts, 1),
    Length = proplists:get_value(line_length, Opts, 80),
    Depth = proplists:get_value(depth, Opts, -1),
    print(Term, Column, Length, Depth).

write(Term) -> native("~w", [Term]).

write(Term, Depth) when is_integer(Depth) -> write_depth(Term, Depth, "");
write(Term, Depth) when is_float(Depth) -> write(Term);
%% A depth that is no number is never reached, nor can any be taken from it.
write(Term, Depth) when not is_list(Depth), not is_bitstring(Term) ->
    case is_list(Term) orelse is_map(Term) orelse is_tuple(Term) of
        true when Term =/= [], Term =/= {}, Term =/= #{} -> erlang:error(badarith, [Term, Depth]);
        _ -> write(Term)
    end;
write(Term, Opts) when is_list(Opts) ->
    is_proper(Opts) orelse erlang:error(badarg, [Term, Opts]),
    T = case proplists:get_value(encoding, Opts, unicode) of
        latin1 -> "";
        _ -> "t"
    end,
    K = case proplists:get_value(maps_order, Opts, undefined) of
        ordered -> "k";
        reversed -> "K";
        _ -> ""
    end,
    Limit = proplists:get_value(chars_limit, Opts, -1),
    case proplists:get_value(depth, Opts, -1) of
        D when D < 0 -> native("~" ++ T ++ K ++ "w", [Term], Limit);
        D -> native("~" ++ T ++ K ++ "W", [Term, D], Limit)
    end.

is_proper([_ | T]) -> is_proper(T);
is_proper(End) -> End =:= [].

write(Term, Depth, false) -> write(Term, Depth);
write(Term, Depth, true) -> print(Term, 1, 80, Depth).

write(Term, Depth, Encoding, _MapsOrder, Limit) ->
    write(Term, [{depth, Depth}, {encoding, Encoding}, {chars_limit, Limit}]).

write_depth(Term, Depth, T) when Depth < 0 -> native("~" ++ T ++ "w", [Term]);
write_depth(Term, Depth, T) -> native("~" ++ T ++ "W", [Term, Depth]).

native(F, A) -> native(F, A, -1).

native(F, A, Limit) ->
    case io_lib:format_native(F, A, Limit) of
        badarg -> erlang:error(badarg, A);
        [Chars] -> Chars
    end.

limit_term(Term, Depth) -> cut(Term, Depth).

cut(_, D) when is_integer(D), D =< 0 -> '...';
cut([H | T], D) when D =:= 1; not is_list(T), D =< 1 -> _ = {H, T}, ['...'];
cut([H | T], D) -> [cut(H, D - 1) | cut_tail(T, D - 1)];
cut(T, D) when is_tuple(T), tuple_size(T) > D -> list_to_tuple([cut(E, D - 1) || E <- lists:sublist(tuple_to_list(T), max(0, D - 1))] ++ ['...']);
cut(T, D) when is_tuple(T) -> list_to_tuple([cut(E, D - 1) || E <- tuple_to_list(T)]);
cut(M, D) when is_map(M), map_size(M) =< D -> maps:from_list([{cut(K, D - 1), cut(V, D - 1)} || {K, V} <- maps:to_list(M)]);
cut(M, D) when is_map(M) -> maps:from_list([{cut(K, D - 1), cut(V, D - 1)} || {K, V} <- lists:sublist(maps:to_list(M), max(0, D - 1))] ++ [{'...', '...'}]);
cut(T, _) -> T.

cut_tail([], _) -> [];
cut_tail(_, 1) -> ['...'];
cut_tail([H | T], D) -> [cut(H, D - 1) | cut_tail(T, D - 1)];
cut_tail(T, D) -> cut(T, D - 1).

format_prompt(Prompt) -> format_prompt(Prompt, latin1).

format_prompt({format, Format, Args}, _) -> format_or_text(Format, Args);
format_prompt(Prompt, _) when is_list(Prompt); is_atom(Prompt); is_binary(Prompt) -> format_or_text("~ts", [Prompt]);
format_prompt(Prompt, _) -> format_or_text("~tp", [Prompt]).

format_or_text(Format, Args) ->
    case io_lib:format_native(Format, Args, -1) of
        badarg -> format("??? ~tp ~tp", [Format, Args]);
        Chars -> Chars
    end.

nl() -> "\n".

%% The column reached after printing Chars from column Start.
indentation(Chars, Start) when is_list(Chars) -> column(Chars, Start).

column([$\n | T], _) -> column(T, 0);
column([$\t | T], I) -> column(T, (I div 8 + 1) * 8);
column([C | T], I) when is_integer(C) -> column(T, I + 1);
column([L | T], I) -> column(T, column(L, I));
column([], I) -> I;
column(B, I) when is_binary(B) -> column(unicode:characters_to_list(B), I).

chars_length(Chars) ->
    try iolist_size(Chars)
    catch error:badarg -> length(lists:flatten([to_chars(C) || C <- flat(Chars)]))
    end.

flat(L) when is_list(L) -> lists:flatten(L);
flat(B) -> [B].

to_chars(B) when is_binary(B) -> unicode:characters_to_list(B);
to_chars(C) -> C.

chars_limit() -> -1.

%% ---- Quoting ----

write_atom(A) when is_atom(A) -> native("~tw", [A]);
write_atom(A) -> atom_to_list(A).

write_atom_as_latin1(A) when is_atom(A) -> native("~w", [A]);
write_atom_as_latin1(A) -> atom_to_list(A).

%% True unless the atom's text reads as an atom bare.
quote_atom(Atom, Chars) ->
    case Chars of
        [C | Cs] when C >= $a, C =< $z; C >= $\337, C =< $\377, C =/= $\367 ->
            is_reserved(Atom) orelse not lists:all(fun name_char/1, Cs);
        _ -> true
    end.

is_reserved(Atom) when not is_atom(Atom) -> false;
is_reserved(Atom) -> native("~w", [Atom]) =/= atom_to_list(Atom).

name_char(C) when C >= $a, C =< $z; C >= $A, C =< $Z; C >= $0, C =< $9; C =:= $_; C =:= $@ -> true;
name_char(C) -> C >= $\300 andalso C =< $\377 andalso C =/= $\327 andalso C =/= $\367.

write_string(S) -> write_string(S, $").

write_string(S, Q) -> [Q | quoted(S, Q, fun(C) -> C end)].

write_unicode_string(S) -> write_string(S).

write_latin1_string(S) -> write_latin1_string(S, $").

write_latin1_string(S, Q) -> [Q | quoted(S, Q, fun(C) when C >= 0, C =< 255 -> C end)].

write_string_as_latin1(S) -> write_string_as_latin1(S, $").

write_string_as_latin1(S, Q) -> [Q | quoted(S, Q, fun as_latin1/1)].

quoted([C | Cs], Q, Show) -> escape(C, Q, Show, quoted(Cs, Q, Show));
quoted([], Q, _) -> [Q].

escape(Q, Q, _, T) -> [$\\, Q | T];
escape($\\, _, _, T) -> "\\\\" ++ T;
escape(C, _, _, T) when C >= $\s, C =< $~ -> [C | T];
escape(C, _, Show, T) when C >= 160 -> lists:flatten([Show(C)]) ++ T;
escape(C, _, _, T) ->
    case C of
        $\n -> "\\n" ++ T;
        $\t -> "\\t" ++ T;
        $\r -> "\\r" ++ T;
        $\v -> "\\v" ++ T;
        $\b -> "\\b" ++ T;
        $\f -> "\\f" ++ T;
        $\e -> "\\e" ++ T;
        $\d -> "\\d" ++ T;
        _ -> [$\\, (C bsr 6) + $0, ((C bsr 3) band 7) + $0, (C band 7) + $0 | T]
    end.

as_latin1(C) when C > 255 -> "\\x{" ++ integer_to_list(C, 16) ++ "}";
as_latin1(C) -> C.

write_char($\s) -> "$\\s";
write_char(C) when is_integer(C), C >= 0 -> [$$ | escape(C, -1, fun(X) -> X end, [])].

write_latin1_char($\s) -> "$ ";
write_latin1_char(C) when is_integer(C), C >= 0, C =< 255 -> write_char(C).

write_char_as_latin1($\s) -> "$ ";
write_char_as_latin1(C) when is_integer(C), C >= 0 -> [$$ | escape(C, -1, fun as_latin1/1, [])].

write_binary(B, Depth, _) when is_bitstring(B) -> {write(B, Depth), <<>>}.

%% ---- Kinds of character lists ----

latin1_char_list([C | T]) when is_integer(C), C >= 0, C =< 255 -> latin1_char_list(T);
latin1_char_list([]) -> true;
latin1_char_list(_) -> false.

char_list([C | T]) when is_integer(C), C >= 0, C < 16#D800; is_integer(C), C > 16#DFFF, C < 16#FFFE;
                        is_integer(C), C > 16#FFFF, C =< 16#10FFFF -> char_list(T);
char_list([]) -> true;
char_list(_) -> false.

unicode_char_list(L) -> char_list(L).

deep_latin1_char_list([C | T]) when is_integer(C) -> C >= 0 andalso C =< 255 andalso deep_latin1_char_list(T);
deep_latin1_char_list([L | T]) when is_list(L) -> deep_latin1_char_list(L) andalso deep_latin1_char_list(T);
deep_latin1_char_list([]) -> true;
deep_latin1_char_list(_) -> false.

deep_char_list([C | T]) when is_integer(C), C >= 0, C < 16#D800; is_integer(C), C > 16#DFFF, C < 16#FFFE;
                             is_integer(C), C > 16#FFFF, C =< 16#10FFFF -> deep_char_list(T);
deep_char_list([L | T]) when is_list(L) -> deep_char_list(L) andalso deep_char_list(T);
deep_char_list([]) -> true;
deep_char_list(_) -> false.

deep_unicode_char_list(L) -> deep_char_list(L).

printable_list(L) ->
    case io:printable_range() of
        unicode -> printable_unicode_list(L);
        latin1 -> printable_latin1_list(L)
    end.

printable_latin1_list([C | T]) when is_integer(C), C >= $\s, C =< $~; is_integer(C), C >= 160, C =< 255 -> printable_latin1_list(T);
printable_latin1_list([C | T]) when C >= $\b, C =< $\r, is_integer(C) -> printable_latin1_list(T);
printable_latin1_list([$\e | T]) -> printable_latin1_list(T);
printable_latin1_list([]) -> true;
printable_latin1_list(_) -> false.

printable_unicode_list([C | T]) when is_integer(C), C >= $\s, C =< $~; is_integer(C), C >= 160, C < 16#D800;
                                     is_integer(C), C > 16#DFFF, C < 16#FFFE; is_integer(C), C > 16#FFFF, C =< 16#10FFFF ->
    printable_unicode_list(T);
printable_unicode_list([C | T]) when is_integer(C), C >= $\b, C =< $\r -> printable_unicode_list(T);
printable_unicode_list([$\e | T]) -> printable_unicode_list(T);
printable_unicode_list([]) -> true;
printable_unicode_list(_) -> false.

%% ---- Reading by format ----

-define(SPACE(C), C =:= $\s orelse C =:= $\t orelse C =:= $\r orelse C =:= $\n).
-define(DIGIT(D), (D >= $0 andalso D =< $9)).

fread([], Chars) -> {ok, [], Chars};
fread(Format, Chars) when is_list(Format), is_list(Chars) ->
    case read_items(Format, Chars, 0, []) of
        {done, Values, Rest} -> {ok, Values, Rest};
        {more, F, N, Values} -> {more, F, N, Values};
        {error, _} = E -> E
    end.

%% The re-entrant form keeps {Consumed, Format, Values}; lines arrive as they are read. At the end of input what is left of a failure is `eof`.
fread([], eof, Format) ->
    case read_items(Format, [], 0, []) of
        {done, Values, _} -> {done, {ok, Values}, []};
        {error, _} = Error -> {done, Error, eof};
        _ -> {done, eof, eof}
    end;
fread([], Chars, Format) -> fread_more({[], Format, 0, []}, Chars);
fread(Cont, Chars, _) -> fread_more(Cont, Chars).

fread_more({Held, F, N, Values}, eof) ->
    case read_items(F, Held, N, Values) of
        {done, Vs, Rest} -> {done, {ok, Vs}, Rest};
        {more, _, 0, []} when Held =:= [] -> {done, eof, eof};
        {error, _} = Error -> {done, Error, eof};
        _ -> {done, {error, {fread, input}}, eof}
    end;
%% Only whole lines are read; what is left of one keeps its line end.
fread_more({Held, F, N, Values}, Chars) ->
    Input = Held ++ Chars,
    case lists:splitwith(fun(C) -> C =/= $\n end, Input) of
        {_, []} -> {more, {Input, F, N, Values}};
        {Line, [$\n | Behind]} ->
            case read_items(F, Line, N, Values) of
                {done, Vs, []} -> {done, {ok, Vs}, Behind};
                {done, Vs, Rest} -> {done, {ok, Vs}, Rest ++ [$\n | Behind]};
                {more, F1, N1, Vs} -> fread_more({[], F1, N1 + 1, lists:reverse(Vs)}, Behind);
                %% The line that does not fit is gone, what follows is not.
                {error, _} = E -> {done, E, Behind}
            end
    end.

read_items([$~ | F], Cs, N, Vs) -> read_control(F, Cs, N, Vs);
read_items([C | F], Cs, N, Vs) when ?SPACE(C) ->
    {Cs1, N1} = skip_space(Cs, N),
    read_items(F, Cs1, N1, Vs);
read_items([C | F], [C | Cs], N, Vs) -> read_items(F, Cs, N + 1, Vs);
read_items([C | F], [], N, Vs) -> {more, [C | F], N, lists:reverse(Vs)};
read_items([_ | _], _, _, _) -> {error, {fread, input}};
read_items([], Cs, _, Vs) -> {done, lists:reverse(Vs), Cs}.

skip_space([C | Cs], N) when ?SPACE(C) -> skip_space(Cs, N + 1);
skip_space(Cs, N) -> {Cs, N}.

%% `~[*][Width][t]Type`. Without input there is nothing to say about the control, except that `~l` needs none.
read_control(F0, Cs, N, Vs) ->
    {Keep, F1} = case F0 of [$* | Behind] -> {suppress, Behind}; _ -> {keep, F0} end,
    {W, F2} = read_width(F1),
    {Max, F3} = case F2 of [$t | Behind2] -> {16#10FFFF, Behind2}; _ -> {255, F2} end,
    case F3 of
        [$l | F] -> read_items(F, Cs, N, kept(Keep, N, Vs));
        _ when Cs =:= [] -> {more, [$~ | F0], N, lists:reverse(Vs)};
        [$~ | F] when hd(Cs) =:= $~ -> read_items(F, tl(Cs), N + 1, Vs);
        [$u | _] when is_integer(W), W < 2; is_integer(W), W > 36 -> {error, {fread, format}};
        [C | F] when C =:= $s; C =:= $a; C =:= $c; Max =:= 255, (C =:= $d orelse C =:= $u orelse C =:= $- orelse C =:= $# orelse C =:= $f) ->
            case read_field(C, W, Max, Cs) of
                {V, Used, Rest} -> read_items(F, Rest, N + Used, kept(Keep, V, Vs));
                error -> {error, {fread, what(C)}}
            end;
        _ -> {error, {fread, format}}
    end.

read_width([D | _] = F) when ?DIGIT(D) ->
    {Ds, Behind} = lists:splitwith(fun(C) -> ?DIGIT(C) end, F),
    {list_to_integer(Ds), Behind};
read_width(F) -> {none, F}.

kept(keep, V, Vs) -> [V | Vs];
kept(suppress, _, Vs) -> Vs.

what($d) -> integer;
what($u) -> unsigned;
what($#) -> based;
what($-) -> character;
what($c) -> character;
what($f) -> float;
what($s) -> string;
what($a) -> atom.

%% The value, the number of characters used, and the rest. A width means that many characters of one line, no fewer, white space among them.
read_field($-, _, _, [$- | Cs]) -> {-1, 1, Cs};
read_field($-, _, _, [$+ | Cs]) -> {1, 1, Cs};
read_field($-, _, _, Cs) -> {1, 0, Cs};
%% The number of an unsigned integer is its base; no white space is skipped.
read_field($u, none, Max, Cs) -> read_field($u, 10, Max, Cs);
read_field($u, Base, _, Cs) ->
    {Text, Rest} = lists:splitwith(fun(C) -> ?DIGIT(C) orelse is_letter(C) andalso digit_value(C) < Base end, Cs),
    case attempt(fun() -> list_to_integer(Text, Base) end) of
        {ok, V} -> {V, length(Text), Rest};
        error -> error
    end;
read_field($c, none, Max, Cs) -> read_field($c, 1, Max, Cs);
read_field($c, W, Max, Cs) ->
    case one_line(W, Cs) of
        {Text, Rest} -> case fits(Text, Max) of true -> {Text, W, Rest}; false -> error end;
        error -> error
    end;
read_field(C, none, Max, Cs0) ->
    {Cs, Skipped} = skip_space(Cs0, 0),
    Text = leading(C, Max, Cs),
    case value(C, Text) of
        {ok, V} when Text =/= []; Cs =:= [] -> {V, Skipped + length(Text), lists:nthtail(length(Text), Cs)};
        _ -> error
    end;
read_field(C, W, Max, Cs0) ->
    case one_line(W, Cs0) of
        {Text0, Rest} ->
            {Text1, _} = skip_space(Text0, 0),
            Text = case C =:= $s orelse C =:= $a of true -> string:trim(Text1, trailing, " \t\r\n"); false -> Text1 end,
            case value(C, as_number(C, Text)) of
                {ok, V} when C =:= $s; C =:= $a -> case fits(Text, Max) of true -> {V, W, Rest}; false -> error end;
                {ok, V} -> case leading(C, Max, as_number(C, Text)) of Read when length(Read) =:= length(Text) -> {V, W, Rest}; _ -> error end;
                error -> error
            end;
        error -> error
    end.

%% The first W characters, if they lie in one line.
one_line(W, Cs) ->
    Text = lists:takewhile(fun(C) -> C =/= $\n end, lists:sublist(Cs, W)),
    case length(Text) of
        W -> {Text, lists:nthtail(W, Cs)};
        _ -> error
    end.

fits(Text, Max) -> lists:all(fun(C) -> C =< Max end, Text).

%% What a control without a width takes: words end at white space, numbers where they stop being numbers.
leading(C, Max, Cs) when C =:= $s; C =:= $a -> lists:takewhile(fun(X) -> not (?SPACE(X)) andalso X =< Max end, Cs);
leading($d, _, Cs) -> signed(Cs);
leading($#, _, Cs) -> based(Cs);
leading($f, _, Cs) -> float_text(Cs).

is_digit(D) -> ?DIGIT(D).

signed([S | T]) when S =:= $-; S =:= $+ -> [S | lists:takewhile(fun is_digit/1, T)];
signed(T) -> lists:takewhile(fun is_digit/1, T).

based(Word) ->
    case signed(Word) of
        Base when Base =/= [] ->
            case lists:nthtail(length(Base), Word) of
                [$# | T] -> Base ++ "#" ++ lists:takewhile(fun(C) -> ?DIGIT(C) orelse is_letter(C) end, T);
                _ -> Base
            end;
        Base -> Base
    end.

is_letter(C) -> C >= $a andalso C =< $z orelse C >= $A andalso C =< $Z.

digit_value(C) when C >= $a -> C - $a + 10;
digit_value(C) when C >= $A -> C - $A + 10;
digit_value(C) -> C - $0.

%% With a width a comma is as good as a point.
as_number($f, Text) -> [case C of $, -> $.; _ -> C end || C <- Text];
as_number(_, Text) -> Text.

float_text(Word) ->
    Int = signed(Word),
    case lists:nthtail(length(Int), Word) of
        [$. | T] ->
            Frac = lists:takewhile(fun is_digit/1, T),
            Int ++ "." ++ Frac ++ exponent(lists:nthtail(length(Frac), T));
        _ -> Int
    end.

exponent([E | T]) when E =:= $e; E =:= $E ->
    case signed(T) of
        [] -> "";
        Ds -> [E | Ds]
    end;
exponent(_) -> "".

value($s, Text) -> {ok, Text};
value($a, Text) -> {ok, list_to_atom(Text)};
value($#, [$- | Text]) ->
    case value($#, Text) of
        {ok, V} -> {ok, -V};
        error -> error
    end;
value($#, Text) -> attempt(fun() ->
    case string:split(Text, "#") of
        [Base, [D | _] = Digits] when D =/= $-, D =/= $+ -> list_to_integer(Digits, list_to_integer(Base))
    end
end);
value($f, Text) -> attempt(fun() -> list_to_float(Text) end);
value(_, Text) -> attempt(fun() -> list_to_integer(Text) end).

attempt(F) ->
    try {ok, F()}
    catch error:_ -> error
    end.

chars(A) when is_atom(A) -> atom_to_list(A);
chars(B) when is_binary(B) -> unicode:characters_to_list(B);
chars(L) -> L.

%% ---- For io servers ----

get_until(Cont, Chars, Function) -> get_until(Cont, Chars, latin1, Function).

%% What a device does for a request of that name: the function is given text until it is done.
get_until(start, Chars, Enc, Function) -> get_until([], Chars, Enc, Function);
get_until(Cont, Chars, Enc, {_, _, _} = Function) when is_binary(Chars) -> get_until(Cont, unicode:characters_to_list(Chars, Enc), Enc, Function);
get_until(Cont, Chars, _Enc, {M, F, Args}) ->
    case apply(M, F, [Cont, Chars | Args]) of
        {done, Result, Rest} -> {stop, Result, Rest};
        {more, Next} -> Next
    end.

collect_until(Cont, Chars, _Enc, {M, F, Args}) -> apply(M, F, [Cont, Chars | Args]).

get_password(Cont, Chars, Enc) -> collect_line(Cont, Chars, Enc, []).

collect_chars(Cont, Chars, N) -> collect_chars(Cont, Chars, latin1, N).

%% The continuation is what has come so far, reversed; `start` begins.
collect_chars(Cont, Chars, Enc, N) when Cont =/= start, not is_list(Cont), not is_tuple(Cont); Cont =:= {};
                                        Chars =/= eof, not is_list(Chars), not is_binary(Chars) ->
    erlang:error(function_clause, [Cont, Chars, Enc, N]);
collect_chars(start, Chars, Enc, N) when is_binary(Chars) -> as_binary(collect_chars([], unicode:characters_to_list(Chars, Enc), Enc, N), Enc);
collect_chars({binary, Acc}, Chars, Enc, N) -> as_binary(collect_chars(Acc, text(Chars, Enc), Enc, N), Enc);
collect_chars(start, Chars, Enc, N) -> collect_chars([], Chars, Enc, N);
collect_chars([], eof, _, _) -> {stop, eof, eof};
collect_chars(Acc, eof, _, _) -> {stop, lists:reverse(Acc), eof};
collect_chars(Acc, Chars, _, N) ->
    Want = N - length(Acc),
    L = chars(Chars),
    case length(L) >= Want of
        true ->
            {Got, Rest} = lists:split(Want, L),
            {stop, lists:reverse(Acc, Got), Rest};
        false -> lists:reverse(L, Acc)
    end.

collect_line(Cont, Chars, _) -> collect_line(Cont, Chars, latin1, []).

collect_line(Cont, Chars, Enc, X) when Chars =/= eof, not is_list(Chars), not is_binary(Chars) ->
    erlang:error(function_clause, [Cont, Chars, Enc, X]);
collect_line(start, Chars, Enc, X) when is_binary(Chars) -> as_binary(collect_line([], unicode:characters_to_list(Chars, Enc), Enc, X), Enc);
collect_line({binary, Acc}, Chars, Enc, X) -> as_binary(collect_line(Acc, text(Chars, Enc), Enc, X), Enc);
collect_line(start, Chars, Enc, X) -> collect_line([], Chars, Enc, X);
collect_line([], eof, _, _) -> {stop, eof, eof};
collect_line(Acc, eof, _, _) -> {stop, lists:reverse(Acc), eof};
collect_line(Acc, Chars, _, _) -> until_newline(chars(Chars), Acc).

until_newline([$\r, $\n | T], Acc) -> {stop, lists:reverse(Acc, "\n"), T};
until_newline([$\n | T], Acc) -> {stop, lists:reverse(Acc, "\n"), T};
until_newline([C | T], Acc) -> until_newline(T, [C | Acc]);
until_newline([], Acc) -> Acc.

text(eof, _) -> eof;
text(Chars, Enc) -> unicode:characters_to_list(Chars, Enc).

%% What came as binaries is given back so.
as_binary({stop, eof, eof}, _) -> {stop, eof, eof};
as_binary({stop, Text, Rest}, Enc) -> {stop, from_text(Text, Enc), from_text(Rest, Enc)};
as_binary(Acc, _) -> {binary, Acc}.

from_text(eof, _) -> eof;
from_text(Text, Enc) -> unicode:characters_to_binary(Text, unicode, Enc).

%% What io:request(D, {read, Prompt}) evaluates in the device.
read_term(Cont, Chars) ->
    case erl_scan:tokens(Cont, Chars, 1) of
        {done, {ok, Tokens, _}, Rest} -> {done, erl_parse:parse_term(Tokens), Rest};
        {done, {error, E, _}, Rest} -> {done, {error, E}, Rest};
        {done, {eof, _}, Rest} -> {done, eof, Rest};
        {more, _} = More -> More
    end.
