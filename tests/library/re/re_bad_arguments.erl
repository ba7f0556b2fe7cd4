%% What the functions of re say of arguments that are none.
-module(re_bad_arguments).
-include("../bad_arguments.hrl").

start() ->
    show(fun() -> bad(re, compile, 1) end),  % expect: [badarg,badarg,ok,badarg,ok,badarg,badarg,badarg,ok,badarg,badarg,badarg]
    show(fun() -> bad(re, compile, 2) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(re, inspect, 2) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(re, replace, 3) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(re, replace, 4) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(re, run, 2) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(re, run, 3) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(re, split, 2) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(re, split, 3) end).  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
