%% What the functions of timer say of arguments that are none.
-module(timer_bad_arguments).
-include("../bad_arguments.hrl").

start() ->
    show(fun() -> bad(timer, hms, 3) end),  % expect: [badarith,badarith,badarith,badarith,badarith,badarith,badarith,badarith,badarith,badarith,badarith,badarith]
    show(fun() -> bad(timer, hours, 1) end),  % expect: [badarith,ok,badarith,badarith,badarith,badarith,badarith,ok,badarith,badarith,ok,badarith]
    show(fun() -> bad(timer, minutes, 1) end),  % expect: [badarith,ok,badarith,badarith,badarith,badarith,badarith,ok,badarith,badarith,ok,badarith]
    show(fun() -> bad(timer, now_diff, 2) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(timer, seconds, 1) end).  % expect: [badarith,ok,badarith,badarith,badarith,badarith,badarith,ok,badarith,badarith,ok,badarith]
