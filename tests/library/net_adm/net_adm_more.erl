%% Hosts and names where no distribution runs.
-module(net_adm_more).
-include("../show.hrl").

start() ->
    show(fun() -> net_adm:host_file() end),
    show(fun() -> net_adm:dns_hostname('localhost') end),
    show(fun() -> net_adm:dns_hostname(no_such_host_anywhere) end),
    show(fun() -> net_adm:names(no_such_host_anywhere) end),
    show(fun() -> net_adm:world_list([]) end),
    show(fun() -> net_adm:world_list([], silent) end).
