%% Which module of a packed script is the main one, and what is in the way. Whole scripts are run by tests/system/scripts.rs.
-module(transom_packed_tests).
-include_lib("eunit/include/eunit.hrl").

%% A module whose main/1 answers.
module(Name, Value) ->
    Text = io_lib:format("-module(~s).\n-export([main/1]).\nmain(A) -> {~p, A}.\n", [Name, Value]),
    {ok, _, Bytes, _, _} = prim_compile:compile(iolist_to_binary(Text), Name ++ ".erl", []),
    Bytes.

ran(Name, Sections) ->
    Dir = filename:join(os:getenv("TMPDIR", "/tmp"), "transom_packed_tests_" ++ os:getpid() ++ integer_to_list(erlang:unique_integer([positive]))),
    ok = file:make_dir(Dir),
    File = filename:join(Dir, Name),
    ok = escript:create(File, [shebang | Sections]),
    try transom_packed:run(File, ["a"], 1) after file:del_dir_r(Dir) end.

the_name_of_the_script_is_the_main_module_test() ->
    Files = [{"packed_one.tbc", module("packed_one", 1)}, {"packed_two.tbc", module("packed_two", 2)}],
    ?assertEqual({1, ["a"]}, ran("packed_one.es", [{archive, Files, []}])),
    ?assertEqual({2, ["a"]}, ran("packed_two", [{archive, Files, []}])).

a_module_file_is_preferred_to_its_source_test() ->
    Files = [{"src/packed_three.erl", <<"-module(packed_three).\n-export([main/1]).\nmain(_) -> source.\n">>}, {"ebin/packed_three.tbc", module("packed_three", 3)}],
    ?assertEqual({3, ["a"]}, ran("packed_three", [{archive, Files, []}])).

a_source_is_compiled_test() ->
    ?assertEqual(source, ran("packed_four", [{archive, [{"packed_four.erl", <<"-module(packed_four).\n-export([main/1]).\nmain(_) -> source.\n">>}], []}])).

a_module_file_alone_test() ->
    ?assertEqual({5, ["a"]}, ran("any.es", [{beam, module("packed_five", 5)}])).
