%% Hosts and names where no distribution runs.
-module(net_adm_more).
-include("../show.hrl").

start() ->
    show(fun() -> net_adm:host_file() end),  % expect: {error,enoent}
    show(fun() -> net_adm:dns_hostname('localhost') end),  % expect: {ok,"localhost"}
    show(fun() -> net_adm:dns_hostname(no_such_host_anywhere) end),  % expect: {error,no_such_host_anywhere}
    show(fun() -> net_adm:names(no_such_host_anywhere) end),  % expect: {error,nxdomain}
    show(fun() -> net_adm:world_list([]) end),  % expect: []
    show(fun() -> net_adm:world_list([], silent) end).  % expect: []
