%% The texts of the default formatter: templates, headers, limits, reports, times; the filters of the library.
-module(logger_text).
-include("../show.hrl").

start() ->
    show(fun() -> fmt("plain", #{}) end),  % expect: "2020-09-13T12:26:40.123456Z error: plain\n"
    show(fun() -> fmt({"~p and ~s", [a, "b"]}, #{}) end),  % expect: "2020-09-13T12:26:40.123456Z error: a and b\n"
    show(fun() -> fmt({"~p", [lists:seq(1, 60)]}, #{}) end),  % expect: "2020-09-13T12:26:40.123456Z error: [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49,50,51,52,53,54,55,56,57,58,59,60]\n"
    show(fun() -> fmt({"~p", [lists:seq(1, 60)]}, #{single_line => false}) end),  % expect: "2020-09-13T12:26:40.123456Z error:\n[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,\n 29,30,31,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49,50,51,52,53,\n 54,55,56,57,58,59,60]\n"
    show(fun() -> fmt("two\nlines", #{}) end),  % expect: "2020-09-13T12:26:40.123456Z error: two, lines\n"
    show(fun() -> fmt("two\n  lines\n", #{}) end),  % expect: "2020-09-13T12:26:40.123456Z error: two, lines\n"
    show(fun() -> fmt("two\nlines", #{single_line => false}) end),  % expect: "2020-09-13T12:26:40.123456Z error:\ntwo\nlines\n"
    show(fun() -> fmt("  spaces  ", #{}) end),  % expect: "2020-09-13T12:26:40.123456Z error: spaces\n"
    show(fun() -> fmt({"~p ~p", [a]}, #{}) end),  % expect: "2020-09-13T12:26:40.123456Z error: FORMAT ERROR: \"~p ~p\" - [a]\n"
    show(fun() -> fmt({"~s", [[a]]}, #{}) end),  % expect: "2020-09-13T12:26:40.123456Z error: FORMAT ERROR: \"~s\" - [[a]]\n"
    show(fun() -> fmt({report, #{a => 1, b => "text"}}, #{}) end),  % expect: "2020-09-13T12:26:40.123456Z error: a: 1, b: text\n"
    show(fun() -> fmt({report, [{a, 1}, {b, "text"}, c]}, #{}) end),  % expect: "2020-09-13T12:26:40.123456Z error: a: 1, b: text, c\n"
    show(fun() -> fmt({report, [{a, 1}, {b, "text"}]}, #{single_line => false}) end),  % expect: "2020-09-13T12:26:40.123456Z error:\n    a: 1\n    b: text\n"
    show(fun() -> fmt({report, #{a => lists:seq(1, 50)}}, #{single_line => false}) end),  % expect: "2020-09-13T12:26:40.123456Z error:\n    a: [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,\n        27,28,29,30,31,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49,\n        50]\n"
    show(fun() -> fmt({report, #{label => {gen_server, terminate}, x => 1}}, #{}) end),  % expect: "2020-09-13T12:26:40.123456Z error: label: {gen_server,terminate}, x: 1\n"
    show(fun() -> fmt({report, #{a => 1}}, #{report_cb => fun(R) -> {"cb1 ~p", [R]} end}) end),  % expect: "2020-09-13T12:26:40.123456Z error: cb1 #{a => 1}\n"
    show(fun() -> fmt({report, #{a => 1}}, #{report_cb => fun(R, _) -> io_lib:format("cb2 ~p", [R]) end}) end),  % expect: "2020-09-13T12:26:40.123456Z error: cb2 #{a => 1}\n"
    show(fun() -> fmt({report, #{a => 1}}, #{report_cb => fun(_) -> nonsense end}) end),  % expect: "2020-09-13T12:26:40.123456Z error: REPORT_CB/1 ERROR: #{a => 1}; Returned: nonsense\n"
    show(fun() -> fmt({report, #{a => 1}}, #{report_cb => fun(_, _) -> nonsense end}) end),  % expect: "2020-09-13T12:26:40.123456Z error: REPORT_CB/2 ERROR: #{a => 1}; Returned: nonsense\n"
    show(fun() -> fmt("x", #{legacy_header => true, single_line => false}) end),  % expect: "=ERROR REPORT==== 13-Sep-2020::12:26:40.123456 UTC ===\nx\n"
    show(fun() -> fmt("x\ny", #{legacy_header => true}) end),  % expect: "=ERROR REPORT==== 13-Sep-2020::12:26:40.123456 UTC ===\nx, y\n"
    show(fun() -> fmt("x", #{template => [level, ":", msg]}) end),  % expect: "error:x"
    show(fun() -> fmt("x", #{template => ["<", msg, "> ", pid, " ", mfa, " ", file, ":", line, "\n"]}) end),  % expect: "<x> a pid m:f/2 dir/m.erl:7\n"
    show(fun() -> fmt("x", #{template => [msg, {k, ["k=", k], ["no k"]}, {missing, ["m=", missing], ["no m"]}]}) end),  % expect: "xk=vno m"
    show(fun() -> fmt("x", #{template => [[nest, inner], "|", [nest, none], "|", {[nest, inner], ["yes"], ["no"]}, {[nest, none], ["yes"], ["no"]}]}) end),  % expect: "deep||yesno"
    show(fun() -> fmt("x", #{template => [text, "|", bin, "|", tuple, "|", list, "|", float, "|", map]}) end),  % expect: "text|<<\"bin\">>|{a,\"b\",<<\"c\">>}|[1,2]|1.5|#{a => 1}"
    show(fun() -> fmt("x", #{template => [time, " ", msg], time_designator => $\s}) end),  % expect: "2020-09-13 12:26:40.123456Z x"
    show(fun() -> fmt("x", #{template => [time], time_offset => "Z"}) end),  % expect: "2020-09-13T12:26:40.123456Z"
    show(fun() -> fmt("x", #{template => [time], time_offset => "+02:00"}) end),  % expect: "2020-09-13T14:26:40.123456+02:00"
    show(fun() -> fmt("x", #{template => [time], time_offset => 3600000000}) end),  % expect: "2020-09-13T13:26:40.123456+01:00"
    show(fun() -> fmt(lists:duplicate(200, $x), #{max_size => 50, template => [level, " ", msg]}) end),  % expect: "error xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx..."
    show(fun() -> fmt(lists:duplicate(200, $x), #{chars_limit => 20, template => [msg]}) end),  % expect: "xxxxxxxxxxxxxxxxx..."
    show(fun() -> fmt({"~p", [lists:seq(1, 200)]}, #{chars_limit => 40, template => [msg]}) end),  % expect: "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15|...]"
    show(fun() -> fmt({"~p", [{a, [b, [c, [d, [e, [f]]]]]}]}, #{depth => 5, template => [msg]}) end),  % expect: "{a,[b,[...]]}"
    show(fun() -> fmt({"~w ~P", [{a, [b, [c, [d, [e, [f]]]]]}, [1, 2, 3, 4], 3]}, #{depth => 4, template => [msg]}) end),  % expect: "{a,[b,[...]]} [1,2|...]"
    show(fun() -> fmt([1078, 8364], #{template => [msg]}) end),  % expect: [1078,8364]
    show(fun() -> fmt(<<"binary">>, #{template => [msg]}) end),  % expect: "binary"
    show(fun() -> fmt({"~ts", [<<"utf8 €"/utf8>>]}, #{template => [msg]}) end),  % expect: [117,116,102,56,32,8364]
    show(fun() -> logger_formatter:check_config(#{}) end),  % expect: ok
    show(fun() -> logger_formatter:check_config(#{single_line => true, legacy_header => false, depth => 10, max_size => 100, chars_limit => unlimited}) end),  % expect: ok
    show(fun() -> logger_formatter:check_config(#{template => [level, "x", {a, ["b"], []}, [a, b]], time_offset => "Z", time_designator => $T}) end),  % expect: ok
    show(fun() -> logger_formatter:check_config(#{single_line => perhaps}) end),  % expect: {error,{invalid_formatter_config,logger_formatter,{single_line,perhaps}}}
    show(fun() -> logger_formatter:check_config(#{depth => -1}) end),  % expect: {error,{invalid_formatter_config,logger_formatter,{depth,-1}}}
    show(fun() -> logger_formatter:check_config(#{max_size => 0}) end),  % expect: {error,{invalid_formatter_config,logger_formatter,{max_size,0}}}
    show(fun() -> logger_formatter:check_config(#{template => foo}) end),  % expect: {error,{invalid_formatter_template,logger_formatter,foo}}
    show(fun() -> logger_formatter:check_config(#{template => [1.5]}) end),  % expect: {error,{invalid_formatter_template,logger_formatter,[1.5]}}
    show(fun() -> logger_formatter:check_config(#{template => [{a, b, c}]}) end),  % expect: {error,{invalid_formatter_template,logger_formatter,[{a,b,c}]}}
    show(fun() -> logger_formatter:check_config(#{time_offset => "odd"}) end),  % expect: {error,{invalid_formatter_config,logger_formatter,{time_offset,"odd"}}}
    show(fun() -> logger_formatter:check_config(#{time_offset => odd}) end),  % expect: {error,{invalid_formatter_config,logger_formatter,{time_offset,odd}}}
    show(fun() -> logger_formatter:check_config(#{time_designator => 300}) end),  % expect: {error,{invalid_formatter_config,logger_formatter,{time_designator,300}}}
    show(fun() -> logger_formatter:check_config(#{report_cb => foo}) end),  % expect: {error,{invalid_formatter_config,logger_formatter,{report_cb,foo}}}
    show(fun() -> logger_formatter:check_config(#{unknown => 1}) end),  % expect: {error,{invalid_formatter_config,logger_formatter,{unknown,1}}}
    show(fun() -> logger_formatter:check_config(foo) end),  % expect: {error,{invalid_formatter_config,logger_formatter,foo}}
    show(fun() -> [filtered(logger_filters:domain(event([otp, sasl]), {A, C, [otp]})) || A <- [log, stop], C <- [super, sub, equal, not_equal, undefined]] end),  % expect: [ignore,error,ignore,error,ignore,ignore,stop,ignore,stop,ignore]
    show(fun() -> [filtered(logger_filters:domain(event([otp]), {log, C, [otp, sasl]})) || C <- [super, sub, equal, not_equal, undefined]] end),  % expect: [error,ignore,ignore,error,ignore]
    show(fun() -> [filtered(logger_filters:domain(event(none), {log, C, [otp]})) || C <- [super, sub, equal, not_equal, undefined]] end),  % expect: [ignore,ignore,ignore,error,error]
    show(fun() -> [filtered(logger_filters:level(event([a]), {A, C, error})) || A <- [log, stop], C <- [neq, eq, lt, gt, lteq, gteq]] end),  % expect: [ignore,error,ignore,ignore,error,error,ignore,stop,ignore,ignore,stop,stop]
    show(fun() -> [filtered(logger_filters:level(event([a]), {log, C, debug})) || C <- [neq, eq, lt, gt, lteq, gteq]] end),  % expect: [error,ignore,ignore,error,ignore,error]
    show(fun() -> [filtered(logger_filters:progress(E, A)) || A <- [log, stop], E <- [event([a]), (event([a]))#{msg := {report, #{label => {application_controller, progress}}}}, (event([a]))#{msg := {report, #{label => {supervisor, progress}}}}]] end),  % expect: [ignore,error,error,ignore,stop,stop]
    show(fun() -> [filtered(logger_filters:remote_gl(event([a]), A)) || A <- [log, stop]] end),  % expect: [ignore,ignore]
    show(fun() -> logger_filters:domain(event([a]), foo) end),  % expect: error badarg
    show(fun() -> logger_filters:level(event([a]), {log, odd, error}) end),  % expect: error badarg
    show(fun() -> logger_filters:level(event([a]), foo) end),  % expect: error badarg
    show(fun() -> logger_filters:progress(event([a]), foo) end),  % expect: error badarg
    show(fun() -> logger_filters:remote_gl(event([a]), foo) end),  % expect: error badarg
    show(fun() -> logger_filters:domain(event([a]), {log, sub, "foo"}) end).  % expect: ignore

fmt(Msg, Config) ->
    M = case Msg of {report, _} -> Msg; {F, A} when is_list(A) -> {F, A}; S -> {string, S} end,
    unicode:characters_to_list(logger_formatter:format(#{level => error, msg => M, meta => meta()}, maps:merge(#{time_offset => "Z"}, Config))).

meta() ->
    #{time => 1600000000123456, pid => 'a pid', mfa => {m, f, 2}, file => "dir/m.erl", line => 7, k => v, nest => #{inner => deep},
      text => "text", bin => <<"bin">>, tuple => {a, "b", <<"c">>}, list => [1, 2], float => 1.5, map => #{a => 1}}.

event(none) -> #{level => error, msg => {string, "x"}, meta => #{time => 1, pid => self(), gl => group_leader()}};
event(Domain) -> #{level => error, msg => {string, "x"}, meta => #{domain => Domain, time => 1, pid => self(), gl => group_leader()}}.

filtered(#{level := L}) -> L;
filtered(Other) -> Other.
