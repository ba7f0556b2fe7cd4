-module(transom_stop_tests).
-include_lib("eunit/include/eunit.hrl").

arguments_are_refused_test() -> ?assertEqual(2, transom_stop:command(["now"])).
