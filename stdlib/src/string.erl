%% Strings as chardata, counted in grapheme clusters; and the older functions over plain lists.
%%
%% The Unicode tables are native (unicode_util: gc/1, cp/1, gcs/1, count/1, nfc/1, ..., whitespace/0). What concerns the whole text asks for a thousand
%% clusters at a time; what may stop early (take, trim, to_integer, slice) walks cluster by cluster and leaves the rest as it is.
-module(string).

-export([is_empty/1, length/1, to_graphemes/1, reverse/1, equal/2, equal/3, equal/4, slice/2, slice/3, pad/2, pad/3,
         pad/4, trim/1, trim/2, trim/3, chomp/1, take/2, take/3, take/4, uppercase/1, lowercase/1, titlecase/1,
         casefold/1, to_integer/1, to_float/1, prefix/2, split/2, split/3, replace/3, replace/4, find/2, find/3,
         lexemes/2, nth_lexeme/3, next_codepoint/1, next_grapheme/1, jaro_similarity/2]).
-export([len/1, concat/2, chr/2, rchr/2, str/2, rstr/2, span/2, cspan/2, substr/2, substr/3, tokens/2, chars/2,
         chars/3, copies/2, words/1, words/2, sub_word/2, sub_word/3, strip/1, strip/2, strip/3, left/2, left/3,
         right/2, right/3, centre/2, centre/3, sub_string/2, sub_string/3, to_lower/1, to_upper/1, join/2,
         list_to_float/1, list_to_integer/1]).
-compile({no_auto_import, [length/1, list_to_integer/1, list_to_float/1]}).

%% ---- Clusters ----

%% Bytes that are no characters count: whoever meets them says so.
is_text(CD) ->
    try unicode:characters_to_list(CD) of
        _ -> true
    catch error:badarg -> false
    end.

gcs(CD) ->
    case unicode_util:gcs(CD) of
        {error, Err} -> erlang:error({badarg, Err});
        {Gcs, []} -> Gcs;
        {[], _} -> [];
        {Gcs, Rest} -> Gcs ++ gcs(Rest)
    end.

%% The next cluster and what follows, at most as flat as that makes it; [] at the end.
next([C, C2 | _] = L) when is_integer(C), C >= 0, C < 128, C =/= $\r, is_integer(C2), C2 >= 0, C2 < 128 -> L;
next([C] = L) when is_integer(C), C >= 0, C < 128 -> L;
next(<<C, C2, _/binary>> = Bin) when C < 128, C =/= $\r, C2 < 128 ->
    <<_, T/binary>> = Bin,
    [C | T];
next(CD) ->
    case unicode_util:gc(CD) of
        {error, Err} -> erlang:error({badarg, Err});
        Next -> Next
    end.

%% The next character and what follows.
next_cp([C | _] = L) when is_integer(C), C >= 0, C < 128 -> L;
next_cp(CD) ->
    case unicode_util:cp(CD) of
        {error, Err} -> erlang:error({badarg, Err});
        Next -> Next
    end.

to_cd(Gcs, Like) when is_binary(Like) -> unicode:characters_to_binary(Gcs);
to_cd(Gcs, _) -> flat(Gcs).

flat([G | T]) when is_integer(G) -> [G | flat(T)];
flat([G | T]) -> G ++ flat(T);
flat([]) -> [].

cps(CD) ->
    try unicode:characters_to_list(CD) of
        L when is_list(L) -> L;
        _ -> cps_1(CD)
    catch error:badarg -> cps_1(CD)
    end.

%% The first thing that is no code point is an error.
cps_1(CD) ->
    case unicode_util:cp(CD) of
        [C | T] -> [C | cps_1(T)];
        [] -> [];
        {error, Err} -> erlang:error({badarg, Err})
    end.

is_empty([]) -> true;
is_empty(<<>>) -> true;
is_empty([H | T]) when not is_integer(H) -> is_empty(H) andalso is_empty(T);
is_empty(_) -> false.

length(CD) when is_list(CD); is_binary(CD) -> count(CD, 0).

count(CD, N) ->
    case unicode_util:count(CD) of
        {error, Err} -> erlang:error({badarg, Err});
        {K, []} -> N + K;
        {0, _} -> N;
        {K, Rest} -> count(Rest, N + K)
    end.

%% A binary's characters are quicker to walk in a list.
texts(Bin) when is_binary(Bin) ->
    case unicode:characters_to_list(Bin) of
        L when is_list(L) -> L;
        _ -> Bin
    end;
texts(CD) -> CD.

to_graphemes(CD) -> gcs(CD).

reverse(CD) -> lists:reverse(gcs(CD)).

next_codepoint(CD) -> unicode_util:cp(CD).

next_grapheme(CD) -> unicode_util:gc(CD).

%% ---- Comparison ----

equal(A, B) when is_binary(A), is_binary(B) -> A =:= B;
equal(A, B) -> equal_front(A, B).

%% Characters as long as both texts are flat.
equal_front([C | A], [C | B]) when is_integer(C) -> equal_front(A, B);
equal_front([], []) -> true;
equal_front(A, B) -> equal(A, B, false).

equal([], B, false) when not is_list(B), not is_binary(B) -> false;
equal([], [X | _], false) when not is_list(X), not is_binary(X) -> false;
equal(A, B, false) -> cps(A) =:= cps(B);
equal(A, B, true) -> cps(casefold(A)) =:= cps(casefold(B)).

equal(A, B, Case, none) -> equal(A, B, Case);
equal(A, B, false, Norm) -> normal(A, Norm) =:= normal(B, Norm);
equal(A, B, true, Norm) -> normal(casefold(A), Norm) =:= normal(casefold(B), Norm).

normal(S, nfc) -> unicode:characters_to_nfc_list(S);
normal(S, nfd) -> unicode:characters_to_nfd_list(S);
normal(S, nfkc) -> unicode:characters_to_nfkc_list(S);
normal(S, nfkd) -> unicode:characters_to_nfkd_list(S).

%% ---- Parts ----

slice(CD, N) when is_integer(N), N >= 0 -> slice(CD, N, infinity).

slice(CD, N, infinity) when is_integer(N), N >= 0 -> as(CD, after_clusters(CD, N));
slice(CD, N, Len) when is_integer(N), N >= 0, is_integer(Len), Len >= 0 ->
    case after_clusters(CD, N) of
        Bin when is_binary(Bin), is_binary(CD) ->
            case after_clusters(Bin, Len) of
                Rest when is_binary(Rest) -> binary:part(Bin, 0, byte_size(Bin) - byte_size(Rest));
                _ -> Bin
            end;
        Rest -> to_cd(some(Rest, Len), CD)
    end.

%% Nothing is the empty text of the same kind.
as(CD, []) when is_binary(CD) -> <<>>;
as(_, Rest) -> Rest.

after_clusters(CD, 0) -> CD;
after_clusters([C, C2 | T], N) when is_integer(C), C >= 0, C < 128, C =/= $\r, is_integer(C2), C2 >= 0, C2 < 128 -> after_clusters([C2 | T], N - 1);
after_clusters(Bin, N) when is_binary(Bin), Bin =/= <<>> ->
    case plain_bytes(Bin, N) of
        0 ->
            [_ | T] = next(Bin),
            after_clusters(T, N - 1);
        K ->
            <<_:K/binary, T/binary>> = Bin,
            after_clusters(T, N - K)
    end;
after_clusters(CD, N) ->
    case next(CD) of
        [_ | T] -> after_clusters(T, N - 1);
        [] -> []
    end.

%% How many bytes, at most Max, are clusters of their own: ASCII characters that others follow.
plain_bytes(Bin, Max) ->
    case ascii_bytes(Bin, 0, Max) of
        0 -> 0;
        N ->
            case Bin of
                <<_:N/binary, C, _/binary>> when C >= 128 -> N - 1;
                _ -> N
            end
    end.

ascii_bytes(<<C, T/binary>>, N, Max) when C < 128, C =/= $\r, N < Max -> ascii_bytes(T, N + 1, Max);
ascii_bytes(_, N, _) -> N.

some(_, 0) -> [];
some(CD, N) ->
    case next(CD) of
        [G | T] -> [G | some(T, N - 1)];
        [] -> []
    end.

pad(CD, Len) -> pad(CD, Len, trailing).
pad(CD, Len, Dir) when is_integer(Len) -> pad(CD, Len, Dir, $\s).

pad(CD, Len, leading, Char) when is_integer(Len) -> [lists:duplicate(max(0, Len - length(CD)), Char), CD];
pad(CD, Len, trailing, Char) when is_integer(Len) -> [CD | lists:duplicate(max(0, Len - length(CD)), Char)];
pad(CD, Len, both, Char) when is_integer(Len) ->
    Size = max(0, Len - length(CD)),
    Left = lists:duplicate(Size div 2, Char),
    [Left, CD, Left | [Char || Size rem 2 =:= 1]].

trim(CD) -> trim(CD, both, whitespace()).
trim(CD, Dir) -> trim(CD, Dir, whitespace()).

trim(CD, _, []) -> CD;
trim(CD, leading, Chars) -> trim_leading(CD, Chars, CD);
trim(CD, trailing, Chars) -> to_cd(trim_back(gcs(CD), Chars), CD);
trim(CD, both, Chars) -> to_cd(trim_back(trim_front(gcs(CD), Chars), Chars), CD).

%% The list is written out: these are the white space of the Unicode standard's Pattern_White_Space.
whitespace() -> [[$\r, $\n], $\r, $\n, $\t, $\v, $\f, $\s, 16#85, 16#200E, 16#200F, 16#2028, 16#2029].

trim_leading(CD, Chars, Whole) ->
    case next(CD) of
        [G | T] ->
            case lists:member(G, Chars) of
                true -> trim_leading(T, Chars, Whole);
                false when is_integer(G), is_list(hd(CD)) -> [G | T];
                false -> CD
            end;
        [] -> as(Whole, [])
    end.

trim_front([G | T] = L, Chars) ->
    case lists:member(G, Chars) of
        true -> trim_front(T, Chars);
        false -> L
    end;
trim_front([], _) -> [].

trim_back(L, Chars) -> lists:reverse(trim_front(lists:reverse(L), Chars)).

chomp(CD) -> trim(CD, trailing, [[$\r, $\n], $\n]).

take(CD, Chars) -> take(CD, Chars, false, leading).
take(CD, Chars, Complement) -> take(CD, Chars, Complement, leading).

take(CD, [], false, leading) -> {to_cd([], CD), CD};
take(_, [], Complement, Dir) when not is_boolean(Complement); Dir =/= leading, Dir =/= trailing -> erlang:error({case_clause, {Complement, Dir}});
take(CD, Chars, Complement, leading) when is_boolean(Complement) ->
    {Taken, Rest} = take_leading(CD, Chars, Complement, []),
    {to_cd(Taken, CD), as(CD, Rest)};
take(CD, Chars, Complement, trailing) when is_boolean(Complement) ->
    {A, B} = lists:splitwith(fun(G) -> lists:member(G, Chars) =/= Complement end, lists:reverse(gcs(CD))),
    {to_cd(lists:reverse(B), CD), to_cd(lists:reverse(A), CD)}.

take_leading(CD, Chars, Complement, Acc) ->
    case next(CD) of
        [G | T] ->
            case lists:member(G, Chars) of
                Complement -> {lists:reverse(Acc), CD};
                _ -> take_leading(T, Chars, Complement, [G | Acc])
            end;
        [] -> {lists:reverse(Acc), []}
    end.

%% ---- Case ----

uppercase(CD) -> map_case(CD, fun unicode_util:uppercases/1).
lowercase(CD) -> map_case(CD, fun unicode_util:lowercases/1).
casefold(CD) -> map_case(CD, fun unicode_util:casefolds/1).

map_case(CD, F) when is_list(CD) -> cased(CD, F);
map_case(CD, F) when is_binary(CD) -> unicode:characters_to_binary(cased(CD, F));
map_case(CD, _) -> erlang:error({badarg, CD}).

cased(CD, F) ->
    case F(CD) of
        {error, Err} -> erlang:error({badarg, Err});
        {Cps, []} -> Cps;
        {[], _} -> [];
        {Cps, Rest} -> Cps ++ cased(Rest, F)
    end.

titlecase(CD) when is_list(CD) ->
    case unicode_util:titlecase(CD) of
        [C | T] when is_list(C) -> C ++ T;
        Other -> Other
    end;
titlecase(CD) when is_binary(CD) ->
    case unicode_util:titlecase(CD) of
        [] -> <<>>;
        [C | T] -> unicode:characters_to_binary([C, T])
    end.

%% ---- Numbers ----

to_integer(CD) when is_list(CD); is_binary(CD) ->
    try
        {Sign, T} = sign(CD),
        case digits(T, []) of
            {[], _} -> {error, no_integer};
            {Ds, Rest} -> {erlang:list_to_integer(Sign ++ Ds), as(CD, Rest)}
        end
    catch error:_ -> {error, badarg}
    end;
to_integer(_) -> {error, badarg}.

to_float(CD) when is_list(CD); is_binary(CD) ->
    try
        {Sign, T} = sign(CD),
        {[_ | _] = Int, T1} = digits(T, []),
        [Sep | T2] = next_cp(T1),
        true = Sep =:= $. orelse Sep =:= $,,
        {[_ | _] = Fraction, T3} = digits(T2, []),
        {Exponent, Rest} = exponent(T3),
        {erlang:list_to_float(Sign ++ Int ++ "." ++ Fraction ++ Exponent), as(CD, Rest)}
    catch
        error:{badmatch, _} -> {error, no_float};
        error:badarg -> {error, no_float};
        error:_ -> {error, badarg}
    end;
to_float(_) -> {error, badarg}.

exponent(CD) ->
    case next_cp(CD) of
        [E | T] when E =:= $e; E =:= $E ->
            {Sign, T1} = sign(T),
            case digits(T1, []) of
                {[], _} -> {"", CD};
                {Ds, Rest} -> {"e" ++ Sign ++ Ds, Rest}
            end;
        _ -> {"", CD}
    end.

sign(CD) ->
    case next_cp(CD) of
        [S | T] when S =:= $-; S =:= $+ -> {[S], T};
        _ -> {"", CD}
    end.

digits(CD, Acc) ->
    case next_cp(CD) of
        [D | T] when D >= $0, D =< $9 -> digits(T, [D | Acc]);
        _ -> {lists:reverse(Acc), CD}
    end.

%% ---- Searching ----

prefix(CD, Prefix) ->
    case is_plain(Prefix) of
        true when is_binary(CD) -> behind_plain(CD, iolist_to_binary(Prefix), Prefix);
        true when is_list(Prefix) -> behind(CD, Prefix);
        _ ->
            is_text(Prefix) orelse erlang:error(badarg, [CD, Prefix]),
            behind(CD, gcs(Prefix))
    end.

%% A text of ASCII characters alone that are clusters of their own.
is_plain([C | T]) when is_integer(C), C >= 0, C < 128, C =/= $\r -> is_plain(T);
is_plain([]) -> true;
is_plain(<<C, T/binary>>) when C < 128, C =/= $\r -> is_plain(T);
is_plain(<<>>) -> true;
is_plain(_) -> false.

%% In a binary such clusters are their bytes; only what follows the last one may still belong to it.
behind_plain(CD, Bytes, Prefix) ->
    N = byte_size(Bytes),
    case CD of
        <<Bytes:N/binary>> -> <<>>;
        <<Bytes:N/binary, C, _/binary>> when C < 128; N =:= 0 -> tail(CD, N);
        <<Bytes:N/binary, _/binary>> -> behind(CD, gcs(Prefix));
        _ -> nomatch
    end.

%% What follows these clusters, if the text begins with them.
behind(CD, []) -> CD;
behind([C, C2 | T], [C | P]) when is_integer(C), C >= 0, C < 128, C =/= $\r, is_integer(C2), C2 >= 0, C2 < 128 -> behind([C2 | T], P);
behind(CD, [G | P]) ->
    case unicode_util:gc(CD) of
        [G | T] -> behind(T, P);
        _ -> nomatch
    end.

split(CD, Pat) -> split(CD, Pat, leading).

split(CD, Pat, Where) ->
    case is_empty(Pat) of
        true -> [CD];
        false -> parts(CD, pattern(Pat), Where)
    end.

parts(CD, P, all) ->
    case place(CD, P, leading) of
        nomatch -> [CD];
        {Before, _, Rest} -> [Before | parts(Rest, P, all)]
    end;
parts(CD, P, Where) ->
    case place(CD, P, case Where of trailing -> trailing; _ -> leading end) of
        nomatch -> [CD];
        {Before, _, Rest} when Where =:= leading; Where =:= trailing -> [Before, Rest];
        {_, _, Rest} -> erlang:error({case_clause, Rest}, [CD, P, Where])
    end.

%% A pattern: its clusters, its first code point and its bytes.
pattern([First | _] = Pat) when is_integer(First) ->
    case is_plain(Pat) of
        true -> {Pat, First, list_to_binary(Pat)};
        false -> any_pattern(Pat)
    end;
pattern(<<First, _/binary>> = Pat) ->
    case is_plain(Pat) of
        true -> {binary_to_list(Pat), First, Pat};
        false -> any_pattern(Pat)
    end;
pattern(Pat) -> any_pattern(Pat).

any_pattern(Pat) ->
    is_text(Pat) orelse erlang:error(badarg, [Pat]),
    Gcs = gcs(Pat),
    [First | _] = cps(Pat),
    {Gcs, First, unicode:characters_to_binary(Pat)}.

%% Where a pattern stands: what is before it, the text from there, and what is behind. It may begin anywhere between two code points but ends where
%% a cluster ends.
place(Bin, P, leading) when is_binary(Bin) -> place_bin(Bin, P, 0);
place(Bin, P, trailing) when is_binary(Bin) -> last_bin(Bin, P, 0, nomatch);
place(CD, _, _) when not is_list(CD) -> erlang:error({badmatch, CD});
place(CD, {Gcs, First, _}, leading) -> place_list(CD, Gcs, First, []);
place(CD, {Gcs, First, _}, trailing) -> last_list(CD, Gcs, First, [], nomatch).

place_list([First | T] = CD, Gcs, First, Acc) ->
    case behind(CD, Gcs) of
        nomatch -> place_list(T, Gcs, First, [First | Acc]);
        Rest -> {lists:reverse(Acc), CD, Rest}
    end;
place_list([C | T], Gcs, First, Acc) when is_integer(C) -> place_list(T, Gcs, First, [C | Acc]);
place_list(CD, Gcs, First, Acc) ->
    case unicode_util:cp(CD) of
        [_ | _] = Flatter -> place_list(Flatter, Gcs, First, Acc);
        [] -> nomatch;
        {error, Err} -> erlang:error({badarg, Err})
    end.

last_list([C | T] = CD, Gcs, First, Acc, Found) when is_integer(C) ->
    case C =:= First andalso behind(CD, Gcs) of
        Miss when Miss =:= false; Miss =:= nomatch -> last_list(T, Gcs, First, [C | Acc], Found);
        Rest -> last_list(T, Gcs, First, [C | Acc], {Acc, CD, Rest})
    end;
last_list(CD, Gcs, First, Acc, Found) ->
    case unicode_util:cp(CD) of
        [_ | _] = Flatter -> last_list(Flatter, Gcs, First, Acc, Found);
        [] when Found =:= nomatch -> nomatch;
        [] ->
            {Before, At, Rest} = Found,
            {lists:reverse(Before), At, Rest};
        {error, Err} -> erlang:error({badarg, Err})
    end.

%% In a binary the bytes of the pattern are looked for; bytes that are no text count as any other.
place_bin(Bin, {_, _, Bytes} = P, From) ->
    case binary:match(Bin, Bytes, [{scope, {From, byte_size(Bin) - From}}]) of
        nomatch -> nomatch;
        {At, _} ->
            case behind_bin(Bin, At, P) of
                nomatch -> place_bin(Bin, P, At + 1);
                Rest -> {binary:part(Bin, 0, At), tail(Bin, At), Rest}
            end
    end.

last_bin(Bin, {_, _, Bytes} = P, From, Found) ->
    case binary:match(Bin, Bytes, [{scope, {From, byte_size(Bin) - From}}]) of
        nomatch -> Found;
        {At, _} ->
            case behind_bin(Bin, At, P) of
                nomatch -> last_bin(Bin, P, At + 1, Found);
                Rest -> last_bin(Bin, P, At + 1, {binary:part(Bin, 0, At), tail(Bin, At), Rest})
            end
    end.

tail(Bin, At) -> binary:part(Bin, At, byte_size(Bin) - At).

%% Between two ASCII characters a cluster ends, but for \r\n.
behind_bin(Bin, At, {Gcs, _, Bytes}) ->
    End = At + byte_size(Bytes),
    case Bin of
        <<_:End/binary>> -> <<>>;
        <<_:(End - 1)/binary, C, C2, _/binary>> when C < 128, C =/= $\r, C2 < 128 -> tail(Bin, End);
        _ -> behind(tail(Bin, At), Gcs)
    end.

replace(CD, Pat, Replacement) -> replace(CD, Pat, Replacement, leading).

replace(CD, Pat, Replacement, Where) -> lists:join(Replacement, split(CD, Pat, Where)).

find(CD, Pat) -> find(CD, Pat, leading).

find(CD, Pat, _) when Pat =:= []; Pat =:= <<>> -> CD;
find(CD, Pat, Dir) when Dir =:= leading; Dir =:= trailing ->
    case is_empty(Pat) of
        true -> CD;
        false ->
            case place(CD, pattern(Pat), Dir) of
                nomatch -> nomatch;
                {_, At, _} -> At
            end
    end.

lexemes([], _) -> [];
lexemes(CD, []) -> [CD];
lexemes(CD, Seps) when is_list(Seps) -> [to_cd(L, CD) || L <- lexemes_1(gcs(CD), Seps)].

lexemes_1(L, Seps) ->
    case trim_front(L, Seps) of
        [] -> [];
        L1 -> lexeme_1(L1, Seps, [])
    end.

lexeme_1([G | T], Seps, Acc) ->
    case lists:member(G, Seps) of
        true -> [lists:reverse(Acc) | lexemes_1(T, Seps)];
        false -> lexeme_1(T, Seps, [G | Acc])
    end;
lexeme_1([], _, Acc) -> [lists:reverse(Acc)].

nth_lexeme(CD, 1, []) -> CD;
nth_lexeme(CD, N, Seps) when is_list(Seps), is_integer(N), N > 0 ->
    case after_lexemes(texts(CD), N, Seps) of
        [] -> to_cd([], CD);
        Rest -> to_cd(lexeme(Rest, Seps), CD)
    end.

%% From the N-th lexeme on.
after_lexemes(CD, N, Seps) ->
    case next(CD) of
        [] -> [];
        [G | T] = L ->
            case lists:member(G, Seps) of
                true -> after_lexemes(T, N, Seps);
                false when N =:= 1 -> L;
                false -> after_lexemes(after_lexeme(T, Seps), N - 1, Seps)
            end
    end.

after_lexeme(CD, Seps) ->
    case next(CD) of
        [] -> [];
        [G | T] ->
            case lists:member(G, Seps) of
                true -> T;
                false -> after_lexeme(T, Seps)
            end
    end.

lexeme([G | T], Seps) ->
    case lists:member(G, Seps) of
        true -> [];
        false -> [G | lexeme(next(T), Seps)]
    end;
lexeme([], _) -> [].

%% Jaro's measure: matching clusters within half the longer length, less half the transpositions.
jaro_similarity(A, B) ->
    case {gcs(A), gcs(B)} of
        {[], []} -> 1.0;
        {[], _} -> 0.0;
        {_, []} -> 0.0;
        {As, Bs} -> jaro(As, Bs)
    end.

jaro(As, Bs) ->
    LA = erlang:length(As),
    LB = erlang:length(Bs),
    Window = max(0, max(LA, LB) div 2 - 1),
    {MatchedA, Used} = jaro_match(numbered(As, 1), numbered(Bs, 1), Window, [], []),
    case erlang:length(MatchedA) of
        0 -> 0.0;
        M ->
            MatchedB = [G || {_, G} <- lists:keysort(1, Used)],
            T = erlang:length([x || {X, Y} <- lists:zip(MatchedA, MatchedB), X =/= Y]) / 2,
            (M / LA + M / LB + (M - T) / M) / 3
    end.

numbered([G | T], I) -> [{I, G} | numbered(T, I + 1)];
numbered([], _) -> [].

jaro_match([{I, G} | As], Bs, Window, Matched, Used) ->
    case [J || {J, X} <- Bs, X =:= G, abs(I - J) =< Window, not lists:keymember(J, 1, Used)] of
        [J | _] -> jaro_match(As, Bs, Window, [G | Matched], [{J, G} | Used]);
        [] -> jaro_match(As, Bs, Window, Matched, Used)
    end;
jaro_match([], _, _, Matched, Used) -> {lists:reverse(Matched), Used}.

%% ---- The older functions: plain lists of characters ----

len(S) -> erlang:length(S).

concat(A, B) -> A ++ B.

chr(S, C) when is_integer(C) -> chr(S, C, 1).

chr([C | _], C, I) -> I;
chr([_ | S], C, I) -> chr(S, C, I + 1);
chr([], _, _) -> 0.

rchr(S, C) when is_integer(C) -> rchr(S, C, 1, 0).

rchr([C | S], C, I, _) -> rchr(S, C, I + 1, I);
rchr([_ | S], C, I, L) -> rchr(S, C, I + 1, L);
rchr([], _, _, L) -> L.

str(S, Sub) when is_list(Sub) -> str(S, Sub, 1).

str([C | T], [C | Sub] = Pat, I) ->
    case lists:prefix(Sub, T) of
        true -> I;
        false -> str(T, Pat, I + 1)
    end;
str([_ | T], Pat, I) -> str(T, Pat, I + 1);
str([], _, _) -> 0.

rstr(S, Sub) when is_list(Sub) -> rstr(S, Sub, 1, 0).

rstr([C | T], [C | Sub] = Pat, I, L) ->
    case lists:prefix(Sub, T) of
        true -> rstr(T, Pat, I + 1, I);
        false -> rstr(T, Pat, I + 1, L)
    end;
rstr([_ | T], Pat, I, L) -> rstr(T, Pat, I + 1, L);
rstr([], _, _, L) -> L.

span(S, Cs) when is_list(Cs) -> span(S, Cs, 0).

span([C | S], Cs, I) ->
    case lists:member(C, Cs) of
        true -> span(S, Cs, I + 1);
        false -> I
    end;
span([], _, I) -> I.

cspan(S, Cs) when is_list(Cs) -> cspan(S, Cs, 0).

cspan([C | S], Cs, I) ->
    case lists:member(C, Cs) of
        true -> I;
        false -> cspan(S, Cs, I + 1)
    end;
cspan([], _, I) -> I.

substr(S, 1) when is_list(S) -> S;
substr(S, Start) when is_integer(Start), Start > 1 -> from(S, Start).

from(S, 1) when is_list(S) -> S;
from([_ | S], I) -> from(S, I - 1).

substr(S, Start, Len) when is_integer(Start), Start > 0, is_integer(Len), Len >= 0 ->
    lists:sublist(from(S, Start), Len).

%% A single separator is by far the commonest case.
tokens(S, Seps) ->
    case Seps of
        [] -> case S of [] -> []; [_ | _] -> [S] end;
        [C] -> tokens_1(lists:reverse(S), C, []);
        [_ | _] -> tokens_n(lists:reverse(S), Seps, [])
    end.

tokens_1([C | S], C, Ts) -> tokens_1(S, C, Ts);
tokens_1([X | S], C, Ts) -> token_1(S, C, Ts, [X]);
tokens_1([], _, Ts) -> Ts.

token_1([C | S], C, Ts, T) -> tokens_1(S, C, [T | Ts]);
token_1([X | S], C, Ts, T) -> token_1(S, C, Ts, [X | T]);
token_1([], _, Ts, T) -> [T | Ts].

tokens_n([X | S], Seps, Ts) ->
    case lists:member(X, Seps) of
        true -> tokens_n(S, Seps, Ts);
        false -> token_n(S, Seps, Ts, [X])
    end;
tokens_n([], _, Ts) -> Ts.

token_n([X | S], Seps, Ts, T) ->
    case lists:member(X, Seps) of
        true -> tokens_n(S, Seps, [T | Ts]);
        false -> token_n(S, Seps, Ts, [X | T])
    end;
token_n([], _, Ts, T) -> [T | Ts].

chars(C, N) -> chars(C, N, []).

chars(C, N, Tail) when N > 0 -> chars(C, N - 1, [C | Tail]);
chars(C, 0, Tail) when is_integer(C) -> Tail.

copies(S, N) when is_list(S), is_integer(N), N >= 0 -> lists:foldl(fun(_, Copies) -> S ++ Copies end, [], lists:seq(1, N)).

words(S) -> words(S, $\s).

words(S, C) when is_integer(C) -> max(1, erlang:length(tokens_1(lists:reverse(S), C, []))).

sub_word(S, N) -> sub_word(S, N, $\s).

sub_word([], N, C) when is_integer(N), is_integer(C) -> [];
sub_word(S, N, C) when is_integer(N), N > 0, is_integer(C) ->
    Ws = tokens_1(lists:reverse(S), C, []),
    case lists:nthtail(min(N - 1, erlang:length(Ws)), Ws) of
        [W | _] -> W;
        [] -> []
    end.

strip(S) -> strip(S, both).
strip(S, Dir) -> strip(S, Dir, $\s).

strip(S, left, C) -> strip_left(S, C);
strip(S, right, C) -> lists:reverse(strip_left(lists:reverse(S), C));
strip(S, both, C) -> strip(strip_left(S, C), right, C).

strip_left([C | S], C) -> strip_left(S, C);
strip_left([_ | _] = S, C) when is_integer(C) -> S;
strip_left([], C) when is_integer(C) -> [].

left(S, N) when is_integer(N) -> left(S, N, $\s).

left(S, N, C) when is_integer(C) ->
    L = erlang:length(S),
    if
        L >= N -> lists:sublist(S, N);
        true -> S ++ chars(C, N - L)
    end.

right(S, N) when is_integer(N) -> right(S, N, $\s).

right(S, N, C) when is_integer(C) ->
    L = erlang:length(S),
    if
        L >= N -> lists:nthtail(L - N, S);
        true -> chars(C, N - L, S)
    end.

centre(S, N) when is_integer(N) -> centre(S, N, $\s).

centre(_, 0, C) when is_integer(C) -> [];
centre(S, N, C) when is_integer(C) ->
    L = erlang:length(S),
    if
        L > N -> lists:sublist(S, (L - N) div 2 + 1, N);
        true ->
            Left = (N - L) div 2,
            chars(C, Left, S ++ chars(C, N - L - Left))
    end.

sub_string(S, Start) -> substr(S, Start).
sub_string(S, Start, Stop) -> substr(S, Start, Stop - Start + 1).

to_lower(S) when is_list(S) -> [lower_char(C) || C <- S];
to_lower(C) when is_integer(C) -> lower_char(C).

to_upper(S) when is_list(S) -> [upper_char(C) || C <- S];
to_upper(C) when is_integer(C) -> upper_char(C).

lower_char(C) when C >= $A, C =< $Z; C >= 16#C0, C =< 16#DE, C =/= 16#D7 -> C + 32;
lower_char(C) -> C.

upper_char(C) when C >= $a, C =< $z; C >= 16#E0, C =< 16#FE, C =/= 16#F7 -> C - 32;
upper_char(C) -> C.

join([], Sep) when is_list(Sep) -> [];
join([H | T], Sep) -> H ++ lists:append([Sep ++ X || X <- T]).

list_to_integer(S) when is_list(S) -> plain_number(fun to_integer/1, S, no_integer);
list_to_integer(_) -> {error, not_a_list}.

list_to_float(S) when is_list(S) -> plain_number(fun to_float/1, S, no_float);
list_to_float(_) -> {error, not_a_list}.

plain_number(F, S, No) ->
    case F(S) of
        {error, _} -> {error, No};
        Found -> Found
    end.
