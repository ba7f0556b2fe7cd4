%% Nodes of the hosts in a file that is not there.
-module(net_adm_world).
-include("../show.hrl").

start() ->
    show(fun() -> net_adm:world() end),  % expect: exit {error,enoent}
    show(fun() -> net_adm:world(silent) end).  % expect: exit {error,enoent}
