%% Calls to this node in the less common forms.
-module(rpc_more).
-include("../show.hrl").

start() ->
    register(rpc_tester, self()),
    show(fun() -> rpc:block_call(node(), erlang, '+', [1, 2], 1000) end),  % expect: 3
    show(fun() -> rpc:block_call(node(), erlang, exit, [x], 1000) end),  % expect: {badrpc,{'EXIT',x}}
    show(fun() -> rpc:multicall([node()], erlang, '+', [1, 2], 1000) end),  % expect: {[3],[]}
    show(fun() -> rpc:multicall([node(), other@host], erlang, node, [], 1000) end),  % expect: {[nonode@nohost],[other@host]}
    show(fun() -> rpc:eval_everywhere([node()], erlang, send, [rpc_tester, hello]) end),  % expect: abcast
    show(fun() -> next() end),  % expect: hello
    show(fun() -> rpc:abcast([node()], rpc_tester, msg) end),  % expect: abcast
    show(fun() -> next() end),  % expect: msg
    show(fun() -> rpc:sbcast([node()], rpc_tester) end),  % expect: {[],[nonode@nohost]}
    show(fun() -> rpc:sbcast(rpc_tester, msg2) end),  % expect: {[nonode@nohost],[]}
    show(fun() -> next() end),  % expect: msg2
    show(fun() -> rpc:sbcast([node()], no_such_name, msg) end),  % expect: {[],[nonode@nohost]}
    show(fun() -> rpc:multi_server_call(no_such_name, msg) end),  % expect: {[],[nonode@nohost]}
    show(fun() -> rpc:multi_server_call([node()], no_such_name, msg) end),  % expect: {[],[nonode@nohost]}
    show(fun() -> [element(1, E) || E <- lists:sublist(rpc:pinfo(self()), 2)] end),  % expect: [registered_name,current_function]
    show(fun() -> rpc:pinfo(self(), registered_name) end).  % expect: {registered_name,rpc_tester}
