%% What the functions of calendar say of arguments that are none.
-module(calendar_bad_arguments).
-include("../bad_arguments.hrl").

start() ->
    show(fun() -> not_always(calendar, badarg, [{local_time_to_universal_time, 1}, {local_time_to_universal_time, 2}, {local_time_to_universal_time_dst, 1}, {universal_time_to_local_time, 1}]) end),  % expect: []
    show(fun() -> not_always(calendar, badmatch, [{rfc3339_to_system_time, 1}]) end),  % expect: []
    show(fun() -> not_always(calendar, function_clause, [{date_to_gregorian_days, 1}, {datetime_to_gregorian_seconds, 1}, {day_of_the_week, 1}, {iso_week_number, 1}, {now_to_datetime, 1}, {now_to_local_time, 1}, {now_to_universal_time, 1}, {time_difference, 2}, {time_to_seconds, 1}, {valid_date, 1}]) end),  % expect: []
    show(fun() -> bad(calendar, date_to_gregorian_days, 3) end),  % expect: [{function_clause,120},{ok,1}]
    show(fun() -> bad(calendar, day_of_the_week, 3) end),  % expect: [{function_clause,120},{ok,1}]
    show(fun() -> bad(calendar, gregorian_days_to_date, 1) end),  % expect: [{badarith,9},{function_clause,1},{ok,1}]
    show(fun() -> bad(calendar, gregorian_seconds_to_datetime, 1) end),  % expect: [{badarith,9},{function_clause,1},{ok,1}]
    show(fun() -> bad(calendar, is_leap_year, 1) end),  % expect: [{function_clause,10},{ok,1}]
    show(fun() -> bad(calendar, last_day_of_the_month, 2) end),  % expect: [{function_clause,120},{ok,1}]
    show(fun() -> bad(calendar, rfc3339_to_system_time, 2) end),  % expect: [{badmatch,33},{function_clause,88}]
    show(fun() -> bad(calendar, seconds_to_daystime, 1) end),  % expect: [{badarith,9},{ok,2}]
    show(fun() -> bad(calendar, seconds_to_time, 1) end),  % expect: [{badarith,1},{function_clause,9},{ok,1}]
    show(fun() -> bad(calendar, system_time_to_local_time, 2) end),  % expect: [{badarg,119},{ok,2}]
    show(fun() -> bad(calendar, system_time_to_rfc3339, 1) end),  % expect: [{badarg,9},{ok,2}]
    show(fun() -> bad(calendar, system_time_to_rfc3339, 2) end),  % expect: [{badarg,27},{function_clause,88},{ok,6}]
    show(fun() -> bad(calendar, system_time_to_universal_time, 2) end),  % expect: [{badarg,119},{ok,2}]
    show(fun() -> bad(calendar, valid_date, 3) end).  % expect: [{function_clause,119},{ok,2}]
