%% Every kind of timer: one shot, repeated, at a process, of a fun; arithmetic; bad arguments.
-module(timer_all).
-export([tell/2]).
-include("../show.hrl").

start() ->
    show(fun() -> [timer:seconds(2), timer:minutes(3), timer:hours(4), timer:hms(1, 2, 3)] end),  % expect: [2000,180000,14400000,3723000]
    show(fun() -> timer:minutes(x) end),  % expect: error badarith
    show(fun() -> timer:now_diff({1, 2, 3}, {1, 2, 1}) end),  % expect: 2
    show(fun() -> timer:start() end),  % expect: ok
    show(fun() -> ok(timer:apply_after(1, ?MODULE, tell, [self(), mfa])) end),  % expect: ok
    show(fun() -> next() end),  % expect: mfa
    show(fun() -> ok(timer:send_after(1, self(), to_pid)) end),  % expect: ok
    show(fun() -> next() end),  % expect: to_pid
    show(fun() -> [register(registered_tester, self()), ok(timer:send_after(1, registered_tester, to_name))] end),  % expect: [true,ok]
    show(fun() -> next() end),  % expect: to_name
    show(fun() -> ok(timer:send_after(1, {registered_tester, node()}, to_node)) end),  % expect: ok
    show(fun() -> next() end),  % expect: to_node
    show(fun() -> killed(fun(P) -> timer:kill_after(1, P) end) end),  % expect: killed
    show(fun() -> killed(fun(P) -> timer:exit_after(1, P, reason) end) end),  % expect: reason
    show(fun() -> myself(fun() -> timer:kill_after(1) end) end),  % expect: killed
    show(fun() -> myself(fun() -> timer:exit_after(1, reason) end) end),  % expect: reason
    show(fun() -> repeated(timer:apply_interval(2, ?MODULE, tell, [self(), tick]), tick) end),  % expect: {[yes,yes,yes],{ok,cancel},nothing}
    show(fun() -> repeated(timer:send_interval(2, self(), tock), tock) end),  % expect: {[yes,yes,yes],{ok,cancel},nothing}
    show(fun() -> repeated(timer:send_interval(2, tack), tack) end),  % expect: {[yes,yes,yes],{ok,cancel},nothing}
    show(fun() -> timer:send_after(x, y) end),  % expect: {error,badarg}
    show(fun() -> timer:send_after(1, "x", y) end),  % expect: {error,badarg}
    show(fun() -> timer:send_interval(-1, y) end),  % expect: {error,badarg}
    show(fun() -> timer:apply_after(1, m, f, a) end),  % expect: {error,badarg}
    show(fun() -> timer:apply_after(-1, m, f, []) end),  % expect: {error,badarg}
    show(fun() -> timer:apply_interval(1, "m", f, []) end),  % expect: {error,badarg}
    show(fun() -> timer:exit_after(-1, x) end),  % expect: {error,badarg}
    show(fun() -> timer:kill_after(foo) end),  % expect: {error,badarg}
    show(fun() -> timer:cancel(foo) end),  % expect: {error,badarg}
    show(fun() -> cancelled(timer:send_after(20, never)) end),  % expect: {{ok,cancel},nothing}
    show(fun() -> timer:cancel({once, make_ref()}) end),  % expect: {ok,cancel}
    show(fun() -> element(2, timer:tc(fun() -> done end)) end),  % expect: done
    show(fun() -> element(2, timer:tc(fun(X) -> {done, X} end, [1])) end),  % expect: {done,1}
    show(fun() -> element(2, timer:tc(lists, sum, [[1, 2]])) end),  % expect: 3
    show(fun() -> timer:tc(fun(X) -> X end, [1, 2]) end),  % expect: error {badarity,{{'fun',1},[1,2]}}
    show(fun() -> timer:tc(lists, sum, foo) end),  % expect: error badarg
    show(fun() -> timer:sleep(0) end),  % expect: ok
    show(fun() -> timer:sleep(-1) end).  % expect: error timeout_value

tell(To, X) -> To ! X.

ok({ok, _}) -> ok;
ok(Other) -> Other.

killed(F) ->
    P = spawn(fun() -> receive never -> ok end end),
    _ = F(P),
    ends(P).

myself(F) -> ends(spawn(fun() -> F(), receive never -> ok end end)).

repeated({ok, Ref}, Tick) ->
    Got = [receive Tick -> yes after 30000 -> no end || _ <- [1, 2, 3]],
    R = timer:cancel(Ref),
    drain(),
    {Got, R, next(20)}.

cancelled({ok, Ref}) -> {timer:cancel(Ref), next(40)}.
