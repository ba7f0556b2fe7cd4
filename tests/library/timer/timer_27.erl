%% Timers of funs and repeated calls that wait for each other, as documented since OTP 26; tc with a unit.
% reference: OTP 27
-module(timer_27).
-export([tell/2]).
-include("../show.hrl").

start() ->
    show(fun() -> fun_after(0, []) end),  % expect: {ok,told}
    show(fun() -> fun_after(1, [x]) end),  % expect: {ok,{told,x}}
    show(fun() -> repeated(fun(F) -> timer:apply_interval(2, F) end) end),  % expect: {[yes,yes,yes],{ok,cancel},nothing}
    show(fun() -> repeated(fun(F) -> timer:apply_interval(2, fun(_) -> F() end, [x]) end) end),  % expect: {[yes,yes,yes],{ok,cancel},nothing}
    show(fun() -> repeated(fun(F) -> timer:apply_repeatedly(2, F) end) end),  % expect: {[yes,yes,yes],{ok,cancel},nothing}
    show(fun() -> repeated(fun(F) -> timer:apply_repeatedly(2, fun(_) -> F() end, [x]) end) end),  % expect: {[yes,yes,yes],{ok,cancel},nothing}
    show(fun() -> repeated(fun(_) -> timer:apply_repeatedly(2, ?MODULE, tell, [self(), tick]) end) end),  % expect: {[yes,yes,yes],{ok,cancel},nothing}
    show(fun() -> timer:apply_after(1, foo) end),  % expect: {error,badarg}
    show(fun() -> timer:apply_after(1, fun() -> ok end, foo) end),  % expect: {error,badarg}
    show(fun() -> timer:apply_interval(-1, fun() -> ok end) end),  % expect: {error,badarg}
    show(fun() -> timer:apply_repeatedly(-1, fun() -> ok end) end),  % expect: {error,badarg}
    show(fun() -> timer:apply_repeatedly(1, m, f, a) end),  % expect: {error,badarg}
    show(fun() -> is_integer(element(1, timer:tc(fun() -> done end, nanosecond))) end),  % expect: true
    show(fun() -> element(2, timer:tc(fun(X) -> {done, X} end, [1], millisecond)) end),  % expect: {done,1}
    show(fun() -> element(2, timer:tc(lists, sum, [[1, 2]], native)) end).  % expect: 3

tell(To, X) -> To ! X.

fun_after(Ms, []) ->
    Me = self(),
    {ok, _} = timer:apply_after(Ms, fun() -> Me ! told end),
    {ok, next()};
fun_after(Ms, Args) ->
    Me = self(),
    {ok, _} = timer:apply_after(Ms, fun(X) -> Me ! {told, X} end, Args),
    {ok, next()}.

repeated(Start) ->
    Me = self(),
    {ok, Ref} = Start(fun() -> Me ! tick end),
    Got = [receive tick -> yes after 30000 -> no end || _ <- [1, 2, 3]],
    R = timer:cancel(Ref),
    drain(),
    {Got, R, next(20)}.
