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

%% The modules with a page in doc/: every function that a program may call is described there.
pages() ->
    [lists, maps, string, io, io_lib, ets, gen_server, supervisor, timer].

every_function_of_a_page_is_described_test() ->
    [?assertEqual({M, []}, {M, undescribed(M)}) || M <- pages()].

undescribed(M) ->
    {ok, {docs_v1, _, _, _, About, _, Docs}} = code:get_doc(M),
    ?assertMatch(#{}, About),
    Described = [{F, A} || {{function, F, A}, _, [_ | _], #{}, _} <- Docs],
    [{F, A} || {F, A} <- M:module_info(exports) -- Described, F =/= module_info, not internal(M, F)].

%% Exported for the system's own use.
internal(gen_server, F) -> lists:member(F, [init_it, loop, wake_hib, system_continue, system_terminate, system_code_change, system_get_state,
                                            system_replace_state, format_status, print_event]);
internal(supervisor, F) -> lists:member(F, [init, handle_call, handle_cast, handle_info, handle_continue, terminate, code_change]);
internal(timer, F) -> lists:member(F, [init, handle_call, handle_cast, handle_info, terminate, code_change, start_link]);
internal(_, _) -> false.
