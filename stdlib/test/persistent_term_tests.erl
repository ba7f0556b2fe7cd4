%% Answers recorded from erl.
-module(persistent_term_tests).
-include_lib("eunit/include/eunit.hrl").

all_test() ->
    ?assertEqual({[1,2],[1,2],x,true,false,gone}, begin persistent_term:put(pt_a, [1, 2]), {persistent_term:get(pt_a), persistent_term:get(pt_a, x), persistent_term:get(pt_none, x), persistent_term:erase(pt_a), persistent_term:erase(pt_a), persistent_term:get(pt_a, gone)} end),
    ?assertEqual(true, begin persistent_term:put({k, 1}, v), R = lists:member({{k, 1}, v}, persistent_term:get()), persistent_term:erase({k, 1}), R end),
    ?assertError(badarg, persistent_term:get(pt_none)),
    ?assertEqual(true, begin #{count := C, memory := M} = persistent_term:info(), is_integer(C) andalso is_integer(M) end).
