%% The words themselves, for a frame of os; of other modules there are none.
-module(erl_kernel_errors_words).
-include("../show.hrl").

start() ->
    show(fun() -> words(getenv, ["a=b"]) end),  % expect: [{1,<<"\"=\" characters is not allowed in environment variable names">>}]
    show(fun() -> words(getenv, [foo, bar]) end),  % expect: [{1,<<"not a list">>}]
    show(fun() -> words(putenv, [foo, [$a, 0]]) end),  % expect: [{1,<<"not a list">>},{2,<<"\"\\0\" characters is not allowed in environment variable names or values">>}]
    show(fun() -> words(unsetenv, [[foo]]) end),  % expect: [{1,<<"not a list of characters">>}]
    show(fun() -> words(cmd, [foo, bar]) end),  % expect: [{1,<<"not a list of characters">>}]
    show(fun() -> words(cmd, [7]) end),  % expect: [{1,<<"not a list of characters">>}]
    show(fun() -> words(system_time, [foo]) end),  % expect: [{1,<<"invalid time unit">>}]
    show(fun() -> words(set_signal, [sigterm, foo]) end),  % expect: [{1,<<"invalid signal name">>}]
    show(fun() -> erl_kernel_errors:format_error(badarg, [{lists, reverse, [foo], []}]) end).  % expect: #{}

words(F, Args) -> lists:sort(maps:to_list(erl_kernel_errors:format_error(badarg, [{os, F, Args, [{error_info, #{}}]}]))).
