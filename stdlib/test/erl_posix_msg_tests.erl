%% Texts of POSIX names, as erl 25 gives them.
-module(erl_posix_msg_tests).
-include_lib("eunit/include/eunit.hrl").

message_test() ->
    ?assertEqual("no such file or directory", erl_posix_msg:message(enoent)),
    ?assertEqual("permission denied", erl_posix_msg:message(eacces)),
    ?assertEqual("broken pipe", erl_posix_msg:message(epipe)),
    ?assertEqual("unknown POSIX error", erl_posix_msg:message(no_such_name)).
