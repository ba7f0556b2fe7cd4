%% Answers recorded from erl.
-module(pg_tests).
-include_lib("eunit/include/eunit.hrl").

groups_test() ->
    ?assertEqual({ok,ok,3,3,[],[g],[g],ok,not_joined,ok,[],ok,not_joined}, begin {ok, _} = pg:start(p1), {pg:join(p1, g, self()), pg:join(p1, g, [self(), self()]), length(pg:get_members(p1, g)), length(pg:get_local_members(p1, g)), pg:get_members(p1, h), pg:which_groups(p1), pg:which_local_groups(p1), pg:leave(p1, g, self()), pg:leave(p1, h, self()), pg:leave(p1, g, [self(), self()]), pg:which_groups(p1), pg:join(p1, g, []), pg:leave(p1, g, [])} end).

watch_test() ->
    ?assertEqual([], begin {ok, _} = pg:start(p2), {R, #{}} = pg:monitor_scope(p2), P = spawn(fun() -> receive x -> ok end end), pg:join(p2, k, P), receive {R, join, k, [P]} -> P ! x end, receive {R, leave, k, [P]} -> pg:which_groups(p2) end end),
    ?assertEqual({1,ok,false}, begin {ok, _} = pg:start(p3), pg:join(p3, g, self()), {R, L} = pg:monitor(p3, g), {length(L), pg:demonitor(p3, R), pg:demonitor(p3, R)} end).

refused_test() ->
    ?assertError(function_clause, begin pg:start(p4), pg:join(p4, g, foo) end),
    ?assertEqual([], pg:get_members(no_such_scope, a)).
