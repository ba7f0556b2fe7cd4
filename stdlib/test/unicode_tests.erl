%% Answers recorded from erl.
-module(unicode_tests).
-include_lib("eunit/include/eunit.hrl").

list_test() ->
    ?assertEqual("abcé", unicode:characters_to_list(<<"abc", 195, 169>>)),
    ?assertEqual([233,120,1024], unicode:characters_to_list([<<195>>, <<169>>, "x", [1024]])),
    ?assertEqual({incomplete,[],<<"é">>}, unicode:characters_to_list(<<233>>)),
    ?assertEqual({incomplete,"ab",<<"Ã">>}, unicode:characters_to_list(<<"ab", 195>>)),
    ?assertEqual("é", unicode:characters_to_list(<<233>>, latin1)),
    ?assertEqual([97,1024], unicode:characters_to_list(<<0, 97, 4, 0>>, utf16)),
    ?assertEqual("a", unicode:characters_to_list(<<97, 0>>, {utf16, little})),
    ?assertEqual("a", unicode:characters_to_list(<<0, 0, 0, 97>>, utf32)),
    ?assertEqual({error,[],[55296]}, unicode:characters_to_list([16#D800])),
    ?assertError(badarg, unicode:characters_to_list([a])),
    ?assertError(badarg, unicode:characters_to_list(foo)),
    ?assertError(badarg, unicode:characters_to_list("a", foo)).

binary_test() ->
    ?assertEqual(<<208,128,97,98,99,120>>, unicode:characters_to_binary([1024, "abc", <<"x">>])),
    ?assertEqual(<<"é"/utf8>>, unicode:characters_to_binary([233], latin1, utf8)),
    ?assertEqual(<<"é">>, unicode:characters_to_binary(<<195, 169>>, utf8, latin1)),
    ?assertEqual({error,<<>>,[[1024]]}, unicode:characters_to_binary([1024], utf8, latin1)),
    ?assertEqual(<<0,97>>, unicode:characters_to_binary("a", utf8, utf16)),
    ?assertEqual(<<1,216,0,220>>, unicode:characters_to_binary([66560], utf8, {utf16, little})),
    ?assertEqual(<<0,0,0,97>>, unicode:characters_to_binary("a", utf8, {utf32, big})),
    ?assertEqual({error,<<"ab">>,<<"ÿc">>}, unicode:characters_to_binary(<<"ab", 255, "c">>)),
    ?assertEqual({error,<<"ab">>,[<<"Ã">>,["c"]]}, unicode:characters_to_binary([<<"ab", 195>>, "c"])).

forms_test() ->
    ?assertEqual("é", unicode:characters_to_nfc_list("e\x{301}")),
    ?assertEqual([101,769], unicode:characters_to_nfd_list([233])),
    ?assertEqual("fi", unicode:characters_to_nfkc_list([16#FB01])),
    ?assertEqual("fi", unicode:characters_to_nfkd_list([16#FB01])),
    ?assertEqual(<<"é"/utf8>>, unicode:characters_to_nfc_binary(["e", <<204, 129>>])),
    ?assertEqual(<<101,204,129>>, unicode:characters_to_nfd_binary([233])),
    ?assertEqual(<<"fi">>, unicode:characters_to_nfkc_binary([16#FB01])),
    ?assertEqual(<<"fi">>, unicode:characters_to_nfkd_binary([16#FB01])).

bom_test() ->
    ?assertEqual([{utf8,3},{{utf16,big},2},{{utf16,little},2},{{utf32,big},4},{{utf32,little},4},{latin1,0},{latin1,0}], [unicode:bom_to_encoding(B) || B <- [<<239,187,191>>, <<254,255>>, <<255,254>>, <<0,0,254,255>>, <<255,254,0,0>>, <<"abc">>, <<>>]]),
    ?assertEqual([<<239,187,191>>,<<"þÿ">>,<<0,0,254,255>>,<<>>,<<"ÿþ">>,<<0,0,254,255>>], [unicode:encoding_to_bom(E) || E <- [utf8, utf16, utf32, latin1, {utf16, little}, {utf32, big}]]).
