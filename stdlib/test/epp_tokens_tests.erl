%% Tokens and macros as the preprocessor leaves them: answers recorded from erl.
-module(epp_tokens_tests).
-include_lib("eunit/include/eunit.hrl").

%% Runs with a file and a header beside it.
with_files(Test) ->
    Dir = filename:join("/tmp", "transom_epp_tokens_" ++ os:getpid()),
    File = filename:join(Dir, "e.erl"),
    ok = filelib:ensure_dir(File),
    ok = file:write_file(File, "-module(e).\n-define(A,1).\n-define(B(X,Y),X+Y).\n-define(B(X),X).\n-include(\"h.hrl\").\nf() -> ?A, ?B(1,2).\n"
                               "-ifdef(FOO).\ng() -> 1.\n-endif.\n"),
    ok = file:write_file(filename:join(Dir, "h.hrl"), "-define(C,\"c\").\n-record(r,{a}).\n"),
    try Test(File)
    after ok = file:del_dir_r(Dir)
    end.

file_attribute(At, Name, Line) ->
    [{'-', At}, {atom, At, file}, {'(', At}, {string, At, Name}, {',', At}, {integer, At, Line}, {')', At}, {dot, At}].

record() ->
    [{'-', 2}, {atom, 2, record}, {'(', 2}, {atom, 2, r}, {',', 2}, {'{', 2}, {atom, 2, a}, {'}', 2}, {')', 2}, {dot, 2}].

f() -> [{atom, 6, f}, {'(', 6}, {')', 6}, {'->', 6}, {integer, 6, 1}, {',', 6}, {integer, 6, 1}, {'+', 6}, {integer, 6, 2}, {dot, 6}].

module() -> [{'-', 1}, {atom, 1, module}, {'(', 1}, {atom, 1, e}, {')', 1}, {dot, 1}].

scan_file_test() ->
    with_files(
      fun(File) ->
              {ok, Forms, Extra} = epp:scan_file(File),
              Own = [F || F <- Forms, not is_file(F)],
              ?assertEqual([{encoding, none}], Extra),
              ?assertEqual([module(), record(), f(), {eof, 10}], Own),
              ?assertEqual(file_attribute(1, File, 1), hd(Forms)),
              ?assertMatch({ok, [_ | _], _}, epp:scan_file(File, [{macros, [{'FOO', 1}]}])),
              {ok, More, _} = epp:scan_file(File, [{macros, [{'FOO', 1}]}]),
              ?assertEqual([{atom, 8, g}, {'(', 8}, {')', 8}, {'->', 8}, {integer, 8, 1}, {dot, 8}], lists:nth(length(More) - 1, More))
      end),
    ?assertEqual({error, enoent}, epp:scan_file("/nosuch", [])).

is_file([{'-', _}, {atom, _, file} | _]) -> true;
is_file(_) -> false.

scan_erl_form_test() ->
    with_files(
      fun(File) ->
              {ok, Epp} = epp:open(File, []),
              Forms = [epp:scan_erl_form(Epp) || _ <- lists:seq(1, 8)],
              epp:close(Epp),
              ?assertEqual([{ok, module()}, {ok, record()}, {ok, f()}], [F || {ok, T} = F <- Forms, not is_file(T)]),
              ?assertEqual({eof, 10}, lists:last(Forms))
      end).

macro_defs_test() ->
    with_files(
      fun(File) ->
              {ok, Epp} = epp:open(File, [], [{'FOO', {x, "y"}}]),
              Macros = epp:macro_defs(Epp),
              epp:close(Epp),
              ?assertEqual([{none, {none, [{integer, 2, 1}]}}], proplists:get_value({atom, 'A'}, Macros)),
              ?assertEqual([{1, {['X'], [{var, 4, 'X'}]}}, {2, {['X', 'Y'], [{var, 3, 'X'}, {'+', 3}, {var, 3, 'Y'}]}}],
                           proplists:get_value({atom, 'B'}, Macros)),
              ?assertEqual([{none, {none, [{string, 1, "c"}]}}], proplists:get_value({atom, 'C'}, Macros)),
              ?assertMatch([{none, {none, [{'{', _}, {atom, _, x}, {',', _}, {string, _, "y"}, {'}', _}]}}],
                           proplists:get_value({atom, 'FOO'}, Macros)),
              ?assertEqual({none, [{atom, 1, e}]}, proplists:get_value({atom, 'MODULE'}, Macros)),
              ?assertEqual({none, [{string, 1, "e"}]}, proplists:get_value({atom, 'MODULE_STRING'}, Macros)),
              ?assertEqual({none, [{atom, 1, 'BEAM'}]}, proplists:get_value({atom, 'MACHINE'}, Macros)),
              ?assertEqual(undefined, proplists:get_value({atom, 'FUNCTION_NAME'}, Macros, none))
      end).
