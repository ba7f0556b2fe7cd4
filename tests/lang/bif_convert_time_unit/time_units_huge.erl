%% Units of time with more parts in a second than 64 or 128 bits count.
-module(time_units_huge).
-export([start/0]).

start() ->
    show(fun() -> [erlang:convert_time_unit(1, second, 1 bsl N) || N <- [31, 63, 64, 127, 128, 200]] end),  % expect: [2147483648,9223372036854775808,18446744073709551616,
    % expect:  170141183460469231731687303715884105728,
    % expect:  340282366920938463463374607431768211456,
    % expect:  1606938044258990275541962092341162602522202993782792835301376]
    show(fun() -> [erlang:convert_time_unit(-1, millisecond, 1 bsl N) || N <- [31, 63, 64, 127, 128, 200]] end),  % expect: [-2147484,-9223372036854776,-18446744073709552,
    % expect:  -170141183460469231731687303715884106,-340282366920938463463374607431768212,
    % expect:  -1606938044258990275541962092341162602522202993782792835302]
    show(fun() -> [erlang:convert_time_unit(1 bsl 300, 1 bsl N, nanosecond) || N <- [64, 128, 299]] end),  % expect: [110427941548649020598956093796432407239217743554726184882600387580788736000000000,
    % expect:  5986310706507378352962293074805895248510699696029696000000000,2000000000]
    show(fun() -> [erlang:convert_time_unit(Time, 7, 1 bsl 150) || Time <- [-8, -7, -1, 0, 1, 7]] end),  % expect: [-1631140220235382721209469679370851584437424714,
    % expect:  -1427247692705959881058285969449495136382746624,
    % expect:  -203892527529422840151183709921356448054678090,0,
    % expect:  203892527529422840151183709921356448054678089,
    % expect:  1427247692705959881058285969449495136382746624]
    show(fun() -> [erlang:convert_time_unit(Time, 1 bsl 150, 7) || Time <- [-1, 0, 1, -(1 bsl 150) - 1]] end),  % expect: [-1,0,0,-8]
    show(fun() -> [Unit || Unit <- [1, 1 bsl 64, 1 bsl 200], near(monotonic_time, Unit), near(system_time, Unit), near(time_offset, Unit)] end),  % expect: [1,18446744073709551616,
    % expect:  1606938044258990275541962092341162602522202993782792835301376]
    show(fun() -> [Wrong || Wrong <- [0, -1, -(1 bsl 70), 1.0, hour, "second"], failing(Wrong)] end).  % expect: [0,-1,-1180591620717411303424,1.0,hour,"second"]

near(F, Unit) ->
    Before = erlang:F(nanosecond),
    Now = erlang:F(Unit),
    After = erlang:F(nanosecond),
    in_unit(Before, Unit) - 1 =< Now andalso Now =< in_unit(After, Unit) + 1.

in_unit(Time, Unit) -> erlang:convert_time_unit(Time, nanosecond, Unit).

failing(Unit) ->
    lists:all(
        fun(F) -> try F() of _ -> false catch error:badarg -> true end end,
        [fun() -> erlang:monotonic_time(Unit) end, fun() -> erlang:system_time(Unit) end, fun() -> erlang:time_offset(Unit) end,
         fun() -> erlang:convert_time_unit(1, Unit, second) end, fun() -> erlang:convert_time_unit(1, second, Unit) end]).

show(F) -> io:format("~p~n", [F()]).
