%% What the functions of counters say of arguments that are none.
-module(counters_bad_arguments).
-include("../bad_arguments.hrl").

start() ->
    show(fun() -> bad(counters, add, 3) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(counters, get, 2) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(counters, info, 1) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(counters, new, 2) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(counters, put, 3) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(counters, sub, 3) end).  % expect: [badarg,badarith,badarith,badarith,badarith,badarith,badarg,badarg,badarith,badarith,badarith,badarg]
