%% Answers of filelib on erl, over a small tree of files made for each test.
-module(filelib_tests).
-include_lib("eunit/include/eunit.hrl").

in_tree(Test) ->
    Dir = filename:join("/tmp", "filelib_tests_" ++ os:getpid() ++ "_"
                        ++ integer_to_list(erlang:unique_integer([positive]))),
    Files = ["x.erl", "y.erl", "z.hrl", ".hid", "a/1.erl", "a/b/2.erl",
             "src/m.erl", "ebin/m.beam", "[q]"],
    [begin
         Path = filename:join(Dir, F),
         ok = filelib:ensure_dir(Path),
         ok = file:write_file(Path, F)
     end || F <- Files],
    try Test(Dir) after file:del_dir_r(Dir) end.

wildcard_test() ->
    in_tree(
      fun(Dir) ->
              [?assertEqual({W, Is}, {W, filelib:wildcard(W, Dir)})
               || {W, Is} <-
                      [{"*", [".hid", "[q]", "a", "ebin", "src", "x.erl", "y.erl", "z.hrl"]},
                       {"*.erl", ["x.erl", "y.erl"]},
                       {"**/*.erl", ["a/1.erl", "a/b/2.erl", "src/m.erl", "x.erl", "y.erl"]},
                       {"*/*.erl", ["a/1.erl", "src/m.erl"]},
                       {"{x,y}.erl", ["x.erl", "y.erl"]},
                       {"*.{erl,hrl}", ["x.erl", "y.erl", "z.hrl"]},
                       {"[x-z].*", ["x.erl", "y.erl", "z.hrl"]},
                       {"[xz].*", ["x.erl", "z.hrl"]},
                       {"?.erl", ["x.erl", "y.erl"]},
                       {".*", [".hid"]}, {"a/b", ["a/b"]}, {"nope", []},
                       {"a/../x.erl", ["a/../x.erl"]}, {"./*.hrl", ["z.hrl"]},
                       {"\\[q]", ["[q]"]}, {"[q]", []}, {"[x", []},
                       {"a/", ["a"]}, {"x.erl/", ["x.erl"]},
                       {"a/**", ["a/1.erl", "a/b", "a/b/2.erl"]},
                       {"**/b", ["a/b"]}, {"a/**/2.erl", ["a/b/2.erl"]}]],
              ?assertEqual([Dir ++ "/z.hrl"], filelib:wildcard(Dir ++ "/*.hrl")),
              C = filelib:compile_wildcard(Dir ++ "/*.hrl"),
              ?assertEqual([Dir ++ "/z.hrl"], filelib:wildcard(C)),
              ?assertError({badpattern, missing_delimiter},
                           filelib:wildcard("{x", Dir))
      end).

facts_test() ->
    in_tree(
      fun(Dir) ->
              In = fun(F) -> filename:join(Dir, F) end,
              ?assert(filelib:is_dir(In("a"))),
              ?assertNot(filelib:is_dir(In("x.erl"))),
              ?assert(filelib:is_file(In("a"))),
              ?assertNot(filelib:is_regular(In("a"))),
              ?assert(filelib:is_regular(In("x.erl"))),
              ?assertNot(filelib:is_file(In("nope"))),
              ?assertEqual(5, filelib:file_size(In("x.erl"))),
              ?assertEqual(0, filelib:file_size(In("nope"))),
              ?assertEqual(0, filelib:last_modified(In("nope"))),
              ?assertMatch({{_, _, _}, {_, _, _}},
                           filelib:last_modified(In("x.erl")))
      end).

ensure_test() ->
    in_tree(
      fun(Dir) ->
              In = fun(F) -> filename:join(Dir, F) end,
              ?assertEqual(ok, filelib:ensure_dir(In("q/r/f"))),
              ?assert(filelib:is_dir(In("q/r"))),
              ?assertNot(filelib:is_file(In("q/r/f"))),
              ?assertEqual(ok, filelib:ensure_path(In("q/s/t"))),
              ?assert(filelib:is_dir(In("q/s/t"))),
              ?assertEqual(ok, filelib:ensure_path(In("q/s/t"))),
              ?assertEqual({error, eexist}, filelib:ensure_path(In("x.erl"))),
              ?assertEqual(ok, filelib:ensure_dir("/"))
      end).

fold_files_test() ->
    in_tree(
      fun(Dir) ->
              Found = fun(RE, Deep) ->
                              lists:sort(filelib:fold_files(
                                           Dir, RE, Deep,
                                           fun(F, L) -> [F | L] end, []))
                      end,
              ?assertEqual([Dir ++ "/x.erl", Dir ++ "/y.erl"],
                           Found("\\.erl$", false)),
              ?assertEqual([Dir ++ "/" ++ F || F <- ["a/1.erl", "a/b/2.erl", "src/m.erl",
                                                     "x.erl", "y.erl"]],
                           Found("\\.erl$", true)),
              ?assertEqual([], Found("nope", true))
      end).

safe_relative_path_test() ->
    in_tree(
      fun(Dir) ->
              [?assertEqual({P, Is}, {P, filelib:safe_relative_path(P, Dir)})
               || {P, Is} <- [{"a/b", "a/b"}, {"a/../x", "x"}, {"..", unsafe},
                              {"/x", unsafe}, {"a/../..", unsafe}, {"", []},
                              {"./a", "a"}, {"a//b/../c", "a/c"}]],
              ok = file:make_symlink("../..", filename:join(Dir, "out")),
              ok = file:make_symlink("a", filename:join(Dir, "in")),
              ok = file:make_symlink("loop", filename:join(Dir, "loop")),
              ?assertEqual(unsafe, filelib:safe_relative_path("out/x", Dir)),
              ?assertEqual(unsafe, filelib:safe_relative_path("loop/x", Dir)),
              ?assertEqual("a/1.erl", filelib:safe_relative_path("in/1.erl", Dir))
      end).

find_test() ->
    in_tree(
      fun(Dir) ->
              Ebin = Dir ++ "/ebin",
              M = {ok, Dir ++ "/src/m.erl"},
              ?assertEqual({ok, Dir ++ "/x.erl"}, filelib:find_file("x.erl", Dir)),
              ?assertEqual(M, filelib:find_file("m.erl", Ebin)),
              ?assertEqual(M, filelib:find_file("m.erl", Ebin, [{"ebin", "src"}])),
              ?assertEqual({error, not_found}, filelib:find_file("n.erl", Ebin)),
              ?assertEqual(M, filelib:find_source(Ebin ++ "/m.beam")),
              ?assertEqual(M, filelib:find_source("m.beam", Ebin)),
              ?assertEqual(M, filelib:find_source(
                                "m.beam", Ebin,
                                [{".beam", ".erl", [{"ebin", "src"}]}])),
              ?assertEqual({error, not_found},
                           filelib:find_source(Ebin ++ "/m.nope"))
      end).
