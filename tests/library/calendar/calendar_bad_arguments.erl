%% What the functions of calendar say of arguments that are none.
-module(calendar_bad_arguments).
-include("../bad_arguments.hrl").

start() ->
    show(fun() -> bad(calendar, date_to_gregorian_days, 1) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(calendar, date_to_gregorian_days, 3) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(calendar, datetime_to_gregorian_seconds, 1) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(calendar, day_of_the_week, 1) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(calendar, day_of_the_week, 3) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(calendar, is_leap_year, 1) end),  % expect: [function_clause,ok,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(calendar, last_day_of_the_month, 2) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(calendar, local_time_to_universal_time, 1) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(calendar, local_time_to_universal_time, 2) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(calendar, local_time_to_universal_time_dst, 1) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(calendar, now_to_datetime, 1) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(calendar, now_to_local_time, 1) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(calendar, now_to_universal_time, 1) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(calendar, rfc3339_to_system_time, 1) end),  % expect: [badmatch,badmatch,badmatch,badmatch,badmatch,badmatch,badmatch,badmatch,badmatch,badmatch,badmatch,badmatch]
    show(fun() -> bad(calendar, rfc3339_to_system_time, 2) end),  % expect: [function_clause,badmatch,function_clause,function_clause,function_clause,badmatch,function_clause,function_clause,function_clause,function_clause,badmatch,function_clause]
    show(fun() -> bad(calendar, system_time_to_local_time, 2) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(calendar, system_time_to_rfc3339, 1) end),  % expect: [badarg,ok,badarg,badarg,badarg,badarg,badarg,ok,badarg,badarg,badarg,badarg]
    show(fun() -> bad(calendar, system_time_to_universal_time, 2) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(calendar, time_difference, 2) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(calendar, time_to_seconds, 1) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(calendar, universal_time_to_local_time, 1) end),  % expect: [badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg,badarg]
    show(fun() -> bad(calendar, valid_date, 1) end),  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
    show(fun() -> bad(calendar, valid_date, 3) end).  % expect: [function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause,function_clause]
