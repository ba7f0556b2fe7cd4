%% Answers recorded from erl.
-module(erl_comment_scan_tests).
-include_lib("eunit/include/eunit.hrl").

with_file(Text, Test) ->
    File = filename:join("/tmp", "transom_comments_" ++ os:getpid()),
    ok = file:write_file(File, Text),
    try Test(File)
    after file:delete(File)
    end.

string_test() ->
    ?assertEqual([{1,8,1,[" one"]},{2,6,1,["% two"]},{3,1,0,["%% three","%% four"]}],
                 erl_comment_scan:string("f() -> % one\n  a. %% two\n%%% three\n%%% four\n")),
    ?assertEqual([{1,9,1,[" c"]},{2,4,1,[" d"]},{3,7,1,["e"]}], erl_comment_scan:string("\"a % b\" % c\n$% % d\n'x%y' %e\n")),
    ?assertEqual([], erl_comment_scan:string("")),
    ?assertEqual([], erl_comment_scan:string("no comment")),
    ?assertEqual([{1,1,0,["a"]},{3,1,0,["b"]}], erl_comment_scan:string("%a\n\n%b\n")),
    ?assertEqual([{1,3,2,["a","b"]},{3,2,1,["c"]}], erl_comment_scan:string("  %a\n  %b\n %c\n")),
    ?assertEqual([{1,9,8,[" tab"]}], erl_comment_scan:string("\t% tab\n")),
    ?assertEqual([{1,3,0,["b % q"]}], erl_comment_scan:string("a\\%b % q\n")),
    ?assertEqual([{1,5,1,[" r"]},{2,8,1,[" s"]}], erl_comment_scan:string("$\\% % r\n\"a\\\"%\" % s\n")),
    ?assertEqual([{1,1,0,["no newline"]}], erl_comment_scan:string("%no newline")),
    ?assertEqual([{1,3,1,["a","b"]}], erl_comment_scan:string("x %a\n  %b\n")),
    ?assertEqual([{1,1,0,["a","b"]}], erl_comment_scan:string("%a \n%b\t \n")),
    ?assertEqual([{1,11,0,[" % z"]}], erl_comment_scan:string("f() -> $\\^% % z\n")),
    ?assertEqual([{2,11,1,[" y"]}], erl_comment_scan:string("\"multi\nline % x\" % y\n")).

lines_test() ->
    ?assertEqual([{4,1,0,"%% four"},{3,1,0,"%% three"},{2,6,1,"% two"},{1,8,1," one"}],
                 erl_comment_scan:scan_lines("f() -> % one\n  a. %% two\n%%% three\n%%% four\n")),
    ?assertEqual([{1,3,2,["a"]},{2,3,2,["b"]},{4,3,2,["c"]}],
                 erl_comment_scan:join_lines([{1, 3, 2, "a"}, {2, 3, 2, "b"}, {4, 3, 2, "c"}])),
    ?assertEqual([{1,3,1,["a","b"]}], erl_comment_scan:join_lines([{2, 3, 2, "b"}, {1, 3, 1, "a"}])),
    ?assertEqual([], erl_comment_scan:join_lines([])).

file_test() ->
    ?assertEqual([{1,1,0,["a"]},{2,11,1,[" c"]}], with_file("%a\nf() -> b. % c\n", fun(File) -> erl_comment_scan:file(File) end)),
    ?assertExit({read,enoent}, erl_comment_scan:file("/nosuch")).
