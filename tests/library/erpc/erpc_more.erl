%% Calls with funs and time-outs.
-module(erpc_more).
-include("../show.hrl").

start() ->
    show(fun() -> erpc:call(node(), fun() -> 1 + 2 end, 1000) end),  % expect: 3
    show(fun() -> erpc:call(node(), fun() -> timer:sleep(200) end, 10) end),  % expect: error {erpc,timeout}
    show(fun() -> erpc:call(node(), fun() -> exit(gone) end, 1000) end),  % expect: exit {exception,gone}
    show(fun() -> erpc:call(node(), fun() -> throw(ball) end, 1000) end),  % expect: throw ball
    show(fun() -> erpc:multicall([node()], fun() -> x end, 1000) end),  % expect: [{ok,x}]
    show(fun() -> [erpc:multicast([node()], erlang, send, [self(), hello]), next()] end),  % expect: [ok,hello]
    show(fun() -> erpc:receive_response(erpc:send_request(node(), erlang, '+', [1, 2]), 1000) end),  % expect: 3
    show(fun() -> erpc:receive_response(erpc:send_request(node(), timer, sleep, [100]), 5) end),  % expect: error {erpc,timeout}
    show(fun() -> erpc:wait_response(erpc:send_request(node(), timer, sleep, [100])) end),  % expect: no_response
    show(fun() -> erpc:call(node(), foo, 1000) end),  % expect: error {erpc,badarg}
    show(fun() -> erpc:receive_response(foo, 10) end).  % expect: error {erpc,badarg}
