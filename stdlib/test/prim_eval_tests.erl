%% Receives in evaluated code, through erl_eval's primitive.
-module(prim_eval_tests).
-include_lib("eunit/include/eunit.hrl").

wanted(Wanted) -> fun(M) when M =:= Wanted -> {got, M}; (_) -> nomatch end.

selective_test() ->
    [self() ! M || M <- [a, b, c, b]],
    ?assertEqual({got, b}, prim_eval:'receive'(wanted(b), infinity)),
    ?assertEqual({messages, [a, c, b]}, process_info(self(), messages)),
    ?assertEqual(timeout, prim_eval:'receive'(wanted(z), 0)),
    ?assertEqual({got, a}, prim_eval:'receive'(wanted(a), 0)),
    ?assertEqual([c, b], [receive M -> M end || _ <- [1, 2]]).

waiting_test() ->
    Self = self(),
    spawn(fun() -> [Self ! N || N <- lists:seq(1, 100)] end),
    ?assertEqual({got, 100}, prim_eval:'receive'(wanted(100), infinity)),
    spawn(fun() -> Self ! late end),
    ?assertEqual({got, late}, prim_eval:'receive'(wanted(late), 60000)),
    [receive N -> ok end || N <- lists:seq(1, 99)],
    ?assertEqual({messages, []}, process_info(self(), messages)).

timeout_test() ->
    ?assertEqual(timeout, prim_eval:'receive'(wanted(x), 5)),
    ?assertEqual({messages, []}, process_info(self(), messages)),
    ?assertError(timeout_value, prim_eval:'receive'(wanted(x), -1)),
    self() ! x,
    ?assertError(oops, prim_eval:'receive'(fun(_) -> error(oops) end, 1000)),
    ?assertEqual({messages, [x]}, process_info(self(), messages)),
    receive x -> ok end.
