-module(transom_control_tests).
-include_lib("eunit/include/eunit.hrl").

%% What a client gets is tested over a real socket, in tests/system/control.rs.
a_channel_that_does_not_exist_ends_the_conversation_test() ->
    {Pid, Ref} = spawn_monitor(transom_control, client, [1 bsl 40]),
    receive {'DOWN', Ref, process, Pid, Reason} -> ?assertEqual(normal, Reason) after 30000 -> error(late) end.

argument_errors_are_status_2_test() -> ?assertEqual(2, transom_control:argument_error("~s~n", ["wrong"])).
