%% What the front ends share.
-module(transom_trace_tests).
-include_lib("eunit/include/eunit.hrl").

compat_test() ->
    ?assertEqual(false, transom_trace:compat()),
    ok = transom_trace:compat(true),
    ?assertEqual(true, transom_trace:compat()),
    ok = transom_trace:compat(false),
    ?assertError(function_clause, transom_trace:compat(yes)).
