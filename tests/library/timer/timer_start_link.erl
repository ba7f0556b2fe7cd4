%% Starting the server of timers again.
-module(timer_start_link).
-include("../show.hrl").

start() ->
    show(fun() -> [timer:start(), element(1, timer:start_link()), element(1, element(2, timer:start_link()))] end).  % expect: [ok,error,already_started]
