-module(escript_tests).
-include_lib("eunit/include/eunit.hrl").

the_name_is_that_of_the_running_file_test() -> ?assertEqual(init:script_name(), escript:script_name()).
