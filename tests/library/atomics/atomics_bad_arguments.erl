%% What the functions of atomics say of arguments that are none.
-module(atomics_bad_arguments).
-include("../bad_arguments.hrl").

start() ->
    show(fun() -> bad(atomics, add, 3) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(atomics, add_get, 3) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(atomics, compare_exchange, 4) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(atomics, exchange, 3) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(atomics, get, 2) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(atomics, info, 1) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(atomics, new, 2) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(atomics, put, 3) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(atomics, sub, 3) end),  % expect: [badarg,badarith,badarith,badarith,badarith,badarith,badarg,badarg,badarith,badarith,badarith,badarg]
    show(fun() -> bad(atomics, sub_get, 3) end).  % expect: [badarg,badarith,badarith,badarith,badarith,badarith,badarg,badarg,badarith,badarith,badarith,badarg]
