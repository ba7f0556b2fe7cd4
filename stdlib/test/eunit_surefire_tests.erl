%% Reports of test runs in files, and what a listener that fails does to the answer. Recorded against erl: tests/library/eunit/eunit_listeners.erl.
-module(eunit_surefire_tests).
-behaviour(eunit_listener).

-include_lib("eunit/include/eunit.hrl").

-export([start/1, init/1, handle_begin/3, handle_end/3, handle_cancel/3, terminate/2]).

%% Runs tests with their report in a directory of its own; answers the files by name.
written(Tests) ->
    Dir = filename:join([os:getenv("TMPDIR", "/tmp"), ?MODULE_STRING ++ os:getpid() ++ integer_to_list(erlang:unique_integer([positive]))]),
    ok = filelib:ensure_path(Dir),
    _ = eunit:test(Tests, [no_tty, {report, {eunit_surefire, [{dir, Dir}]}}]),
    {ok, Names} = file:list_dir(Dir),
    Files = [{N, element(2, file:read_file(filename:join(Dir, N)))} || N <- lists:sort(Names)],
    ok = file:del_dir_r(Dir),
    Files.

each_description_is_a_suite_test() ->
    ?assertMatch([{"TEST-a_b.xml", _}, {"TEST-c.xml", _}], written([{"a/b", [fun() -> ok end]}, {"c", [fun() -> ok end]}])).

tests_without_a_suite_have_one_test() ->
    [{"TEST-tests.xml", Text}] = written(fun() -> ok end),
    ?assertNotEqual(nomatch, binary:match(Text, <<"<testsuite tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\"">>)).

what_xml_cannot_hold_is_escaped_or_left_out_test() ->
    [{_, Text}] = written([{"a \"b\" & c", fun() -> io:put_chars("<\x{1}\x{e9}\x{1F600}>") end}]),
    ?assertNotEqual(nomatch, binary:match(Text, <<"(a &quot;b&quot; &amp; c)">>)),
    ?assertNotEqual(nomatch, binary:match(Text, <<"<system-out>&lt;é😀&gt;"/utf8>>)).

a_test_that_ends_with_its_process_was_left_out_test() ->
    [{_, Text}] = written([{"suite", [fun() -> exit(self(), kill) end]}]),
    ?assertNotEqual(nomatch, binary:match(Text, <<"skipped=\"1\"">>)),
    ?assertNotEqual(nomatch, binary:match(Text, <<"the process of the test ended: killed">>)).

a_suite_that_cannot_be_set_up_test() ->
    [{_, Text}] = written([{"suite", {setup, fun() -> error(oh_no) end, fun(_) -> [fun() -> ok end] end}}]),
    ?assertNotEqual(nomatch, binary:match(Text, <<"errors=\"1\"">>)),
    ?assertNotEqual(nomatch, binary:match(Text, <<"**error:oh_no">>)).

a_directory_that_is_not_there_test() ->
    ?assertEqual(ok, eunit:test({"suite", fun() -> ok end}, [no_tty, {report, {eunit_surefire, [{dir, "/nowhere/at/all"}]}}])).

%%% A listener that fails: the tests run all the same, and the answer says what it failed with.

start(Options) -> eunit_listener:start(?MODULE, Options).
init([At]) -> At.
handle_begin(_, _, At) -> fails(handle_begin, At).
handle_end(_, _, At) -> fails(handle_end, At).
handle_cancel(_, _, At) -> At.
terminate(_, At) -> fails(terminate, At).

fails(At, At) -> exit(as_asked);
fails(_, At) -> At.

a_listener_that_fails_test_() ->
    [?_test(begin
        Me = self(),
        Tests = [fun() -> Me ! ran, ok end],
        ?assertEqual({At, {error, as_asked}}, {At, eunit:test(Tests, [no_tty, {report, {?MODULE, [At]}}])}),
        receive ran -> ok after 30000 -> error(not_run) end
    end) || At <- [handle_begin, handle_end, terminate]].
