%% What takeover/2 refuses.
-module(application_takeover).
-include("../show.hrl").

start() ->
    show(fun() -> application:takeover(some_app, 2) end),  % expect: {error,{invalid_restart_type,2}}
    show(fun() -> application:takeover(some_app, odd) end).  % expect: {error,{invalid_restart_type,odd}}
