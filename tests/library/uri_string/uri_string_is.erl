%% What may stand in a host and in a path.
-module(uri_string_is).
-include("../show.hrl").

start() ->
    show(fun() -> [uri_string:is_host(C) || C <- "az09-._~!$&'()*+,;=:@/?#[] %"] end),  % expect: [true,true,true,true,true,true,true,true,true,true,true,true,true,true,true,true,true,true,true,true,false,false,false,false,false,false,false,false]
    show(fun() -> [uri_string:is_path(C) || C <- "az09-._~!$&'()*+,;=:@/?#[] %"] end).  % expect: [true,true,true,true,true,true,true,true,true,true,true,true,true,true,true,true,true,true,true,true,true,true,false,false,false,false,false,true]
