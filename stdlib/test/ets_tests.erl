%% Answers recorded from erl.
-module(ets_tests).
-include_lib("eunit/include/eunit.hrl").

new_test() ->
    ?assertEqual([t,set,protected,false,1,0,none,false,false,false,false], begin T = ets:new(t, []), [ets:info(T, K) || K <- [name, type, protection, named_table, keypos, size, heir, compressed, read_concurrency, write_concurrency, decentralized_counters]] end),
    ?assertEqual({t_named,ordered_set,2,public}, begin T = ets:new(t_named, [named_table, ordered_set, public, {keypos, 2}]), R = {T, ets:info(T, type), ets:info(T, keypos), ets:info(T, protection)}, ets:delete(T), R end),
    ?assertError(badarg, ets:new(t, [foo])),
    ?assertError(badarg, ets:new("t", [])),
    ?assertEqual(badarg, begin ets:new(t_twice, [named_table]), R = (catch element(1, element(2, (catch ets:new(t_twice, [named_table]))))), ets:delete(t_twice), R end),
    ?assertEqual(undefined, ets:info(no_such_table)),
    ?assertEqual(undefined, ets:info(no_such_table, size)),
    ?assertEqual(undefined, ets:whereis(no_such_table)),
    ?assertError(badarg, ets:delete(no_such_table)).

insert_test() ->
    ?assertEqual({true,true,[{a,9},{b,2},{c,3}],false,false,true,5}, begin T = ets:new(t, []), {ets:insert(T, {a, 1}), ets:insert(T, [{b, 2}, {c, 3}, {a, 9}]), lists:sort(ets:tab2list(T)), ets:insert_new(T, {a, 5}), ets:insert_new(T, [{x, 1}, {a, 1}]), ets:insert_new(T, [{x, 1}, {y, 1}]), ets:info(T, size)} end),
    ?assertError(badarg, ets:insert(ets:new(t, []), foo)),
    ?assertError(badarg, ets:insert(ets:new(t, [{keypos, 2}]), {a})),
    ?assertError(badarg, ets:insert(ets:new(t, []), [{a, 1} | b])).

lookup_test() ->
    ?assertEqual({[{a,1},{a,2}],[],[1,2],true,false}, begin T = ets:new(t, [bag]), ets:insert(T, {a, 1}), ets:insert(T, {a, 2}), ets:insert(T, {a, 1}), {ets:lookup(T, a), ets:lookup(T, b), ets:lookup_element(T, a, 2), ets:member(T, a), ets:member(T, b)} end),
    ?assertEqual([{a,1},{a,2},{a,1}], begin T = ets:new(t, [duplicate_bag]), ets:insert(T, {a, 1}), ets:insert(T, {a, 2}), ets:insert(T, {a, 1}), ets:lookup(T, a) end),
    ?assertError(badarg, ets:lookup_element(ets:new(t, []), a, 1)),
    ?assertError(badarg, begin T = ets:new(t, []), ets:insert(T, {a, 1}), ets:lookup_element(T, a, 3) end),
    ?assertEqual({[{1,a}],[{1,a}]}, begin T = ets:new(t, [ordered_set]), ets:insert(T, {1, a}), {ets:lookup(T, 1.0), ets:lookup(T, 1)} end),
    ?assertEqual([], begin T = ets:new(t, [set]), ets:insert(T, {1, a}), ets:lookup(T, 1.0) end).

delete_test() ->
    ?assertEqual({true,[{a,2}],true,[{b,1}],true,0,true}, begin T = ets:new(t, [bag]), ets:insert(T, [{a, 1}, {a, 2}, {b, 1}]), {ets:delete_object(T, {a, 1}), ets:lookup(T, a), ets:delete(T, a), ets:tab2list(T), ets:delete_all_objects(T), ets:info(T, size), ets:delete(T)} end),
    ?assertEqual({[{a,1}],[],[{b,1}]}, begin T = ets:new(t, [set]), ets:insert(T, [{a, 1}, {b, 1}]), {ets:take(T, a), ets:take(T, a), ets:tab2list(T)} end).

walk_test() ->
    ?assertEqual({1,2,'$end_of_table',3,2,'$end_of_table',2,[{1,1}],'$end_of_table',[{1,1},{2,4},{3,9}]}, begin T = ets:new(t, [ordered_set]), ets:insert(T, [{X, X * X} || X <- [3, 1, 2]]), {ets:first(T), ets:next(T, 1), ets:next(T, 3), ets:last(T), ets:prev(T, 3), ets:prev(T, 1), ets:next(T, 1.5), ets:slot(T, 0), ets:slot(T, 3), ets:tab2list(T)} end),
    ?assertError(badarg, begin T = ets:new(t, []), ets:next(T, a) end),
    ?assertEqual({[3,2,1],[1,2,3]}, begin T = ets:new(t, [ordered_set]), ets:insert(T, [{1}, {2}, {3}]), {ets:foldl(fun({X}, A) -> [X | A] end, [], T), ets:foldr(fun({X}, A) -> [X | A] end, [], T)} end).

match_test() ->
    ?assertEqual({[[1,x],[3,y]],[{1,a,x},{2,b,x}],true,true,[{2,b,x}]}, begin T = ets:new(t, [ordered_set]), ets:insert(T, [{1, a, x}, {2, b, x}, {3, a, y}]), {ets:match(T, {'$1', a, '$2'}), ets:match_object(T, {'_', '_', x}), ets:match(T, {'$1', '_', '_'}, 2) =/= x, ets:match_delete(T, {'_', a, '_'}), ets:tab2list(T)} end),
    ?assertEqual({[[1],[2]],[[3],[4]],[[5]],'$end_of_table','$end_of_table'}, begin T = ets:new(t, [ordered_set]), ets:insert(T, [{X} || X <- lists:seq(1, 5)]), {A, C} = ets:match(T, {'$1'}, 2), {B, D} = ets:match(C), {E, F} = ets:match(D), {A, B, E, F, ets:match('$end_of_table')} end),
    ?assertEqual({[{1},{2},{3}],[{4},{5}],'$end_of_table'}, begin T = ets:new(t, [ordered_set]), ets:insert(T, [{X} || X <- lists:seq(1, 5)]), {A, C} = ets:match_object(T, {'$1'}, 3), {B, D} = ets:match_object(C), {A, B, D} end),
    ?assertEqual('$end_of_table', ets:match(ets:new(t, []), {'$1'}, 2)),
    ?assertEqual([['$1',b]], begin T = ets:new(t, []), ets:insert(T, {'$1', b}), ets:match(T, {'$0', '$5'}) end).

select_test() ->
    ?assertEqual({[2,4,6],[{0,4},{1,5},{0,6}],[{6,0},{5,1},{4,0},{3,1},{2,0},{1,1}],3,2,2,[{3,x},{4,0},{5,x},{6,0}]}, begin T = ets:new(t, [ordered_set]), ets:insert(T, [{X, X rem 2} || X <- lists:seq(1, 6)]), {ets:select(T, [{{'$1', 0}, [], ['$1']}]), ets:select(T, [{{'$1', '$2'}, [{'>', '$1', 3}], [{{'$2', '$1'}}]}]), ets:select_reverse(T, [{{'$1', '_'}, [], ['$_']}]), ets:select_count(T, [{{'_', 1}, [], [true]}]), ets:select_delete(T, [{{'$1', '_'}, [{'<', '$1', 3}], [true]}]), ets:select_replace(T, [{{'$1', 1}, [], [{{'$1', x}}]}]), ets:tab2list(T)} end),
    ?assertEqual({[1,2],[3,4],[5],'$end_of_table'}, begin T = ets:new(t, [ordered_set]), ets:insert(T, [{X} || X <- lists:seq(1, 5)]), {A, C} = ets:select(T, [{{'$1'}, [], ['$1']}], 2), {B, D} = ets:select(C), {E, F} = ets:select(D), {A, B, E, F} end),
    ?assertEqual({[5,4],[3,2],[1],'$end_of_table'}, begin T = ets:new(t, [ordered_set]), ets:insert(T, [{X} || X <- lists:seq(1, 5)]), {A, C} = ets:select_reverse(T, [{{'$1'}, [], ['$1']}], 2), {B, D} = ets:select_reverse(C), {E, F} = ets:select_reverse(D), {A, B, E, F} end),
    ?assertEqual(500, begin T = ets:new(t, []), ets:insert(T, [{X} || X <- lists:seq(1, 500)]), G = fun G('$end_of_table', A) -> lists:sort(A); G({L, C}, A) -> G(ets:select(C), L ++ A) end, length(G(ets:select(T, [{{'$1'}, [], ['$1']}], 7), [])) end),
    ?assertError(badarg, ets:select(ets:new(t, []), [{foo}])),
    ?assertError(badarg, ets:select(ets:new(t, []), foo)),
    ?assertError(badarg, begin T = ets:new(t, []), ets:insert(T, {a, 1}), ets:select_replace(T, [{{'$1', '$2'}, [], [{{b, '$2'}}]}]) end),
    ?assertEqual('$end_of_table', ets:select('$end_of_table')).

update_test() ->
    ?assertEqual({2,7,[3,6],0,7,[{a,7,6}]}, begin T = ets:new(t, []), ets:insert(T, {a, 1, 2}), {ets:update_counter(T, a, 1), ets:update_counter(T, a, {3, 5}), ets:update_counter(T, a, [{2, 1}, {3, -1}]), ets:update_counter(T, a, {2, 1, 3, 0}), ets:update_counter(T, a, {2, -5, 0, 7}), ets:lookup(T, a)} end),
    ?assertEqual({6,7,[2,2],[{a,7},{b,2,2}]}, begin T = ets:new(t, []), {ets:update_counter(T, a, 1, {a, 5}), ets:update_counter(T, a, {2, 1}, {a, 50}), ets:update_counter(T, b, [{2, 1}, {3, 1}], {b, 1, 1}), lists:sort(ets:tab2list(T))} end),
    ?assertError(badarg, ets:update_counter(ets:new(t, []), a, 1)),
    ?assertError(badarg, begin T = ets:new(t, []), ets:insert(T, {a, x}), ets:update_counter(T, a, 1) end),
    ?assertEqual({true,false,true,[{a,y,z}]}, begin T = ets:new(t, []), ets:insert(T, {a, 1, 2}), {ets:update_element(T, a, {2, x}), ets:update_element(T, b, {2, x}), ets:update_element(T, a, [{2, y}, {3, z}]), ets:lookup(T, a)} end),
    ?assertError(badarg, begin T = ets:new(t, []), ets:insert(T, {a, 1}), ets:update_element(T, a, {1, x}) end),
    ?assertError(badarg, begin T = ets:new(t, []), ets:insert(T, {a, 1}), ets:update_element(T, a, {3, x}) end),
    ?assertError(badarg, ets:update_element(ets:new(t, [bag]), a, {2, x})).

fix_test() ->
    ?assertEqual({50,true,false,0}, begin T = ets:new(t, []), ets:insert(T, [{X} || X <- lists:seq(1, 50)]), ets:safe_fixtable(T, true), G = fun G('$end_of_table', N) -> N; G(K, N) -> ets:delete(T, K), G(ets:next(T, K), N + 1) end, N = G(ets:first(T), 0), F = ets:info(T, fixed), ets:safe_fixtable(T, false), {N, F, ets:info(T, fixed), ets:info(T, size)} end),
    ?assertEqual(true, begin T = ets:new(t, []), ets:safe_fixtable(T, true), {_, [{P, 1}]} = ets:info(T, safe_fixed_monotonic_time), P =:= self() end).

owner_test() ->
    ?assertEqual({[{a}],true}, begin Me = self(), {P, M} = spawn_monitor(fun() -> T = ets:new(t, [{heir, Me, gift}]), ets:insert(T, {a}), Me ! {t, T} end), receive {t, T} -> T end, receive {'ETS-TRANSFER', T, P, gift} -> R = {ets:tab2list(T), ets:info(T, owner) =:= Me}, receive {'DOWN', M, _, _, _} -> R end end end),
    ?assertEqual({true,{got,true},undefined}, begin T = ets:new(t, []), {P, M} = spawn_monitor(fun() -> receive {'ETS-TRANSFER', X, _, g} -> exit({got, ets:info(X, owner) =:= self()}) end end), R = ets:give_away(T, P, g), receive {'DOWN', M, _, _, Why} -> {R, Why, ets:info(T)} end end),
    ?assertEqual(badarg, begin T = ets:new(t, [private]), {_, M} = spawn_monitor(fun() -> exit(catch element(1, element(2, (catch ets:lookup(T, a))))) end), receive {'DOWN', M, _, _, Why} -> Why end end),
    ?assertEqual({[],badarg}, begin T = ets:new(t, [protected]), {_, M} = spawn_monitor(fun() -> exit({ets:lookup(T, a), (catch element(1, element(2, (catch ets:insert(T, {a})))))}) end), receive {'DOWN', M, _, _, Why} -> Why end end),
    ?assertEqual({true,true,true}, begin T = ets:new(t, []), {ets:setopts(T, {heir, none}), ets:setopts(T, [{heir, self(), x}]), ets:info(T, heir) =:= self()} end),
    ?assertEqual({t_ren2,undefined,t_ren2}, begin T = ets:new(t_ren, [named_table]), R = {ets:rename(T, t_ren2), ets:whereis(t_ren), ets:info(t_ren2, name)}, ets:delete(t_ren2), R end).

whole_test() ->
    ?assertEqual({true,[{a},{b}]}, begin T = ets:new(t, []), {ets:init_table(T, fun(read) -> {[{a}, {b}], fun(read) -> end_of_input; (close) -> ok end}; (close) -> ok end), lists:sort(ets:tab2list(T))} end),
    ?assertEqual({[{1,a},{2,b}],ordered_set,public,2,ordered_set}, begin T = ets:new(t, [ordered_set, public]), ets:insert(T, [{1, a}, {2, b}]), F = "/tmp/ets_tests_" ++ os:getpid(), ok = ets:tab2file(T, F), {ok, U} = ets:file2tab(F), {ok, I} = ets:tabfile_info(F), file:delete(F), {ets:tab2list(U), ets:info(U, type), ets:info(U, protection), proplists:get_value(size, I), proplists:get_value(type, I)} end),
    ?assertEqual(error, begin F = "/tmp/ets_tests_no_such", element(1, ets:file2tab(F)) end),
    ?assertEqual({ok,2}, begin T = ets:new(t, [ordered_set]), ets:insert(T, [{X} || X <- [1, 2, 3]]), ets:test_ms({1, 2}, [{{'$1', '$2'}, [{'<', '$1', '$2'}], ['$2']}]) end),
    ?assertEqual({ok,false}, ets:test_ms({1, 2}, [{{'$1', '$2'}, [{'>', '$1', '$2'}], ['$2']}])),
    ?assertEqual([{2,b}], ets:match_spec_run([{1, a}, {2, b}], ets:match_spec_compile([{{'$1', '_'}, [{'>', '$1', 1}], ['$_']}]))),
    ?assertEqual(true, ets:is_compiled_ms(ets:match_spec_compile([{'_', [], [true]}]))),
    ?assertEqual(false, ets:is_compiled_ms(foo)),
    ?assertEqual('$end_of_table', begin T = ets:new(t, [ordered_set]), ets:insert(T, [{1}, {2}]), ets:repair_continuation('$end_of_table', x) end),
    ?assertEqual(true, is_list(ets:all())).
