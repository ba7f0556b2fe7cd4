%% Answers recorded from erl.
-module(atomics_tests).
-include_lib("eunit/include/eunit.hrl").

all_test() ->
    ?assertEqual({ok,ok,ok,7,7,5,0,ok,10,10}, begin A = atomics:new(3, [{signed, true}]), {atomics:put(A, 1, 5), atomics:add(A, 1, 3), atomics:sub(A, 1, 1), atomics:get(A, 1), atomics:add_get(A, 2, 7), atomics:sub_get(A, 2, 2), atomics:exchange(A, 3, 9), atomics:compare_exchange(A, 3, 9, 10), atomics:compare_exchange(A, 3, 9, 11), atomics:get(A, 3)} end),
    ?assertEqual(18446744073709551615, begin A = atomics:new(1, [{signed, false}]), atomics:sub(A, 1, 1), atomics:get(A, 1) end),
    ?assertEqual(-9223372036854775808, begin A = atomics:new(1, []), atomics:put(A, 1, 16#7fffffffffffffff), atomics:add(A, 1, 1), atomics:get(A, 1) end),
    ?assertEqual(#{max => 18446744073709551615,min => 0,size => 4}, begin A = atomics:new(4, [{signed, false}]), maps:with([size, max, min], atomics:info(A)) end).

errors_test() ->
    ?assertError(badarg, atomics:new(0, [])),
    ?assertError(badarg, atomics:new(1, [foo])),
    ?assertError(badarg, atomics:get(foo, 1)),
    ?assertError(badarg, atomics:get(atomics:new(1, []), 2)),
    ?assertError(badarg, atomics:get(atomics:new(1, []), 0)),
    ?assertError(badarg, atomics:put(atomics:new(1, [{signed, false}]), 1, -1)),
    ?assertError(badarg, atomics:put(atomics:new(1, []), 1, a)).
