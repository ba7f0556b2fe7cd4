%% Answers recorded from erl.
-module(net_adm_tests).
-include_lib("eunit/include/eunit.hrl").

alone_test() ->
    ?assertEqual(pang, net_adm:ping(foo)),
    ?assertEqual(pang, net_adm:ping(node())),
    ?assertEqual({error,address}, net_adm:names()),
    ?assertEqual([], net_adm:ping_list([foo])),
    ?assertEqual(true, is_list(net_adm:localhost())).
