%% Digests, message authentication and random numbers. The work is native (pure Rust, no OpenSSL behind it); ciphers, signatures and
%% key agreement are not there: calling them is undef, and supports/1 does not list them.
-module(crypto).

-export([start/0, stop/0, version/0, info/0, info_lib/0, info_fips/0, enable_fips_mode/1, supports/0, supports/1, format_error/2]).
-export([hash/2, hash_init/1, hash_update/2, hash_final/1, hash_xof/3, hash_info/1, hash_equals/2]).
-export([mac/3, mac/4, macN/4, macN/5, mac_init/2, mac_init/3, mac_update/2, mac_final/1, mac_finalN/2, pbkdf2_hmac/5]).
-export([strong_rand_bytes/1, rand_uniform/2, rand_seed/0, rand_seed/1, rand_seed_s/0, rand_seed_alg/1, rand_seed_alg_s/1,
         rand_plugin_next/1, rand_cache_plugin_next/1, rand_plugin_uniform/1, rand_plugin_uniform/2]).
-export([exor/2, mod_pow/3, bytes_to_integer/1]).
-export([hash_native/2, hash_init_native/1, hash_update_native/2, hash_final_native/1, hash_xof_native/3, hash_sizes_native/1,
         mac_native/4, mac_init_native/3, mac_update_native/2, mac_final_native/1, pbkdf2_native/5, exor_native/2]).

start() -> application:start(crypto).
stop() -> application:stop(crypto).

version() -> "5.5".

%% ---- What there is ----

info() ->
    #{compile_type => normal, link_type => static, otp_crypto_version => version(), cryptolib_version_compiled => "RustCrypto",
      cryptolib_version_linked => "RustCrypto", fips_provider_available => false}.

info_lib() -> [{<<"RustCrypto">>, 0, <<"RustCrypto">>}].

info_fips() -> not_supported.

enable_fips_mode(false) -> true;
enable_fips_mode(true) -> false;
enable_fips_mode(Enable) -> erlang:error(badarg, [Enable]).

supports() -> [{K, supports(K)} || K <- [hashs, ciphers, public_keys, macs, curves, rsa_opts]].

supports(hashs) ->
    [blake2s, blake2b, shake256, shake128, sha3_512, sha3_384, sha3_256, sha3_224, sha512_256, sha512_224, sha512, sha384, sha256,
     sha224, sha, ripemd160, md5, md4];
supports(macs) -> [cmac, hmac, poly1305];
supports(K) when K =:= ciphers; K =:= public_keys; K =:= curves; K =:= rsa_opts -> [].

%% Errors are {Tag, Place, Text}; the shell asks here for the text.
format_error({_, {_, _}, Text}, [{_, _, _, Info} | _]) ->
    case lists:keyfind(error_info, 1, Info) of
        {_, #{erl_function_arg_num := N}} when is_integer(N) -> #{N => Text};
        _ -> #{general => Text}
    end;
format_error(_, _) -> #{}.

-define(CACHED_BITS, 56).
-define(FAULT(Text, Args, N), erlang:error({badarg, {"crypto.rs", ?LINE}, Text}, Args, [{error_info, #{erl_function_arg_num => N}}])).

%% ---- Digests ----

hash(Type, Data) ->
    case hash_native(Type, iolist_to_binary(Data)) of
        error when Type =:= shake128 -> hash_xof(Type, Data, 128);
        error when Type =:= shake256 -> hash_xof(Type, Data, 256);
        error -> ?FAULT("Bad digest type", [Type, Data], 1);
        Digest -> Digest
    end.

hash_init(Type) ->
    case hash_init_native(Type) of
        error -> ?FAULT("Bad digest type", [Type], 1);
        State -> State
    end.

hash_update(State, Data) ->
    case hash_update_native(State, iolist_to_binary(Data)) of
        error -> ?FAULT("Bad state", [State, Data], 1);
        Next -> Next
    end.

hash_final(State) ->
    case hash_final_native(State) of
        error -> ?FAULT("Bad state", [State], 1);
        Digest -> Digest
    end.

hash_xof(Type, Data, Bits) when is_integer(Bits), Bits > 0, Bits rem 8 =:= 0 ->
    case hash_xof_native(Type, iolist_to_binary(Data), Bits div 8) of
        error -> ?FAULT("Bad digest type", [Type, Data, Bits], 1);
        Digest -> Digest
    end;
hash_xof(Type, Data, Bits) -> ?FAULT("Bad length", [Type, Data, Bits], 3).

hash_info(Type) ->
    case hash_sizes_native(Type) of
        error -> ?FAULT("Bad digest type", [Type], 1);
        {Size, Block} -> #{size => Size, block_size => Block, type => number(Type)}
    end.

%% The numbers that OpenSSL gave the digests; programs only show them.
number(md4) -> 257;
number(md5) -> 4;
number(sha) -> 64;
number(ripemd160) -> 117;
number(sha256) -> 672;
number(sha384) -> 673;
number(sha512) -> 674;
number(sha224) -> 675;
number(blake2b) -> 1056;
number(blake2s) -> 1057;
number(sha512_224) -> 1094;
number(sha512_256) -> 1095;
number(sha3_224) -> 1096;
number(sha3_256) -> 1097;
number(sha3_384) -> 1098;
number(sha3_512) -> 1099.

%% ---- Message authentication ----

mac(poly1305, Key, Data) -> mac(poly1305, undefined, Key, Data);
mac(Type, Key, Data) -> ?FAULT("Unknown mac algorithm", [Type, Key, Data], 1).

mac(Type, Sub, Key, Data) ->
    case mac_native(Type, Sub, iolist_to_binary(Key), iolist_to_binary(Data)) of
        Mac when is_binary(Mac) -> Mac;
        Fault -> mac_fault(Fault, [Type, Sub, Key, Data])
    end.

mac_fault(bad_digest, Args) -> ?FAULT("Bad digest algorithm for HMAC", Args, 2);
mac_fault(bad_cipher, Args) -> ?FAULT("Bad cipher algorithm for CMAC", Args, 2);
mac_fault(bad_key, Args) -> ?FAULT("Bad key length", Args, 3);
mac_fault(bad_kind, Args) -> ?FAULT("Unknown mac algorithm", Args, 1).

macN(Type, Key, Data, Bytes) -> binary:part(mac(Type, Key, Data), 0, Bytes).
macN(Type, Sub, Key, Data, Bytes) -> erlang:binary_part(mac(Type, Sub, Key, Data), 0, Bytes).

mac_init(poly1305, Key) -> mac_init(poly1305, undefined, Key);
mac_init(Type, Key) -> ?FAULT("Unknown mac algorithm", [Type, Key], 1).

mac_init(Type, Sub, Key) ->
    case mac_init_native(Type, Sub, iolist_to_binary(Key)) of
        State when is_reference(State) -> State;
        Fault -> mac_fault(Fault, [Type, Sub, Key])
    end.

mac_update(State, Data) ->
    case mac_update_native(State, iolist_to_binary(Data)) of
        error -> ?FAULT("Bad ref", [State, Data], 1);
        Next -> Next
    end.

mac_final(State) ->
    case mac_final_native(State) of
        error -> ?FAULT("Bad ref", [State], 1);
        Mac -> Mac
    end.

mac_finalN(State, Bytes) -> binary:part(mac_final(State), 0, Bytes).

pbkdf2_hmac(Digest, Password, Salt, Rounds, Length) ->
    Args = [Digest, Password, Salt, Rounds, Length],
    is_binary(Password) orelse ?FAULT("Not binary", Args, 2),
    is_binary(Salt) orelse ?FAULT("Not binary", Args, 3),
    is_integer(Rounds) andalso Rounds > 0 orelse ?FAULT("Not integer or not positive", Args, 4),
    is_integer(Length) andalso Length > 0 orelse ?FAULT("Not integer or not positive", Args, 5),
    case pbkdf2_native(Digest, Password, Salt, Rounds, Length) of
        error -> ?FAULT("Bad digest type", Args, 1);
        Key -> Key
    end.

%% ---- Random numbers ----

rand_uniform(From, To) when is_integer(From), is_integer(To), From < To -> From + strong_below(To - From);
rand_uniform(From, To) -> erlang:error(badarg, [From, To]).

%% Evenly below N: too large draws are drawn again.
strong_below(1) -> 0;
strong_below(N) ->
    Bits = bits(N - 1, 0),
    Bytes = (Bits + 7) div 8,
    <<X:Bits, _/bits>> = strong_rand_bytes(Bytes),
    if X < N -> X; true -> strong_below(N) end.

bits(0, Bits) -> Bits;
bits(N, Bits) -> bits(N bsr 1, Bits + 1).

rand_seed() -> rand:seed(rand_seed_s()).

rand_seed_s() -> rand_seed_alg_s(?MODULE).

rand_seed_alg(Alg) -> rand:seed(rand_seed_alg_s(Alg)).

%% The generator is the system's own: there is no state, so an exported one says nothing. The cached one draws many bytes at a time.
rand_seed_alg_s(crypto_cache) ->
    {#{type => crypto_cache, bits => ?CACHED_BITS, next => fun ?MODULE:rand_cache_plugin_next/1}, {?CACHED_BITS, cached_bytes(), <<>>}};
rand_seed_alg_s(crypto) ->
    {#{type => crypto, bits => 64, next => fun ?MODULE:rand_plugin_next/1, uniform => fun ?MODULE:rand_plugin_uniform/1,
       uniform_n => fun ?MODULE:rand_plugin_uniform/2}, no_seed}.

%% The operating system mixes its own sources; what a program adds is not needed.
rand_seed(Seed) when is_binary(Seed) -> ok.

rand_plugin_next(Seed) ->
    <<X:64>> = strong_rand_bytes(8),
    {X, Seed}.

%% Whole numbers, and at least as much as is asked for.
cached_bytes() ->
    Word = ?CACHED_BITS div 8,
    (application:get_env(?MODULE, rand_cache_size, 1024) + 2 * Word - 1) div Word * Word.

rand_cache_plugin_next({Bits, Bytes, <<>>}) -> rand_cache_plugin_next({Bits, Bytes, strong_rand_bytes(Bytes)});
rand_cache_plugin_next({Bits, Bytes, Cache}) ->
    <<X:Bits, Rest/binary>> = Cache,
    {X, {Bits, Bytes, Rest}}.

rand_plugin_uniform(Seed) ->
    <<X:53, _:3>> = strong_rand_bytes(7),
    {X * math:pow(2.0, -53), Seed}.

rand_plugin_uniform(Max, Seed) -> {strong_below(Max) + 1, Seed}.

%% ---- Numbers and bytes ----

exor(A, B) -> exor_native(iolist_to_binary(A), iolist_to_binary(B)).

bytes_to_integer(Bytes) -> binary:decode_unsigned(Bytes).

mod_pow(Base, Exponent, Modulus) ->
    [B, E, M] = [natural(X) || X <- [Base, Exponent, Modulus]],
    M > 0 orelse erlang:error(badarg, [Base, Exponent, Modulus]),
    case pow(B rem M, E, M, 1 rem M) of
        0 when M =:= 1 -> error;
        N -> binary:encode_unsigned(N)
    end.

natural(N) when is_integer(N), N >= 0 -> N;
natural(B) when is_binary(B) -> binary:decode_unsigned(B).

pow(_, 0, _, Acc) -> Acc;
pow(B, E, M, Acc) when E band 1 =:= 1 -> pow(B * B rem M, E bsr 1, M, Acc * B rem M);
pow(B, E, M, Acc) -> pow(B * B rem M, E bsr 1, M, Acc).

%% ---- Natives ----

strong_rand_bytes(_) -> erlang:nif_error(undef).
hash_equals(_, _) -> erlang:nif_error(undef).
hash_native(_, _) -> erlang:nif_error(undef).
hash_init_native(_) -> erlang:nif_error(undef).
hash_update_native(_, _) -> erlang:nif_error(undef).
hash_final_native(_) -> erlang:nif_error(undef).
hash_xof_native(_, _, _) -> erlang:nif_error(undef).
hash_sizes_native(_) -> erlang:nif_error(undef).
mac_native(_, _, _, _) -> erlang:nif_error(undef).
mac_init_native(_, _, _) -> erlang:nif_error(undef).
mac_update_native(_, _) -> erlang:nif_error(undef).
mac_final_native(_) -> erlang:nif_error(undef).
pbkdf2_native(_, _, _, _, _) -> erlang:nif_error(undef).
exor_native(_, _) -> erlang:nif_error(undef).
