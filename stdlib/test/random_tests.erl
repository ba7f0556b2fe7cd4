%% Answers recorded from erl.
-module(random_tests).
-include_lib("eunit/include/eunit.hrl").

same_test() ->
    ?assertEqual([6,68,17,69,62,17,11,7,87,82], begin random:seed(1, 2, 3), [random:uniform(100) || _ <- lists:seq(1, 10)] end),
    ?assertEqual([0.1015423984291011,0.35855753251166345,0.4986993310048988], begin random:seed({4, 5, 6}), [random:uniform() || _ <- lists:seq(1, 3)] end),
    ?assertEqual({1,{171,344,510}}, random:uniform_s(10, {1, 2, 3})),
    ?assertEqual({0.03381877363047378,{171,344,510}}, random:uniform_s({1, 2, 3})),
    ?assertEqual({3172,9814,20125}, random:seed0()),
    ?assertEqual({3172,9814,20125}, begin random:seed(), random:seed(7, 8, 9) end),
    ?assertError(function_clause, random:uniform(0)).
