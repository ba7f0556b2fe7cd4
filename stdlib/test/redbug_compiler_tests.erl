%% Most vectors are in redbug_tests, recorded from redbug on erl; here is what this module adds.
-module(redbug_compiler_tests).
-include_lib("eunit/include/eunit.hrl").

-record(user, {name, age = 0}).

compiled(Text) -> try redbug_compiler:compile(Text) catch exit:Reason -> Reason end.

records_test() ->
    ?assertEqual({{f, c, 1}, [{[{user, '_', 3}], [], []}], [local]}, compiled("f:c(redbug_compiler_tests#user{age=3})")),
    ?assertEqual(#user{name = '_', age = 3}, {user, '_', 3}),
    ?assertEqual({syntax_error, "no such record: redbug_compiler_tests#nope"}, compiled("f:c(redbug_compiler_tests#nope{age=3})")),
    ?assertEqual({syntax_error, "no such record: no_such_module_here#r"}, compiled("f:c(no_such_module_here#r{a=3})")).

terms_test() ->
    Pid = list_to_pid("<0.1.2>"),
    ?assertEqual({{f, c, 2}, [{[Pid, 36893488147419103232], [], []}], [local]}, compiled("f:c(<0.1.2>, 36893488147419103232)")),
    ?assertEqual({{f, c, 1}, [{[#{k => '$1'}], [{'>', {map_size, '$1'}, 2}], []}], [local]}, compiled("f:c(#{k=>V}) when map_size(V) > 2")),
    ?assertEqual({{f, 'A b', 1}, [{[[$h, 228 | '$1']], [], []}], [local]}, compiled("f:'A b'(\"h\x{e4}\"++T)")).

outcome_test() -> ?assertMatch({syntax_error, _}, compiled("m:f -> exception")).

events_test() -> ?assertMatch({syntax_error, _}, compiled("send")).
