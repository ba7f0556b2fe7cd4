%% What the functions of os say of arguments that are none.
-module(os_wrong_arguments).
-include("../each_argument.hrl").


start() ->
    show(fun() -> each(os, getenv, ["x"]) end),  % expect: [[{ok,[nil,string]},{{badarg,["1: not a list of characters"]},[list,pairs]},{{badarg,["1: not a proper list"]},[improper,deep]},{badarg,["1: not a list"]}]]
    show(fun() -> each(os, getenv, ["x", y]) end),  % expect: [[{ok,[nil,string]},{{badarg,["1: not a list of characters"]},[list,pairs]},{{badarg,["1: not a proper list"]},[improper,deep]},{badarg,["1: not a list"]}],[ok]]
    show(fun() -> each(os, putenv, ["x", "y"]) end),  % expect: [[{ok,[nil,string]},{{badarg,["1: not a list of characters"]},[list,pairs]},{{badarg,["1: not a proper list"]},[improper,deep]},{badarg,["1: not a list"]}],[{ok,[nil,string]},{{badarg,["2: not a list of characters"]},[list,pairs]},{{badarg,["2: not a proper list"]},[improper,deep]},{badarg,["2: not a list"]}]]
    show(fun() -> each(os, unsetenv, ["x"]) end),  % expect: [[{ok,[nil,string]},{{badarg,["1: not a list of characters"]},[list,pairs]},{{badarg,["1: not a proper list"]},[improper,deep]},{badarg,["1: not a list"]}]]
    show(fun() -> each(os, set_signal, [sigusr2, default]) end),  % expect: [[{{badarg,["1: invalid signal name"]},[atom]},{badarg,["1: not an atom"]}],[{badarg,["2: invalid signal handling option"]}]]
    show(fun() -> each(os, system_time, [second]) end),  % expect: [[{ok,[integer,large]},{badarg,["1: invalid time unit"]}]]
    show(fun() -> each(os, perf_counter, [second]) end),  % expect: [[{ok,[integer,large]},{badarg,["1: invalid time unit"]}]]
    show(fun() -> lists:last(each(os, cmd, ["true", #{}])) end),  % expect: [{ok,[map]},{badarg,["2: not a map"]}]
    show(fun() -> [said(os, getenv, [A]) || A <- ["a=b", [$a, 0], [0, $=], [1 bsl 40], [-1], [16#d800], [foo], ["x", ["y"]]]] end),  % expect: [{badarg,["1: \"=\" characters is not allowed in environment variable names"]},{badarg,["1: \"\\0\" characters is not allowed in environment variable names or values"]},{badarg,["1: \"\\0\" characters is not allowed in environment variable names or values"]},{badarg,["1: invalid characters"]},{badarg,["1: invalid characters"]},{badarg,["1: invalid characters"]},{badarg,["1: not a list of characters"]},ok]
    show(fun() -> [said(os, putenv, A) || A <- [["x=y", x], ["x", [0]], [[0], [0]], ["", "b"], ["x", "y=z"]]] end),  % expect: [{badarg,["1: \"=\" characters is not allowed in environment variable names","2: not a list"]},{badarg,["2: \"\\0\" characters is not allowed in environment variable names or values"]},{badarg,["1: \"\\0\" characters is not allowed in environment variable names or values","2: \"\\0\" characters is not allowed in environment variable names or values"]},ok,ok]
    show(fun() -> [said(os, cmd, [A]) || A <- [7, [foo], <<"true">>, [$a | b], [{a}], [-1], ["tr", ["ue"]], true]] end),  % expect: [{badarg,["1: not a list of characters"]},{badarg,["1: not a list of characters"]},{badarg,["1: not a list of characters"]},{badarg,["1: not a list of characters"]},{badarg,["1: not a list of characters"]},{badarg,["1: not a list of characters"]},ok,ok]
    show(fun() -> [said(os, cmd, A) || A <- [["true", []], [5, foo], ["true", #{max_size => 0}], ["true", #{max_size => foo}]]] end),  % expect: [{badarg,["2: not a map"]},{badarg,["2: not a map"]},ok,ok]
    show(fun() -> [said(os, set_signal, A) || A <- [[foo, foo], [7, 8], [sigint, ignore], [sigterm, foo]]] end),  % expect: [{badarg,["2: invalid signal handling option"]},{badarg,["1: not an atom","2: invalid signal handling option"]},{badarg,["1: invalid signal name"]},{badarg,["2: invalid signal handling option"]}]
    show(fun() -> erl_kernel_errors:format_error(badarg, [{os, putenv, [foo, bar], [{error_info, #{}}]}]) end),  % expect: #{1 => <<"not a list">>,2 => <<"not a list">>}
    show(fun() -> erl_kernel_errors:format_error(badarg, [{lists, reverse, [foo], []}]) end).  % expect: #{}
