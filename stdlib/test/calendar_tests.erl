%% Answers recorded from erl, and a few refusals.
-module(calendar_tests).
-include_lib("eunit/include/eunit.hrl").

date_to_gregorian_days_1_test() ->
    ?assertEqual(512, calendar:date_to_gregorian_days({1,5,27})),
    ?assertEqual(730529, calendar:date_to_gregorian_days({2000,2,14})),
    ?assertEqual(730246, calendar:date_to_gregorian_days({1999,5,7})),
    ?assertEqual(719710, calendar:date_to_gregorian_days({1970,7,2})),
    ?assertEqual(96, calendar:date_to_gregorian_days({0,4,6})),
    ?assertEqual(335, calendar:date_to_gregorian_days({0,12,1})),
    ?assertError(function_clause, calendar:date_to_gregorian_days({1970,13,20})).

date_to_gregorian_days_3_test() ->
    ?assertEqual(469, calendar:date_to_gregorian_days(1, 4, 14)),
    ?assertEqual(739448, calendar:date_to_gregorian_days(2024, 7, 16)),
    ?assertEqual(767132, calendar:date_to_gregorian_days(2100, 5, 3)),
    ?assertEqual(730300, calendar:date_to_gregorian_days(1999, 6, 30)),
    ?assertEqual(922364, calendar:date_to_gregorian_days(2525, 5, 7)),
    ?assertEqual(378, calendar:date_to_gregorian_days(1, 1, 13)),
    ?assertError(function_clause, calendar:date_to_gregorian_days(2100, 13, 24)).

datetime_to_gregorian_seconds_1_test() ->
    ?assertEqual(63117151205, calendar:datetime_to_gregorian_seconds({{2000,2,7},{14,0,5}})),
    ?assertEqual(63119303109, calendar:datetime_to_gregorian_seconds({{2000,3,3},{11,45,9}})),
    ?assertEqual(62180344178, calendar:datetime_to_gregorian_seconds({{1970,6,1},{21,49,38}})),
    ?assertEqual(67650002268, calendar:datetime_to_gregorian_seconds({{2143,9,29},{3,17,48}})),
    ?assertEqual(63085902080, calendar:datetime_to_gregorian_seconds({{1999,2,10},{21,41,20}})),
    ?assertEqual(63899793501, calendar:datetime_to_gregorian_seconds({{2024,11,25},{22,38,21}})),
    ?assertError(function_clause, calendar:datetime_to_gregorian_seconds({{1999,13,31},{2,58,30}})).

day_of_the_week_1_test() ->
    ?assertEqual(4, calendar:day_of_the_week({1970,9,24})),
    ?assertEqual(6, calendar:day_of_the_week({2000,5,20})),
    ?assertEqual(1, calendar:day_of_the_week({1970,11,30})),
    ?assertEqual(1, calendar:day_of_the_week({2024,12,2})),
    ?assertEqual(4, calendar:day_of_the_week({1,11,29})),
    ?assertEqual(1, calendar:day_of_the_week({0,4,3})),
    ?assertError(function_clause, calendar:day_of_the_week([])).

day_of_the_week_3_test() ->
    ?assertEqual(3, calendar:day_of_the_week(2024, 1, 24)),
    ?assertEqual(5, calendar:day_of_the_week(1, 5, 11)),
    ?assertEqual(7, calendar:day_of_the_week(1, 4, 1)),
    ?assertEqual(4, calendar:day_of_the_week(2100, 11, 11)),
    ?assertEqual(6, calendar:day_of_the_week(1999, 3, 13)),
    ?assertEqual(4, calendar:day_of_the_week(0, 1, 20)),
    ?assertError(function_clause, calendar:day_of_the_week(0, 13, 31)).

gregorian_days_to_date_1_test() ->
    ?assertEqual({1461,5,5}, calendar:gregorian_days_to_date(533744)),
    ?assertEqual({1299,7,7}, calendar:gregorian_days_to_date(474638)),
    ?assertEqual({2441,12,26}, calendar:gregorian_days_to_date(891917)),
    ?assertEqual({1546,9,24}, calendar:gregorian_days_to_date(564931)),
    ?assertEqual({1641,1,14}, calendar:gregorian_days_to_date(599377)),
    ?assertEqual({543,2,5}, calendar:gregorian_days_to_date(198362)).

gregorian_seconds_to_datetime_1_test() ->
    ?assertEqual({{1449,3,1},{12,52,8}}, calendar:gregorian_seconds_to_datetime(45731220728)),
    ?assertEqual({{2640,11,2},{22,1,9}}, calendar:gregorian_seconds_to_datetime(83336853669)),
    ?assertEqual({{2430,12,31},{19,23,11}}, calendar:gregorian_seconds_to_datetime(76714975391)),
    ?assertEqual({{2716,7,20},{21,32,25}}, calendar:gregorian_seconds_to_datetime(85726071145)),
    ?assertEqual({{1406,4,21},{21,55,41}}, calendar:gregorian_seconds_to_datetime(44378661341)),
    ?assertEqual({{1587,12,12},{1,19,31}}, calendar:gregorian_seconds_to_datetime(50110708771)).

is_leap_year_1_test() ->
    ?assertEqual(false, calendar:is_leap_year(1566)),
    ?assertEqual(true, calendar:is_leap_year(1132)),
    ?assertEqual(false, calendar:is_leap_year(409)),
    ?assertEqual(false, calendar:is_leap_year(1389)),
    ?assertEqual(true, calendar:is_leap_year(16)),
    ?assertEqual(false, calendar:is_leap_year(1523)),
    ?assertError(function_clause, calendar:is_leap_year([4,1,6,6,3])).

last_day_of_the_month_2_test() ->
    ?assertEqual(28, calendar:last_day_of_the_month(1291, 2)),
    ?assertEqual(31, calendar:last_day_of_the_month(960, 12)),
    ?assertEqual(28, calendar:last_day_of_the_month(1750, 2)),
    ?assertEqual(31, calendar:last_day_of_the_month(1770, 10)),
    ?assertEqual(31, calendar:last_day_of_the_month(2029, 7)),
    ?assertEqual(31, calendar:last_day_of_the_month(242, 12)),
    ?assertError(function_clause, calendar:last_day_of_the_month(fun(X,Y) -> {X,Y} end, [4,1,4,3,2,2,6,4,3])).

now_to_datetime_1_test() ->
    ?assertEqual({{2023,9,29},{1,51,26}}, calendar:now_to_datetime({1695,952286,5})),
    ?assertEqual({{2026,2,20},{20,52,50}}, calendar:now_to_datetime({1771,620770,5})),
    ?assertEqual({{1970,3,10},{6,42,36}}, calendar:now_to_datetime({5,899356,5})),
    ?assertEqual({{2003,12,4},{7,31,43}}, calendar:now_to_datetime({1070,523103,5})),
    ?assertEqual({{2000,5,3},{13,43,55}}, calendar:now_to_datetime({957,361435,5})),
    ?assertEqual({{2029,6,29},{9,19,41}}, calendar:now_to_datetime({1877,419181,5})),
    ?assertError(function_clause, calendar:now_to_datetime(<<97,98>>)).

now_to_universal_time_1_test() ->
    ?assertEqual({{1984,8,5},{1,58,45}}, calendar:now_to_universal_time({460,519125,5})),
    ?assertEqual({{2030,1,14},{19,27,2}}, calendar:now_to_universal_time({1894,649222,5})),
    ?assertEqual({{1975,10,6},{11,12,1}}, calendar:now_to_universal_time({181,825921,5})),
    ?assertEqual({{2014,2,8},{9,30,44}}, calendar:now_to_universal_time({1391,851844,5})),
    ?assertEqual({{2026,12,3},{14,58,28}}, calendar:now_to_universal_time({1796,309908,5})),
    ?assertEqual({{2005,3,7},{2,31,24}}, calendar:now_to_universal_time({1110,162684,5})),
    ?assertError(function_clause, calendar:now_to_universal_time([{1.0,y},{1.0,y},{b,b},{a,3}])).

rfc3339_to_system_time_1_test() ->
    ?assertEqual(1301477953, calendar:rfc3339_to_system_time("2011-03-30T09:39:13+00:00")),
    ?assertEqual(5899318200, calendar:rfc3339_to_system_time("2156-12-10T03:30:00+00:00")),
    ?assertEqual(7907900953, calendar:rfc3339_to_system_time("2220-08-04T15:09:13+00:00")),
    ?assertEqual(2126552400, calendar:rfc3339_to_system_time("2037-05-21T21:00:00+00:00")),
    ?assertEqual(6466860966, calendar:rfc3339_to_system_time("2174-12-04T22:16:06+00:00")),
    ?assertEqual(2043964727, calendar:rfc3339_to_system_time("2034-10-08T23:58:47+00:00")).

rfc3339_to_system_time_2_test() ->
    ?assertEqual(7847127266000, calendar:rfc3339_to_system_time("1970-04-01T19:45:27.266+00:00", [{unit,microsecond}])),
    ?assertEqual(7761839, calendar:rfc3339_to_system_time("1970-03-31T20:03:59.670+00:00", [{unit,second}])),
    ?assertEqual(5739667810, calendar:rfc3339_to_system_time("1970-03-08T10:21:07.810+00:00", [{unit,millisecond}])),
    ?assertEqual(4852303572000, calendar:rfc3339_to_system_time("1970-02-26T03:51:43.572+00:00", [{unit,microsecond}])),
    ?assertEqual(6705207751, calendar:rfc3339_to_system_time("1970-03-19T14:33:27.751+00:00", [{unit,millisecond}])),
    ?assertEqual(7656555833000, calendar:rfc3339_to_system_time("1970-03-30T14:49:15.833+00:00", [{unit,microsecond}])),
    ?assertError(function_clause, calendar:rfc3339_to_system_time(fun(X)->is_list(X) end, 5)).

seconds_to_daystime_1_test() ->
    ?assertEqual({-1,{4,25,41}}, calendar:seconds_to_daystime(-70459)),
    ?assertEqual({-1,{16,59,30}}, calendar:seconds_to_daystime(-25230)),
    ?assertEqual({0,{2,24,59}}, calendar:seconds_to_daystime(8699)),
    ?assertEqual({0,{12,9,25}}, calendar:seconds_to_daystime(43765)),
    ?assertEqual({-1,{22,23,29}}, calendar:seconds_to_daystime(-5791)),
    ?assertEqual({-1,{5,4,29}}, calendar:seconds_to_daystime(-68131)).

seconds_to_time_1_test() ->
    ?assertEqual({6,31,37}, calendar:seconds_to_time(23497)),
    ?assertEqual({2,22,52}, calendar:seconds_to_time(8572)),
    ?assertEqual({3,30,56}, calendar:seconds_to_time(12656)),
    ?assertEqual({17,36,55}, calendar:seconds_to_time(63415)),
    ?assertEqual({10,10,17}, calendar:seconds_to_time(36617)),
    ?assertEqual({2,52,49}, calendar:seconds_to_time(10369)),
    ?assertError(function_clause, calendar:seconds_to_time(-35444)).

system_time_to_universal_time_2_test() ->
    ?assertEqual({{1970,1,1},{5,10,27}}, calendar:system_time_to_universal_time(18627839522, microsecond)),
    ?assertEqual({{2630,9,18},{1,57,32}}, calendar:system_time_to_universal_time(20850055052, second)),
    ?assertEqual({{3412,12,29},{9,24,15}}, calendar:system_time_to_universal_time(45536462655, second)),
    ?assertEqual({{3808,7,4},{15,30,35}}, calendar:system_time_to_universal_time(58017655835, second)),
    ?assertEqual({{1970,10,24},{7,12,7}}, calendar:system_time_to_universal_time(25600327985, millisecond)),
    ?assertEqual({{3634,1,7},{9,46,43}}, calendar:system_time_to_universal_time(52511363203, second)).

time_difference_2_test() ->
    ?assertEqual({128,{18,5,12}}, calendar:time_difference({{1970,6,26},{2,54,14}}, {{1970,11,1},{20,59,26}})),
    ?assertEqual({-816588,{3,59,8}}, calendar:time_difference({{2235,11,20},{10,44,32}}, {{0,2,22},{14,43,40}})),
    ?assertEqual({-730882,{13,3,37}}, calendar:time_difference({{4000,3,25},{6,8,19}}, {{1999,2,22},{19,11,56}})),
    ?assertEqual({203,{17,22,32}}, calendar:time_difference({{2024,6,2},{5,4,2}}, {{2024,12,22},{22,26,34}})),
    ?assertEqual({-1461071,{4,25,1}}, calendar:time_difference({{4000,8,18},{9,35,30}}, {{0,5,9},{14,0,31}})),
    ?assertEqual({-766713,{7,38,32}}, calendar:time_difference({{2100,10,21},{14,1,27}}, {{1,8,13},{21,39,59}})),
    ?assertError(if_clause, calendar:time_difference({{1970,6,31},{10,55,48}}, {{2100,8,30},{2,2,18}})).

time_to_seconds_1_test() ->
    ?assertEqual(39083, calendar:time_to_seconds({10,51,23})),
    ?assertEqual(35968, calendar:time_to_seconds({9,59,28})),
    ?assertEqual(51741, calendar:time_to_seconds({14,22,21})),
    ?assertEqual(72371, calendar:time_to_seconds({20,6,11})),
    ?assertEqual(10049, calendar:time_to_seconds({2,47,29})),
    ?assertEqual(63698, calendar:time_to_seconds({17,41,38})),
    ?assertError(function_clause, calendar:time_to_seconds([1.0,3,a,b,b,[97,98,99]])).

valid_date_1_test() ->
    ?assertEqual(true, calendar:valid_date({1999,11,24})),
    ?assertEqual(true, calendar:valid_date({4000,12,31})),
    ?assertEqual(true, calendar:valid_date({1,5,19})),
    ?assertEqual(true, calendar:valid_date({1,11,8})),
    ?assertEqual(true, calendar:valid_date({2000,9,26})),
    ?assertEqual(true, calendar:valid_date({1970,9,30})).

valid_date_3_test() ->
    ?assertEqual(true, calendar:valid_date(2100, 4, 18)),
    ?assertEqual(true, calendar:valid_date(2024, 4, 6)),
    ?assertEqual(true, calendar:valid_date(2024, 5, 26)),
    ?assertEqual(true, calendar:valid_date(1, 10, 18)),
    ?assertEqual(true, calendar:valid_date(2100, 3, 4)),
    ?assertEqual(true, calendar:valid_date(2000, 1, 21)),
    ?assertError(function_clause, calendar:valid_date([], #{}, [{a,1,x},{b,2,y},{a,1,x},{a,1,x}])).
