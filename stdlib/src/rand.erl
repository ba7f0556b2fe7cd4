%% Pseudo random numbers: the generators of the rand module's chapter, giving the same numbers for the same algorithm and seed.
%%
%% Sources: S. Vigna's xorshift*, xorshift+ and xoroshiro generators (shortened to 58 bits so that the arithmetic stays in small integers),
%% SplitMix64 for seeding, G. Marsaglia's multiply-with-carry. A state is {#{type := Alg, ...}, Internal}; the seed of a process is
%% in its dictionary.
-module(rand).

-export([seed/1, seed/2, seed_s/1, seed_s/2, export_seed/0, export_seed_s/1, uniform/0, uniform/1, uniform_s/1,
         uniform_s/2, uniform_real/0, uniform_real_s/1, bytes/1, bytes_s/2, normal/0, normal/2, normal_s/1, normal_s/3, shuffle/1, shuffle_s/2, jump/0, jump/1,
         exsp_next/1, exsp_jump/1, splitmix64_next/1, mwc59/1, mwc59_value/1,
         mwc59_value32/1, mwc59_float/1, mwc59_seed/0, mwc59_seed/1, exro928_next/1, exro928_next_state/1, exro928_seed/1, exro928_jump_2pow512/1, exro928_jump_2pow20/1]).
-export([splitmix64_step/1, exs64_step/1]).

-define(KEY, rand_seed).
-define(M58, 16#3FFFFFFFFFFFFFF).
-define(M64, 16#FFFFFFFFFFFFFFFF).
-define(M53, 16#1FFFFFFFFFFFFF).
-define(TWO_53, 1.1102230246251565e-16).

%% ---- Seeding ----

seed(AlgOrState) ->
    S = seed_s(AlgOrState),
    _ = put(?KEY, S),
    S.

seed(Alg, Seed) ->
    S = seed_s(Alg, Seed),
    _ = put(?KEY, S),
    S.

seed_s({#{type := _}, _} = State) -> State;
seed_s({Alg, Internal}) when is_atom(Alg) -> {handler(Alg), Internal};
seed_s(Alg) when is_atom(Alg) ->
    seed_s(Alg, {erlang:phash2([{node(), self()}]), erlang:system_time(), erlang:unique_integer()}).

seed_s(default, Seed) -> seed_s(exsss, Seed);
seed_s(Alg, Seed) ->
    Handler = handler(Alg),
    {Handler, seeded(Alg, Seed)}.

handler(default) -> handler(exsss);
handler(Alg) when Alg =:= exsss; Alg =:= exro928ss -> #{type => Alg, bits => 58};
handler(dummy) -> #{type => dummy, bits => 58, uniform => fun dummy_uniform/1, uniform_n => fun dummy_uniform/2};
handler(Alg) when Alg =:= exrop; Alg =:= exsp -> #{type => Alg, bits => 58, weak_low_bits => 1};
handler(exs1024s) -> #{type => exs1024s, bits => 64, weak_low_bits => 3};
handler(exsplus) -> #{type => exsplus, max => ?M58};
handler(Alg) when Alg =:= exs64; Alg =:= exs1024 -> #{type => Alg, max => ?M64};
handler(Alg) -> erlang:error(function_clause, [Alg]).

state() ->
    case get(?KEY) of
        undefined -> seed(exsss);
        S -> S
    end.

export_seed() ->
    case get(?KEY) of
        {#{type := Alg}, Internal} -> {Alg, Internal};
        _ -> undefined
    end.

export_seed_s({#{type := Alg}, Internal}) -> {Alg, Internal}.

%% From a list: the internal state itself, word by word.
seeded(Alg, L) when is_list(L) -> from_words(Alg, L);
seeded(Alg, X) when is_integer(X) -> from_integer(Alg, X);
seeded(Alg, {A, B, C}) when is_integer(A), is_integer(B), is_integer(C) -> from_triple(Alg, A, B, C);
seeded(_, {_, _, _} = Seed) -> erlang:error(badarith, [Seed]).

from_words(Alg, L) when Alg =:= exsss; Alg =:= exrop; Alg =:= exsp; Alg =:= exsplus ->
    [A, B] = words(2, ?M58, L),
    [A | B];
from_words(exs64, L) -> hd(words(1, ?M64, L));
from_words(dummy, L) -> hd(words(1, ?M58, L));
from_words(Alg, L) when Alg =:= exs1024; Alg =:= exs1024s -> {words(16, ?M64, L), []};
from_words(exro928ss, L) -> {words(16, ?M58, L), []}.

%% N words of a state; those that are not given are zero, as not all may be.
words(N, Mask, L) ->
    Words = given(N, Mask, L),
    lists:all(fun(W) -> W =:= 0 end, Words) andalso erlang:error(zero_seed),
    Words ++ lists:duplicate(N - length(Words), 0).

given(_, _, []) -> [];
given(0, _, [_ | _]) -> erlang:error(too_many_seed_integers);
given(N, Mask, [W | L]) when is_integer(W) -> [W band Mask | given(N - 1, Mask, L)];
given(_, _, [_ | _]) -> erlang:error(non_integer_seed).

from_integer(Alg, X) when Alg =:= exsss; Alg =:= exrop; Alg =:= exsp; Alg =:= exsplus ->
    {[A, B], _} = words58(2, X),
    [A | B];
from_integer(exro928ss, X) ->
    {L, _} = words58(16, X),
    {L, []};
from_integer(exs64, X) ->
    {[A], _} = words64(1, X),
    A;
from_integer(Alg, X) when Alg =:= exs1024; Alg =:= exs1024s ->
    {L, _} = words64(16, X),
    {L, []};
from_integer(dummy, X) ->
    {[A], _} = words58(1, X),
    A.

from_triple(exsss, A, B, C) ->
    {[_, S0, S1], _} = chain(A, B, C),
    [S0 | S1];
from_triple(exro928ss, A, B, C) ->
    {First, X} = chain(A, B, C),
    {Rest, _} = words58(13, X),
    {First ++ Rest, []};
from_triple(dummy, A, B, C) ->
    {[_, _, S], _} = chain(A, B, C),
    S;
from_triple(Alg, A, B, C) when Alg =:= exsp; Alg =:= exsplus ->
    {_, [_ | S]} = exsp_next([(A * 4294967197 + 1) band ?M58 | (B * 4294967231 + 1) band ?M58]),
    {_, R} = exsp_next([(C * 4294967279 + 1) band ?M58 | S]),
    R;
from_triple(exrop, A, B, C) ->
    [_ | S] = exrop_step((A * 4294967197 + 1) band ?M58, (B * 4294967231 + 1) band ?M58),
    exrop_step((C * 4294967279 + 1) band ?M58, S);
from_triple(exs64, A, B, C) ->
    {V1, _} = exs64_next((A band 16#FFFFFFFF) * 4294967197 + 1),
    {V2, _} = exs64_next((B band 16#FFFFFFFF) * 4294967231 + 1),
    {V3, _} = exs64_next((C band 16#FFFFFFFF) * 4294967279 + 1),
    (V1 * V2 * V3) rem (?M64 - 1) + 1;
from_triple(Alg, A, B, C) when Alg =:= exs1024; Alg =:= exs1024s ->
    Part = fun(V, Factor) -> (((V band 16#1FFFFF) + 1) * Factor) band 16#1FFFFF end,
    X = (Part(A, 2097131) bsl 43) bor (Part(B, 2097133) bsl 22) bor (Part(C, 2097143) bsl 1) bor 1,
    {exs64_words(16, X), []}.

%% Each part of the triple is mixed into what the part before left.
chain(A, B, C) ->
    {[S0], X0} = words58(1, A band ?M64),
    {[S1], X1} = words58(1, (B band ?M64) bxor X0),
    {[S2], X2} = words58(1, (C band ?M64) bxor X1),
    {[S0, S1, S2], X2}.

words58(0, X) -> {[], X};
words58(N, X) ->
    case splitmix64_next(X) of
        {Z, X1} when Z band ?M58 =:= 0 -> words58(N, X1);
        {Z, X1} ->
            {L, X2} = words58(N - 1, X1),
            {[Z band ?M58 | L], X2}
    end.

words64(0, X) -> {[], X};
words64(N, X) ->
    case splitmix64_next(X) of
        {0, X1} -> words64(N, X1);
        {Z, X1} ->
            {L, X2} = words64(N - 1, X1),
            {[Z | L], X2}
    end.

exs64_words(N, X) -> exs64_words(N, X, []).

exs64_words(0, _, Acc) -> Acc;
exs64_words(N, X, Acc) ->
    {V, X1} = exs64_next(X),
    exs64_words(N - 1, X1, [V | Acc]).

splitmix64_next(X) when is_integer(X) -> splitmix64_step(X);
splitmix64_next(X) -> (X + 16#9E3779B97F4A7C15) band ?M64.

%% ---- Natives: steps of 64 bits, `{Value, State}`. splitmix64: add the golden ratio, mix by two multiplications; exs64: shifts by 12, 25 and 27,
%% times a constant. ----

splitmix64_step(_) -> erlang:nif_error(undef).
exs64_step(_) -> erlang:nif_error(undef).

%% ---- Generators ----

next(Alg, S) when Alg =:= exsp; Alg =:= exsplus -> exsp_next(S);
next(exsss, S) -> exsss_next(S);
next(exrop, [S0 | S1]) -> {(S0 + S1) band ?M58, exrop_step(S0, S1)};
next(exro928ss, S) -> exro928ss(S);
next(exs64, S) -> exs64_next(S);
next(Alg, S) when Alg =:= exs1024; Alg =:= exs1024s -> exs1024_next(S);
next(dummy, S) -> {S, S bxor ?M58};
next(Plugin, S) when is_function(Plugin, 1) -> Plugin(S).

%% The generator that draws nothing: what a loop costs without one.
dummy_uniform(S) -> {0.5, S bxor ?M58}.
dummy_uniform(_, S) -> {1, S bxor ?M58}.

%% What draws: an algorithm of ours, or the fun of a generator that came from elsewhere (crypto's, for example).
drawn_by(#{next := Next}) -> Next;
drawn_by(#{type := Alg}) -> Alg.

bits(#{bits := Bits}) -> Bits;
bits(#{max := ?M58}) -> 58;
bits(_) -> 64.

%% X shifted within 58 bits. What would leave them is masked before: so nothing becomes a large integer, which is made on the heap.
-define(SHL58(X, N), (((X) band (?M58 bsr (N))) bsl (N))).

rotl58(X, N) -> ?SHL58(X, N) bor (X bsr (58 - N)).

%% The ** scrambler: times 5, rotate by 7, times 9.
scramble(S) ->
    V = (S + ?SHL58(S, 2)) band ?M58,
    W = ?SHL58(V, 7) bor (V bsr 51),
    (W + ?SHL58(W, 3)) band ?M58.

exsp_next([S1 | S0]) ->
    A = S1 bxor ?SHL58(S1, 24),
    B = A bxor S0 bxor (A bsr 11) bxor (S0 bsr 41),
    {(S0 + B) band ?M58, [S0 | B]}.

exsss_next([S1 | S0]) ->
    A = S1 bxor ?SHL58(S1, 24),
    {scramble(S0), [S0 | A bxor S0 bxor (A bsr 11) bxor (S0 bsr 41)]}.

exrop_step(S0, S1) ->
    X = S0 bxor S1,
    [rotl58(S0, 24) bxor X bxor ?SHL58(X, 2) | rotl58(X, 35)].

exro928_seed(L) when is_list(L) -> {words(16, ?M58, L), []};
exro928_seed(Seed) ->
    {_, State} = seed_s(exro928ss, Seed),
    State.

%% The two words that the scramblers work on, and the next state.
exro928_next({[S15, S0 | Ss], Rs}) -> {{S15, S0}, exro928_state(S15, S0, Ss, Rs)};
exro928_next({[S15], Rs}) -> exro928_next({[S15 | lists:reverse(Rs)], []}).

exro928ss(S) ->
    {{_, S0}, S1} = exro928_next(S),
    {scramble(S0), S1}.

exro928_next_state({[S15, S0 | Ss], Rs}) -> exro928_state(S15, S0, Ss, Rs);
exro928_next_state({[S15], Rs}) -> exro928_next_state({[S15 | lists:reverse(Rs)], []}).

exro928_state(S15, S0, Ss, Rs) ->
    Q = S15 bxor S0,
    New15 = rotl58(S0, 44) bxor Q bxor ?SHL58(Q, 9),
    {[rotl58(Q, 45) | Ss], [New15 | Rs]}.

exs64_next(R) -> exs64_step(R).

exs1024_next({[S0, S1 | L], R}) ->
    A = (S1 bxor (S1 bsl 31)) band ?M64,
    B = A bxor (A bsr 11),
    C = S0 bxor (S0 bsr 30),
    X = B bxor C,
    {(X * 1181783497276652981) band ?M64, {[X | L], [S0 | R]}};
exs1024_next({[H], R}) -> exs1024_next({[H | lists:reverse(R)], []}).

%% ---- Multiply with carry ----

mwc59(C) -> 16#7FA6502 * (C band 16#FFFFFFFF) + (C bsr 32).

mwc59_value32(C) ->
    V = C band 16#FFFFFFFF,
    V bxor ((V band 16#FFFFFF) bsl 8).

mwc59_value(C) ->
    V = C bxor ((C band 16#7FFFFFFFFFFFFF) bsl 4),
    V bxor ((V band 16#FFFFFFFF) bsl 27).

mwc59_float(C) ->
    V = C bxor ((C band (?M53 bsr 4)) bsl 4),
    W = V bxor ((V band (?M53 bsr 27)) bsl 27),
    (W band ?M53) * ?TWO_53.

mwc59_seed() ->
    {A, B, C} = {erlang:phash2([{node(), self()}]), erlang:system_time(), erlang:unique_integer()},
    mwc59_seed((A bxor B bxor (C bsl 16)) band ?M58).

mwc59_seed(S) when is_integer(S), 0 =< S, S =< ?M58 -> hash58(S) + 1.

%% A mixer that maps 0 to 0 and every other 58-bit number to another one.
hash58(X0) ->
    X1 = X0 band ?M58,
    X2 = ((X1 bxor (X1 bsr 29)) * 16#351AFD7ED558CCD) band ?M58,
    X3 = ((X2 bxor (X2 bsr 29)) * 16#0EB9FE1A85EC53) band ?M58,
    X3 bxor (X3 bsr 29).

%% ---- Uniform numbers ----

uniform() ->
    {V, S} = uniform_s(state()),
    _ = put(?KEY, S),
    V.

uniform(N) ->
    {V, S} = uniform_s(N, state()),
    _ = put(?KEY, S),
    V.

uniform_s({#{type := exsss, bits := 58} = H, S}) ->
    {V, R} = exsss_next(S),
    {(V bsr 5) * ?TWO_53, {H, R}};
uniform_s({#{uniform := Uniform} = H, S}) ->
    {V, R} = Uniform(S),
    {V, {H, R}};
uniform_s({#{bits := Bits} = H, S}) ->
    Alg = drawn_by(H),
    {V, R} = next(Alg, S),
    {(V bsr (Bits - 53)) * ?TWO_53, {H, R}};
uniform_s({#{type := Alg, max := Max} = H, S}) ->
    {V, R} = next(Alg, S),
    {V / (Max + 1), {H, R}}.

uniform_s(N, {#{type := exsss, bits := 58} = H, S}) when is_integer(N), N >= 1, N =< ?M58 ->
    {V, R} = exsss_next(S),
    I = V rem N,
    case V - I =< (1 bsl 58) - N of
        true -> {I + 1, {H, R}};
        false -> uniform_s(N, {H, R})
    end;
uniform_s(N, {#{uniform_n := Uniform} = H, S}) when is_integer(N), N >= 1 ->
    {V, R} = Uniform(N, S),
    {V, {H, R}};
uniform_s(N, {#{bits := Bits} = H, S}) when is_integer(N), N >= 1 ->
    Alg = drawn_by(H),
    Weak = maps:get(weak_low_bits, H, 0),
    {V, R} = range(N, Alg, Bits, Weak, S),
    {V + 1, {H, R}};
uniform_s(N, {#{type := Alg, max := Max} = H, S}) when is_integer(N), N >= 1 ->
    {V, R} = next(Alg, S),
    if
        N =< Max -> {V rem N + 1, {H, R}};
        true ->
            F = V / (Max + 1),
            {trunc(F * N) + 1, {H, R}}
    end;
uniform_s(N, S) -> erlang:error(function_clause, [N, S]).

%% Values of an incomplete last run of N would be favoured; they are drawn again.
range(N, Alg, Bits, _, S) when N =< 1 bsl Bits ->
    {V, R} = next(Alg, S),
    I = V rem N,
    case V - I =< (1 bsl Bits) - N of
        true -> {I, R};
        false -> range(N, Alg, Bits, 0, R)
    end;
range(N, Alg, Bits, Weak, S) ->
    {V, Total, R} = gather(N, Alg, Bits, Weak, 0, 0, S),
    I = V rem N,
    case V - I =< (1 bsl Total) - N of
        true -> {I, R};
        false -> range(N, Alg, Bits, Weak, R)
    end.

%% Several draws make one wide number; of all but the last the weak bits are dropped.
gather(N, Alg, Bits, Weak, Acc, Have, S) ->
    {V, R} = next(Alg, S),
    case N =< 1 bsl (Have + Bits) of
        true -> {(Acc bsl Bits) bor V, Have + Bits, R};
        false -> gather(N, Alg, Bits, Weak, (Acc bsl (Bits - Weak)) bor (V bsr Weak), Have + Bits - Weak, R)
    end.

bit_length(0) -> 0;
bit_length(N) when N >= 1 bsl 16 -> 16 + bit_length(N bsr 16);
bit_length(N) -> 1 + bit_length(N bsr 1).

uniform_real() ->
    {V, S} = uniform_real_s(state()),
    _ = put(?KEY, S),
    V.

%% A number in (0, 1) with 53 significant bits, whatever its exponent: leading zeros are filled from further draws.
uniform_real_s({H, S}) ->
    Alg = drawn_by(H),
    Bits = bits(H),
    {V, R} = next(Alg, S),
    %% Each zero in front halves the unit; seven of eight numbers are done here.
    Mantissa = V bsr (Bits - 56),
    if
        Mantissa >= 1 bsl 55 -> {(Mantissa bsr 3) * ?TWO_53, {H, R}};
        Mantissa >= 1 bsl 54 -> {(Mantissa bsr 2) * (?TWO_53 / 2), {H, R}};
        Mantissa >= 1 bsl 53 -> {(Mantissa bsr 1) * (?TWO_53 / 4), {H, R}};
        Mantissa >= 1 bsl 52 -> {Mantissa * (?TWO_53 / 8), {H, R}};
        true -> real_more(Alg, H, Bits, Mantissa, bit_length(Mantissa), 56, R)
    end.

real_more(Alg, H, Bits, M, L, Used, S) ->
    {V, R} = next(Alg, S),
    M1 = (M bsl Bits) bor V,
    case bit_length(M1) of
        0 -> real_more(Alg, H, Bits, 0, L, Used + Bits, R);
        L1 when L1 >= 53 -> {scaled(M1 bsr (L1 - 53), L1 - 53 - Used - Bits), {H, R}};
        L1 -> real_more(Alg, H, Bits, M1, L1, Used + Bits, R)
    end.

scaled(M, E) -> M * math:pow(2, E).

%% ---- Bytes ----

bytes(N) ->
    {B, S} = bytes_s(N, state()),
    _ = put(?KEY, S),
    B.

bytes_s(0, {H, S}) ->
    {_, R} = next(drawn_by(H), S),
    {<<>>, {H, R}};
bytes_s(N, {H, S}) when is_integer(N), N >= 0 ->
    Alg = drawn_by(H),
    Bits = bits(H),
    Good = min(Bits, 61) div 8,
    {B, R} = bytes(N, Alg, Good, Bits, S, <<>>),
    {B, {H, R}}.

%% Whole draws give their high bits; the last one gives the leading bytes of its low ones.
bytes(N, Alg, Good, Bits, S, Acc) when N > Good ->
    {V, R} = next(Alg, S),
    bytes(N - Good, Alg, Good, Bits, R, <<Acc/binary, (V bsr (Bits - Good * 8)):(Good * 8)>>);
bytes(0, _, _, _, S, Acc) -> {Acc, S};
bytes(N, Alg, Good, _, S, Acc) ->
    {V, R} = next(Alg, S),
    {<<Acc/binary, (V bsr ((Good - N) * 8)):(N * 8)>>, R}.

%% A fair permutation by sorting on random keys; equal keys are drawn again for those elements.
shuffle(L) ->
    {L1, S} = shuffle_s(L, state()),
    _ = put(?KEY, S),
    L1.

shuffle_s(L, S) when is_list(L) ->
    {Keyed, S1} = lists:mapfoldl(fun(X, A) ->
        {K, A1} = uniform_s(1 bsl 58, A),
        {{K, X}, A1}
    end, S, L),
    {[X || {_, X} <- lists:keysort(1, Keyed)], S1}.

%% ---- Normal distribution: the ziggurat of G. Marsaglia and W. W. Tsang (2000) in 256 layers of equal area ----

-define(LAYERS, 256).
-define(EDGE, 3.6541528853610087963519472518).
-define(AREA, 0.0049286732339746519).

normal() ->
    {V, S} = normal_s(state()),
    _ = put(?KEY, S),
    V.

normal(Mean, Variance) -> Mean + math:sqrt(Variance) * normal().

normal_s(Mean, Variance, S0) when Variance > 0 ->
    {V, S} = normal_s(S0),
    {Mean + math:sqrt(Variance) * V, S};
normal_s(Mean, Variance, S) when Variance >= 0 -> {V, S1} = normal_s(S), {Mean + math:sqrt(Variance) * V, S1}.

%% 51 bits choose the layer (by the lowest eight) and the place in it, one more the sign.
normal_s(State) ->
    {Sign, R, State1} = draw52(State),
    I = R band 16#FF,
    {Limit, Width, _} = layer(I),
    X = R * Width,
    case R < Limit of
        true when Sign =:= 0 -> {X, State1};
        true -> {-X, State1};
        false -> wedge(I, Sign, X, State1)
    end.

draw52({#{max := _} = H, S}) ->
    {V, R} = next(drawn_by(H), S),
    {V band (1 bsl 51), V band (1 bsl 51 - 1), {H, R}};
draw52({#{bits := Bits} = H, S}) ->
    {V, R} = next(drawn_by(H), S),
    {V band (1 bsl (Bits - 52)), V bsr (Bits - 51), {H, R}}.

%% Below the curve in the part of a layer that sticks out? The bottom layer's part is the tail.
wedge(0, Sign, _, State0) ->
    {U0, State1} = uniform_s(State0),
    X = -(1 / ?EDGE) * math:log(U0),
    {U1, State2} = uniform_s(State1),
    case -2 * math:log(U1) > X * X of
        true when Sign =:= 0 -> {?EDGE + X, State2};
        true -> {-?EDGE - X, State2};
        false -> wedge(0, Sign, X, State2)
    end;
wedge(I, Sign, X, State0) ->
    {U, State1} = uniform_s(State0),
    {Low, High} = {height(I), height(I - 1)},
    case (High - Low) * U + Low < math:exp(-0.5 * X * X) of
        true when Sign =:= 0 -> {X, State1};
        true -> {-X, State1};
        false -> normal_s(State1)
    end.

%% The layers are computed once and kept for all processes: {Limit, Width, Height} each.
layers() ->
    case persistent_term:get({?MODULE, layers}, undefined) of
        undefined ->
            Layers = list_to_tuple(make_layers()),
            persistent_term:put({?MODULE, layers}, Layers),
            Layers;
        Layers -> Layers
    end.

layer(I) -> element(I + 1, layers()).

height(I) -> element(3, layer(I)).

make_layers() ->
    Scale = float(1 bsl 51),
    F = fun(X) -> math:exp(-0.5 * X * X) end,
    Base = ?AREA / F(?EDGE),
    Edges = edges(?LAYERS - 2, ?EDGE, F, [?EDGE]),
    First = {trunc(?EDGE / Base * Scale), Base / Scale, 1.0},
    {Rest, _} = lists:mapfoldl(fun(X, Inner) -> {{trunc(Inner / X * Scale), X / Scale, F(X)}, X} end, 0.0, Edges),
    [First | Rest].

%% From the outermost edge inwards: each layer has the same area.
edges(0, _, _, Acc) -> Acc;
edges(N, X, F, Acc) ->
    Next = math:sqrt(-2 * math:log(?AREA / X + F(X))),
    edges(N - 1, Next, F, [Next | Acc]).

%% ---- Jumps: as many steps ahead as the square root of the period ----

jump() ->
    S = jump(state()),
    _ = put(?KEY, S),
    S.

jump({#{type := Alg} = H, S}) when Alg =:= exsss; Alg =:= exsp; Alg =:= exsplus -> {H, exsp_jump(S)};
jump({#{type := exro928ss} = H, S}) -> {H, exro928_jump_2pow512(S)};
jump({#{type := exrop} = H, S}) -> {H, exrop_jump(S)};
jump({#{type := Alg} = H, S}) when Alg =:= exs1024; Alg =:= exs1024s -> {H, exs1024_jump(S)};
jump({#{type := _}, _}) -> erlang:error(not_implemented).

%% N steps at once: x^N modulo the characteristic polynomial of the generator, which a sequence of its bits tells (Berlekamp-Massey). The state after them
%% is the sum of the states at the polynomial's set bits.
sum(Polynomial, Words, Step, S) -> sum(Polynomial, Words, Step, S, [0 || _ <- Words(S)]).

sum(0, _, _, _, Sum) -> Sum;
sum(Bits, Words, Step, S, Sum0) ->
    Sum = case Bits band 1 of
              1 -> lists:zipwith(fun(A, B) -> A bxor B end, Words(S), Sum0);
              0 -> Sum0
          end,
    sum(Bits bsr 1, Words, Step, Step(S), Sum).

two_lists({Front, Back}) -> Front ++ lists:reverse(Back).

exro928_jump_2pow512(S) ->
    Polynomial = binary_to_integer(<<"b10773cbe19f5fc1a1504acd83f240c6007e76cebcb3b7c4cc049c536e62a33cc2323831b45a3a8a3cef3cc0f02f778573cf"
                                     "0f0a0657e19f00d4b3584ddd98ee4be41e015ac26d5d20f9b49fa81b0090567fd9f0b83fe51a1eb3be1910a1de1d7d6813d2"
                                     "ba05381fdfd1490244085302f77130ca">>, 16),
    {sum(Polynomial, fun two_lists/1, fun exro928_next_state/1, S), []}.

exro928_jump_2pow20(S) ->
    Polynomial = binary_to_integer(<<"cb3d181ca30bebc15fefcc78ff45ef33c82f3d48a480c5878c3549bd5bdeb1a5a90f2e6b06df2eb1feaf0fb690627c014098"
                                     "f4b6dc4d3af15f8a4dfdc081a7bf148531fb8ebc73c700b8b091af699c306d8e75664a426866bfad3c77da90f4a806c17e9e"
                                     "644807a56270cf78bdb966a3daf905e6">>, 16),
    {sum(Polynomial, fun two_lists/1, fun exro928_next_state/1, S), []}.

%% 2^64 steps.
exrop_jump(S) -> pair_sum(16#9863200f83fcd4a11293241fcb12a, fun([S0 | S1]) -> exrop_step(S0, S1) end, S).

%% 2^512 steps.
exs1024_jump(S) ->
    Polynomial = binary_to_integer(<<"284600e3f30e38c3b99181f2d8f685ca047f7684e9fc949d0b5fc64563b3e2a87910c41d10a1e6a5691548c86c1bd5405ee9"
                                     "75283d71c93bc4cb815590989b13aac17d8efa43cab83659132bb12fea70dc2d9891fe68c0222ffeeb0a48316f404489affc"
                                     "e4f31a1e5b34a39f070b5837a3c65b8776f9685584242f96eca9c41d">>, 16),
    {sum(Polynomial, fun two_lists/1, fun(X) -> element(2, exs1024_next(X)) end, S), []}.

exsp_jump(S) -> pair_sum(16#02F8EA6BC32C797 bor (16#345D2A0F85F788C bsl 58), fun(X) -> element(2, exsp_next(X)) end, S).

pair_sum(Polynomial, Step, S) ->
    [A, B] = sum(Polynomial, fun([S0 | S1]) -> [S0, S1] end, Step, S),
    [A | B].
