%% Answers recorded from erl, and a few refusals.
-module(filename_tests).
-include_lib("eunit/include/eunit.hrl").

absname_join_2_test() ->
    ?assertEqual(".erl.", filename:absname_join(".erl.", [])),
    ?assertEqual(<<"..a/b.cb.c/ab">>, filename:absname_join("..a", <<"b.cb.c///ab">>)),
    ?assertEqual(<<"/xb.cab..">>, filename:absname_join(<<".erl/foob.c">>, "/xb.cab..")),
    ?assertEqual("/a...erlfoo", filename:absname_join(["/xafoo",foo], ["////a...erl",foo])),
    ?assertEqual("/xa..", filename:absname_join([98,46,99,97,47,233], "/xa..")),
    ?assertEqual(<<"/xaafoo">>, filename:absname_join(<<>>, ["/xaa",foo])).

append_2_test() ->
    ?assertEqual("..foo//x", filename:append("..foo", "/x")),
    ?assertEqual("aa///..ab", filename:append("aa//", "..ab")),
    ?assertEqual(<<"atom//x...//">>, filename:append(atom, <<"/x...//">>)),
    ?assertEqual(<<47,47,47,98,46,99,195,169,46,47,47>>, filename:append(<<>>, [47,47,98,46,99,233,46,47,47])),
    ?assertEqual("/..", filename:append([], "..")),
    ?assertEqual(<<".a//..">>, filename:append(<<".a">>, <<"/..">>)),
    ?assertError(badarg, filename:append(atom, "/xa")).

basename_1_test() ->
    ?assertEqual("abababfoo", filename:basename(["ababab",foo])),
    ?assertEqual([], filename:basename([])),
    ?assertEqual("a", filename:basename("a")),
    ?assertEqual([97,97,98,233], filename:basename([47,97,97,98,233])),
    ?assertEqual("..foo", filename:basename(["..",foo])),
    ?assertEqual("foo", filename:basename([[],foo])),
    ?assertError(function_clause, filename:basename([{1.0,y},{1.0,y},{b,b},{a,3}])).

basename_2_test() ->
    ?assertEqual(<<".">>, filename:basename(<<".//">>, ".c")),
    ?assertEqual(<<195,169,97>>, filename:basename(<<195,169,97>>, ".erl")),
    ?assertEqual([], filename:basename("//", "c")),
    ?assertEqual("aa", filename:basename("aa", [])),
    ?assertEqual([], filename:basename([], ".erl")),
    ?assertEqual([], filename:basename([], ".c")),
    ?assertError(function_clause, filename:basename(#{1.0 => y,b => 2,c => 0}, #{})).

dirname_1_test() ->
    ?assertEqual(<<"b.cb.c">>, filename:dirname(<<"b.cb.c///xfoo">>)),
    ?assertEqual(".erl.erl", filename:dirname([46,101,114,108,46,101,114,108,47,120,233])),
    ?assertEqual(".", filename:dirname([])),
    ?assertEqual(".", filename:dirname(".foofooab")),
    ?assertEqual(<<".">>, filename:dirname(<<".erl....erlfoo">>)),
    ?assertEqual("/.erl..", filename:dirname("/.erl..//foo")).

extension_1_test() ->
    ?assertEqual([], filename:extension("aba")),
    ?assertEqual(<<>>, filename:extension(<<>>)),
    ?assertEqual(<<>>, filename:extension(<<"/x">>)),
    ?assertEqual([], filename:extension("/")),
    ?assertEqual(<<".c">>, filename:extension(<<"..foo.erl.erlb.c">>)),
    ?assertEqual([], filename:extension("/.erlab")).

flatten_1_test() ->
    ?assertEqual("/x..//x.", filename:flatten("/x..//x.")),
    ?assertEqual("/", filename:flatten("/")),
    ?assertEqual("ab/", filename:flatten("ab/")),
    ?assertEqual([97,98,46,97,98,47,47,233], filename:flatten([97,98,46,97,98,47,47,233])),
    ?assertEqual([233,102,111,111], filename:flatten([233,102,111,111])),
    ?assertEqual(<<".erla">>, filename:flatten(<<".erla">>)),
    ?assertError(function_clause, filename:flatten({b,2})).

join_1_test() ->
    ?assertEqual(<<195,169,97,98,47,46,101,114,108>>, filename:join([<<195,169,97,98,47,47,47,46,101,114,108>>])),
    ?assertEqual(".erla", filename:join([".erla/"])),
    ?assertEqual("ab/xb.c", filename:join(["ab///xb.c//"])),
    ?assertEqual("atom", filename:join([atom])),
    ?assertEqual([46,98,46,99,233,47,120,102,111,111], filename:join([[46,98,46,99,233,47,120,102,111,111]])),
    ?assertEqual(<<"/..">>, filename:join(["/ab.erla/x","///xab...erl",<<"/..">>])).

join_2_test() ->
    ?assertEqual(".erlb.c.erlab./...abfoo", filename:join(".erlb.c.erlab.", ["...ab",foo])),
    ?assertEqual([47,46,46,233,47,97,98], filename:join([47,46,46,233], "ab")),
    ?assertEqual("ab/x..", filename:join("ab/x..", [])),
    ?assertEqual("/x/..ab/x", filename:join("/x", "..ab//x")),
    ?assertEqual(".erl.erl/b.c", filename:join(".erl.erl//", "b.c")),
    ?assertEqual(<<"/ababa..ab">>, filename:join(<<>>, "ababa..ab")).

nativename_1_test() ->
    ?assertEqual("..", filename:nativename("..")),
    ?assertEqual("/foo", filename:nativename(["/",foo])),
    ?assertEqual(<<"aba">>, filename:nativename(<<"aba">>)),
    ?assertEqual("atom", filename:nativename(atom)),
    ?assertEqual("b.c/x/a", filename:nativename("b.c/x//a")),
    ?assertEqual(<<"/foo">>, filename:nativename(<<"/foo/">>)).

pathtype_1_test() ->
    ?assertEqual(absolute, filename:pathtype(<<"//../">>)),
    ?assertEqual(absolute, filename:pathtype(<<"/xab..erlb.c">>)),
    ?assertEqual(relative, filename:pathtype(<<>>)),
    ?assertEqual(relative, filename:pathtype("foo.b.c")),
    ?assertEqual(relative, filename:pathtype("..")),
    ?assertEqual(relative, filename:pathtype("a/xb.c")),
    ?assertError(function_clause, filename:pathtype(fun is_atom/1)).

rootname_1_test() ->
    ?assertEqual([47,233], filename:rootname([47,233])),
    ?assertEqual(".erl./x", filename:rootname(".erl./x")),
    ?assertEqual(<<"/x.b">>, filename:rootname(<<"/x.b.c">>)),
    ?assertEqual("ababa", filename:rootname("ababa")),
    ?assertEqual("//.erlb.cab", filename:rootname("//.erlb.cab.")),
    ?assertEqual([], filename:rootname([])),
    ?assertError(function_clause, filename:rootname(fun(X,Y)-> {true,{X,Y}} end)).

rootname_2_test() ->
    ?assertEqual(<<"..a.">>, filename:rootname(<<"..a.">>, ".c")),
    ?assertEqual("/x", filename:rootname("/x", ".erl")),
    ?assertEqual([], filename:rootname([], "c")),
    ?assertEqual("..ab", filename:rootname("..ab", ".erl")),
    ?assertEqual("atom", filename:rootname(atom, [])),
    ?assertEqual("/", filename:rootname("/", "c")),
    ?assertError(function_clause, filename:rootname(fun(X,Y)-> {true,{X,Y}} end, [{1,x},{b,b},{c,0},{1,x},{a,3}])).

split_1_test() ->
    ?assertEqual(["foob.c..erl"], filename:split("foob.c..erl//")),
    ?assertEqual(["b.cfoo."], filename:split("b.cfoo.")),
    ?assertEqual(["foo"], filename:split([[],foo])),
    ?assertEqual([<<".a">>], filename:split(<<".a">>)),
    ?assertEqual([[97,233,233]], filename:split([97,233,233])),
    ?assertEqual(["/","x"], filename:split("/x")).
