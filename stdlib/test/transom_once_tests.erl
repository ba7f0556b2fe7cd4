%% One process for a name, however many ask at a time.
-module(transom_once_tests).
-include_lib("eunit/include/eunit.hrl").

ask() -> transom_once:process(?MODULE, fun() -> put(prepared, true) end, fun loop/0).

loop() -> receive stop -> ok; {P, get} -> P ! {prepared, get(prepared)}, loop() end.

stop(Pid) ->
    Monitor = monitor(process, Pid),
    Pid ! stop,
    receive {'DOWN', Monitor, _, _, Why} -> Why end.

one_for_all_test() ->
    Me = self(),
    Askers = [spawn_link(fun() -> receive go -> Me ! {self(), ask()} end end) || _ <- lists:seq(1, 50)],
    [P ! go || P <- Askers],
    [Pid] = lists:usort([receive {P, Pid} -> Pid end || P <- Askers]),
    ?assertEqual(Pid, whereis(?MODULE)),
    Pid ! {Me, get},
    ?assertEqual(true, receive {prepared, Answer} -> Answer end),
    ?assertEqual(normal, stop(Pid)),
    Next = ask(),
    ?assertNotEqual(Pid, Next),
    stop(Next).

failure_test() ->
    ?assertExit({broken, [_ | _]}, transom_once:process(?MODULE, fun() -> error(broken) end, fun loop/0)),
    ?assertEqual(undefined, whereis(?MODULE)).
