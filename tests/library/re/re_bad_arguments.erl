%% What the functions of re say of arguments that are none.
-module(re_bad_arguments).
-include("../bad_arguments.hrl").

start() ->
    show(fun() -> not_always(re, badarg, [{inspect, 2}]) end),  % expect: []
    show(fun() -> bad(re, compile, 1) end),  % expect: [{badarg,8},{ok,3}]
    show(fun() -> bad(re, compile, 2) end),  % expect: [{badarg,118},{ok,3}]
    show(fun() -> bad(re, replace, 3) end),  % expect: [{badarg,118},{ok,3}]
    show(fun() -> bad(re, replace, 4) end),  % expect: [{badarg,120},{ok,1}]
    show(fun() -> bad(re, run, 2) end),  % expect: [{badarg,112},{ok,9}]
    show(fun() -> bad(re, run, 3) end),  % expect: [{badarg,120},{ok,1}]
    show(fun() -> bad(re, split, 2) end),  % expect: [{badarg,112},{ok,9}]
    show(fun() -> bad(re, split, 3) end).  % expect: [{badarg,120},{ok,1}]
