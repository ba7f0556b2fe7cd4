%% Answers recorded from erl.
-module(re_tests).
-include_lib("eunit/include/eunit.hrl").

run_test() ->
    ?assertEqual({match,[{2,2}]}, re:run("hello", "l+")),
    ?assertEqual(nomatch, re:run("hello", "x")),
    ?assertEqual({match,["he","h",[],"e"]}, re:run(<<"hello">>, "(h)(x)?(e)", [{capture,all,list}])),
    ?assertEqual({match,[<<"he">>,<<"h">>,<<"e">>]}, re:run("hello", "(h)(e)(x)?", [{capture,all,binary}])),
    ?assertEqual({match,[[{0,0},{0,0}],[{1,0},{1,0}],[{1,2},{1,2}],[{3,0},{3,0}]]}, re:run("cat", "(|at)", [global])),
    ?assertEqual({match,["abcd","abcd","abcd",[]]}, re:run("ABCabcdABC", ".*(?<FOO>abcd).*", [{capture,['FOO',"FOO",<<"FOO">>,7],list}])),
    ?assertEqual({match,["b","a",[]]}, re:run("ab", "(?<b>a)(?<a>b)|(?<c>x)", [{capture,all_names,list}])),
    ?assertEqual({match,[["a","b"],["a","b"]]}, re:run("abab", "(a)(b)", [global,{capture,all_but_first,list}])),
    ?assertEqual(match, re:run("abc", "b", [{capture,none}])),
    ?assertEqual(match, re:run("abc", "b", [{capture,[]}])),
    ?assertEqual({match,[<<"b">>]}, re:run("abc", "b", [{capture,first,binary}])),
    ?assertEqual(match, re:run("abc", "b", [{capture,all_names}])),
    ?assertEqual({match,["bc"]}, re:run(["a",<<"bc">>,[$d]], "bc", [{capture,all,list}])).

run_options_test() ->
    ?assertEqual({match,[{1,3}]}, re:run("xABC", "abc", [caseless])),
    ?assertEqual(match, re:run("a\nb", "a.b", [dotall,{capture,none}])),
    ?assertEqual({match,[{2,1}]}, re:run("a\nb", "^b$", [multiline])),
    ?assertEqual(nomatch, re:run("ab", "b", [anchored])),
    ?assertEqual({match,[{1,1}]}, re:run("ab", "b", [anchored,{offset,1}])),
    ?assertEqual(nomatch, re:run("ab", "^b", [{offset,1}])),
    ?assertEqual(nomatch, re:run("ab\n", "b$", [dollar_endonly])),
    ?assertEqual({match,[{0,2}]}, re:run("ab", "a b # two", [extended])),
    ?assertEqual(nomatch, re:run("a\nb", "b", [firstline])),
    ?assertEqual({match,[{0,1}]}, re:run("aa", "a+", [ungreedy])),
    ?assertEqual(nomatch, re:run("aa", "a*", [notempty,{offset,2}])),
    ?assertEqual({match,[{1,0}]}, re:run("aa", "x*", [notempty_atstart])),
    ?assertEqual(nomatch, re:run("aa", "^a", [notbol])),
    ?assertEqual(nomatch, re:run("aa", "a$", [noteol])),
    ?assertEqual({match,[{0,2},{1,1}]}, re:run("ab", "(a)(?<n>b)", [no_auto_capture])),
    ?assertEqual({match,["b"]}, re:run("b", "(?<n>a)|(?<n>b)", [dupnames,{capture,[n],list}])),
    ?assertEqual({match,[{2,1}]}, re:run("b\ra", "^a", [multiline,{newline,cr}])),
    ?assertEqual(nomatch, re:run("b\ra", "^a", [multiline,{newline,lf}])),
    ?assertEqual({match,[[{0,0}],[{2,0}],[{4,0}]]}, re:run("\r\n\r\n", "", [{newline,crlf},global])),
    ?assertEqual({match,[{3,1}]}, re:run("a\r\nb", "^b", [multiline,{newline,any}])),
    ?assertEqual(nomatch, re:run([16#85], "\\R", [bsr_anycrlf])),
    ?assertEqual({match,[{0,1}]}, re:run([16#85], "\\R", [bsr_unicode])).

unicode_test() ->
    ?assertEqual({match,[{2,1}]}, re:run([1024,$a,1025], "a", [unicode])),
    ?assertEqual({match,[[[1024]],["a"],[[1025]]]}, re:run([1024,$a,1025], ".", [unicode,global,{capture,all,list}])),
    ?assertEqual({match,["é"]}, re:run([16#e9,$a], "\\w", [unicode,{capture,all,list}])),
    ?assertEqual({match,["é"]}, re:run([16#e9,$a], "\\w", [{capture,all,list}])),
    ?assertEqual(nomatch, re:run([1076], "\\w", [unicode])),
    ?assertEqual({match,[{0,2}]}, re:run([1076], "\\w", [unicode,ucp])),
    ?assertEqual({match,[{0,1}]}, re:run([16#c9], [16#e9], [caseless])),
    ?assertEqual({match,[{0,2}]}, re:run([1044], [1076], [unicode,caseless])),
    ?assertError(badarg, re:run(<<255>>, "a", [unicode])),
    ?assertError(badarg, re:run([400], "a")),
    ?assertEqual([[1024],[1025]], re:split([1024,$a,1025], "a", [unicode,{return,list}])),
    ?assertEqual([1024,1026,1025], re:replace([1024,$a,1025], "a", [1026], [unicode,{return,list}])),
    ?assertEqual({error,{"invalid UTF-8 string",0}}, re:compile(<<255>>, [unicode])).

errors_test() ->
    ?assertEqual({error,{"missing )",1}}, re:compile("(")),
    ?assertEqual({error,{"missing terminating ] for character class",2}}, re:compile("[a")),
    ?assertEqual({error,{"nothing to repeat",0}}, re:compile("*")),
    ?assertEqual({error,{"unmatched parentheses",1}}, re:compile("a)")),
    ?assertEqual({error,{"numbers out of order in {} quantifier",5}}, re:compile("a{2,1}")),
    ?assertError(badarg, re:run("a", "(")),
    ?assertEqual({error,{compile,{"missing )",1}}}, re:run("a", "(", [report_errors])),
    ?assertError(badarg, re:run("a", "a", [foo])),
    ?assertError(badarg, re:run("a", "a", foo)),
    ?assertError(badarg, re:run(foo, "a")),
    ?assertError(badarg, re:run("a", foo)),
    ?assertError(badarg, re:run("a", "a", [{offset,-1}])),
    ?assertError(badarg, re:run("a", "a", [{capture,[-1]}])),
    ?assertError(badarg, re:compile(foo)),
    ?assertError(badarg, re:compile("a", [global])),
    ?assertError(badarg, re:compile([400])),
    ?assertError(badarg, begin {ok, P} = re:compile("a"), re:run("a", P, [caseless]) end),
    ?assertError(badarg, begin {ok, P} = re:compile("a"), re:inspect(P, foo) end),
    ?assertError(badarg, re:replace("a", foo, "")),
    ?assertError(badarg, re:replace("a", "a", "", [{return,foo}])),
    ?assertError(badarg, re:replace("a", "a", "", [{capture,none}])),
    ?assertError(badarg, re:split("a", "a", [foo])),
    ?assertError(badarg, re:split("aba", "b", [global])).

limits_test() ->
    ?assertEqual({error,match_limit}, re:run(lists:duplicate(60, $a), "(a+)*c", [report_errors,{match_limit,10},no_start_optimize])),
    ?assertEqual(nomatch, re:run(lists:duplicate(60, $a), "(a+)*c", [{match_limit,10},no_start_optimize])),
    ?assertEqual({error,match_limit}, re:run(lists:duplicate(30, $a) ++ "z", "(a+)*c$", [report_errors,no_start_optimize])).

inspect_test() ->
    ?assertEqual({namelist,[<<"a">>,<<"b">>,<<"c">>]}, begin {ok, P} = re:compile("(?<b>a)(?<a>b)|(?<c>x)"), re:inspect(P, namelist) end),
    ?assertEqual({namelist,[]}, begin {ok, P} = re:compile("a"), re:inspect(P, namelist) end),
    ?assertEqual({2,1,1}, begin {ok, {re_pattern, A, B, C, _}} = re:compile("(a)(b)", [unicode,{newline,anycrlf}]), {A, B, C} end).

replace_test() ->
    ?assertEqual([<<"ab">>,[<<"[">>,<<"c">>,<<"]">>]|<<"d">>], re:replace("abcd", "c", "[&]")),
    ?assertEqual("abcd", re:replace("abcd", "x", "[&]")),
    ?assertEqual("ab[c]d", re:replace("abcd", "c", "[&]", [{return,list}])),
    ?assertEqual([[<<"[">>,<<"c">>,<<"]">>],<<"ab">>,[<<"[">>,<<"c">>,<<"]">>],<<"d">>,[<<"[">>,<<"c">>,<<"]">>]], re:replace("cabcdc", "c", "[&]", [global])),
    ?assertEqual([[<<"c">>,<<"c">>,<<"c">>,<<"\\&">>,<<>>],<<"ab">>,[<<"c">>,<<"c">>,<<"c">>,<<"\\&">>,<<>>],<<"d">>,[<<"c">>,<<"c">>,<<"c">>,<<"\\&">>,<<>>]|<<"x">>], re:replace("cabcdcx", "(c)", "\\1\\g1\\g{1}\\\\\\&\\2", [global])),
    ?assertEqual("-a-b-c-d-", re:replace("abcd", "", "-", [global,{return,list}])),
    ?assertEqual([<<"xy">>|<<"bc">>], re:replace(<<"abc">>, "a", ["x",<<"y">>])),
    ?assertEqual([[]], re:replace(<<"abc">>, "abc", [], [])),
    ?assertEqual([], re:replace(<<"">>, "", [], [{return,list}])),
    ?assertEqual(<<"a-b-">>, re:replace("aXbX", "x", "-", [caseless,global,{return,binary}])).

split_test() ->
    ?assertEqual([<<"Er">>,<<"a">>,<<"g">>], re:split("Erlang", "[ln]")),
    ?assertEqual(["Er","ang"], re:split("Erlang", "[ln]", [{return,list},{parts,2}])),
    ?assertEqual([[<<"Er">>,<<"l">>],[<<"a">>,<<"n">>],[<<"g">>]], re:split("Erlang", "([ln])", [group])),
    ?assertEqual([<<"Er">>,<<"l">>,<<"a">>,<<"n">>,<<"g">>], re:split("Erlang", "([ln])")),
    ?assertEqual([<<"E">>,<<"r">>,<<"l">>,<<"a">>,<<"n">>,<<"g">>,<<>>], re:split("Erlang", "")),
    ?assertEqual([<<"Erla">>,<<>>,<<>>,<<"g">>,<<>>,<<>>,<<>>,<<"g">>], re:split("Erlangng", "(?:n)|(g)", [trim])),
    ?assertEqual([<<"Erlan">>], re:split("Erlang", "g", [trim])),
    ?assertEqual([<<>>], re:split("", "a", [trim])),
    ?assertEqual(["a","b",[],"c"], re:split("a,b,,c,,", ",", [trim,{return,list}])),
    ?assertEqual(["a","b",[],"c",[],[]], re:split("a,b,,c,,", ",", [{return,list}])),
    ?assertEqual([["a","1"],["b","2"],["c"]], re:split("a1b2c", "(?<d>\\d)", [group,{return,list}])).

%% Replacing by a fun came with OTP 26.
replace_fun_test() ->
    Swap = fun(_, [A, B]) -> [B, $., A] end,
    ?assertEqual("b.a-d.c", re:replace("ab-cd", "(\\w)(\\w)", Swap, [global, {return, list}])),
    ?assertEqual(<<"xAy">>, re:replace("xay", "a", fun(W, []) -> string:uppercase(W) end, [{return, binary}])),
    ?assertError(mine, re:replace("a", "a", fun(_, _) -> error(mine) end, [])).

%% A compiled pattern is plain data: it survives the external format and other processes.
compiled_test() ->
    {ok, P} = re:compile("(\\d+)", [unicode]),
    Again = binary_to_term(term_to_binary(P)),
    ?assertEqual({match, ["42"]}, re:run("a42", Again, [{capture, [1], list}])),
    ?assertEqual({match, [{1, 2}, {1, 2}]}, re:run("a42", P)).

%% A pattern that takes long does not keep others from running.
hungry_test() ->
    Me = self(),
    spawn_link(fun() -> Me ! {done, re:run(lists:duplicate(28, $a) ++ "b", "^(a+)+$", [no_start_optimize])} end),
    spawn_link(fun() -> Me ! short end),
    receive short -> ok end,
    receive {done, R} -> ?assertEqual(nomatch, R) end.

%% Against a model: a pattern of plain letters finds what binary:matches finds.
literal_property_test() ->
    rand:seed(exsss, {1, 2, 3}),
    [begin
        S = << <<(pick("ab"))>> || _ <- lists:seq(1, rand:uniform(40)) >>,
        P = << <<(pick("ab"))>> || _ <- lists:seq(1, rand:uniform(3)) >>,
        Expected = case binary:matches(S, P) of
            [] -> nomatch;
            Ms -> {match, [[M] || M <- Ms]}
        end,
        ?assertEqual(Expected, re:run(S, P, [global])),
        ?assertEqual(binary:split(S, P, [global]), re:split(S, P)),
        ?assertEqual(binary:replace(S, P, <<"-">>, [global]), re:replace(S, P, "-", [global, {return, binary}]))
    end || _ <- lists:seq(1, 500)].

pick(L) -> lists:nth(rand:uniform(length(L)), L).
