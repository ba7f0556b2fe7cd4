%% One-shot and repeating timers, cancelling, arithmetic.
-module(timer_tests).
-include_lib("eunit/include/eunit.hrl").

arithmetic_test() ->
    ?assertEqual(3000, timer:seconds(3)),
    ?assertEqual(3723000, timer:hms(1, 2, 3)),
    ?assertEqual(1000005, timer:now_diff({1, 2, 5}, {1, 1, 0})),
    {T, V} = timer:tc(fun() -> x end),
    ?assert(is_integer(T)),
    ?assertEqual(x, V),
    ?assertMatch({_, [1, 2]}, timer:tc(lists, seq, [1, 2])).

got(Msg) ->
    receive Msg -> true after 30000 -> false end.

once_test() ->
    {ok, _} = timer:send_after(1, hello),
    ?assert(got(hello)),
    Self = self(),
    {ok, _} = timer:apply_after(1, erlang, send, [Self, applied]),
    ?assert(got(applied)),
    ?assertEqual({error, badarg}, timer:send_after(-1, x)),
    ?assertEqual({error, badarg}, timer:apply_after(x, a, b, [])).

cancel_test() ->
    {ok, R} = timer:send_after(1000, never),
    ?assertEqual({ok, cancel}, timer:cancel(R)),
    {ok, I} = timer:send_interval(1000, never),
    ?assertEqual({ok, cancel}, timer:cancel(I)),
    ?assertEqual({error, badarg}, timer:cancel(nonsense)),
    receive never -> ?assert(false) after 1200 -> ok end.

interval_test() ->
    {ok, R} = timer:send_interval(2, tick),
    ?assert(got(tick)),
    ?assert(got(tick)),
    ?assert(got(tick)),
    {ok, cancel} = timer:cancel(R).

exit_after_test() ->
    {P, M} = spawn_monitor(fun() -> timer:sleep(infinity) end),
    {ok, _} = timer:exit_after(1, P, over),
    receive {'DOWN', M, _, P, R} -> ?assertEqual(over, R) after 30000 -> ?assert(false) end.
