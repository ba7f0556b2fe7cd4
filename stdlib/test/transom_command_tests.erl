-module(transom_command_tests).
-include_lib("eunit/include/eunit.hrl").
-export([command/1]).

command(["value", V]) -> list_to_integer(V);
command(["fail"]) -> exit(wanted);
command(_) -> ok.

registered_commands_are_found_test() ->
    ok = transom_command:register("mine", ?MODULE),
    ?assertEqual({ok, ?MODULE}, transom_command:find("mine")),
    ?assert(lists:member({"mine", ?MODULE}, transom_command:registered())),
    ?assertEqual(0, transom_command:run("mine", [])),
    ?assertEqual(37, transom_command:run("mine", ["value", "37"])),
    ok = transom_command:unregister("mine"),
    ?assertEqual(error, transom_command:find("mine")).

built_in_commands_are_found_test() ->
    ?assertEqual({ok, transom_top}, transom_command:find("top")).

bad_names_are_refused_test() ->
    ?assertError(badarg, transom_command:register("", ?MODULE)),
    ?assertError(badarg, transom_command:register("x", "no atom")).

without_a_client_there_is_no_context_test() ->
    ?assertEqual(#{}, transom_command:context()),
    ?assertEqual(filename:absname("f"), transom_command:path("f")).
