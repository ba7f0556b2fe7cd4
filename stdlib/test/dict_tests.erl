%% Answers recorded from erl.
-module(dict_tests).
-include_lib("eunit/include/eunit.hrl").

all_test() ->
    ?assertEqual([{a,3},{b,2}], lists:sort(dict:to_list(dict:from_list([{a,1},{b,2},{a,3}])))),
    ?assertEqual({1,{ok,1},error,true,false,2,false,true,[a,b],[[{a,9},{b,[2]}],[{b,[2]}],[{a,1},{b,[2,3]}],[{a,1},{b,[2]},{c,[3]}],[{a,1},{b,[2,7,8]}],[{a,2},{b,[2]}],[{a,1},{b,[2]},{z,5}],[{a,6},{b,[2]}],[{a,1},{b,[2]},{q,5}],[{a,a},{b,b}],[{a,1}],[{a,{1,7}},{b,[2]},{n,8}]],[{a,1},{b,[2]}]}, begin D = dict:from_list([{a,1},{b,[2]}]), {dict:fetch(a, D), dict:find(a, D), dict:find(z, D), dict:is_key(a, D), dict:is_key(z, D), dict:size(D), dict:is_empty(D), dict:is_empty(dict:new()), lists:sort(dict:fetch_keys(D)), [lists:sort(dict:to_list(X)) || X <- [dict:store(a, 9, D), dict:erase(a, D), dict:append(b, 3, D), dict:append(c, 3, D), dict:append_list(b, [7,8], D), dict:update(a, fun(X) -> X + 1 end, D), dict:update(z, fun(X) -> X end, 5, D), dict:update_counter(a, 5, D), dict:update_counter(q, 5, D), dict:map(fun(K, _) -> K end, D), dict:filter(fun(K, _) -> K =:= a end, D), dict:merge(fun(_, X, Y) -> {X, Y} end, D, dict:from_list([{a,7},{n,8}]))]], lists:sort(dict:fold(fun(K, V, A) -> [{K, V} | A] end, [], D))} end),
    ?assertEqual({1,[{b,2}],error}, begin {V, D} = dict:take(a, dict:from_list([{a,1},{b,2}])), {V, dict:to_list(D), dict:take(z, D)} end),
    ?assertError(badarg, dict:fetch(z, dict:new())),
    ?assertError(badarg, dict:append(a, 1, dict:from_list([{a, b}]))),
    ?assertError(badarg, dict:update(z, fun(X) -> X end, dict:new())).
