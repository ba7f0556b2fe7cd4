-module(transom_eval_tests).
-include_lib("eunit/include/eunit.hrl").

the_last_value_counts_and_the_dot_may_be_missing_test() ->
    ?assertEqual({ok, 3}, transom_eval:eval("X = 1, X + 2.")),
    ?assertEqual({ok, 3}, transom_eval:eval("1 + 2")),
    ?assertEqual({ok, "a.b"}, transom_eval:eval("\"a.b\"  . \n")).

what_is_wrong_is_said_test() ->
    {error, Syntax} = transom_eval:eval("foo("),
    ?assertMatch("1:" ++ _, lists:flatten(Syntax)),
    {error, Failed} = transom_eval:eval("lists:foo()"),
    ?assertMatch("** exception error: undefined function lists:foo/0" ++ _, lists:flatten(Failed)).
