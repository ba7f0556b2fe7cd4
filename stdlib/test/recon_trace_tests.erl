%% Lines recorded from recon on erl, without their times.
-module(recon_trace_tests).
-include_lib("eunit/include/eunit.hrl").
-export([none/0, loop/1]).

none() -> ok.
loop(0) -> ok;
loop(N) -> ?MODULE:none(), loop(N - 1).

pid() -> list_to_pid("<0.9.0>").

line(Event) ->
    "\n" ++ Line = lists:flatten(recon_trace:format(Event)),
    {_, " " ++ Rest} = lists:splitwith(fun(C) -> C =/= $\s end, Line),
    Rest.

lines_test() ->
    ?assertEqual("<0.9.0> m:f(a, \"b\")\n", line({trace, pid(), call, {m, f, [a, "b"]}})),
    ?assertEqual("<0.9.0> m:f(a, \"b\") {x,y,1}\n", line({trace, pid(), call, {m, f, [a, "b"]}, {x, y, 1}})),
    ?assertEqual("<0.9.0> m:f/2\n", line({trace, pid(), call, {m, f, 2}})),
    ?assertEqual("<0.9.0>  '--> m:f/2\n", line({trace, pid(), return_to, {m, f, 2}})),
    ?assertEqual("<0.9.0> m:f/2 --> ok\n", line({trace, pid(), return_from, {m, f, 2}, ok})),
    ?assertEqual("<0.9.0> m:f/2 error badarg\n", line({trace, pid(), exception_from, {m, f, 2}, {error, badarg}})),
    ?assertEqual("<0.9.0> < hi\n", line({trace, pid(), 'receive', hi})),
    ?assertEqual("<0.9.0>  > <0.9.0>: hi\n", line({trace, pid(), send, hi, pid()})),
    ?assertEqual("<0.9.0> spawned <0.9.0> as m:f()\n", line({trace, pid(), spawn, pid(), {m, f, []}})),
    ?assertEqual("<0.9.0> EXIT normal\n", line({trace, pid(), exit, normal})),
    ?assertEqual("<0.9.0> scheduled in for m:f/2\n", line({trace, pid(), in, {m, f, 2}})),
    ?assertEqual("<0.9.0> gc beginning -- heap 6 bytes\n", line({trace, pid(), gc_start, [{heap_size, 1}, {old_heap_size, 2}, {mbuf_size, 3}]})),
    ?assertEqual("<0.9.0> tt:mp(#{a=>1, b=>2})\n", line({trace, pid(), call, {tt, mp, [#{a => 1, b => 2}]}})).

dangerous_test() ->
    ?assertError({dangerous_combo, {lists, seq, '_'}}, recon_trace:calls({lists, seq, '_'}, 10)),
    ?assertError({dangerous_combo, {'_', '_', '_'}}, recon_trace:calls({'_', '_', '_'}, 10)).

%% Events that reach the formatter for a limit, when there are twenty calls.
shown(Limit) ->
    Self = self(),
    1 = recon_trace:calls({?MODULE, none, '_'}, Limit, [{formatter, fun(E) -> Self ! {shown, E}, "" end}, {pid, self()}]),
    Ref = monitor(process, recon_trace_formatter),
    loop(20),
    receive {'DOWN', Ref, _, _, _} -> ok end,
    recon_trace:clear(),
    count(0).

count(N) -> receive {shown, {trace, _, call, {?MODULE, none, []}}} -> count(N + 1) after 0 -> N end.

%% A program that traces itself is not held for its lines, and they come as they happen: only at a prompt is there an order to keep.
programs_are_not_held_test() ->
    Self = self(),
    Slow = fun(E) -> timer:sleep(200), Self ! {shown, E}, "" end,
    1 = recon_trace:calls({?MODULE, none, return_trace}, 20, [{formatter, Slow}, {pid, self()}]),
    {Us, ok} = timer:tc(fun() -> loop(10) end),
    ?assert(Us < 1000000),
    ?assertEqual([call, return_from, call, return_from], [receive {shown, E} -> element(3, E) after 30000 -> nothing end || _ <- [1, 2, 3, 4]]),
    recon_trace:clear(),
    flush().

flush() -> receive {shown, _} -> flush() after 0 -> ok end.

limits_test() ->
    ?assertEqual(3, shown(3)),
    ?assertEqual(4, shown({3, 100000})),
    ?assertEqual({all, false}, erlang:trace_info({?MODULE, none, 0}, all)).
