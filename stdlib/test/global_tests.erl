%% Answers recorded from erl.
-module(global_tests).
-include_lib("eunit/include/eunit.hrl").

names_test() ->
    ?assertEqual(yes, global:register_name(gt, self())),
    ?assertEqual({no,false,false,yes,ok,ok,undefined}, begin global:register_name(gt2, self()), R = {global:register_name(gt2, self()), global:whereis_name(gt2) =:= self(), lists:member(gt2, global:registered_names()), global:re_register_name(gt2, self()), global:unregister_name(gt2), global:unregister_name(gt2), global:whereis_name(gt2)}, R end),
    ?assertExit({badarg,{no_such,x}}, global:send(no_such, x)),
    ?assertExit({badarg,{gt3,x}}, begin global:register_name(gt3, self()), P = global:send(gt3, x), receive x -> P =:= self() end end),
    ?assertEqual(undefined, begin {P, M} = spawn_monitor(fun() -> receive stop -> ok end end), global:register_name(gt4, P), P ! stop, receive {'DOWN', M, _, _, _} -> global:whereis_name(gt4) end end),
    ?assertError(function_clause, global:register_name(foo, bar)).

locks_test() ->
    ?assertEqual({true,false,true,true,true,true}, {global:set_lock({a, self()}), global:set_lock({a, b}, [node()], 0), global:del_lock({a, self()}), global:del_lock({a, self()}), global:set_lock({a, b}, [node()], 0), global:del_lock({a, b})}),
    ?assertEqual(x, global:trans({t, self()}, fun() -> x end)),
    ?assertEqual(aborted, begin global:set_lock({t2, self()}), R = global:trans({t2, other}, fun() -> x end, [node()], 0), global:del_lock({t2, self()}), R end),
    ?assertEqual(ok, global:sync()).
