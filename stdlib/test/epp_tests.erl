-module(epp_tests).
-include_lib("eunit/include/eunit.hrl").

with_file(Text, Fun) ->
    Name = filename:join(os:getenv("TMPDIR", "/tmp"), "epp_tests_" ++ os:getpid() ++ integer_to_list(erlang:unique_integer([positive])) ++ ".erl"),
    ok = file:write_file(Name, Text),
    try Fun(Name) after file:delete(Name) end.

forms_test() ->
    with_file("-module(m).\n-define(X, 1).\nf() -> {?X, ?LINE, ?A}.\n", fun(Name) ->
        ?assertEqual({ok, [{attribute, 1, file, {Name, 1}}, {attribute, 1, module, m},
                           {function, 3, f, 0, [{clause, 3, [], [], [{tuple, 3, [{integer, 3, 1}, {integer, 3, 3}, {atom, 3, b}]}]}]},
                           {eof, 4}]},
                     epp:parse_file(Name, [], [{'A', b}]))
    end).

columns_and_errors_test() ->
    with_file("-module(m).\nf() -> ?NO.\ng() -> a b.\n-include(\"no.hrl\").\n", fun(Name) ->
        {ok, Forms} = epp:parse_file(Name, [{location, {1, 1}}]),
        ?assertEqual([{error, {{2, 9}, epp, {undefined, 'NO', none}}}, {error, {{3, 10}, erl_parse, ["syntax error before: ", "b"]}},
                      {error, {{4, 10}, epp, {include, file, "no.hrl"}}}], [F || {error, _} = F <- Forms])
    end).

form_by_form_test() ->
    with_file("-module(m).\nf() -> ok.\n", fun(Name) ->
        {ok, Epp} = epp:open(Name, []),
        ?assertEqual({ok, {attribute, 1, file, {Name, 1}}}, epp:parse_erl_form(Epp)),
        ?assertEqual({ok, {attribute, 1, module, m}}, epp:parse_erl_form(Epp)),
        ?assertMatch({ok, {function, 2, f, 0, _}}, epp:parse_erl_form(Epp)),
        ?assertEqual({eof, 3}, epp:parse_erl_form(Epp)),
        epp:close(Epp)
    end),
    ?assertEqual({error, enoent}, epp:open("no_such_file.erl", [])).

encodings_test() ->
    ?assertEqual(utf8, epp:default_encoding()),
    ?assertEqual([latin1, utf8, none, none],
                 [epp:read_encoding_from_binary(B) || B <- [<<"%% coding: latin-1\n">>, <<"% -*- coding: utf-8 -*-">>, <<"x">>, <<"%\n%\n% coding: latin-1">>]]),
    ?assertEqual("coding: latin-1", epp:encoding_to_string(latin1)).

texts_test() ->
    ?assertEqual(["undefined macro 'X'", "can't find include file \"a.hrl\"", "badly formed 'define'", "redefining macro 'Y'"],
                 [lists:flatten(epp:format_error(E)) || E <- [{undefined, 'X', none}, {include, file, "a.hrl"}, {bad, define}, {redefine, 'Y'}]]).
