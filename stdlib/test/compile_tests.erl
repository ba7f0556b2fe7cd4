-module(compile_tests).
-include_lib("eunit/include/eunit.hrl").

with_dir(Files, Fun) ->
    Dir = filename:join(os:getenv("TMPDIR", "/tmp"), "compile_tests_" ++ os:getpid() ++ integer_to_list(erlang:unique_integer([positive]))),
    ok = file:make_dir(Dir),
    [ok = file:write_file(filename:join(Dir, N), T) || {N, T} <- Files],
    try Fun(Dir)
    after
        {ok, Names} = file:list_dir(Dir),
        [file:delete(filename:join(Dir, N)) || N <- Names],
        file:del_dir(Dir)
    end.

binary_and_file_test() ->
    with_dir([{"ct_a.erl", "-module(ct_a).\n-export([f/0]).\n-ifdef(X).\nf() -> ?X.\n-else.\nf() -> no.\n-endif.\n"}], fun(Dir) ->
        File = filename:join(Dir, "ct_a"),
        {ok, ct_a, Binary} = compile:file(File, [binary, {d, 'X', {1, "two"}}]),
        {module, ct_a} = code:load_binary(ct_a, "ct_a", Binary),
        ?assertEqual({1, "two"}, apply(ct_a, f, [])),
        ?assertEqual({ok, ct_a}, compile:file(File, [{outdir, Dir}])),
        ?assert(filelib:is_regular(File ++ code:objfile_extension())),
        code:delete(ct_a),
        code:purge(ct_a)
    end).

errors_test() ->
    with_dir([{"ct_b.erl", "-module(ct_b).\n-export([f/0]).\nf() -> X.\n"}], fun(Dir) ->
        File = filename:join(Dir, "ct_b.erl"),
        ?assertEqual(error, compile:file(File, [binary])),
        ?assertEqual({error, [{File, [{{3, 8}, erl_lint, {unbound_var, 'X'}}]}], []}, compile:file(File, [binary, return])),
        ?assertMatch({error, [{_, [{none, compile, _}]}], []}, compile:file(filename:join(Dir, "none"), [return]))
    end).

warnings_test() ->
    with_dir([{"ct_c.erl", "-module(ct_c).\n-export([f/1]).\nf(X) -> ok.\n"}], fun(Dir) ->
        File = filename:join(Dir, "ct_c.erl"),
        Warnings = [{File, [{{3, 3}, erl_lint, {unused_var, 'X'}}]}],
        ?assertMatch({ok, ct_c, <<_/binary>>, Warnings}, compile:file(File, [binary, return])),
        ?assertMatch({ok, ct_c, <<_/binary>>}, compile:file(File, [binary])),
        ?assertEqual(error, compile:file(File, [binary, warnings_as_errors]))
    end).

forms_test() ->
    Forms = [{attribute, 1, module, ct_d}, {attribute, 1, export, [{f, 1}]},
             {function, 2, f, 1, [{clause, 2, [{var, 2, 'X'}], [], [{op, 2, '+', {var, 2, 'X'}, {integer, 2, 1}}]}]}],
    {ok, ct_d, Binary} = compile:forms(Forms),
    {module, ct_d} = code:load_binary(ct_d, "ct_d", Binary),
    ?assertEqual(42, apply(ct_d, f, [41])),
    code:delete(ct_d),
    code:purge(ct_d).

parse_transform_test() ->
    Pt = "-module(ct_pt).\n-export([parse_transform/2]).\nparse_transform(Fs, _) -> [t(F) || F <- Fs].\n"
         "t({function, L, f, 0, _}) -> {function, L, f, 0, [{clause, L, [], [], [{atom, L, changed}]}]};\nt(F) -> F.\n",
    Use = "-module(ct_use).\n-compile({parse_transform, ct_pt}).\n-export([f/0]).\nf() -> original.\n",
    with_dir([{"ct_pt.erl", Pt}, {"ct_use.erl", Use}], fun(Dir) ->
        {ok, ct_pt, B1} = compile:file(filename:join(Dir, "ct_pt"), [binary]),
        {module, _} = code:load_binary(ct_pt, "ct_pt", B1),
        {ok, ct_use, B2} = compile:file(filename:join(Dir, "ct_use"), [binary]),
        {module, _} = code:load_binary(ct_use, "ct_use", B2),
        ?assertEqual(changed, apply(ct_use, f, [])),
        [begin code:delete(M), code:purge(M) end || M <- [ct_pt, ct_use]],
        {error, [{_, [{_, compile, What}]} | _], _} = compile:file(filename:join(Dir, "ct_use"), [binary, return]),
        ?assertEqual("undefined parse transform 'ct_pt'", lists:flatten(compile:format_error(What)))
    end).

%% More elements in a pattern than fit 16 bits.
pattern_of_many_test() ->
    N = 66000,
    Any = lists:join(",", lists:duplicate(N - 1, "_")),
    Text = ["-module(ct_many).\n-export([size/1, tagged/1, last/1]).\n",
            "size({_,", Any, "}) -> many; size(_) -> other.\n",
            "tagged({tag,", Any, "}) -> tagged; tagged(_) -> other.\n",
            "last({", Any, ",X}) -> X; last(_) -> other.\n"],
    with_dir([{"ct_many.erl", Text}], fun(Dir) ->
        {ok, ct_many, Code} = compile:file(filename:join(Dir, "ct_many"), [binary]),
        {module, M} = code:load_binary(ct_many, "ct_many", Code),
        T = list_to_tuple(lists:duplicate(N, 0)),
        ?assertEqual([many, other, other], [M:size(X) || X <- [T, erlang:append_element(T, 0), a]]),
        ?assertEqual([tagged, other, other], [M:tagged(X) || X <- [setelement(1, T, tag), T, {tag}]]),
        ?assertEqual([x, other], [M:last(X) || X <- [setelement(N, T, x), {x}]]),
        code:delete(M),
        code:purge(M)
    end).

generated_test() ->
    ?assertEqual([true, false], [compile:output_generated(O) || O <- [[], [binary]]]).
