%% Answers recorded from erl.
-module(counters_tests).
-include_lib("eunit/include/eunit.hrl").

all_test() ->
    ?assertEqual({ok,ok,ok,7,0,#{size => 2}}, begin C = counters:new(2, []), {counters:put(C, 1, 5), counters:add(C, 1, 3), counters:sub(C, 1, 1), counters:get(C, 1), counters:get(C, 2), maps:with([size], counters:info(C))} end),
    ?assertEqual(3, begin C = counters:new(2, [write_concurrency]), counters:add(C, 2, 3), counters:get(C, 2) end),
    ?assertError(badarg, counters:new(0, [])),
    ?assertError(badarg, counters:new(1, [foo])),
    ?assertError(badarg, counters:get(counters:new(1, []), 2)).
