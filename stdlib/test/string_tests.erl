%% Answers recorded from erl, and a few refusals.
-module(string_tests).
-include_lib("eunit/include/eunit.hrl").

casefold_1_test() ->
    ?assertEqual([128512], string:casefold([128512])),
    ?assertEqual(" ,", string:casefold(" ,")),
    ?assertEqual("cb1", string:casefold("cb1")),
    ?assertEqual([43,32,768,46,99], string:casefold([43,32,768,46,99])),
    ?assertEqual([], string:casefold([])),
    ?assertEqual("a\t\te1", string:casefold("A\t\te1")).

centre_2_test() ->
    ?assertEqual(",  c ", string:centre("1 c,  c 1ab", 5)),
    ?assertEqual([], string:centre("1 aab b", 0)),
    ?assertEqual("  ,  ", string:centre(",", 5)),
    ?assertEqual("   a ,    ", string:centre(" a , ", 10)),
    ?assertEqual(" c", string:centre("aba c1cc1", 2)),
    ?assertEqual("ccc1c", string:centre("1ccc1cc ", 5)),
    ?assertError(function_clause, string:centre("ab", -1)).

centre_3_test() ->
    ?assertEqual(" 11", string:centre(" 11 11,1  ", 3, 97)),
    ?assertEqual("a1", string:centre("1 a1 1", 2, 97)),
    ?assertEqual("a,  b", string:centre("c1a,  b,,", 5, 97)),
    ?assertEqual(",ca,c a cc", string:centre(",ca,c a cc", 10, 97)),
    ?assertEqual([], string:centre("1c ", 0, 97)),
    ?assertEqual("c ", string:centre(",  cc  ,,b", 2, 97)),
    ?assertError(function_clause, string:centre("1c,", -1, 97)).

chars_2_test() ->
    ?assertEqual("xxxxxxxxxx", string:chars(120, 10)),
    ?assertEqual("x", string:chars(120, 1)),
    ?assertEqual([], string:chars(120, 0)),
    ?assertEqual("xxxxx", string:chars(120, 5)),
    ?assertEqual("xx", string:chars(120, 2)),
    ?assertEqual("xxx", string:chars(120, 3)),
    ?assertError(function_clause, string:chars(120, -1)).

chars_3_test() ->
    ?assertEqual("xxxxxt", string:chars(120, 5, "t")),
    ?assertEqual("xxxxxxxxxxt", string:chars(120, 10, "t")),
    ?assertEqual("t", string:chars(120, 0, "t")),
    ?assertEqual("xt", string:chars(120, 1, "t")),
    ?assertEqual("xxxt", string:chars(120, 3, "t")),
    ?assertEqual("xxt", string:chars(120, 2, "t")),
    ?assertError(function_clause, string:chars(120, -1, "t")).

chomp_1_test() ->
    ?assertEqual([45,10,45,49,101,45,32,101,44,233], string:chomp([45,10,45,49,101,45,32,101,44,233])),
    ?assertEqual([50,32,128512,45,44,32,46,32,97], string:chomp([50,32,128512,45,44,32,46,32,97])),
    ?assertEqual(<<32,32,9,44,99,195,137>>, string:chomp(<<32,32,9,44,99,195,137>>)),
    ?assertEqual(<<240,159,152,128,32,195,159,65,32>>, string:chomp(<<240,159,152,128,32,195,159,65,32>>)),
    ?assertEqual("1\t+c", string:chomp("1\t+c")),
    ?assertEqual(<<97,195,159,195,159,43,45,50>>, string:chomp(<<97,195,159,195,159,43,45,50>>)),
    ?assertError(function_clause, string:chomp([[a],0,b,2.0])).

chr_2_test() ->
    ?assertEqual(2, string:chr("1aa,1", 97)),
    ?assertEqual(0, string:chr(" ", 97)),
    ?assertEqual(0, string:chr(" c,   1 ,", 97)),
    ?assertEqual(0, string:chr("1", 97)),
    ?assertEqual(2, string:chr(" a1c", 97)),
    ?assertEqual(4, string:chr("  ca, c,1", 97)).

concat_2_test() ->
    ?assertEqual("  ,b ", string:concat("  ,b", " ")),
    ?assertEqual(",1c", string:concat(",1", "c")),
    ?assertEqual(" , a ,a1, ", string:concat(" , a ,a1", ", ")),
    ?assertEqual(" ", string:concat([], " ")),
    ?assertEqual("ca,,,a11 ", string:concat("ca,,,a11", " ")),
    ?assertEqual("b bac", string:concat("b bac", [])).

copies_2_test() ->
    ?assertEqual(" ,,cc ,,cc ,,cc", string:copies(" ,,cc", 3)),
    ?assertEqual(", a a", string:copies(", a a", 1)),
    ?assertEqual([], string:copies([], 2)),
    ?assertEqual([], string:copies([], 10)),
    ?assertEqual("1,,, ,b,c ,", string:copies("1,,, ,b,c ,", 1)),
    ?assertEqual([], string:copies("1,ca  bbaac", 0)),
    ?assertError(function_clause, string:copies(",c,c ", -1)).

cspan_2_test() ->
    ?assertEqual(1, string:cspan(" cc a1 1 ,", "c")),
    ?assertEqual(3, string:cspan(",1 ab", "ab")),
    ?assertEqual(0, string:cspan("b", "ab")),
    ?assertEqual(10, string:cspan("1  111 ,c1b", "ab")),
    ?assertEqual(0, string:cspan([], "c")),
    ?assertEqual(0, string:cspan("  ba", ", ")),
    ?assertError(function_clause, string:cspan(fun(_,Y,_) -> Y end, [{a,1},{a,3},{1,x},{b,2},{b,b}])).

equal_2_test() ->
    ?assertEqual(false, string:equal("b,", <<"\r1c-">>)),
    ?assertEqual(false, string:equal([128512,201,10,49,233,43,768,50], [201,32,233,10,201,44,43,46])),
    ?assertEqual(false, string:equal(<<>>, <<"-1+1c-">>)),
    ?assertEqual(false, string:equal([98,45,65,223,49,13,49,10,201,233,97], <<" - ">>)),
    ?assertEqual(false, string:equal(<<9,9,204,128,50,195,169,97,13,98>>, [99,97,46,10,50,223,768])),
    ?assertEqual(false, string:equal("c, a  ,b, 1", <<32,43,204,128,240,159,152,128,32,46,195,169,65,101,204,128>>)),
    ?assertError(function_clause, string:equal(#{1 => x,1.0 => y,a => 3,b => 2,c => 0}, [5,5,3,3,5,5,2,4,6,2,5,4,3,6,3,4,5])).

equal_3_test() ->
    ?assertEqual(false, string:equal(<<46,195,137,195,159,65,45,32,45,240,159,152,128,49,97,43>>, [128512], false)),
    ?assertEqual(false, string:equal([45,65,49,128512,44,44,43,768], [768,768,44], true)),
    ?assertEqual(false, string:equal(<<240,159,152,128,45>>, <<97,50,204,128,240,159,152,128,101,98,101,9,101>>, false)),
    ?assertEqual(true, string:equal([65,223,99,97,233], [65,223,99,97,233], false)),
    ?assertEqual(false, string:equal("b", <<240,159,152,128,195,137,45,9>>, true)),
    ?assertEqual(true, string:equal("e ,\ne2--c-", "e ,\ne2--c-", false)),
    ?assertError(function_clause, string:equal([{1,x},{b,b},{1.0,y}], fun(_,_,Z)->Z end, fun(X,Y,Z) -> {X,Y,Z} end)).

equal_4_test() ->
    ?assertEqual(true, string:equal([], [], false, none)),
    ?assertEqual(true, string:equal([], [], true, nfd)),
    ?assertEqual(true, string:equal([43,9,101,768,10,233,44,46,101,49], [43,9,101,768,10,233,44,46,101,49], true, nfc)),
    ?assertEqual(false, string:equal(<<", ">>, <<32,195,137,98>>, true, none)),
    ?assertEqual(true, string:equal([65,97,201,101,49], [65,97,201,101,49], true, nfc)),
    ?assertEqual(false, string:equal(<<50,195,137,50,13,32,101,9,97>>, <<195,137,65,13>>, true, nfc)).

find_2_test() ->
    ?assertEqual(<<43,98,240,159,152,128,49,101,32,101>>, string:find(<<43,98,240,159,152,128,49,101,32,101>>, [])),
    ?assertEqual(nomatch, string:find([32,32,9,49,32,768], [233])),
    ?assertEqual(nomatch, string:find([97,43,45,768,45,9,768], "e")),
    ?assertEqual(" ", string:find([768,10,223,201,13,32], " ")),
    ?assertEqual(nomatch, string:find(<<>>, "a")),
    ?assertEqual(nomatch, string:find(<<43,195,159,204,128,45,44,99,13,99,99>>, "e")).

find_3_test() ->
    ?assertEqual("b", string:find([768,32,10,223,13,13,98], "b", leading)),
    ?assertEqual(nomatch, string:find(<<" a">>, ",", trailing)),
    ?assertEqual(<<"+\n ab">>, string:find(<<"+\n ab">>, [], trailing)),
    ?assertEqual(<<101,195,137,45,50,65,44,195,159>>, string:find(<<46,101,195,137,45,50,65,44,195,159>>, "e", trailing)),
    ?assertEqual(nomatch, string:find(<<"\r\t\n ">>, "ab", leading)),
    ?assertEqual(<<"bA.">>, string:find(<<"bA.">>, "b", leading)),
    ?assertError(function_clause, string:find(<<97,98,204,128,97,98,204,128,44,65,45,13,50>>, ",", all)).

is_empty_1_test() ->
    ?assertEqual(false, string:is_empty("-cea")),
    ?assertEqual(false, string:is_empty(<<43,45,10,10,44,49,13,204,128,44,44>>)),
    ?assertEqual(true, string:is_empty([])),
    ?assertEqual(false, string:is_empty([101,768,43,13,13,45,49,128512])),
    ?assertEqual(false, string:is_empty(<<240,159,152,128,65,97,195,137,97,13,43,46,45>>)),
    ?assertEqual(false, string:is_empty(<<97,43,195,159,195,137,50,195,137,195,137,101>>)).

join_2_test() ->
    ?assertEqual("1c, ac   ,c  ", string:join(["1c","ac   ,c  "], ", ")),
    ?assertEqual("  11  aa, ", string:join(["  11  aa",[]], ", ")),
    ?assertEqual(",, ,1  ", string:join([",",",1  "], ", ")),
    ?assertEqual(",  b,,b , cc,", string:join([[]," b,,b , cc,"], ", ")),
    ?assertEqual("b1, b, 1ac", string:join(["b1, b","1ac"], ", ")),
    ?assertEqual(",1 b1b, b11a1 ", string:join([",1 b1b","b11a1 "], ", ")),
    ?assertError(function_clause, string:join(fun(X,A)->[X|A] end, #{1 => x,1.0 => y,a => 1})).

left_2_test() ->
    ?assertEqual(" ", string:left("  1c1abb 1", 1)),
    ?assertEqual([], string:left(",aa c 1b1 ", 0)),
    ?assertEqual("11,aa", string:left("11,aa,a,b", 5)),
    ?assertEqual("b,", string:left("b, b 1", 2)),
    ?assertEqual([], string:left("cc, 1,1 cb", 0)),
    ?assertEqual(" ", string:left([], 1)),
    ?assertError(function_clause, string:left(",b b 1,  ,,", -1)).

left_3_test() ->
    ?assertEqual([], string:left(" 11 1 ,c,a,", 0, 97)),
    ?assertEqual("a", string:left("a", 1, 97)),
    ?assertEqual([], string:left([], 0, 97)),
    ?assertEqual(" ", string:left("   ", 1, 97)),
    ?assertEqual("aa", string:left("aab1c ", 2, 97)),
    ?assertEqual("1 caa", string:left("1 c", 5, 97)),
    ?assertError(function_clause, string:left(",  aab1", -1, 97)).

len_1_test() ->
    ?assertEqual(11, string:len("ccaa c1ca a")),
    ?assertEqual(10, string:len("ca b1b  b ")),
    ?assertEqual(4, string:len("cb,b")),
    ?assertEqual(0, string:len([])),
    ?assertEqual(2, string:len(",b")),
    ?assertEqual(4, string:len(" ,b,")),
    ?assertError(badarg, string:len(2)).

length_1_test() ->
    ?assertEqual(1, string:length([128512])),
    ?assertEqual(0, string:length(<<>>)),
    ?assertEqual(5, string:length([10,43,99,128512,13])),
    ?assertEqual(5, string:length("c,c1 ")),
    ?assertEqual(10, string:length([128512,43,201,98,223,201,45,768,44,97,233])),
    ?assertEqual(9, string:length([768,65,46,43,49,98,101,65,233])),
    ?assertError(function_clause, string:length(fun(X) -> {true,X} end)).

lexemes_2_test() ->
    ?assertEqual([<<101,195,137,101,45,44>>], string:lexemes(<<101,195,137,101,45,44>>, [])),
    ?assertEqual(["+"], string:lexemes("+", "\n")),
    ?assertEqual(["11,acb"], string:lexemes("11,acb", "\n")),
    ?assertEqual(["a1.bbb"], string:lexemes("a1.bbb", " ")),
    ?assertEqual([], string:lexemes([], [[101,768]])),
    ?assertEqual([], string:lexemes(<<>>, "\n")).

list_to_float_1_test() ->
    ?assertEqual({error,no_float}, string:list_to_float("a")),
    ?assertEqual({error,no_float}, string:list_to_float("-1")),
    ?assertEqual({error,no_float}, string:list_to_float("12")),
    ?assertEqual({1.5,[]}, string:list_to_float("1.5")),
    ?assertEqual({error,no_float}, string:list_to_float("+4x")),
    ?assertEqual({error,no_float}, string:list_to_float("1e3")).

list_to_integer_1_test() ->
    ?assertEqual({1,".5"}, string:list_to_integer("1.5")),
    ?assertEqual({1,"e3"}, string:list_to_integer("1e3")),
    ?assertEqual({1,".e"}, string:list_to_integer("1.e")),
    ?assertEqual({12,[]}, string:list_to_integer("12")),
    ?assertEqual({-1,[]}, string:list_to_integer("-1")),
    ?assertEqual({1,".5e3x"}, string:list_to_integer("1.5e3x")).

lowercase_1_test() ->
    ?assertEqual(<<240,159,152,128,240,159,152,128,98>>, string:lowercase(<<240,159,152,128,240,159,152,128,98>>)),
    ?assertEqual(<<10,50,195,169,13,97,13>>, string:lowercase(<<10,50,195,169,13,65,13>>)),
    ?assertEqual([46,97,233,98], string:lowercase([46,97,233,98])),
    ?assertEqual(<<204,128,97,195,169,10,46,99>>, string:lowercase(<<204,128,97,195,137,10,46,99>>)),
    ?assertEqual("b1, 1", string:lowercase("b1, 1")),
    ?assertEqual(<<>>, string:lowercase(<<>>)),
    ?assertError(function_clause, string:lowercase([{b,2}])).

next_codepoint_1_test() ->
    ?assertEqual([10,50,10,223,46,45,233,32,46,65], string:next_codepoint([10,50,10,223,46,45,233,32,46,65])),
    ?assertEqual([], string:next_codepoint(<<>>)),
    ?assertEqual([49,98,128512,9,44,101,201,233], string:next_codepoint([49,98,128512,9,44,101,201,233])),
    ?assertEqual("11", string:next_codepoint("11")),
    ?assertEqual("  cabbb,bb", string:next_codepoint("  cabbb,bb")),
    ?assertEqual("\r-", string:next_codepoint("\r-")).

next_grapheme_1_test() ->
    ?assertEqual([99|<<"-,  1A">>], string:next_grapheme(<<"c-,  1A">>)),
    ?assertEqual("ab.e", string:next_grapheme("ab.e")),
    ?assertEqual(",11,a b, ", string:next_grapheme(",11,a b, ")),
    ?assertEqual([], string:next_grapheme([])),
    ?assertEqual([201,10,32,46,98,32,768,128512], string:next_grapheme([201,10,32,46,98,32,768,128512])),
    ?assertEqual([45,98,65,9,768,9,223], string:next_grapheme([45,98,65,9,768,9,223])),
    ?assertError(function_clause, string:next_grapheme([{a,1},{b,b},{1,x},{c,0},{b,b}])).

nth_lexeme_3_test() ->
    ?assertEqual([], string:nth_lexeme("2", 3, " ")),
    ?assertEqual([65,9,13,223,46,46,45,65], string:nth_lexeme([65,9,13,223,46,46,45,65,97], 1, "ab, ")),
    ?assertEqual([], string:nth_lexeme([32,233,10,10,768,49], 3, "\n")),
    ?assertEqual("c cc,ba,1,", string:nth_lexeme("c cc,ba,1,", 1, "\n")),
    ?assertEqual(<<195,137,32>>, string:nth_lexeme(<<195,137,32>>, 1, "a")),
    ?assertEqual(".cA", string:nth_lexeme(".cA", 1, " ")).

pad_2_test() ->
    ?assertEqual([[98,223,43]], string:pad([98,223,43], -1)),
    ?assertEqual([" ,A,\t c-+",32], string:pad(" ,A,\t c-+", 10)),
    ?assertEqual([[32,13,10,45,201,44,97,46,9,46]], string:pad([32,13,10,45,201,44,97,46,9,46], 1)),
    ?assertEqual([<<195,169,195,137,49,195,159>>,32,32,32,32,32,32], string:pad(<<195,169,195,137,49,195,159>>, 10)),
    ?assertEqual(["a,a."], string:pad("a,a.", 3)),
    ?assertEqual([[32,99,201,768,128512,45,43]], string:pad([32,99,201,768,128512,45,43], 5)),
    ?assertError(function_clause, string:pad([c,0,1.0,2.0,"abc",<<"ab">>], [])).

pad_3_test() ->
    ?assertEqual([[],"b  aca,1, 1"], string:pad("b  aca,1, 1", -1, leading)),
    ?assertEqual(["e2A\t"], string:pad("e2A\t", 0, trailing)),
    ?assertEqual([[],<<>>,[]], string:pad(<<>>, 0, both)),
    ?assertEqual([[],<<45,98,195,159,50,49>>], string:pad(<<45,98,195,159,50,49>>, 1, leading)),
    ?assertEqual([[],<<195,137,49,32,99,45,195,137,45>>,[]], string:pad(<<195,137,49,32,99,45,195,137,45>>, 5, both)),
    ?assertEqual([[],32], string:pad([], 1, trailing)),
    ?assertError(function_clause, string:pad(fun(X,_) -> is_atom(X) end, [[],0,b,{a,1},a], [[a],1,0])).

pad_4_test() ->
    ?assertEqual([[],[43,13,223,45,128512,13,46,49]], string:pad([43,13,223,45,128512,13,46,49], 1, leading, 120)),
    ?assertEqual(["eae\r+"], string:pad("eae\r+", 0, trailing, 120)),
    ?assertEqual([[],[98,99,223,201],[]], string:pad([98,99,223,201], 2, both, 120)),
    ?assertEqual([[],<<"\r2e">>,[]], string:pad(<<"\r2e">>, -1, both, 120)),
    ?assertEqual(["xxxx",".","xxxx",120], string:pad(".", 10, both, 120)),
    ?assertEqual(["xxxx","e+\n1a2"], string:pad("e+\n1a2", 10, leading, 120)),
    ?assertError(function_clause, string:pad([{a,1}], [5,6,2,6,6,5,5,6,5], 0, [1,1.0,a,"abc","abc","abc",<<"ab">>])).

prefix_2_test() ->
    ?assertEqual(" c b   ", string:prefix(" c b   ", [])),
    ?assertEqual(nomatch, string:prefix([97,13,43,201,9,65], "ab")),
    ?assertEqual(nomatch, string:prefix(<<>>, "ab")),
    ?assertEqual(nomatch, string:prefix(" 1a1", <<"a">>)),
    ?assertEqual(nomatch, string:prefix([43,97,45,45,768,49,223,223,99,223], ",")),
    ?assertEqual(nomatch, string:prefix([], ",")).

rchr_2_test() ->
    ?assertEqual(0, string:rchr("11 ", 97)),
    ?assertEqual(0, string:rchr("  bb , ", 97)),
    ?assertEqual(7, string:rchr(" cccbba", 97)),
    ?assertEqual(0, string:rchr(" c        c", 97)),
    ?assertEqual(0, string:rchr("c1,1,1b  ,", 97)),
    ?assertEqual(7, string:rchr("1abb,,ac,1", 97)),
    ?assertError(function_clause, string:rchr([2,1,4,4,1,5], [2,2,6,4,4,3,2,6,4,6,6,6,2,5,5,6,2,1])).

replace_3_test() ->
    ?assertEqual([[13],[88],[43,223,10]], string:replace([13,101,43,223,10], "e", "X")),
    ?assertEqual([<<195,159,97,10,32>>,[88],<<>>], string:replace(<<195,159,97,10,32,98>>, "b", "X")),
    ?assertEqual([<<>>], string:replace(<<>>, [233], "X")),
    ?assertEqual([[50,50,233,9]], string:replace([50,50,233,9], "b", "X")),
    ?assertEqual([<<>>], string:replace(<<>>, <<"a">>, "X")),
    ?assertEqual([[32,10,32,128512,50,233,32,233,50]], string:replace([32,10,32,128512,50,233,32,233,50], ",", "X")).

replace_4_test() ->
    ?assertEqual([<<"a1 ba2">>], string:replace(<<"a1 ba2">>, [], "X", trailing)),
    ?assertEqual([[9,43,99,768]], string:replace([9,43,99,768], " ", "X", leading)),
    ?assertEqual([<<",+">>], string:replace(<<",+">>, "a", "X", all)),
    ?assertEqual([<<32,195,137,32,195,169>>], string:replace(<<32,195,137,32,195,169>>, ",", "X", all)),
    ?assertEqual([[32,44,9,65,13,10,768,32,9]], string:replace([32,44,9,65,13,10,768,32,9], [], "X", leading)),
    ?assertEqual([[]], string:replace([], "b", "X", all)).

reverse_1_test() ->
    ?assertEqual([45,233,32,101], string:reverse([101,32,233,45])),
    ?assertEqual("aa 11,b bac", string:reverse("cab b,11 aa")),
    ?assertEqual([201,49,32,49,32,98,98], string:reverse([98,98,32,49,32,49,201])),
    ?assertEqual([[43,768]], string:reverse(<<43,204,128>>)),
    ?assertEqual([223,46,98,13,101,46,233,32,13,44,32], string:reverse([32,44,13,32,233,46,101,13,98,46,223])),
    ?assertEqual([], string:reverse([])),
    ?assertError(function_clause, string:reverse([{a,1},{a,1,x},"abc"])).

right_2_test() ->
    ?assertEqual("c  ,b", string:right(",abc  ,b", 5)),
    ?assertEqual("       ,a1", string:right(",a1", 10)),
    ?assertEqual("  b", string:right("b  b ,,b  b", 3)),
    ?assertEqual([], string:right(",a ,1  b", 0)),
    ?assertEqual([], string:right(" ,bc , ", 0)),
    ?assertEqual("ba c,c bb ", string:right(",ba c,c bb ", 10)),
    ?assertError(function_clause, string:right(",", -1)).

right_3_test() ->
    ?assertEqual("aaaab ,,b ", string:right("b ,,b ", 10, 97)),
    ?assertEqual(",a", string:right(" aaca a,a", 2, 97)),
    ?assertEqual([], string:right("b,", 0, 97)),
    ?assertEqual("aa ", string:right(" ", 3, 97)),
    ?assertEqual("a ", string:right("acaa ", 2, 97)),
    ?assertEqual("aab", string:right(" a1aab", 3, 97)),
    ?assertError(function_clause, string:right("bb,  11,a", -1, 97)).

rstr_2_test() ->
    ?assertEqual(6, string:rstr("bac,cc, a", "c")),
    ?assertEqual(0, string:rstr("1ac c1b ,", ", ")),
    ?assertEqual(1, string:rstr(" b", " ")),
    ?assertEqual(3, string:rstr("b a  ,b,", "a")),
    ?assertEqual(0, string:rstr("c1c a a,1,", [])),
    ?assertEqual(0, string:rstr(" ,c", "a")).

slice_2_test() ->
    ?assertEqual(",1,", string:slice("  ba ,1,", 5)),
    ?assertEqual(<<"-">>, string:slice(<<204,128,32,32,50,98,195,137,32,32,101,97,45>>, 10)),
    ?assertEqual([98,50,44,223,98,65,9], string:slice([98,44,128512,98,50,44,223,98,65,9], 3)),
    ?assertEqual([99,99,98,768,223], string:slice([9,99,99,98,768,223], 1)),
    ?assertEqual(<<>>, string:slice(<<49,204,128,65,32,46,98>>, 10)),
    ?assertEqual(",b,", string:slice("- ,b,", 2)),
    ?assertError(function_clause, string:slice([2.0,3,{a,1,x},{a,1},0], #{b => 2,c => 0})).

slice_3_test() ->
    ?assertEqual([], string:slice([49,128512,32,45,233,50,99], 2, 0)),
    ?assertEqual([46,128512], string:slice([49,768,99,46,128512,50,32,46,65], 2, 2)),
    ?assertEqual([], string:slice([45,768,99,98], 3, 0)),
    ?assertEqual([], string:slice([201,99], 100, infinity)),
    ?assertEqual(" ,a , c  ,", string:slice("  ,a , c  ,", 1, infinity)),
    ?assertEqual([], string:slice([97,128512,98,201,101,44,128512,43,223], 10, 2)),
    ?assertError(function_clause, string:slice(<<99,32,204,128,98,195,137,32,32,240,159,152,128>>, -1, 5)).

span_2_test() ->
    ?assertEqual(5, string:span(",,  ,c c c", ", ")),
    ?assertEqual(1, string:span(" c, 1c,11", ", ")),
    ?assertEqual(0, string:span("ba   ", "c")),
    ?assertEqual(0, string:span("a 1cba a1aa", "c")),
    ?assertEqual(1, string:span("b", "ab")),
    ?assertEqual(0, string:span("bb1c ", "c")).

split_2_test() ->
    ?assertEqual([[]], string:split([], "e")),
    ?assertEqual([[46,128512,44,97,99,32,223,32,46]], string:split([46,128512,44,97,99,32,223,32,46], "e")),
    ?assertEqual([[49,44,9,50,768]], string:split([49,44,9,50,768], [])),
    ?assertEqual([[233],[50,9,50,50,45,49,32,99,50]], string:split([233,32,50,9,50,50,45,49,32,99,50], " ")),
    ?assertEqual(["2b+","\t\n\r"], string:split([50,98,43,233,9,10,13], [233])),
    ?assertEqual([<<"\n">>], string:split(<<"\n">>, "e")).

split_3_test() ->
    ?assertEqual([<<>>], string:split(<<>>, " ", all)),
    ?assertEqual([<<44,204,128,32,10>>], string:split(<<44,204,128,32,10>>, [233], trailing)),
    ?assertEqual([[43,233,45,9,43,50,32,99]], string:split([43,233,45,9,43,50,32,99], <<"a">>, all)),
    ?assertEqual([[223]], string:split([223], "a", all)),
    ?assertEqual([<<50,240,159,152,128,32,32>>], string:split(<<50,240,159,152,128,32,32>>, ",", leading)),
    ?assertEqual([<<195,137,49>>], string:split(<<195,137,49>>, "e", trailing)).

str_2_test() ->
    ?assertEqual(0, string:str("1 cbc1,", "ab")),
    ?assertEqual(0, string:str("cc", [])),
    ?assertEqual(2, string:str("1abb", "a")),
    ?assertEqual(4, string:str("ac1 a ", " ")),
    ?assertEqual(2, string:str("baba 1 abb", "ab")),
    ?assertEqual(5, string:str(" b ac ", "c")),
    ?assertError(function_clause, string:str([a,c,[],[a]], fun(X,Y) -> {X,Y} end)).

strip_1_test() ->
    ?assertEqual("1c a bb1,c", string:strip("1c a bb1,c ")),
    ?assertEqual("c", string:strip(" c ")),
    ?assertEqual("a1a 1a1,", string:strip(" a1a 1a1,  ")),
    ?assertEqual("aa", string:strip("aa")),
    ?assertEqual("b1 bb1", string:strip(" b1 bb1 ")),
    ?assertEqual("c 11", string:strip("c 11")).

strip_2_test() ->
    ?assertEqual(",bb", string:strip(" ,bb", left)),
    ?assertEqual(" bc 11b", string:strip(" bc 11b", right)),
    ?assertEqual("ba  1", string:strip("ba  1", right)),
    ?assertEqual("ca11", string:strip("ca11", both)),
    ?assertEqual("   c  cc b,", string:strip("   c  cc b,", right)),
    ?assertEqual("1,,b c 1", string:strip(" 1,,b c 1", both)).

strip_3_test() ->
    ?assertEqual("c,", string:strip("c,", left, 97)),
    ?assertEqual("1b", string:strip("1ba", both, 97)),
    ?assertEqual("a,", string:strip("a,", right, 97)),
    ?assertEqual(" b,   c1, 1", string:strip(" b,   c1, 1", right, 97)),
    ?assertEqual("c  1a   ,", string:strip("c  1a   ,a", right, 97)),
    ?assertEqual(",1c111 ", string:strip(",1c111 ", both, 97)),
    ?assertError(function_clause, string:strip([], "abc", fun(_,_,Z)->Z end)).

sub_string_2_test() ->
    ?assertEqual(",", string:sub_string("c , ,", 5)),
    ?assertEqual("b1b,c 11", string:sub_string("c b1b,c 11", 3)),
    ?assertEqual("  ", string:sub_string("a cc  ", 5)),
    ?assertEqual("c, ", string:sub_string("c, ", 1)),
    ?assertEqual(" ", string:sub_string("c ", 2)),
    ?assertEqual("  ", string:sub_string("b  ", 2)),
    ?assertError(function_clause, string:sub_string([], 3)).

sub_string_3_test() ->
    ?assertEqual(" ", string:sub_string(", ,,  c,b", 2, 2)),
    ?assertEqual(",  ", string:sub_string("a1,  1 b ", 3, 5)),
    ?assertEqual("c,", string:sub_string(" ,c,", 3, 10)),
    ?assertEqual(",", string:sub_string("cc, ", 3, 3)),
    ?assertEqual("cbcc ab", string:sub_string("cbcc ab", 1, 10)),
    ?assertEqual(" ", string:sub_string(" ", 1, 10)),
    ?assertError(function_clause, string:sub_string([], -1, 10)).

sub_word_2_test() ->
    ?assertEqual([], string:sub_word("acccc,a1 ", 5)),
    ?assertEqual([], string:sub_word("ca", 100)),
    ?assertEqual([], string:sub_word("1b ,1  ,1", 5)),
    ?assertEqual([], string:sub_word("ba11c  , ,a", 100)),
    ?assertEqual([], string:sub_word(",,   1", 5)),
    ?assertEqual([], string:sub_word("b1bca1,,,", 3)),
    ?assertError(function_clause, string:sub_word([{a,1,x},{a,1,x}], [])).

sub_word_3_test() ->
    ?assertEqual([], string:sub_word(",ca,1a11cc1", 5, 97)),
    ?assertEqual([], string:sub_word(",a ", 3, 97)),
    ?assertEqual(" 111", string:sub_word(" 111", 1, 97)),
    ?assertEqual([], string:sub_word("c  1 ,", 5, 97)),
    ?assertEqual([], string:sub_word(",bcc a a cc", 5, 97)),
    ?assertEqual([], string:sub_word("c   ,bb1", 5, 97)).

substr_2_test() ->
    ?assertEqual("1,1", string:substr("111,1", 3)),
    ?assertEqual([], string:substr(",c b", 5)),
    ?assertEqual([], string:substr(" ", 2)),
    ?assertEqual([], string:substr("c,abc 1bb", 10)),
    ?assertEqual("1b11c,", string:substr(", 1b11c,", 3)),
    ?assertEqual("c1,b,1 11", string:substr(" c1,b,1 11", 2)),
    ?assertError(function_clause, string:substr("1baaba", -1)).

substr_3_test() ->
    ?assertEqual(" ", string:substr(", ", 2, 2)),
    ?assertEqual([], string:substr("c,b1 ,aa,", 10, 100)),
    ?assertEqual([], string:substr("ca1a, 1, ", 1, 0)),
    ?assertEqual([], string:substr(",", 2, 3)),
    ?assertEqual(",", string:substr("1,b ,", 2, 1)),
    ?assertEqual("1,", string:substr("ab1, aacaa", 3, 2)),
    ?assertError(function_clause, string:substr(" aaa bcb ", 2, -1)).

take_2_test() ->
    ?assertEqual({"bb","cc"}, string:take("bbcc", "ab, ")),
    ?assertEqual({[],[233,128512,97]}, string:take([233,128512,97], [[101,768]])),
    ?assertEqual({<<>>,<<>>}, string:take(<<>>, "\n")),
    ?assertEqual({[],[201,43,101,50,43]}, string:take([201,43,101,50,43], "a")),
    ?assertEqual({[],[44,44,128512]}, string:take([44,44,128512], "a")),
    ?assertEqual({[],[223,49]}, string:take([223,49], [[101,768]])),
    ?assertError(function_clause, string:take(fun(X,_) -> is_atom(X) end, [4,4,4,3,4,6,5,3,4,6,6,4,4,5,1,1,3,1,6,2,2,5,4,4])).

take_3_test() ->
    ?assertEqual({".\r",[]}, string:take(".\r", "\n", true)),
    ?assertEqual({"a",[]}, string:take("a", "a", false)),
    ?assertEqual({<<>>,<<195,137,13,50,9>>}, string:take(<<195,137,13,50,9>>, "a", false)),
    ?assertEqual({" c,1,c","a  ,b"}, string:take(" c,1,ca  ,b", "a", true)),
    ?assertEqual({<<>>,<<195,137,49,195,169>>}, string:take(<<195,137,49,195,169>>, " ", false)),
    ?assertEqual({[223,128512],[]}, string:take([223,128512], [], true)),
    ?assertError(function_clause, string:take([2,{b,2},{a,1,x},"abc",[a]], 0, fun(X,Y) -> {X,Y} end)).

take_4_test() ->
    ?assertEqual({[],[50,32,101,201,45,43]}, string:take([50,32,101,201,45,43], "\n", false, leading)),
    ?assertEqual({[768,65],[]}, string:take([768,65], [[101,768]], true, leading)),
    ?assertEqual({" a","c ,A "}, string:take(" ac ,A ", "a", true, trailing)),
    ?assertEqual({[],"\r\t,2a--"}, string:take("\r\t,2a--", [], false, leading)),
    ?assertEqual({" a1,aacb",[]}, string:take(" a1,aacb", "a", false, trailing)),
    ?assertEqual({[],[]}, string:take([], [[101,768]], false, leading)),
    ?assertError(function_clause, string:take([49,44,99,201,50,32,44,201,128512,99], "ab, ", true, both)).

titlecase_1_test() ->
    ?assertEqual("A\tc", string:titlecase("A\tc")),
    ?assertEqual(<<66,65,99,46,13,43,240,159,152,128>>, string:titlecase(<<98,65,99,46,13,43,240,159,152,128>>)),
    ?assertEqual([], string:titlecase([])),
    ?assertEqual(", ac,bc b1", string:titlecase(", ac,bc b1")),
    ?assertEqual("  a c", string:titlecase("  a c")),
    ?assertEqual("\r,", string:titlecase("\r,")),
    ?assertError(function_clause, string:titlecase([{c,0},{a,1},{b,b},{1,x},{b,2},{1.0,y}])).

to_float_1_test() ->
    ?assertEqual({-0.01,<<>>}, string:to_float(<<"-1.0e-2">>)),
    ?assertEqual({error,no_float}, string:to_float("-1")),
    ?assertEqual({1.5,[]}, string:to_float("1.5")),
    ?assertEqual({12.5,[]}, string:to_float(["1","2.5"])),
    ?assertEqual({error,no_float}, string:to_float(",")),
    ?assertEqual({error,no_float}, string:to_float("+4x")).

to_graphemes_1_test() ->
    ?assertEqual([], string:to_graphemes(<<>>)),
    ?assertEqual([13,223,43,65,97,9], string:to_graphemes(<<13,195,159,43,65,97,9>>)),
    ?assertEqual(",, 1 ac,", string:to_graphemes(",, 1 ac,")),
    ?assertEqual("1", string:to_graphemes("1")),
    ?assertEqual([], string:to_graphemes([])),
    ?assertEqual("c+", string:to_graphemes("c+")).

to_integer_1_test() ->
    ?assertEqual({error,no_integer}, string:to_integer("bb")),
    ?assertEqual({-1,<<".0e-2">>}, string:to_integer(<<"-1.0e-2">>)),
    ?assertEqual({12,<<"a">>}, string:to_integer(<<"12a">>)),
    ?assertEqual({1,".5"}, string:to_integer("1.5")),
    ?assertEqual({error,no_integer}, string:to_integer(".5")),
    ?assertEqual({12,".5"}, string:to_integer(["1","2.5"])).

to_lower_1_test() ->
    ?assertEqual("a1   cc 1 ", string:to_lower("a1   cc 1 ")),
    ?assertEqual("cbc b1 cb,", string:to_lower("cbc b1 cb,")),
    ?assertEqual("a aaab bbb", string:to_lower("a aaab bbb")),
    ?assertEqual("   c", string:to_lower("   c")),
    ?assertEqual("11,ba1 ,b", string:to_lower("11,ba1 ,b")),
    ?assertEqual("b 1 ,a , a", string:to_lower("b 1 ,a , a")),
    ?assertError(function_clause, string:to_lower(fun(X,Y,Z) -> {X,Y,Z} end)).

to_upper_1_test() ->
    ?assertEqual(1, string:to_upper(1)),
    ?assertEqual("1,", string:to_upper("1,")),
    ?assertEqual([], string:to_upper([])),
    ?assertEqual("B11CBA ", string:to_upper("b11cba ")),
    ?assertEqual("A,11BB", string:to_upper("a,11bb")),
    ?assertEqual(" BBCBB", string:to_upper(" bbcbb")),
    ?assertError(function_clause, string:to_upper(fun(_,Y,_) -> Y end)).

tokens_2_test() ->
    ?assertEqual([" ,",","], string:tokens(" ,a,", "a")),
    ?assertEqual(["bb ,aa,"], string:tokens("bb ,aa,", [])),
    ?assertEqual(["cc"], string:tokens("cc", "ab")),
    ?assertEqual([], string:tokens([], " ")),
    ?assertEqual(["a","11","b"], string:tokens("a  11  b", ", ")),
    ?assertEqual(["   b,   1"], string:tokens("   b,   1", "a")),
    ?assertError(function_clause, string:tokens(fun(X)->is_list(X) end, [3,c,{a,1,x},[a]])).

trim_1_test() ->
    ?assertEqual("2+", string:trim("2+\t")),
    ?assertEqual(<<43,13,195,169,45,195,169>>, string:trim(<<43,13,195,169,45,195,169>>)),
    ?assertEqual("Ae,", string:trim("Ae,")),
    ?assertEqual([98,65,128512,101], string:trim([32,98,65,128512,101])),
    ?assertEqual([], string:trim([])),
    ?assertEqual([98,98,99,128512], string:trim([98,98,99,128512])).

trim_2_test() ->
    ?assertEqual(<<>>, string:trim(<<>>, trailing)),
    ?assertEqual([43,9,98,101,768,223], string:trim([43,9,98,101,768,223], leading)),
    ?assertEqual([128512], string:trim([13,128512,32], both)),
    ?assertEqual(<<98,195,169>>, string:trim(<<98,195,169>>, both)),
    ?assertEqual([46,201], string:trim([46,201], both)),
    ?assertEqual([49,99,128512,50,32,13], string:trim([49,99,128512,50,32,13], leading)),
    ?assertError(function_clause, string:trim([a|b], a)).

trim_3_test() ->
    ?assertEqual(<<".">>, string:trim(<<".">>, leading, "ab, ")),
    ?assertEqual(<<50,99,195,137,240,159,152,128>>, string:trim(<<50,99,195,137,240,159,152,128>>, leading, [[101,768]])),
    ?assertEqual(<<195,137,10>>, string:trim(<<195,137,10>>, trailing, "a")),
    ?assertEqual(".", string:trim(".", leading, " ")),
    ?assertEqual(<<"a-">>, string:trim(<<"a-">>, both, "\n")),
    ?assertEqual(<<32,43,50,43,101,204,128,98,45,10>>, string:trim(<<32,43,50,43,101,204,128,98,45,10>>, leading, "a")).

uppercase_1_test() ->
    ?assertEqual([45,13,45,32,201], string:uppercase([45,13,45,32,201])),
    ?assertEqual("E", string:uppercase("e")),
    ?assertEqual(<<>>, string:uppercase(<<>>)),
    ?assertEqual(<<"EA.\t2\tC">>, string:uppercase(<<"ea.\t2\tc">>)),
    ?assertEqual("   B", string:uppercase("   b")),
    ?assertEqual("CSSE+.A,-", string:uppercase([99,223,101,43,46,97,44,45])).

words_1_test() ->
    ?assertEqual(4, string:words(", c   c b")),
    ?assertEqual(1, string:words("caa,1b")),
    ?assertEqual(1, string:words([])),
    ?assertEqual(1, string:words("a1b")),
    ?assertEqual(1, string:words("1 ")),
    ?assertEqual(3, string:words("aa  ,  1  ")).

words_2_test() ->
    ?assertEqual(1, string:words("1,b", 97)),
    ?assertEqual(1, string:words("aa,c", 97)),
    ?assertEqual(1, string:words("bccb", 97)),
    ?assertEqual(1, string:words("c, b1a", 97)),
    ?assertEqual(3, string:words("11a bacc", 97)),
    ?assertEqual(1, string:words([], 97)),
    ?assertError(function_clause, string:words([a], #{a => 1})).
