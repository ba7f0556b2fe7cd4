%% What the functions of atomics say of arguments that are none.
-module(atomics_bad_arguments).
-include("../bad_arguments.hrl").

start() ->
    show(fun() -> not_always(atomics, badarg, [{add, 3}, {add_get, 3}, {compare_exchange, 4}, {exchange, 3}, {get, 2}, {info, 1}, {put, 3}]) end),  % expect: []
    show(fun() -> bad(atomics, new, 2) end),  % expect: [{badarg,120},{ok,1}]
    show(fun() -> bad(atomics, sub, 3) end),  % expect: [{badarg,33},{badarith,88}]
    show(fun() -> bad(atomics, sub_get, 3) end).  % expect: [{badarg,33},{badarith,88}]
