-module(compile_listing_tests).
-include_lib("eunit/include/eunit.hrl").

forms() -> [{attribute, 1, file, {"a.erl", 1}}, {attribute, 1, module, a}, {attribute, 1, record, {r, [{record_field, 1, {atom, 1, x}}]}},
            {function, 2, f, 1, [{clause, 2, [{var, 2, 'X'}], [], [{record_field, 2, {var, 2, 'X'}, r, {atom, 2, x}}]}]}].

stages_test() ->
    ?assertEqual([none, dpp, makedep, none], [compile_listing:early(O) || O <- [[], [dpp], [dpp, makedep], ['P']]]),
    ?assertEqual([none, 'P', basic_validation], [compile_listing:late(O) || O <- [[dpp], ['E', 'P'], ['P', basic_validation]]]).

listing_test() ->
    {{ok, []}, {".P", Text}} = compile_listing:made('P', forms(), []),
    ?assertMatch({_, _}, binary:match(unicode:characters_to_binary(Text), <<"f(X) ->\n    X#r.x.">>)),
    {{ok, [], Expanded}, none} = compile_listing:made(to_exp, forms(), [binary]),
    ?assertMatch({function, 2, f, 1, [{clause, 2, _, _, [{'case', _, _, [{clause, _, [{tuple, _, [_, {var, _, 'REC0'}]}], _, _} | _]}]}]},
                 lists:last(Expanded)),
    ?assertEqual({{ok, []}, none}, compile_listing:made(basic_validation, forms(), [binary])).

dependencies_test() ->
    Forms = forms() ++ [{attribute, 1, file, {"b.hrl", 1}}, {attribute, 2, file, {"a.erl", 2}}, {error, {{3, 1}, epp, {include, file, "c.hrl"}}}],
    Made = fun(Opts) -> compile_listing:dependencies(Forms, "a.tbc", Opts) end,
    ?assertEqual(<<"a.tbc: a.erl b.hrl\n">>, Made([])),
    ?assertEqual(<<"a$$: a.erl b.hrl c.hrl\n\nb.hrl:\n\nc.hrl:\n">>,
                 Made([{makedep_target, "a$"}, makedep_quote_target, makedep_add_missing, makedep_phony])).

output_test() ->
    ?assertEqual({error, "a.erl", {write_error, enoent}}, compile_listing:output(<<"x">>, "a.erl", "no/such/dir/a", [])),
    ?assertEqual({error, "a.erl", write_error}, compile_listing:output(<<"x">>, "a.erl", "a", [{makedep_output, nobody}])).

forms_are_left_alone_test() -> ?assertEqual(forms(), compile_listing:preprocessed(forms(), "a.erl", [])).
