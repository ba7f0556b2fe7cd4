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

functions_of_one_text_are_shown_with_it_once_test() ->
    Same = #{<<"en">> => <<"Both.">>},
    D = {docs_v1, [], erlang, <<"text/plain">>, none, #{}, [{{function, f, 1}, [], [<<"f(X)">>], Same, #{}}, {{function, f, 2}, [], [<<"f(X, Y)">>], Same, #{}}]},
    ?assertEqual("\n\tm\n\n  f(X)\n  f(X, Y)\n\n      Both.\n", text(shell_docs:render(m, f, D))).

what_is_missing_is_an_error_test() ->
    ?assertEqual({error, function_missing}, shell_docs:render(m, f, 2, docs())),
    ?assertEqual({error, type_missing}, shell_docs:render_type(m, t, docs())).

the_library_is_documented_test() ->
    {ok, {docs_v1, _, erlang, _, _, _, Docs}} = code:get_doc(lists),
    ?assertMatch([_ | _], [D || {{function, seq, 2}, _, _, _, _} = D <- Docs]).

%% Modules whose pages in doc/ leave nothing out: a function that is added to them is described there.
pages() ->
    [c, calendar, dict, json, lists, maps, orddict, ordsets, os, proplists, queue, re, recon_trace, sets, string, trace].

every_function_of_a_page_is_described_test() ->
    [?assertEqual({M, []}, {M, undescribed(M)}) || M <- pages()].

undescribed(M) ->
    {ok, {docs_v1, _, _, _, About, _, Docs}} = code:get_doc(M),
    ?assertMatch(#{}, About),
    Described = [{F, A} || {{function, F, A}, _, [_ | _], #{}, _} <- Docs],
    [{F, A} || {F, A} <- M:module_info(exports) -- Described, F =/= module_info, not internal(M, F)].

%% Exported for the library's own use.
internal(maps, F) -> lists:member(F, [is_iterator_valid, iterator_to_list, pairs_behind, pairs_of]);
internal(sets, F) -> lists:member(F, [common_keys, has_all_keys, has_common_key, other_keys]);
internal(rand, F) -> lists:member(F, [splitmix64_step, exs64_step]);
internal(string, F) -> lists:member(F, [list_to_float, list_to_integer]);
internal(_, _) -> false.

built_in_modules_have_pages_test() ->
    [begin
         {ok, {docs_v1, _, _, _, #{}, _, Docs}} = code:get_doc(M),
         ?assertMatch([_ | _], [D || {{function, F, A}, _, _, #{}, _} = D <- Docs, {F, A} =:= FA])
     end || {M, FA} <- [{erlang, {spawn, 1}}, {binary, {split, 2}}, {math, {pi, 0}}, {unicode, {characters_to_list, 1}}]],
    ?assertEqual({error, non_existing}, code:get_doc(no_such_module)).
