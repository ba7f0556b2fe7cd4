%% The state of a started node; what the installed release says depends on how the test is started.
% reference: OTP 27
-module(init_27).
-include("../show.hrl").

start() ->
    show(fun() -> init:get_status() end),  % expect: {started,started}
    show(fun() -> init:wait_until_started() end),  % expect: ok
    show(fun() -> init:stop(foo) end).  % expect: error badarg
