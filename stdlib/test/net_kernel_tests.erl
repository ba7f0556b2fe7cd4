%% Answers recorded from erl.
-module(net_kernel_tests).
-include_lib("eunit/include/eunit.hrl").

alone_test() ->
    ?assertEqual({error,not_found}, net_kernel:stop()),
    ?assertEqual(#{started => no}, net_kernel:get_state()),
    ?assertEqual(ignored, net_kernel:connect_node(foo)),
    ?assertEqual(ignored, net_kernel:connect_node(node())),
    ?assertEqual(ok, net_kernel:monitor_nodes(true)),
    ?assertEqual(ok, net_kernel:monitor_nodes(false)),
    ?assertEqual(error, net_kernel:monitor_nodes(foo)),
    ?assertEqual({error,{unknown_options,[foo]}}, net_kernel:monitor_nodes(true, [foo])),
    ?assertEqual(ignored, net_kernel:get_net_ticktime()),
    ?assertEqual(ignored, net_kernel:set_net_ticktime(5)),
    ?assertEqual(ignored, net_kernel:allow([a])),
    ?assertEqual(ignored, net_kernel:allowed()),
    ?assertEqual(ignored, net_kernel:longnames()),
    ?assertEqual(ignored, net_kernel:nodename()),
    ?assertEqual(ignored, net_kernel:getopts(foo, [a])).

erlang_test() ->
    ?assertError(notalive, erlang:monitor_node(foo, true)),
    ?assertEqual(true, erlang:monitor_node(node(), true)),
    ?assertEqual(nocookie, erlang:get_cookie()),
    ?assertError(distribution_not_started, erlang:set_cookie(a)),
    ?assertEqual(ignored, erlang:disconnect_node(foo)),
    ?assertEqual([nonode@nohost], nodes(this)),
    ?assertEqual([nonode@nohost], nodes([this, visible])),
    ?assertEqual([1,2], erlang:append([1], [2])),
    ?assertEqual([2,1], erlang:subtract([1, 2, 1], [1])).
