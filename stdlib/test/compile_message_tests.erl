-module(compile_message_tests).
-include_lib("eunit/include/eunit.hrl").

%% The terms are those that erl's passes give for the same faults.
terms_test() ->
    ?assertEqual({erl_parse, ["syntax error before: ", "bar"]}, compile_message:read(syntax, "syntax error before: bar")),
    ?assertEqual({erl_scan, {illegal, float}}, compile_message:read(scan, "illegal float")),
    ?assertEqual({erl_lint, {unbound_var, 'X'}}, compile_message:read(unbound_var, "variable 'X' is unbound")),
    ?assertEqual({erl_lint, {undefined_function, {g, 0}}}, compile_message:read(undefined_function, "function g/0 undefined")),
    ?assertEqual({erl_lint, {unused_record, r}}, compile_message:read(unused_record, "record r is unused")),
    ?assertEqual({epp, {include, file, "x.hrl"}}, compile_message:read(include, "can't find include file \"x.hrl\"")),
    ?assertEqual({compile, {undef_parse_transform, pt}}, compile_message:read(undefined_parse_transform, "undefined parse transform 'pt'")).

texts_test() ->
    ?assertEqual("variable 'X' is unbound", lists:flatten(compile_message:lint({unbound_var, 'X'}))),
    ?assertEqual("some words", lists:flatten(compile_message:lint({some_code, "some words"}))),
    ?assertEqual("argument mismatch for macro 'M'", lists:flatten(compile_message:epp({mismatch, 'M'}))).
