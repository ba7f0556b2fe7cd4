%% Answers recorded from erl.
-module(crypto_tests).
-include_lib("eunit/include/eunit.hrl").

hash_test() ->
    ?assertEqual(<<164,72,1,122,175,33,216,82,95,193,10,232,122,166,114,157>>, crypto:hash(md4, "abc")),
    ?assertEqual(<<144,1,80,152,60,210,79,176,214,150,63,125,40,225,127,114>>, crypto:hash(md5, "abc")),
    ?assertEqual(<<169,153,62,54,71,6,129,106,186,62,37,113,120,80,194,108,156,208,216,157>>, crypto:hash(sha, ["a", <<"bc">>])),
    ?assertEqual(<<209,74,2,140,42,58,43,201,71,97,2,187,40,130,52,196,21,162,176,31,130,142,166,42,197,179,228,47>>, crypto:hash(sha224, <<>>)),
    ?assertEqual(<<186,120,22,191,143,1,207,234,65,65,64,222,93,174,34,35,176,3,97,163,150,23,122,156,180,16,255,97,242,0,21,173>>, crypto:hash(sha256, <<"abc">>)),
    ?assertEqual(<<203,0,117,63,69,163,94,139,181,160,61,105,154,198,80,7,39,44,50,171,14,222,209,99,26,139,96,90,67,255,91,237,128,134,7,43,161,231,204,35,88,186,236,161,52,200,37,167>>, crypto:hash(sha384, <<"abc">>)),
    ?assertEqual(<<174,19,87,92,93,152,191,166,137,97,123,177,159,15,85,239,221,82,179,147,151,253,98,11,205,31,188,3,253,169,121,230,182,155,251,162,70,152,23,110,175,231,102,211,28,72,183,2,115,176,49,152,6,67,35,8,46,4,204,78,185,18,99,16>>, crypto:hash(sha512, binary:copy(<<"x">>, 1000))),
    ?assertEqual(<<230,66,130,76,63,140,242,74,208,146,52,238,125,60,118,111,201,163,165,22,141,12,148,173,115,180,111,223>>, crypto:hash(sha3_224, "abc")),
    ?assertEqual(<<58,152,93,167,79,226,37,178,4,92,23,45,107,211,144,189,133,95,8,110,62,157,82,91,70,191,226,69,17,67,21,50>>, crypto:hash(sha3_256, "abc")),
    ?assertEqual(<<236,1,73,130,136,81,111,201,38,69,159,88,226,198,173,141,249,180,115,203,15,192,140,37,150,218,124,240,228,155,228,178,152,216,140,234,146,122,199,245,57,241,237,242,40,55,109,37>>, crypto:hash(sha3_384, "abc")),
    ?assertEqual(<<183,81,133,11,26,87,22,138,86,147,205,146,75,107,9,110,8,246,33,130,116,68,247,13,136,79,93,2,64,210,113,46,16,225,22,233,25,42,243,201,26,126,197,118,71,227,147,64,87,52,11,76,244,8,213,165,101,146,248,39,78,236,83,240>>, crypto:hash(sha3_512, "abc")),
    ?assertEqual(<<186,128,165,63,152,28,77,13,106,39,151,182,159,18,246,233,76,33,47,20,104,90,196,183,75,18,187,111,219,255,162,209,125,135,197,57,42,171,121,45,194,82,213,222,69,51,204,149,24,211,138,168,219,241,146,90,185,35,134,237,212,0,153,35>>, crypto:hash(blake2b, "abc")),
    ?assertEqual(<<80,140,94,140,50,124,20,226,225,167,43,163,78,235,69,47,55,69,139,32,158,214,58,41,77,153,155,76,134,103,89,130>>, crypto:hash(blake2s, "abc")),
    ?assertEqual(<<142,178,8,247,224,93,152,122,155,4,74,142,152,198,176,135,241,90,11,252>>, crypto:hash(ripemd160, "abc")).

hash_steps_test() ->
    ?assertEqual(<<218,57,163,238,94,107,75,13,50,85,191,239,149,96,24,144,175,216,7,9>>, crypto:hash_final(crypto:hash_init(sha))),
    ?assertEqual(<<186,120,22,191,143,1,207,234,65,65,64,222,93,174,34,35,176,3,97,163,150,23,122,156,180,16,255,97,242,0,21,173>>, crypto:hash_final(crypto:hash_update(crypto:hash_update(crypto:hash_init(sha256), "a"), <<"bc">>))),
    ?assertEqual([<<24,126,244,67,97,34,209,204,47,64,220,43,146,240,235,160>>,<<12,193,117,185,192,241,182,168,49,195,153,226,105,119,38,97>>], begin S = crypto:hash_update(crypto:hash_init(md5), "a"), [crypto:hash_final(crypto:hash_update(S, "b")), crypto:hash_final(S)] end).

hash_info_test() ->
    ?assertEqual(#{block_size => 64,size => 32,type => 672}, crypto:hash_info(sha256)),
    ?assertEqual(#{block_size => 72,size => 64,type => 1099}, crypto:hash_info(sha3_512)),
    ?assertEqual(#{block_size => 64,size => 16,type => 4}, crypto:hash_info(md5)).

mac_test() ->
    ?assertEqual(<<16,65,82,197,191,220,160,123,198,51,238,189,70,25,159,2,85,201,244,157>>, crypto:mac(hmac, sha, "key", "data")),
    ?assertEqual(<<1,99,101,141,71,158,199,63,43,128,29,240,113,65,219,20,38,170,174,44,107,94,142,109,158,103,137,249,47,94,43,79>>, crypto:mac(hmac, sha256, binary:copy(<<"k">>, 200), <<"data">>)),
    ?assertEqual(<<177,2,168,153,158,199,102,118,130,209,60,37,13,183,92,31,232,134,50,188,128,125,145,94,203,117,153,55,92,42,57,58>>, crypto:mac(hmac, sha3_256, "key", "data")),
    ?assertEqual(<<116,230,247,41,138,156,45,22,137,53,245,140,0,27,173,136>>, crypto:mac(hmac, md5, "", "")),
    ?assertEqual(<<227,118,38,20,7,95,189,29,45,94,174,204,130,232,60,216>>, crypto:mac(cmac, aes_128_cbc, <<1:128>>, "data")),
    ?assertEqual(<<13,27,182,72,222,148,244,47,162,64,32,229,55,34,34,218>>, crypto:mac(cmac, aes_256_cbc, <<1:256>>, "data and more than a block of it")),
    ?assertEqual(<<0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,7>>, crypto:mac(poly1305, <<7:256>>, "data")),
    ?assertEqual(<<0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,7>>, crypto:mac(poly1305, <<7:256>>, "data and more than a block of it")),
    ?assertEqual(<<16,65,82,197,191>>, crypto:macN(hmac, sha, "key", "data", 5)),
    ?assertEqual(<<0,0,0,0,0>>, crypto:macN(poly1305, <<7:256>>, "data", 5)).

mac_steps_test() ->
    ?assertEqual(<<16,65,82,197,191,220,160,123,198,51,238,189,70,25,159,2,85,201,244,157>>, crypto:mac_final(crypto:mac_update(crypto:mac_init(hmac, sha, "key"), "data"))),
    ?assertEqual(<<16,65,82>>, crypto:mac_finalN(crypto:mac_update(crypto:mac_init(hmac, sha, "key"), "data"), 3)),
    ?assertEqual(<<0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,7>>, crypto:mac_final(crypto:mac_update(crypto:mac_init(poly1305, <<7:256>>), "data"))).

pbkdf2_test() ->
    ?assertError({badarg,_,"Not binary"}, crypto:pbkdf2_hmac(sha, "password", "salt", 2, 20)),
    ?assertEqual(<<7,230,153,113,128,207,127,18,144,79,4,16,13,64,93,52,136,143,223,98,175,109,80,106,14,204,35,177,150,254,153,216,103,82,148,236,90,167,148,75,106,134,197,31,217,112,81,187,239,173>>, crypto:pbkdf2_hmac(sha256, <<"password">>, <<"salt">>, 100, 50)).

equal_test() ->
    ?assertEqual(true, crypto:hash_equals(<<"abc">>, <<"abc">>)),
    ?assertEqual(false, crypto:hash_equals(<<"abc">>, <<"abd">>)),
    ?assertError(badarg, crypto:hash_equals(<<"abc">>, <<"ab">>)),
    ?assertError(badarg, crypto:hash_equals("a", "a")).

numbers_test() ->
    ?assertEqual(<<"```">>, crypto:exor("abc", <<1,2,3>>)),
    ?assertError(badarg, crypto:exor("a", "bc")),
    ?assertEqual(66051, crypto:bytes_to_integer(<<1,2,3>>)),
    ?assertEqual(<<1>>, crypto:mod_pow(3, 4, 5)),
    ?assertEqual(<<12,224,131>>, crypto:mod_pow(<<3>>, 400, 1000007)).

random_test() ->
    ?assertEqual(17, byte_size(crypto:strong_rand_bytes(17))),
    ?assertError(badarg, crypto:strong_rand_bytes(-1)),
    ?assertError(badarg, crypto:strong_rand_bytes(a)),
    ?assertEqual(true, lists:all(fun(_) -> lists:member(crypto:rand_uniform(3, 6), [3,4,5]) end, lists:seq(1, 100))),
    ?assertError(badarg, crypto:rand_uniform(5, 2)),
    ?assertEqual(true, begin crypto:rand_seed(), X = rand:uniform(10), X >= 1 andalso X =< 10 end),
    ?assertEqual(true, begin S = crypto:rand_seed_s(), {X, _} = rand:uniform_s(S), X >= 0.0 andalso X < 1.0 end).

errors_test() ->
    ?assertError(badarg, crypto:hash(sha, a)),
    ?assertError(badarg, crypto:mac(hmac, sha, a, "x")),
    ?assertError(badarg, crypto:macN(hmac, sha, "a", "b", 50)).

%% The place in these errors is the implementation's own.
worded_errors_test() ->
    ?assertError({badarg, {_, _}, "Bad digest type"}, crypto:hash(foo, "a")),
    ?assertError({badarg, {_, _}, "Bad state"}, crypto:hash_update(foo, "a")),
    ?assertError({badarg, {_, _}, "Bad digest algorithm for HMAC"}, crypto:mac(hmac, foo, "a", "x")),
    ?assertError({badarg, {_, _}, "Bad key length"}, crypto:mac(poly1305, "a", "b")),
    ?assertError({badarg, {_, _}, "Bad key length"}, crypto:mac(cmac, aes_128_cbc, "a", "b")).

%% OTP 26 and later. The digest is that of FIPS 202's empty message.
xof_test() ->
    ?assertEqual(<<16#7f9c2ba4e88f827d616045507605853e:128>>, crypto:hash_xof(shake128, <<>>, 128)),
    ?assertEqual(<<16#46b9dd2b0ba88d13233b3feb743eeb24:128>>, crypto:hash_xof(shake256, <<>>, 128)).

supports_test() ->
    ?assertEqual(crypto:supports(hashs), proplists:get_value(hashs, crypto:supports())),
    [?assert(is_binary(crypto:hash(H, "x"))) || H <- crypto:supports(hashs)],
    ?assertMatch([{_, _, _}], crypto:info_lib()),
    ?assertMatch(#{link_type := _}, crypto:info()).

md5_steps_test() ->
    C = erlang:md5_update(erlang:md5_init(), "a"),
    ?assertEqual(erlang:md5("abc"), erlang:md5_final(erlang:md5_update(C, "bc"))),
    ?assertEqual(erlang:md5("a"), erlang:md5_final(C)),
    Big = lists:foldl(fun(_, A) -> erlang:md5_update(A, binary:copy(<<"x">>, 1000)) end, erlang:md5_init(), lists:seq(1, 100)),
    ?assertEqual(erlang:md5(binary:copy(<<"x">>, 100000)), erlang:md5_final(Big)),
    ?assert(byte_size(Big) < 300),
    ?assertError(badarg, erlang:md5_update(<<"foo">>, "a")).
