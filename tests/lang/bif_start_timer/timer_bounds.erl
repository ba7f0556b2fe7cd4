%% start_timer, send_after: the first and the last time that a timer may have.
-module(timer_bounds).
-export([start/0]).

start() ->
    First = erlang:convert_time_unit(erlang:system_info(start_time), native, millisecond),
    Last = erlang:convert_time_unit(erlang:system_info(end_time), native, millisecond),
    Left = Last - erlang:monotonic_time(millisecond),
    show(fun() -> [absolute(T) || T <- [First - 1, First, 0, Last, Last + 1, 1 bsl 70, -(1 bsl 70)]] end),  % expect: [[badarg,badarg],
    % expect:  [ok,ok],
    % expect:  [ok,ok],
    % expect:  [ok,ok],
    % expect:  [badarg,badarg],
    % expect:  [badarg,badarg],
    % expect:  [badarg,badarg]]
    show(fun() -> [relative(T) || T <- [-1, 0, 1, Left - 100000, Left + 100000, 1 bsl 70]] end).  % expect: [[badarg,badarg],[ok,ok],[ok,ok],[ok,ok],[badarg,badarg],[badarg,badarg]]

absolute(T) -> [ends(fun() -> erlang:F(T, self(), x, [{abs, true}]) end) || F <- [start_timer, send_after]].
relative(T) -> [ends(fun() -> erlang:F(T, self(), x) end) || F <- [start_timer, send_after]].

ends(F) ->
    try F() of Ref -> erlang:cancel_timer(Ref), ok
    catch error:Reason -> Reason
    end.

show(F) -> io:format("~p~n", [F()]).
