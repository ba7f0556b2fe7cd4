%% Answers recorded from erl where they do not depend on what a module file looks like.
-module(beam_lib_tests).
-include_lib("eunit/include/eunit.hrl").

%% A module file of forms.
beam(Text) -> beam(Text, []).

beam(Text, Options) ->
    Forms = [form(T) || T <- string:split(Text, ".", all), string:trim(T) =/= ""],
    {ok, _, Bytes} = compile:forms(Forms, Options),
    Bytes.

form(Text) ->
    {ok, Tokens, _} = erl_scan:string(Text ++ "."),
    {ok, Form} = erl_parse:parse_form(Tokens),
    Form.

text() ->
    "-module(m).-export([f/1,a/0]).-vsn(3).-author(me).-author(you).f(X) -> g(X)+lists:max(X). g(X) -> h(X). h(X)->[X]. "
        "a() -> fun(Y) -> Y end".

chunk(Ref) -> chunk(Ref, []).

chunk(Ref, Options) -> beam_lib:chunks(beam(text(), Options), [Ref]).

said(Error) -> lists:flatten(beam_lib:format_error(Error)).

%% The reason without the bytes.
reason({error, beam_lib, Reason}) -> element(1, Reason).

chunks_test() ->
    ?assertEqual({ok,{m,[{exports,[{a,0},{f,1},{module_info,0},{module_info,1}]}]}}, chunk(exports)),
    ?assertEqual({ok,{m,[{attributes,[{author,[me,you]},{vsn,[3]}]}]}}, chunk(attributes)),
    ?assertEqual({ok,{m,[{exports,[{a,0},{f,1},{module_info,0},{module_info,1}]},{attributes,[{author,[me,you]},{vsn,[3]}]}]}},
                 beam_lib:chunks(beam(text()), [exports, attributes])),
    ?assertEqual({ok,{m,[]}}, beam_lib:chunks(beam(text()), [])),
    ?assertEqual({ok,{m,[{"ABCD",missing_chunk}]}}, beam_lib:chunks(beam(text()), ["ABCD"], [allow_missing_chunks])),
    ?assertEqual({ok,{m,[{exports,[{a,0},{f,1},{module_info,0},{module_info,1}]}]}}, beam_lib:chunks(beam(text()), [exports], [foo])),
    ?assertEqual([{lists,max,1}], [I || {M, _, _} = I <- element(2, hd(element(2, element(2, chunk(imports))))), M =/= erlang]),
    ?assertEqual([{g,1},{h,1}], [L || {N, _} = L <- element(2, hd(element(2, element(2, chunk(locals))))), N =/= '-a/0-fun-0-']),
    ?assertEqual([{a,0},{f,1},{module_info,0},{module_info,1}],
                 [{F, A} || {F, A, L} <- element(2, hd(element(2, element(2, chunk(labeled_exports))))), is_integer(L)]),
    ?assertEqual([{g,1},{h,1}],
                 [{F, A} || {F, A, L} <- element(2, hd(element(2, element(2, chunk(labeled_locals))))), is_integer(L), F =/= '-a/0-fun-0-']),
    ?assertEqual([{lists,max,1}],
                 [{M, F, A} || {N, M, F, A} <- element(2, hd(element(2, element(2, chunk(indexed_imports))))), is_integer(N), M =/= erlang]),
    ?assertEqual(true,
                 lists:all(fun({N, A}) -> is_integer(N) andalso is_atom(A) end, element(2, hd(element(2, element(2, chunk(atoms))))))),
    ?assertEqual(missing_chunk, reason(chunk(documentation))),
    ?assertEqual(missing_chunk, reason(chunk("ABCD"))),
    ?assertEqual(unknown_chunk, reason(chunk(foo))).

abstract_code_test() ->
    ?assertEqual({ok,{m,[{abstract_code,no_abstract_code}]}}, chunk(abstract_code)),
    ?assertEqual({ok,{m,[{abstract_code,{raw_abstract_v1,[{attribute,1,module,m},{attribute,1,export,[{f,1},{a,0}]},{attribute,1,vsn,3},{attribute,1,author,me},{attribute,1,author,you},{function,1,f,1,[{clause,1,[{var,1,'X'}],[],[{op,1,'+',{call,1,{atom,1,g},[{var,1,'X'}]},{call,1,{remote,1,{atom,1,lists},{atom,1,max}},[{var,1,'X'}]}}]}]},{function,1,g,1,[{clause,1,[{var,1,'X'}],[],[{call,1,{atom,1,h},[{var,1,'X'}]}]}]},{function,1,h,1,[{clause,1,[{var,1,'X'}],[],[{cons,1,{var,1,'X'},{nil,1}}]}]},{function,1,a,0,[{clause,1,[],[],[{'fun',1,{clauses,[{clause,1,[{var,1,'Y'}],[],[{var,1,'Y'}]}]}}]}]}]}}]}},
                 chunk(abstract_code, [debug_info])),
    ?assertEqual({ok,{m,[{debug_info,{debug_info_v1,erl_abstract_code,{none,[]}}}]}}, chunk(debug_info)),
    ?assertEqual([{attribute,1,module,m},{attribute,1,export,[{f,1},{a,0}]},{attribute,1,vsn,3},{attribute,1,author,me},{attribute,1,author,you},{function,1,f,1,[{clause,1,[{var,1,'X'}],[],[{op,1,'+',{call,1,{atom,1,g},[{var,1,'X'}]},{call,1,{remote,1,{atom,1,lists},{atom,1,max}},[{var,1,'X'}]}}]}]},{function,1,g,1,[{clause,1,[{var,1,'X'}],[],[{call,1,{atom,1,h},[{var,1,'X'}]}]}]},{function,1,h,1,[{clause,1,[{var,1,'X'}],[],[{cons,1,{var,1,'X'},{nil,1}}]}]},{function,1,a,0,[{clause,1,[],[],[{'fun',1,{clauses,[{clause,1,[{var,1,'Y'}],[],[{var,1,'Y'}]}]}}]}]}],
                 element(1, element(3, element(2, hd(element(2, element(2, chunk(debug_info, [debug_info])))))))).

versions_test() ->
    ?assertEqual({ok,{m,[3]}}, beam_lib:version(beam(text()))),
    ?assertEqual(m, element(1, element(2, beam_lib:md5(beam(text()))))),
    ?assertEqual(16, byte_size(element(2, element(2, beam_lib:md5(beam(text())))))),
    ?assertEqual(true, beam_lib:md5(beam(text())) =:= beam_lib:md5(beam(text(), [debug_info]))),
    ?assertEqual(false, beam_lib:md5(beam(text())) =:= beam_lib:md5(beam("-module(m)"))).

errors_test() ->
    ?assertEqual({error,beam_lib,{not_a_beam_file,<<>>}}, beam_lib:chunks(<<>>, [exports])),
    ?assertEqual({error,beam_lib,{not_a_beam_file,<<"garbage">>}}, beam_lib:info(<<"garbage">>)),
    ?assertEqual({error,beam_lib,{not_a_beam_file,<<"garbage garbage garbage garbage">>}},
                 beam_lib:version(<<"garbage garbage garbage garbage">>)),
    ?assertEqual(enoent, element(3, element(3, beam_lib:chunks("/nosuch/x", [exports])))),
    ?assertEqual({error,beam_lib,{not_a_directory,"/nosuch"}}, beam_lib:cmp_dirs("/nosuch", "/nosuch2")),
    ?assertEqual({error,beam_lib,{not_a_directory,"/nosuch"}}, beam_lib:diff_dirs("/nosuch", "/nosuch2")),
    ?assertEqual({error,beam_lib,{not_a_directory,"/nosuch"}}, beam_lib:strip_release("/nosuch")).

comparing_test() ->
    ?assertEqual(ok, beam_lib:cmp(beam(text()), beam(text()))),
    ?assertEqual({error,beam_lib,{modules_different,m,k}}, beam_lib:cmp(beam(text()), beam("-module(k)"))),
    ?assertEqual(chunks_different, element(1, element(3, beam_lib:cmp(beam(text()), beam("-module(m)"))))).

stripping_test() ->
    {ok, {m, Bytes}} = beam_lib:strip(beam(text(), [debug_info])),
    ?assertEqual({ok, {m, [{exports, [{a, 0}, {f, 1}, {module_info, 0}, {module_info, 1}]}]}}, beam_lib:chunks(Bytes, [exports])),
    ?assertEqual({ok, {m, [{abstract_code, no_abstract_code}]}}, beam_lib:chunks(Bytes, [abstract_code])),
    {module, m} = code:load_binary(m, "m", Bytes),
    ?assertEqual([7, 8], [apply(m, a, []) || _ <- []] ++ [(apply(m, a, []))(N) || N <- [7, 8]]),
    code:purge(m), code:delete(m), code:purge(m),
    {ok, {m, Kept}} = beam_lib:strip(beam(text(), [debug_info]), ["Dbgi"]),
    ?assertMatch({ok, {m, [{abstract_code, {raw_abstract_v1, _}}]}}, beam_lib:chunks(Kept, [abstract_code])).

files_test() ->
    Dir = filename:join("/tmp", "transom_beam_lib_" ++ os:getpid()),
    ok = filelib:ensure_dir(filename:join([Dir, "lib", "a", "ebin", "x"])),
    File = filename:join([Dir, "lib", "a", "ebin", "m" ++ code:objfile_extension()]),
    ok = file:write_file(File, beam(text(), [debug_info])),
    ?assertMatch([{file, File}, {module, m}, {chunks, [{"ATOM", _, _} | _]}], beam_lib:info(File)),
    ?assertMatch({ok, {m, [{exports, _}]}}, beam_lib:chunks(filename:rootname(File), [exports])),
    ?assertMatch({ok, {m, [{exports, _}]}}, beam_lib:chunks(list_to_atom(filename:rootname(File)), [exports])),
    ?assertEqual({[], [], []}, beam_lib:cmp_dirs(filename:dirname(File), filename:dirname(File))),
    ?assertMatch({ok, [{m, _}]}, beam_lib:strip_release(Dir)),
    ?assertEqual({ok, {m, [{abstract_code, no_abstract_code}]}}, beam_lib:chunks(File, [abstract_code])),
    ok = file:del_dir_r(Dir).

%% What BEAM files hold as terms is answered in the external format.
terms_test() ->
    {ok, {m, [{"Attr", Attributes}, {"CInf", Compiled}, {"Dbgi", Info}]}} =
        beam_lib:chunks(beam(text(), [debug_info]), ["Attr", "CInf", "Dbgi"]),
    ?assertEqual([3], proplists:get_value(vsn, binary_to_term(Attributes))),
    ?assertMatch([_ | _], binary_to_term(Compiled)),
    ?assertMatch({debug_info_v1, erl_abstract_code, {[{attribute, 1, module, m} | _], _}}, binary_to_term(Info)).

parts_test() ->
    Bytes = beam(text(), [debug_info]),
    {ok, m, Chunks} = beam_lib:all_chunks(Bytes),
    ?assertEqual({ok, Bytes}, beam_lib:build_module(Chunks)),
    {"Dbgi", Info} = lists:keyfind("Dbgi", 1, Chunks),
    ?assertMatch({debug_info_v1, erl_abstract_code, {[{attribute, 1, module, m} | _], _}}, binary_to_term(Info)),
    {ok, m, Bare} = beam_lib:all_chunks(beam(text(), [])),
    ?assertEqual(false, lists:keyfind("Dbgi", 1, Bare)),
    ?assertError(badarg, beam_lib:build_module(tl(Chunks))),
    ?assertEqual([], beam_lib:significant_chunks() -- ["LOAD", "RECS" | [Id || {Id, _} <- Chunks]]),
    {ok, {lists, [{documentation, Docs}]}} = beam_lib:chunks(element(2, code:get_object_code(lists)), [documentation]),
    ?assertEqual(docs_v1, element(1, Docs)).

keys_test() ->
    ?assertEqual(error, beam_lib:get_crypto_key({debug_info, des3_cbc, m, "x"})),
    ?assertEqual(undefined, beam_lib:clear_crypto_key_fun()),
    ?assertEqual(ok, beam_lib:crypto_key_fun(fun(init) -> ok; (X) -> X end)),
    ?assertEqual({error,exists}, beam_lib:crypto_key_fun(fun(init) -> ok end)),
    ?assertEqual({debug_info,des3_cbc,m,"x"}, beam_lib:get_crypto_key({debug_info, des3_cbc, m, "x"})),
    ?assertEqual({ok,clear}, beam_lib:clear_crypto_key_fun()),
    ?assertEqual({error,badfun}, beam_lib:crypto_key_fun(a)),
    ?assertEqual({des3_cbc,[<<144,1,80,152,60,210,79,176>>,<<214,150,63,125,40,225,127,114>>,<<15,161,30,169,216,240,190,85>>],<<21,121,30,102,93,24,172,89>>,8},
                 beam_lib:make_crypto_key(des3_cbc, "abc")).

words_test() ->
    ?assertEqual("\"f\": Invalid format of BEAM file near byte number 12\n", said({invalid_beam_file, "f", 12})),
    ?assertEqual("\"f\": Invalid contents of chunk \"Atom\"\n", said({invalid_chunk, "f", "Atom"})),
    ?assertEqual("\"f\": Not a BEAM file: no IFF \"Atom\" chunk\n", said({missing_chunk, "f", "Atom"})),
    ?assertEqual("\"f\": Cannot find chunk foo\n", said({unknown_chunk, "f", foo})),
    ?assertEqual("\"f\": Cannot find chunk \"ABC\"\n", said({unknown_chunk, "f", "ABC"})),
    ?assertEqual("<<\"a\">>: Not a BEAM file\n", said({not_a_beam_file, <<"a">>})),
    ?assertEqual("\"f\": Not a BEAM file\n", said({not_a_beam_file, "f"})),
    ?assertEqual("\"f\": \"no such file or directory\"\n", said({file_error, "f", enoent})),
    ?assertEqual("\"f\": Size of chunk \"Atom\" is 1 bytes, but only 2 bytes could be read\n",
                 said({chunk_too_big, "f", "Atom", 1, 2})),
    ?assertEqual("\"f\": Cannot retrieve abstract code because the backend foo is missing", said({missing_backend, "f", foo})),
    ?assertEqual("Module names a and b differ in the two files\n", said({modules_different, a, b})),
    ?assertEqual("Chunk \"Code\" differs in the two files\n", said({chunks_different, "Code"})),
    ?assertEqual("The two files have different chunks\n", said(different_chunks)),
    ?assertEqual("\"d\": Not a directory\n", said({not_a_directory, "d"})),
    ?assertEqual("\"f\": Cannot decrypt abstract_code because key is missing or invalid",
                 said({key_missing_or_invalid, "f", abstract_code})),
    ?assertEqual("not a fun or the fun has the wrong arity", said(badfun)),
    ?assertEqual("a fun has already been installed", said(exists)),
    ?assertEqual("foo\n", said(foo)),
    ?assertEqual("\"f\": \"no such file or directory\"\n", said({error, beam_lib, {file_error, "f", enoent}})),
    ?assertEqual("foo\n", said({error, foo})),
    ?assertEqual("{badarg,x}\n", said({badarg, x})).

%% A source is compiled once for who asks for its forms, and again when what it is made of has changed.
sources_are_compiled_again_when_they_change_test() ->
    Dir = filename:join(os:getenv("TMPDIR", "/tmp"), "transom_beam_lib_changes_" ++ os:getpid()),
    [File, Header] = [filename:join(Dir, N) || N <- ["transom_changes.erl", "transom_changes.hrl"]],
    ok = filelib:ensure_path(Dir),
    ok = file:write_file(Header, "-define(ANSWER, first).\n"),
    ok = file:write_file(File, "-module(transom_changes).\n-export([f/0]).\n-include(\"transom_changes.hrl\").\nf() -> ?ANSWER.\n"),
    Answer = fun() ->
        {ok, {_, [{abstract_code, {_, Forms}}]}} = beam_lib:chunks(File, [abstract_code]),
        [A] = [A || {function, _, f, 0, [{clause, _, [], [], [{atom, _, A}]}]} <- Forms],
        A
    end,
    ?assertEqual([first, first], [Answer(), Answer()]),
    ok = file:write_file(Header, "-define(ANSWER, second).\n"),
    ?assertEqual(second, Answer()),
    ok = file:del_dir_r(Dir).

%% A module that was compiled when it was loaded is found by its source.
source_test() ->
    Dir = filename:join("/tmp", "transom_beam_lib_source_" ++ os:getpid()),
    File = filename:join(Dir, "transom_from_source.erl"),
    ok = filelib:ensure_dir(File),
    ok = file:write_file(File, "-module(transom_from_source).\n-export([f/0]).\nf() -> 1.\n"),
    true = code:add_patha(Dir),
    ?assertEqual(1, apply(transom_from_source, f, [])),
    ?assertMatch({ok, {_, [{abstract_code, {raw_abstract_v1, [_ | _]}}]}}, beam_lib:chunks(code:which(transom_from_source), [abstract_code])),
    {transom_from_source, Bytes, _} = code:get_object_code(transom_from_source),
    ?assertMatch({ok, {_, [{exports, [{f, 0} | _]}]}}, beam_lib:chunks(Bytes, [exports])),
    ?assertMatch({error, beam_lib, {file_error, _, enoent}}, beam_lib:chunks("/nosuch/x.erl", [exports])),
    true = code:del_path(Dir),
    code:purge(transom_from_source), code:delete(transom_from_source), code:purge(transom_from_source),
    ok = file:del_dir_r(Dir).
