%% Answers recorded from erl.
-module(io_lib_tests).
-include_lib("eunit/include/eunit.hrl").

format_test() ->
    ?assertError(badarg, lists:flatten(io_lib:format("~w ~p ~s ~c ~b ~B ~x ~+ ~i~n", [1,a,"s",$c,5,6,7]))),
    ?assertEqual("       abc|abc       |   abc|     *****|", lists:flatten(io_lib:format("~10w|~-10w|~*w|~10.5w|", [abc,abc,6,abc,abcdefghijkl]))),
    ?assertEqual("1.00000e+0 2.500000 1.00000e+10 3.142       2.50 1.2e+4 1.00e-3", lists:flatten(io_lib:format("~e ~f ~g ~.3f ~10.2f ~.2e ~.3g", [1.0,2.5,1.0e10,3.14159,2.5,12345.678,0.001]))),
    ?assertEqual("ff 101 00000000000000ff 16#FF 10#10", lists:flatten(io_lib:format("~.16b ~.2B ~16.16.0b ~.16# ~.10+", [255,5,255,255,10]))),
    ?assertEqual([1024,97,32,91,49,48,50,52,44,57,55,93,32,39,1024,39,32,233], lists:flatten(io_lib:format("~ts ~tp ~tw ~s", [[1024,$a],[1024,$a],'\x{400}',[233]]))),
    ?assertEqual("[a,b|...] {a,{...}}", lists:flatten(io_lib:format("~W ~P", [[a,b,c,d],3,{a,{b,{c,d}}},3]))),
    ?assertEqual("       abc|abc       |abc|       abc|    ab|", lists:flatten(io_lib:format("~10s|~-10s|~.3s|~10.3s|~*.*s|", ["abc","abc","abcdef","abcdef",6,2,"abcdef"]))),
    ?assertEqual("xxxxxxxxxx|yyy|zz   |", lists:flatten(io_lib:format("~10c|~3c|~-5.2c|", [$x,$y,$z]))),
    ?assertEqual("~ \n", lists:flatten(io_lib:format("~~ ~n", []))),
    ?assertEqual("#{a => [1,2,3]} ", lists:flatten(io_lib:format("~0p ~0w", [#{a => [1,2,3]}, x]))),
    ?assertEqual("[97,98,99] [97,98,99]", lists:flatten(io_lib:format("~lp ~lw", ["abc", "abc"]))),
    ?assertEqual("bin", lists:flatten(io_lib:format("~s", [<<"bin">>]))),
    ?assertEqual("abc", lists:flatten(io_lib:format("~s", [abc]))),
    ?assertEqual("[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,\n 29,30,31,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49,50,51,52,53,\n 54,55,56,57,58,59,60]", lists:flatten(io_lib:format("~p", [lists:seq(1, 60)]))),
    ?assertEqual("#{key => \"a string\",\n  list => [{a,1},{b,2}],\n  nested => #{x => y},\n  other => <<\"a binary\">>}", lists:flatten(io_lib:format("~p", [#{key => "a string", other => <<"a binary">>, list => [{a, 1}, {b, 2}], nested => #{x => y}}]))),
    ?assertEqual("<<1,2,3>> <<\"abc\">>", lists:flatten(io_lib:format("~p ~p", [<<1,2,3>>, <<"abc">>]))),
    ?assertEqual("{aaaaaaaaaaaaaaaa,bbbbbbbbbbbbbbbbbbbbbb,\n                  ccccccccccccccc,\n                  [ddddddddddd,\n                   eeeeeeeeeee]}", lists:flatten(io_lib:format("~40p", [{aaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbbbb, ccccccccccccccc, [ddddddddddd, eeeeeeeeeee]}]))),
    ?assertEqual("fun lists:map/2", lists:flatten(io_lib:format("~p", [fun lists:map/2]))),
    ?assertEqual("{1.0,-0.5,1.0e100,1.0e-10}", lists:flatten(io_lib:format("~p", [{1.0, -0.5, 1.0e100, 1.0e-10}]))).

format_errors_test() ->
    ?assertError(badarg, io_lib:format("~w", [])),
    ?assertError(badarg, io_lib:format("~w", [1, 2])),
    ?assertError(badarg, io_lib:format("~q", [1])),
    ?assertError(badarg, io_lib:format("~s", [{a}])),
    ?assertError(badarg, io_lib:format("~b", [a])),
    ?assertError(badarg, io_lib:format("~f", [a])),
    ?assertEqual("foo", io_lib:format(foo, [])),
    ?assertError(badarg, io_lib:format("~s", [[1024]])).

limit_test() ->
    ?assertEqual("[1,2,3,4,5,6,7,8,9,10,11,12|...]", lists:flatten(io_lib:format("~p", [lists:seq(1, 100)], [{chars_limit, 31}]))),
    ?assertEqual("[1,2,3,4,5,6,7,8,9|...] and aaaaaaaaaaaaaaaaaaa...", lists:flatten(io_lib:format("~w and ~s", [lists:seq(1, 100), lists:duplicate(100, $a)], [{chars_limit, 50}]))).

scan_test() ->
    ?assertEqual([#{adjust => right,args => ["a"],control_char => 115,encoding => latin1,pad_char => 32,precision => 3,strings => true,width => 10},32,#{adjust => right,args => [b],control_char => 112,encoding => latin1,pad_char => 32,precision => none,strings => true,width => none}], io_lib:scan_format("~10.3s ~p", ["a", b])),
    ?assertEqual([#{adjust => left,args => ["a"],control_char => 119,encoding => latin1,pad_char => 32,precision => none,strings => true,width => 5},124,#{adjust => right,args => [b],control_char => 112,encoding => unicode,pad_char => 32,precision => none,strings => true,width => none},#{adjust => right,args => [],control_char => 110,encoding => latin1,pad_char => 32,precision => none,strings => true,width => none}], io_lib:scan_format("~-5w|~tp~n", ["a", b])),
    ?assertEqual({"~10.3s ~p",["a",b]}, io_lib:unscan_format(io_lib:scan_format("~10.3s ~p", ["a", b]))),
    ?assertEqual("a-b", lists:flatten(io_lib:build_text(io_lib:scan_format("~w-~w", [a, b])))).

write_test() ->
    ?assertEqual("{a,[98],[1|2],#{x => 1}}", lists:flatten(io_lib:write({a, "b", [1 | 2], #{x => 1}}))),
    ?assertEqual("{a,b,...}", lists:flatten(io_lib:write({a, b, c, d, e}, 3))),
    ?assertEqual("[1024]", lists:flatten(io_lib:write([1024], [{encoding, unicode}]))),
    ?assertEqual("{a,[...]}", lists:flatten(io_lib:write({a, [b, [c, [d]]]}, [{depth, 3}]))),
    ?assertEqual("{a,\"bcd\",[1,2,3]}", lists:flatten(io_lib:print({a, "bcd", [1,2,3]}))),
    ?assertEqual("[a,\n     b,\n     c]", lists:flatten(io_lib:print([a, b, c], 5, 10, -1))),
    ?assertEqual("'hello world'", io_lib:write_atom('hello world')),
    ?assertEqual([39,1024,39], io_lib:write_atom('\x{400}')),
    ?assertEqual("'\\x{400}'", io_lib:write_atom_as_latin1('\x{400}')),
    ?assertEqual("\"a\\\"b\\n\\e\"", io_lib:write_string("a\"b\n\e")),
    ?assertEqual([34,1024,34], io_lib:write_string([1024])),
    ?assertEqual("\"\\x{400}a\"", io_lib:write_string_as_latin1([1024, $a])),
    ?assertEqual("\"aé\"", io_lib:write_latin1_string("a\x{e9}")),
    ?assertEqual("$a", io_lib:write_char($a)),
    ?assertEqual("$\\n", io_lib:write_char($\n)),
    ?assertEqual("$\\x{400}", io_lib:write_char_as_latin1(1024)),
    ?assertEqual("$\"", io_lib:write_latin1_char($")).

chars_test() ->
    ?assertEqual([true,true,false,true,false,true,false,false], [io_lib:char_list("abc"), io_lib:char_list([1024]), io_lib:char_list([a]), io_lib:latin1_char_list([233]), io_lib:latin1_char_list([1024]), io_lib:deep_char_list(["a", ["b"]]), io_lib:deep_char_list(["a" | b]), io_lib:deep_latin1_char_list([[1024]])]),
    ?assertEqual([true,false,false,true,true,false,false], [io_lib:printable_list("abc\n"), io_lib:printable_list([1]), io_lib:printable_list([1024]), io_lib:printable_unicode_list([1024, 27]), io_lib:printable_latin1_list([233]), io_lib:printable_latin1_list([1024]), io_lib:printable_unicode_list([16#D800])]),
    ?assertEqual([true,true,true], [io_lib:quote_atom('Abc', []), io_lib:quote_atom(abc, []), io_lib:quote_atom('a b', [])]).

fread_test() ->
    ?assertEqual({ok,"*"," rest"}, io_lib:fread("~d", "42 rest")),
    ?assertEqual({ok,[42,"abc","x",foo]," rest"}, io_lib:fread("~d ~s ~c ~a", "42 abc x foo rest")),
    ?assertEqual({ok,[12,3.5,255,31],[]}, io_lib:fread("~u ~f ~16u ~#", "12 3.5 ff 16#1f")),
    ?assertEqual({ok,"\f\"",[]}, io_lib:fread("~2d~2d", "1234")),
    ?assertEqual({ok,[2],[]}, io_lib:fread("~*d ~d", "1 2")),
    ?assertEqual({error,{fread,integer}}, io_lib:fread("~d", "x")),
    ?assertEqual({more,"~d",0,[]}, io_lib:fread("~d", "")),
    ?assertEqual({error,{fread,integer}}, io_lib:fread("~d", "-")),
    ?assertEqual({ok,[0,42],[]}, io_lib:fread("~l~d", "42")),
    ?assertEqual({ok,"*",[]}, io_lib:fread("a~db", "a42b")),
    ?assertEqual({error,{fread,input}}, io_lib:fread("a~db", "a42c")),
    ?assertEqual({ok,["abc"],"def"}, io_lib:fread("~3c", "abcdef")),
    ?assertEqual({ok,["abc"]," def"}, io_lib:fread("~s", "   abc def")),
    ?assertEqual({done,{ok,"*"},[]}, io_lib:fread([], "42\n", "~d")),
    ?assertEqual({done,{ok,[42,1]},[]}, begin {more, C} = io_lib:fread([], "4", "~d ~d"), io_lib:fread(C, "2 1\n", "~d ~d") end),
    ?assertEqual({error,{fread,format}}, io_lib:fread("~q", "x")),
    ?assertEqual([{done,{ok,"*"},"abc\n"},{done,{ok,"*"}," x\nabc\n"},{done,{ok,[4,2]},"7"},{done,{ok,"*"}," \n"},{done,{ok,[4,2]},"7"}], [io_lib:fread([], S, F) || {F, S} <- [{"~d", "42\nabc\n"}, {"~d", "42 x\nabc\n"}, {"~d ~d", "4 2\n7"}, {"~d", "42 \n"}, {"~d ~d", "4\n2\n7"}]]),
    ?assertEqual([{error,{fread,unsigned}},{ok,[255,3],[]},{error,{fread,unsigned}}], [io_lib:fread(F, S) || {F, S} <- [{"~2u", "1012"}, {"~16u ~d", "fF 3"}, {"~16u", "xy"}]]).

misc_test() ->
    ?assertEqual("\n", io_lib:nl()),
    ?assertEqual("5> ", lists:flatten(io_lib:format_prompt({format, "~w> ", [5]}))),
    ?assertEqual("prompt", lists:flatten(io_lib:format_prompt(prompt))),
    ?assertEqual(2, io_lib:indentation("abc\nde", 3)),
    ?assertEqual({stop,"ab","c"}, io_lib:collect_chars(start, "abc", 2)).
