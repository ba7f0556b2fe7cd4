%% Functions of calendar without a test elsewhere; the local zone is that of the machine.
-module(calendar_more).
-include("../show.hrl").

start() ->
    show(fun() -> [calendar:iso_week_number(D) || D <- [{2020, 12, 31}, {2021, 1, 1}, {2016, 2, 29}, {2018, 1, 1}]] end),  % expect: [{2020,53},{2020,53},{2016,9},{2018,1}]
    show(fun() -> calendar:iso_week_number({2020, 13, 1}) end),  % expect: error function_clause
    show(fun() -> calendar:iso_week_number() =:= calendar:iso_week_number(element(1, calendar:local_time())) end),  % expect: true
    show(fun() -> is_time(calendar:local_time()) end),  % expect: true
    show(fun() -> is_time(calendar:universal_time()) end),  % expect: true
    show(fun() -> is_time(calendar:now_to_local_time({1600, 0, 0})) end),  % expect: true
    show(fun() -> calendar:local_time_to_universal_time(calendar:universal_time_to_local_time({{2020, 6, 1}, {12, 0, 0}})) end),  % expect: {{2020,6,1},{12,0,0}}
    show(fun() -> calendar:local_time_to_universal_time_dst(calendar:universal_time_to_local_time({{2020, 6, 1}, {12, 0, 0}})) end),  % expect: [{{2020,6,1},{12,0,0}}]
    show(fun() -> calendar:local_time_to_universal_time(calendar:universal_time_to_local_time({{2020, 1, 1}, {12, 0, 0}}), false) end),  % expect: {{2020,1,1},{12,0,0}}
    show(fun() -> calendar:universal_time_to_local_time({{2020, 13, 1}, {12, 0, 0}}) end),  % expect: error badarg
    show(fun() -> calendar:local_time_to_universal_time(foo) end),  % expect: error badarg
    show(fun() -> calendar:local_time_to_universal_time({{2020, 1, 1}, {12, 0, 0}}, odd) end),  % expect: error badarg
    show(fun() -> [calendar:system_time_to_rfc3339(T, [{offset, "Z"}]) || T <- [0, 1600000000, -1]] end),  % expect: ["1970-01-01T00:00:00Z","2020-09-13T12:26:40Z","1969-12-31T23:59:59Z"]
    show(fun() -> calendar:system_time_to_rfc3339(1600000000123, [{unit, millisecond}, {offset, "+01:30"}]) end),  % expect: "2020-09-13T13:56:40.123+01:30"
    show(fun() -> calendar:system_time_to_rfc3339(1600000000123456789, [{unit, nanosecond}, {offset, "-02:00"}, {time_designator, $\s}]) end),  % expect: "2020-09-13 10:26:40.123456789-02:00"
    show(fun() -> calendar:system_time_to_rfc3339(1600000000, [{offset, 3600}]) end),  % expect: "2020-09-13T13:26:40+01:00"
    show(fun() -> length(calendar:system_time_to_rfc3339(1600000000)) >= 20 end),  % expect: true
    show(fun() -> calendar:system_time_to_rfc3339(foo, []) end),  % expect: error badarg
    show(fun() -> calendar:system_time_to_rfc3339(1, [{offset, "odd"}]) end),  % expect: error badarg
    show(fun() -> calendar:system_time_to_local_time(1600000000, second) =:= calendar:universal_time_to_local_time({{2020, 9, 13}, {12, 26, 40}}) end),  % expect: true
    show(fun() -> calendar:system_time_to_local_time(1600000000000, millisecond) =:= calendar:system_time_to_local_time(1600000000, second) end),  % expect: true
    show(fun() -> calendar:system_time_to_local_time(x, second) end).  % expect: error badarg

is_time({{Y, M, D}, {H, Mi, S}}) -> calendar:valid_date(Y, M, D) andalso H < 24 andalso Mi < 60 andalso S < 60.
