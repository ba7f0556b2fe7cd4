-module(shell_docs_tests).
-include_lib("eunit/include/eunit.hrl").

docs() ->
    {docs_v1, [], erlang, <<"text/plain">>, #{<<"en">> => <<"About it.">>}, #{},
     [{{function, f, 1}, [], [<<"f(X)">>, <<"f([])">>], #{<<"en">> => <<"Does it.\nWell.">>}, #{}},
      {{function, g, 0}, [], [<<"g()">>], none, #{}}]}.

text(Chars) -> lists:flatten(unicode:characters_to_list(Chars)).

a_module_lists_its_functions_test() ->
    ?assertEqual("\n\tm\n\n\n  About it.\n\n  f(X)\n  g()\n", text(shell_docs:render(m, docs()))).

a_function_shows_all_heads_test() ->
    ?assertEqual("\n\tm\n\n  f(X)\n  f([])\n\n      Does it.\n      Well.\n", text(shell_docs:render(m, f, docs()))),
    ?assertEqual("\n\tm\n\n  g()\n", text(shell_docs:render(m, g, 0, docs()))).

what_is_missing_is_an_error_test() ->
    ?assertEqual({error, function_missing}, shell_docs:render(m, f, 2, docs())),
    ?assertEqual({error, type_missing}, shell_docs:render_type(m, t, docs())).

the_library_is_documented_test() ->
    {ok, {docs_v1, _, erlang, _, _, _, Docs}} = code:get_doc(lists),
    ?assertMatch([_ | _], [D || {{function, seq, 2}, _, _, _, _} = D <- Docs]).
