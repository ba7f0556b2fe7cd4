%% Calls with funs and time-outs.
-module(erpc_more).
-include("../show.hrl").

start() ->
    show(fun() -> erpc:call(node(), fun() -> 1 + 2 end, 1000) end),
    show(fun() -> erpc:call(node(), fun() -> timer:sleep(200) end, 10) end),
    show(fun() -> erpc:call(node(), fun() -> exit(gone) end, 1000) end),
    show(fun() -> erpc:call(node(), fun() -> throw(ball) end, 1000) end),
    show(fun() -> erpc:multicall([node()], fun() -> x end, 1000) end),
    show(fun() -> [erpc:multicast([node()], erlang, send, [self(), hello]), next()] end),
    show(fun() -> erpc:receive_response(erpc:send_request(node(), erlang, '+', [1, 2]), 1000) end),
    show(fun() -> erpc:receive_response(erpc:send_request(node(), timer, sleep, [100]), 5) end),
    show(fun() -> erpc:wait_response(erpc:send_request(node(), timer, sleep, [100])) end),
    show(fun() -> erpc:call(node(), foo, 1000) end),
    show(fun() -> erpc:receive_response(foo, 10) end).
