%% The clock of the operating system.
-module(os_more).
-include("../show.hrl").

start() ->
    show(fun() -> [is_integer(os:perf_counter()), is_integer(os:system_time())] end),  % expect: [true,true]
    show(fun() -> os:system_time(second) - os:system_time() div erlang:convert_time_unit(1, second, native) =< 1 end).  % expect: true
