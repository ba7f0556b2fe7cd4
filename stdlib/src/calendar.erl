%% Dates and times of the Gregorian calendar, counted from year 0.
-module(calendar).

-export([date_to_gregorian_days/1, date_to_gregorian_days/3, datetime_to_gregorian_seconds/1, day_of_the_week/1,
         day_of_the_week/3, gregorian_days_to_date/1, gregorian_seconds_to_datetime/1, is_leap_year/1,
         iso_week_number/0, iso_week_number/1, last_day_of_the_month/2, local_time/0, local_time_to_universal_time/1,
         local_time_to_universal_time/2, local_time_to_universal_time_dst/1, now_to_datetime/1, now_to_local_time/1,
         now_to_universal_time/1, rfc3339_to_system_time/1, rfc3339_to_system_time/2, seconds_to_daystime/1,
         seconds_to_time/1, system_time_to_local_time/2, system_time_to_universal_time/2, system_time_to_rfc3339/1,
         system_time_to_rfc3339/2, time_difference/2, time_to_seconds/1, universal_time/0,
         universal_time_to_local_time/1, valid_date/1, valid_date/3]).

-define(DAY, 86400).
-define(EPOCH, 62167219200).  % gregorian seconds of 1970-01-01

%% ---- Days ----

is_leap_year(Y) when is_integer(Y), Y >= 0 -> Y rem 4 =:= 0 andalso (Y rem 100 =/= 0 orelse Y rem 400 =:= 0).

last_day_of_the_month(Y, M) when is_integer(Y), Y >= 0 -> last_day(Y, M).

last_day(_, M) when M =:= 4; M =:= 6; M =:= 9; M =:= 11 -> 30;
last_day(Y, 2) ->
    case is_leap_year(Y) of
        true -> 29;
        false -> 28
    end;
last_day(_, M) when is_integer(M), M > 0, M < 13 -> 31.

date_to_gregorian_days({Y, M, D}) -> date_to_gregorian_days(Y, M, D).

date_to_gregorian_days(Y, M, D) when is_integer(D), D > 0 ->
    Last = last_day_of_the_month(Y, M),
    if
        D =< Last -> days_before_year(Y) + days_before_month(Y, M) + D - 1
    end.

days_before_year(0) -> 0;
days_before_year(Y) ->
    P = Y - 1,
    Y * 365 + P div 4 - P div 100 + P div 400 + 1.

days_before_month(Y, M) ->
    N = element(M, {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334}),
    case M > 2 andalso is_leap_year(Y) of
        true -> N + 1;
        false -> N
    end.

%% The estimate is at most one year off.
gregorian_days_to_date(Days) when not is_number(Days); is_float(Days), Days >= 0 -> erlang:error(badarith, [Days]);
gregorian_days_to_date(Days) when is_integer(Days), Days >= 0 ->
    Y = year_of(Days, Days * 400 div 146097),
    month_of(Y, 12, Days - days_before_year(Y)).

year_of(Days, Y) ->
    case {days_before_year(Y) =< Days, days_before_year(Y + 1) =< Days} of
        {false, _} -> year_of(Days, Y - 1);
        {_, true} -> year_of(Days, Y + 1);
        _ -> Y
    end.

month_of(Y, M, Day) ->
    case days_before_month(Y, M) of
        N when N =< Day -> {Y, M, Day - N + 1};
        _ -> month_of(Y, M - 1, Day)
    end.

%% The first of January of year 0 was a Saturday.
day_of_the_week({Y, M, D}) -> day_of_the_week(Y, M, D).

day_of_the_week(Y, M, D) -> (date_to_gregorian_days(Y, M, D) + 5) rem 7 + 1.

valid_date({Y, M, D}) -> valid_date(Y, M, D).

valid_date(Y, M, D) when is_integer(Y), is_integer(M), is_integer(D) ->
    Y >= 0 andalso M > 0 andalso M < 13 andalso D > 0 andalso D =< last_day(Y, M).

iso_week_number() ->
    {Date, _} = local_time(),
    iso_week_number(Date).

%% A week belongs to the year its Thursday lies in.
iso_week_number({Y, M, D} = Date) ->
    Days = date_to_gregorian_days(Y, M, D),
    case gregorian_days_to_date(max(0, Days + 4 - day_of_the_week(Date))) of
        {Year, _, _} -> {Year, (Days + 4 - day_of_the_week(Date) - days_before_year(Year)) div 7 + 1}
    end.

%% ---- Seconds ----

time_to_seconds({H, M, S}) when is_integer(H), is_integer(M), is_integer(S) -> H * 3600 + M * 60 + S.

seconds_to_time(N) when is_float(N), N >= 0, N < ?DAY -> erlang:error(badarith, [N]);
seconds_to_time(N) when is_integer(N), N >= 0, N < ?DAY -> {N div 3600, N rem 3600 div 60, N rem 60}.

seconds_to_daystime(N) when not is_integer(N) -> erlang:error(badarith, [N]);
seconds_to_daystime(N) ->
    Days = floor_div(N, ?DAY),
    {Days, seconds_to_time(N - Days * ?DAY)}.

floor_div(N, D) when N >= 0 -> N div D;
floor_div(N, D) -> -((D - 1 - N) div D).

datetime_to_gregorian_seconds({Date, Time}) -> ?DAY * date_to_gregorian_days(Date) + time_to_seconds(Time).

gregorian_seconds_to_datetime(N) when not is_number(N); is_float(N), N >= 0 -> erlang:error(badarith, [N]);
gregorian_seconds_to_datetime(N) when is_integer(N), N >= 0 ->
    {gregorian_days_to_date(N div ?DAY), seconds_to_time(N rem ?DAY)}.

time_difference({D1, T1}, {D2, T2}) ->
    seconds_to_daystime(datetime_to_gregorian_seconds({D2, T2}) - datetime_to_gregorian_seconds({D1, T1})).

%% ---- Now, and zones ----

local_time() -> erlang:localtime().

universal_time() -> erlang:universaltime().

local_time_to_universal_time(DateTime) -> erlang:localtime_to_universaltime(DateTime).

local_time_to_universal_time(DateTime, IsDst) -> erlang:localtime_to_universaltime(DateTime, IsDst).

%% Both readings of an ambiguous hour; none where the clock jumped over it.
local_time_to_universal_time_dst(DateTime) ->
    Candidates = [erlang:localtime_to_universaltime(DateTime, IsDst) || IsDst <- [true, false]],
    [U || U <- lists:usort(Candidates), erlang:universaltime_to_localtime(U) =:= DateTime].

universal_time_to_local_time(DateTime) -> erlang:universaltime_to_localtime(DateTime).

now_to_universal_time({Mega, Sec, _}) -> gregorian_seconds_to_datetime(?EPOCH + Mega * 1000000 + Sec).

now_to_datetime(Now) -> now_to_universal_time(Now).

now_to_local_time(Now) -> erlang:universaltime_to_localtime(now_to_universal_time(Now)).

system_time_to_universal_time(Time, Unit) when not is_integer(Time) -> erlang:convert_time_unit(Time, Unit, second);
system_time_to_universal_time(Time, Unit) ->
    gregorian_seconds_to_datetime(floor_div(Time, per_second(Unit)) + ?EPOCH).

system_time_to_local_time(Time, Unit) when not is_integer(Time) -> erlang:convert_time_unit(Time, Unit, second);
system_time_to_local_time(Time, Unit) -> erlang:universaltime_to_localtime(system_time_to_universal_time(Time, Unit)).

per_second(Unit) ->
    _ = erlang:convert_time_unit(0, Unit, second),
    erlang:convert_time_unit(1, second, Unit).

%% ---- RFC 3339 ----

system_time_to_rfc3339(Time) -> system_time_to_rfc3339(Time, []).

system_time_to_rfc3339(Time, Opts) ->
    Given = proplists:get_value(offset, Opts, ""),
    case proplists:get_value(unit, Opts, second) of
        Unit when not is_integer(Time), Given =:= "" -> erlang:convert_time_unit(Time, Unit, second);
        _ when not is_integer(Time) -> erlang:error(badarith, [Time, Opts]);
        %% Native time is told to the millisecond.
        native when is_integer(Given) -> rfc3339(milliseconds(Time), Opts, millisecond, milliseconds(Given));
        native -> rfc3339(milliseconds(Time), Opts, millisecond, Given);
        Unit when is_integer(Unit) -> erlang:error(function_clause, [Time, Opts]);
        Unit -> rfc3339(Time, Opts, Unit, Given)
    end.

milliseconds(Native) -> erlang:convert_time_unit(Native, native, millisecond).

rfc3339(Time, Opts, Unit, Given) ->
    Designator = proplists:get_value(time_designator, Opts, $T),
    Return = proplists:get_value(return, Opts, string),
    Factor = per_second(Unit),
    Offset = offset_of(Given, Time, Unit),
    Adjusted = Time + case is_integer(Given) of true -> Given; false -> offset_seconds(Offset) * Factor end,
    Seconds = floor_div(Adjusted, Factor),
    is_in_range(Seconds) orelse erlang:error({badarg, [Time, Opts]}),
    {{Y, Mo, D}, {H, Mi, S}} = gregorian_seconds_to_datetime(Seconds + ?EPOCH),
    Fraction = case Factor of
        1 -> "";
        _ -> [$. | padded(Adjusted - Seconds * Factor, length(integer_to_list(Factor)) - 1)]
    end,
    Text = lists:append([padded(Y, 4), "-", padded(Mo, 2), "-", padded(D, 2), [Designator], padded(H, 2), ":",
                         padded(Mi, 2), ":", padded(S, 2), Fraction, Offset]),
    case Return of
        string -> Text;
        binary -> list_to_binary(Text)
    end.

%% A year has four digits.
is_in_range(Seconds) -> Seconds >= -?EPOCH andalso Seconds < 253402300800.

padded(N, Width) ->
    L = integer_to_list(N),
    lists:duplicate(max(0, Width - length(L)), $0) ++ L.

%% The offset as text. "" is the local one at that time; an integer is in the unit of the time.
offset_of("", Time, Unit) ->
    Universal = system_time_to_universal_time(Time, Unit),
    Local = erlang:universaltime_to_localtime(Universal),
    offset_text(datetime_to_gregorian_seconds(Local) - datetime_to_gregorian_seconds(Universal));
offset_of(Offset, _, Unit) when is_integer(Offset) -> offset_text(Offset div per_second(Unit));
offset_of(Offset, _, _) when is_list(Offset) ->
    try offset_seconds(Offset) of
        _ -> Offset
    catch error:_ -> erlang:error(badarg, [Offset])
    end;
offset_of(Other, Time, Unit) -> erlang:error(function_clause, [Other, Time, Unit]).

offset_text(Seconds) ->
    Sign = if Seconds < 0 -> $-; true -> $+ end,
    Minutes = abs(Seconds) div 60,
    [Sign | padded(Minutes div 60, 2)] ++ ":" ++ padded(Minutes rem 60, 2).

offset_seconds([Z]) when Z =:= $Z; Z =:= $z -> 0;
offset_seconds([Sign, H1, H2, $:, M1, M2]) ->
    Seconds = list_to_integer([H1, H2]) * 3600 + list_to_integer([M1, M2]) * 60,
    case Sign of
        $+ -> Seconds;
        $- -> -Seconds
    end;
offset_seconds([Sign | _]) when Sign =:= $+; Sign =:= $- -> erlang:error(badarg);
offset_seconds(Other) -> erlang:error({badmatch, Other}).

rfc3339_to_system_time(Text) -> rfc3339_to_system_time(Text, []).

rfc3339_to_system_time(Bin, Opts) when is_binary(Bin) -> rfc3339_to_system_time(binary_to_list(Bin), Opts);
rfc3339_to_system_time(Text, Opts) ->
    Unit = proplists:get_value(unit, Opts, second),
    [Y1, Y2, Y3, Y4, $-, Mo1, Mo2, $-, D1, D2, _Designator, H1, H2, $:, Mi1, Mi2, $:, S1, S2 | Tail] = Text,
    {Fraction, Offset} = lists:splitwith(fun(C) -> C >= $0 andalso C =< $9 orelse C =:= $. end, Tail),
    Date = {list_to_integer([Y1, Y2, Y3, Y4]), list_to_integer([Mo1, Mo2]), list_to_integer([D1, D2])},
    Time = {list_to_integer([H1, H2]), list_to_integer([Mi1, Mi2]), list_to_integer([S1, S2])},
    Seconds = datetime_to_gregorian_seconds({Date, Time}) - ?EPOCH - offset_seconds(Offset),
    is_in_range(Seconds) orelse erlang:error({badarg, [Text, Opts]}),
    Factor = erlang:convert_time_unit(1, second, Unit),
    Seconds * Factor + fraction(Fraction, Factor).

fraction(Text, Factor) when Text =:= ""; Factor =:= 1 -> 0;
%% To the nearest.
fraction([$. | Digits], Factor) ->
    All = pow10(length(Digits)),
    (2 * list_to_integer(Digits) * Factor + All) div (2 * All).

pow10(0) -> 1;
pow10(N) -> 10 * pow10(N - 1).
