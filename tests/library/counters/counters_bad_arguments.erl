%% What the functions of counters say of arguments that are none.
-module(counters_bad_arguments).
-include("../bad_arguments.hrl").

start() ->
    show(fun() -> not_always(counters, badarg, [{add, 3}, {get, 2}, {info, 1}, {put, 3}]) end),  % expect: []
    show(fun() -> bad(counters, new, 2) end),  % expect: [{badarg,120},{ok,1}]
    show(fun() -> bad(counters, sub, 3) end).  % expect: [{badarg,33},{badarith,88}]
