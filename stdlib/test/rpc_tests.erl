%% Answers recorded from erl.
-module(rpc_tests).
-include_lib("eunit/include/eunit.hrl").

call_test() ->
    ?assertEqual(1, rpc:call(node(), erlang, abs, [-1])),
    ?assertEqual({badrpc,nodedown}, rpc:call(foo, erlang, node, [])),
    ?assertEqual(a, rpc:call(node(), erlang, throw, [a])),
    ?assertEqual({badrpc,{'EXIT',a}}, rpc:call(node(), erlang, exit, [a])),
    ?assertEqual({badrpc,timeout}, rpc:call(node(), timer, sleep, [1000], 10)),
    ?assertError(badarg, rpc:call(a, b, c, d)),
    ?assertEqual(true, begin {badrpc, {'EXIT', {x, S}}} = rpc:call(node(), erlang, error, [x]), is_list(S) end),
    ?assertEqual(1, rpc:block_call(node(), erlang, abs, [-1])).

many_test() ->
    ?assertEqual({[1],[]}, rpc:multicall(erlang, abs, [-1])),
    ?assertEqual({[nonode@nohost],[foo]}, rpc:multicall([node(), foo], erlang, node, [])),
    ?assertEqual({[{badrpc,{'EXIT',a}}],[]}, rpc:multicall([node()], erlang, exit, [a])),
    ?assertEqual({[a],[]}, rpc:multicall([node()], erlang, throw, [a])),
    ?assertEqual([1,2], rpc:pmap({erlang, abs}, [], [1, -2])),
    ?assertExit(badrpc, rpc:pmap({erlang, abs}, [], [a])),
    ?assertEqual([1,[1,2,3]], rpc:parallel_eval([{erlang, abs, [-1]}, {lists, seq, [1, 3]}])).

send_test() ->
    ?assertEqual({[],[nonode@nohost]}, rpc:sbcast([node()], no_such_name, a)),
    ?assertEqual({[nonode@nohost],[]}, begin register(rpc_t, self()), R = rpc:sbcast([node()], rpc_t, hello), receive hello -> unregister(rpc_t), R end end),
    ?assertEqual(abcast, begin register(rpc_t, self()), R = rpc:abcast(rpc_t, hello), receive hello -> unregister(rpc_t), R end end),
    ?assertEqual(true, rpc:cast(node(), erlang, abs, [1])),
    ?assertEqual(abcast, rpc:eval_everywhere(erlang, abs, [1])).

promise_test() ->
    ?assertEqual(1, rpc:yield(rpc:async_call(node(), erlang, abs, [-1]))),
    ?assertEqual(timeout, rpc:nb_yield(rpc:async_call(node(), timer, sleep, [1000]))),
    ?assertEqual({value,ok}, rpc:nb_yield(rpc:async_call(node(), timer, sleep, [1]), infinity)),
    ?assertEqual({error,nodedown}, rpc:server_call(node(), no_such_name, w, m)).

pinfo_test() ->
    ?assertEqual(true, begin {links, L} = rpc:pinfo(self(), links), is_list(L) end).
