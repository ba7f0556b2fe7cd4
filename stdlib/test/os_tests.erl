%% Environment, commands, programs, signals: every answer here was seen from erl 25 first.
-module(os_tests).
-behaviour(gen_event).
-export([init/1, handle_event/2, handle_call/2]).
-include_lib("eunit/include/eunit.hrl").

init(To) -> {ok, To}.
handle_event(Signal, To) ->
    To ! {signal, Signal},
    {ok, To}.
handle_call(_, To) -> {ok, ok, To}.

environment_test() ->
    true = os:putenv("OS_TESTS", "v1"),
    ?assertEqual("v1", os:getenv("OS_TESTS")),
    ?assertEqual("v1", os:getenv("OS_TESTS", "d")),
    ?assert(lists:member({"OS_TESTS", "v1"}, os:env())),
    ?assert(lists:member("OS_TESTS=v1", os:getenv())),
    ?assertEqual("v1\n", os:cmd("echo $OS_TESTS")),
    true = os:unsetenv("OS_TESTS"),
    ?assertEqual(false, os:getenv("OS_TESTS")),
    ?assertEqual("d", os:getenv("OS_TESTS", "d")),
    ?assertEqual(true, os:unsetenv("OS_TESTS")).

environment_arguments_test() ->
    ?assertError(badarg, os:putenv("A=B", "c")),
    ?assertError(badarg, os:putenv("=", "c")),
    ?assertEqual(true, os:putenv("", "c")),
    ?assertError(badarg, os:getenv(foo)),
    ?assertError(badarg, os:getenv("a\0")),
    ?assertError(badarg, os:putenv(a, "b")),
    ?assertError(badarg, os:unsetenv("a=b")).

unicode_environment_test() ->
    true = os:putenv([197, 196], [1078]),
    ?assertEqual([1078], os:getenv([197, 196])),
    ?assert(lists:member({[197, 196], [1078]}, os:env())),
    os:unsetenv([197, 196]).

facts_test() ->
    ?assertEqual(unix, element(1, os:type())),
    ?assertEqual(3, tuple_size(os:version())),
    ?assertMatch({_, _, _}, os:timestamp()),
    ?assert(list_to_integer(os:getpid()) > 0),
    ?assert(os:system_time(second) > 1600000000),
    ?assert(is_integer(os:perf_counter(millisecond))),
    ?assertError(badarg, os:system_time(foo)).

executables_test() ->
    ?assertEqual("/bin/sh", os:find_executable("/bin/sh")),
    ?assertEqual("/bin/sh", os:find_executable("sh", "/nonexistent:/bin")),
    ?assertEqual(false, os:find_executable("no_such_program_here")),
    ?assertEqual(false, os:find_executable("/etc/passwd")).

commands_test() ->
    ?assertEqual("a b\n", os:cmd("echo a b")),
    ?assertEqual("z\n", os:cmd('echo z')),
    ?assertEqual("x y\n", os:cmd(["echo ", $x, [" y"]])),
    ?assertEqual("", os:cmd("exit 1")),
    ?assertEqual("err\nout\n", os:cmd("echo err >&2; echo out")),
    ?assertEqual("done\n", os:cmd("cat; echo done")),
    ?assertEqual("1\n2\n", os:cmd("echo 1; sleep 0.1; echo 2")),
    ?assertEqual("123", os:cmd("echo 12345", #{max_size => 3})),
    ?assertEqual("12345\n", os:cmd("echo 12345", #{max_size => 30})),
    ?assertError(badarg, os:cmd(12)),
    ?assertError(badarg, os:cmd("a\0b")),
    ?assertError(badarg, os:cmd("echo", foo)).

signal_arguments_test() ->
    ?assertEqual(ok, os:set_signal(sighup, ignore)),
    ?assertEqual(ok, os:set_signal(sighup, default)),
    ?assertError(badarg, os:set_signal(foo, default)),
    ?assertError(badarg, os:set_signal(sighup, foo)),
    ?assertError(badarg, os:set_signal(sigkill, ignore)),
    ?assertError(badarg, os:set_signal(sigint, ignore)).

%% A handler of one's own gets the signal as an event.
handled_signal_test() ->
    ok = os:set_signal(sigusr2, handle),
    ok = gen_event:add_handler(erl_signal_server, os_tests, self()),
    os:cmd("kill -USR2 " ++ os:getpid()),
    ?assertEqual(sigusr2, receive {signal, S} -> S after 30000 -> none end),
    gen_event:delete_handler(erl_signal_server, os_tests, []),
    ok = os:set_signal(sigusr2, default).
