-module(erl_scan_tests).
-include_lib("eunit/include/eunit.hrl").

tokens_of_text_test() ->
    ?assertEqual({ok, [{atom, 1, foo}, {'(', 1}, {var, 1, 'X'}, {')', 1}, {'->', 1}, {integer, 1, 255}, {dot, 1}], 1},
                 erl_scan:string("foo(X) -> 16#FF.")),
    ?assertEqual({ok, [{atom, {1, 1}, a}, {string, {2, 2}, "x\n"}, {char, {2, 8}, 10}, {float, {2, 12}, 1.5}], {2, 15}},
                 erl_scan:string("a\n \"x\\n\" $\\n 1.5", {1, 1})).

white_space_and_text_test() ->
    ?assertEqual({ok, [{atom, {1, 1}, a}, {white_space, {1, 2}, "  "}, {white_space, {1, 4}, "\n "}, {atom, {2, 2}, b},
                       {white_space, {2, 3}, " "}, {comment, {2, 4}, "%c"}, {white_space, {2, 6}, "\n"}], {3, 1}},
                 erl_scan:string("a  \n b %c\n", {1, 1}, [return])),
    ?assertEqual({ok, [{atom, [{text, "foo"}, {location, 1}], foo}, {dot, [{text, ". "}, {location, 1}]}], 1},
                 erl_scan:string("foo. ", 1, [text])),
    ?assertEqual({ok, [{atom, [{text, "a"}, {location, {1, 1}}], a}, {dot, [{text, "."}, {location, {1, 2}}]},
                       {comment, [{text, "%x"}, {location, {1, 3}}], "%x"}], {1, 5}},
                 erl_scan:string("a.%x", {1, 1}, [text, return_comments])).

wrong_text_test() ->
    ?assertEqual({error, {{1, 1}, erl_scan, {string, $", "abc"}}, {1, 5}}, erl_scan:string("\"abc", {1, 1})),
    ?assertEqual({error, {1, erl_scan, {string, $', "abc"}}, 1}, erl_scan:string("'abc")),
    ?assertEqual({error, {{1, 3}, erl_scan, char}, {1, 4}}, erl_scan:string("a $", {1, 1})),
    ?assertEqual({error, {1, erl_scan, {base, 37}}, 1}, erl_scan:string("37#1 ")),
    ?assertMatch({error, {{1, 1}, erl_scan, {illegal, float}}, _}, erl_scan:string("1.0e999 ", {1, 1})),
    ?assertEqual("unterminated string starting with \"abc\"", lists:flatten(erl_scan:format_error({string, $", "abc"}))),
    ?assertEqual("unterminated atom starting with 'abc'", lists:flatten(erl_scan:format_error({string, $', "abc"}))),
    ?assertEqual("unterminated character", lists:flatten(erl_scan:format_error(char))),
    ?assertEqual("illegal base '37'", lists:flatten(erl_scan:format_error({base, 37}))),
    ?assertEqual("illegal float", lists:flatten(erl_scan:format_error({illegal, float}))).

characters_that_start_nothing_test() ->
    ?assertEqual({ok, [{'\\', 1}, {'`', 1}], 1}, erl_scan:string("\\ `")).

forms_as_they_come_test() ->
    ?assertEqual({done, {ok, [{atom, 1, foo}, {dot, 1}], 1}, "bar"}, erl_scan:tokens([], "foo. bar", 1)),
    {more, C1} = erl_scan:tokens([], "foo", {1, 1}),
    {more, C2} = erl_scan:tokens(C1, "bar.", {1, 1}),
    ?assertEqual({done, {ok, [{atom, {1, 1}, foobar}, {dot, {1, 7}}], {2, 1}}, "x"}, erl_scan:tokens(C2, "\nx", {1, 1})),
    {more, C3} = erl_scan:tokens([], "foo.", {1, 1}),
    ?assertEqual({done, {ok, [{atom, {1, 1}, foo}, {dot, {1, 4}}], {1, 5}}, eof}, erl_scan:tokens(C3, eof, {1, 1})),
    ?assertEqual({done, {eof, 1}, eof}, erl_scan:tokens([], eof, 1)),
    {more, C4} = erl_scan:tokens([], "  ", {1, 1}),
    ?assertEqual({done, {eof, {1, 3}}, eof}, erl_scan:tokens(C4, eof, {1, 1})),
    {more, C5} = erl_scan:tokens([], "\"ab", 1),
    ?assertMatch({done, {error, {1, erl_scan, {string, $", "ab"}}, 1}, eof}, erl_scan:tokens(C5, eof, 1)).

parts_test() ->
    {ok, [A, D], _} = erl_scan:string("foo.", {3, 7}, [text]),
    ?assertEqual({atom, foo, 3, 7, "foo", {3, 7}},
                 {erl_scan:category(A), erl_scan:symbol(A), erl_scan:line(A), erl_scan:column(A), erl_scan:text(A), erl_scan:location(A)}),
    ?assertEqual({dot, dot}, {erl_scan:category(D), erl_scan:symbol(D)}),
    ?assertEqual([true, true, false], [erl_scan:reserved_word(W) || W <- ['case', 'andalso', foo]]).

own_reserved_words_test() ->
    Fun = fun(W) -> W =:= 'case' end,
    ?assertEqual({ok, [{'case', 1}, {atom, 1, 'of'}], 1}, erl_scan:string("case of", 1, [{reserved_word_fun, Fun}])).
