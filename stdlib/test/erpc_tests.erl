%% Answers recorded from erl.
-module(erpc_tests).
-include_lib("eunit/include/eunit.hrl").

call_test() ->
    ?assertEqual(1, erpc:call(node(), erlang, abs, [-1])),
    ?assertEqual(a, erpc:call(node(), fun() -> a end)),
    ?assertError({erpc,noconnection}, erpc:call(foo, fun() -> a end)),
    ?assertExit({exception,x}, erpc:call(node(), fun() -> exit(x) end)),
    ?assertThrow(x, erpc:call(node(), fun() -> throw(x) end)),
    ?assertError({erpc,timeout}, erpc:call(node(), timer, sleep, [1000], 5)),
    ?assertError({erpc,badarg}, erpc:call(a, b, c, d)),
    ?assertEqual(ok, try erpc:call(node(), erlang, error, [x]) catch error:{exception, x, S} when is_list(S) -> ok end),
    ?assertEqual([], try erpc:call(node(), erlang, error, [x]) catch error:{exception, x, S} -> [F || F <- S, element(1, F) =:= erpc] end).

multicall_test() ->
    ?assertEqual([{ok,nonode@nohost},{error,{erpc,noconnection}}], erpc:multicall([node(), foo], erlang, node, [])),
    ?assertEqual([{exit,{exception,a}}], erpc:multicall([node()], fun() -> exit(a) end)),
    ?assertError({erpc,badarg}, erpc:multicall(foo, erlang, node, [])),
    ?assertEqual([{error,{erpc,timeout}}], erpc:multicall([node()], timer, sleep, [1000], 5)).

cast_test() ->
    ?assertEqual(ok, erpc:cast(node(), fun() -> ok end)),
    ?assertEqual(ok, erpc:cast(foo, a, b, [])),
    ?assertError({erpc,badarg}, erpc:cast(foo, a, b, c)),
    ?assertEqual(ok, erpc:multicast([node(), foo], fun() -> ok end)),
    ?assertEqual(ok, begin P = self(), erpc:cast(node(), fun() -> P ! here end), receive here -> ok end end).

request_test() ->
    ?assertEqual(1, erpc:receive_response(erpc:send_request(node(), erlang, abs, [-1]))),
    ?assertError({erpc,noconnection}, erpc:receive_response(erpc:send_request(foo, erlang, abs, [-1]))),
    ?assertEqual(no_response, erpc:wait_response(erpc:send_request(node(), timer, sleep, [1000]), 1)),
    ?assertEqual({response,a}, erpc:wait_response(erpc:send_request(node(), fun() -> a end), infinity)),
    ?assertEqual({{response,a},no_response}, begin R = erpc:send_request(node(), fun() -> a end), receive M -> {erpc:check_response(M, R), erpc:check_response(x, R)} end end).

collection_test() ->
    ?assertEqual(no_request, erpc:receive_response(erpc:reqids_new(), 1, true)),
    ?assertEqual({1,l,1,0}, begin Rs = erpc:send_request(node(), erlang, abs, [-1], l, erpc:reqids_new()), {A, B, C} = erpc:receive_response(Rs, infinity, true), {A, B, erpc:reqids_size(Rs), erpc:reqids_size(C)} end),
    ?assertEqual({{response,a},l,1}, begin Rs = erpc:send_request(node(), fun() -> a end, l, erpc:reqids_new()), {A, B, C} = erpc:wait_response(Rs, infinity, false), {A, B, erpc:reqids_size(C)} end),
    ?assertEqual(no_response, begin Rs = erpc:send_request(node(), timer, sleep, [1000], l, erpc:reqids_new()), erpc:wait_response(Rs, 1, true) end),
    ?assertError({erpc,timeout}, begin Rs = erpc:send_request(node(), timer, sleep, [1000], l, erpc:reqids_new()), erpc:receive_response(Rs, 1, true) end),
    ?assertEqual({response,a}, begin Rs = erpc:reqids_add(erpc:send_request(node(), fun() -> a end), l, erpc:reqids_new()), receive M -> element(1, erpc:check_response(M, Rs, true)) end end),
    ?assertEqual({exit,{exception,z},l}, begin Rs = erpc:send_request(node(), erlang, exit, [z], l, erpc:reqids_new()), try erpc:receive_response(Rs, infinity, true) catch C:{R, L, _} -> {C, R, L} end end),
    ?assertEqual([l], [L || {_, L} <- erpc:reqids_to_list(erpc:send_request(node(), erlang, abs, [-1], l, erpc:reqids_new()))]).
