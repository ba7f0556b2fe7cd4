%% What limits of the formatter count, what a template may ask for, filters that are none, what cannot be changed of a handler.
-module(logger_limits).
-export([log/2]).
-include("../show.hrl").

start() ->
    logger:set_primary_config(level, notice),
    logger:set_handler_config(default, level, none),
    show(fun() -> text({"long ~p", [lists:seq(1, 100)]}, #{chars_limit => 50}) end),  % expect: "2023-11-14T22:13:20.123456Z info: long [1,2,3|...]\n"
    show(fun() -> text({"long ~p", [lists:seq(1, 100)]}, #{chars_limit => 80}) end),  % expect: "2023-11-14T22:13:20.123456Z info: long [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15|...]\n"
    show(fun() -> [text({string, "a message"}, #{max_size => N}) || N <- [10, 20, 45, 60]] end),  % expect: ["2023-1...\n","2023-11-14T22:13...\n","2023-11-14T22:13:20.123456Z info: a message\n","2023-11-14T22:13:20.123456Z info: a message\n"]
    show(fun() -> [text({string, "a message"}, #{max_size => 12, template => T}) || T <- [[msg, " and more"], [msg, "\n\n"], ["before it ", msg]]] end),  % expect: ["a message...","a message\n\n","before it..."]
    show(fun() -> [text({string, S}, #{template => [msg]}) || S <- ["a\n\n  b", "a\r\n\r\n b", "a, b\n\n", "\n a"]] end),  % expect: ["a, , b","a, , b","a, b","a"]
    show(fun() -> text({string, "x"}, #{template => [{level, [level], ["none"]}, {nokey, ["a"], ["b"]}, {time, ["t"], []}]}) end),  % expect: "nonebt"
    show(fun() -> text({report, #{x => 1}}, #{chars_limit => 99, depth => 3, report_cb => fun(_, O) -> io_lib:format("~p", [lists:sort(maps:to_list(O))]) end}) end),  % expect: "2023-11-14T22:13:20.123456Z info: [{chars_limit,64},{depth,5},{single_line,true}]\n"
    show(fun() -> text({report, #{label => a, report => [{b, c}]}}, #{template => [msg]}) end),  % expect: "label: a, report: [{b,c}]"
    show(fun() -> [logger:add_handler(h, ?MODULE, #{filters => F}) || F <- [foo, [{a, foo}], [{1, {fun(E, _) -> E end, x}}], [foo]]] end),  % expect: [{error,{invalid_filters,foo}},{error,{invalid_filter,{a,foo}}},{error,{invalid_filter,{1,{{'fun',2},x}}}},{error,{invalid_filter,foo}}]
    show(fun() -> [logger:set_primary_config(filters, F) || F <- [foo, [{a, foo}]]] end),  % expect: [{error,{invalid_filters,foo}},{error,{invalid_filter,{a,foo}}}]
    show(fun() -> [logger:add_handler_filter(default, f, foo), logger:add_primary_filter(f, foo)] end),  % expect: [{error,{invalid_filter,{f,foo}}},{error,{invalid_filter,{f,foo}}}]
    show(fun() -> [logger:set_handler_config(default, id, other), logger:set_handler_config(default, module, other)] end),  % expect: [{error,{illegal_config_change,#{id => default},#{id => other}}},{error,{illegal_config_change,#{module => logger_std_h},#{module => other}}}]
    show(fun() ->
        ok = logger:add_handler(mine, ?MODULE, #{config => #{pid => self()}}),
        error_logger:warning_report(progress, "rep"), error_logger:error_msg("~p", [1]), error_logger:info_report([{a, 1}]),
        L = [receive {event, #{msg := {report, R}, meta := M}} -> {maps:get(label, R), maps:get(domain, M, none), (maps:get(report_cb, M))(R)} after 30000 -> none end || _ <- [1, 2, 3]],
        logger:remove_handler(mine),
        L
    end).  % expect: [{{error_logger,warning_report},[progress],{"~ts",["rep"]}},{{error_logger,error_msg},none,{"~p",[1]}},{{error_logger,info_report},none,{"    ~tp: ~tp",[a,1]}}]

text(Msg, Config) ->
    lists:flatten(logger_formatter:format(#{level => info, msg => Msg, meta => #{time => 1700000000123456}}, Config#{time_offset => "Z"})).

log(Event, #{config := #{pid := Pid}}) -> Pid ! {event, Event}.
