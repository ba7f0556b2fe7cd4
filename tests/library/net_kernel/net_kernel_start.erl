%% Starting distribution: what is asked for is looked at before it is refused.
-module(net_kernel_start).
-include("../show.hrl").

start() ->
    show(fun() -> net_kernel:start(1, 2) end),  % expect: error invalid_options
    show(fun() -> net_kernel:start("foo", #{}) end),  % expect: error invalid_name
    show(fun() -> net_kernel:start(foo, []) end),  % expect: error invalid_options
    show(fun() -> net_kernel:start(foo, #{bad => 1}) end),  % expect: error {invalid_option,bad,1}
    show(fun() -> net_kernel:start(foo, #{name_domain => odd}) end),  % expect: error {invalid_option,name_domain,odd}
    show(fun() -> net_kernel:start(foo, #{net_ticktime => 0}) end),  % expect: error {invalid_option,net_ticktime,0}
    show(fun() -> net_kernel:start(foo, #{net_tickintensity => 3}) end),  % expect: error {invalid_option,net_tickintensity,3}
    show(fun() -> net_kernel:start(foo, #{hidden => odd}) end),  % expect: error {invalid_option,hidden,odd}
    show(fun() -> net_kernel:start(foo, #{dist_listen => odd}) end),  % expect: error {invalid_option,dist_listen,odd}
    show(fun() -> net_kernel:start([foo, odd]) end),  % expect: error {invalid_option,name_domain,odd}
    show(fun() -> net_kernel:start([foo, shortnames, odd]) end),  % expect: error function_clause
    show(fun() -> net_kernel:start(["foo"]) end),  % expect: error function_clause
    show(fun() -> net_kernel:start(foo) end),  % expect: error function_clause
    show(fun() -> net_kernel:start([]) end),  % expect: error function_clause
    show(fun() -> [net_kernel:stop(), is_alive(), node()] end).  % expect: [{error,not_found},false,nonode@nohost]
