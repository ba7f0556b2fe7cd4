%% A node that is not distributed.
-module(net_kernel_single).
-include("../show.hrl").

start() ->
    show(fun() -> net_kernel:set_net_ticktime(60, 10) end),  % expect: ignored
    show(fun() -> net_kernel:setopts(no@where, [{nodelay, true}]) end).  % expect: ignored
