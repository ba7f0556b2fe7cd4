%% What the functions of timer say of arguments that are none.
-module(timer_bad_arguments).
-include("../bad_arguments.hrl").

start() ->
    show(fun() -> not_always(timer, function_clause, [{now_diff, 2}]) end),  % expect: []
    show(fun() -> bad(timer, hms, 3) end),  % expect: [{badarith,118},{ok,3}]
    show(fun() -> bad(timer, hours, 1) end),  % expect: [{badarith,8},{ok,3}]
    show(fun() -> bad(timer, minutes, 1) end),  % expect: [{badarith,8},{ok,3}]
    show(fun() -> bad(timer, seconds, 1) end).  % expect: [{badarith,8},{ok,3}]
