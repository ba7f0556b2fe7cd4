%% What erl answers for one wrong argument in each of these calls.
-module(erl_stdlib_errors_tests).
-include_lib("eunit/include/eunit.hrl").

words_test() ->
    ?assertEqual(#{2 => "not a list"}, words(fun() -> lists:member(a, b) end)),
    ?assertEqual(#{2 => "not a map"}, words(fun() -> maps:find(a, b) end)),
    ?assertEqual(#{1 => "not present in map"}, words(fun() -> maps:get(a, #{}) end)),
    ?assertEqual(#{2 => "not an integer"}, words(fun() -> lists:keyfind(a, b, []) end)),
    ?assertEqual(#{1 => "not a number"}, words(fun() -> math:sin(a) end)),
    ?assertEqual(#{1 => "the table identifier does not refer to an existing ETS table"}, words(fun() -> ets:lookup(no_such_table, a) end)),
    ?assertEqual(#{2 => "not a key that exists in the table"}, words(fun() -> ets:lookup_element(ets:new(t, []), a, 1) end)),
    ?assertEqual(#{2 => "not a valid match specification"}, words(fun() -> ets:select(ets:new(t, []), foo) end)),
    ?assertEqual(#{2 => "not an integer"}, words(fun() -> binary:at(<<1>>, a) end)),
    ?assertEqual(#{2 => "neither an iodata term nor a compiled regular expression"}, words(fun() -> re:run("", foo) end)),
    ?assertEqual(#{3 => "invalid options"}, words(fun() -> re:run("", "", [foo]) end)),
    ?assertEqual(#{1 => "not an iodata term"}, words(fun() -> re:compile(foo) end)).

words(Call) ->
    try Call() of _ -> none
    catch error:R:S ->
        [{M, _, _, Info} | _] = S,
        #{module := Explainer} = proplists:get_value(error_info, Info, #{module => M}),
        Explainer:format_error(R, S)
    end.
