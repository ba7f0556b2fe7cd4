%% The command's arguments; what undoing does is tested in transom_reload_tests.
-module(transom_undo_tests).

-include_lib("eunit/include/eunit.hrl").

arguments_test() ->
    ?assertEqual(2, transom_undo:command(["--nonsense"])),
    ?assertEqual(0, transom_undo:command(["--help"])).
