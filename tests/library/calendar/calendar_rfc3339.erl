%% Times of RFC 3339: every option, what has no time, the first and the last year.
-module(calendar_rfc3339).
-include("../show.hrl").

start() ->
    show(fun() -> [calendar:system_time_to_rfc3339(0, [{offset, O}]) || O <- ["Z", "z", "+02:00", "-02:30", 3600, -3600, 0, 3599]] end),  % expect: ["1970-01-01T00:00:00Z","1970-01-01T00:00:00z","1970-01-01T02:00:00+02:00","1969-12-31T21:30:00-02:30","1970-01-01T01:00:00+01:00","1969-12-31T23:00:00-01:00","1970-01-01T00:00:00+00:00","1970-01-01T00:59:59+00:59"]
    show(fun() -> [calendar:system_time_to_rfc3339(T, [{offset, "Z"}, {unit, U}]) || T <- [0, 1, 999, 123456789], U <- [second, millisecond, microsecond, nanosecond]] end),  % expect: ["1970-01-01T00:00:00Z","1970-01-01T00:00:00.000Z","1970-01-01T00:00:00.000000Z","1970-01-01T00:00:00.000000000Z","1970-01-01T00:00:01Z","1970-01-01T00:00:00.001Z","1970-01-01T00:00:00.000001Z","1970-01-01T00:00:00.000000001Z","1970-01-01T00:16:39Z","1970-01-01T00:00:00.999Z","1970-01-01T00:00:00.000999Z","1970-01-01T00:00:00.000000999Z","1973-11-29T21:33:09Z","1970-01-02T10:17:36.789Z","1970-01-01T00:02:03.456789Z","1970-01-01T00:00:00.123456789Z"]
    show(fun() -> [calendar:system_time_to_rfc3339(T, [{offset, "Z"}, {unit, native}]) || T <- [0, 1000000, 123456789, 1234567890123456789]] end),  % expect: ["1970-01-01T00:00:00.000Z","1970-01-01T00:00:00.001Z","1970-01-01T00:00:00.123Z","2009-02-13T23:31:30.123Z"]
    show(fun() -> [said(fun() -> calendar:system_time_to_rfc3339(0, [{offset, O}]) end) || O <- [foo, 1.5, <<"+02:00">>]] end),  % expect: [function_clause,function_clause,function_clause]
    show(fun() -> [said(fun() -> calendar:system_time_to_rfc3339(0, [{offset, "Z"} | O]) end) || O <- [[{unit, 1000}], [{time_designator, $t}], [{unused, x}]]] end),  % expect: [function_clause,"1970-01-01t00:00:00Z","1970-01-01T00:00:00Z"]
    show(fun() -> [said(fun() -> calendar:system_time_to_rfc3339(0, O) end) || O <- [[{unit, foo}], foo]] end),  % expect: [{badarg,[{2,<<"invalid time unit">>}]},function_clause]
    show(fun() -> [said(fun() -> calendar:system_time_to_rfc3339(T, [{offset, "Z"}]) end) || T <- [-62167219201, -62167219200, 253402300799, 253402300800, foo, 1.5]] end),  % expect: [badarg,"0000-01-01T00:00:00Z","9999-12-31T23:59:59Z",badarg,badarith,badarith]
    show(fun() -> [said(fun() -> calendar:system_time_to_rfc3339(T, []) end) || T <- [foo, 1.5]] end),  % expect: [{badarg,[{1,<<"not an integer">>}]},{badarg,[{1,<<"not an integer">>}]}]
    show(fun() -> [said(fun() -> calendar:rfc3339_to_system_time("0000-01-01T00:00:00+" ++ O) end) || O <- ["00:00", "00:01"]] end),  % expect: [-62167219200,badarg]
    show(fun() -> [said(fun() -> calendar:rfc3339_to_system_time("9999-12-31T23:59:59-" ++ O) end) || O <- ["00:00", "00:01"]] end),  % expect: [253402300799,badarg]
    show(fun() -> [calendar:rfc3339_to_system_time("2018-02-01T16:17:58.123456789Z", [{unit, U}]) || U <- [second, millisecond, microsecond, nanosecond]] end),  % expect: [1517501878,1517501878123,1517501878123457,1517501878123456789]
    show(fun() -> [calendar:rfc3339_to_system_time("2018-02-01T16:17:58" ++ F ++ "Z", [{unit, millisecond}]) || F <- ["", ".9999999", ".0004", ".0005"]] end),  % expect: [1517501878000,1517501879000,1517501878000,1517501878001]
    show(fun() -> [element(1, said(fun() -> {calendar:rfc3339_to_system_time("2018-02-01T16:17:58.Z", [{unit, U}])} end)) || U <- [second, millisecond]] end),  % expect: [1517501878,badarg]
    show(fun() -> [said(fun() -> calendar:rfc3339_to_system_time("2018-02-01T16:17:58" ++ T) end) || T <- ["", "Zx", "+25:00", "x"]] end),  % expect: [badmatch,badmatch,1517411878,badmatch]
    show(fun() -> [said(fun() -> calendar:system_time_to_universal_time(T, U) end) || {T, U} <- [{1, foo}, {foo, second}, {1, 0}]] end).  % expect: [{badarg,[{2,<<"invalid time unit">>}]},{badarg,[{1,<<"not an integer">>}]},{badarg,[{2,<<"invalid time unit">>}]}]

said(F) ->
    try F()
    catch error:R:Stack ->
        case lists:keyfind(error_info, 1, element(4, hd(Stack))) of
            {_, #{module := _}} when R =:= badarith -> R;
            {_, #{module := M}} -> {R, [{N, iolist_to_binary(Text)} || {N, Text} <- maps:to_list(M:format_error(R, Stack))]};
            false when is_tuple(R) -> element(1, R);
            false -> R
        end
    end.
