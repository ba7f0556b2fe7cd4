%% start_timer: edge.
-module(bif_start_timer_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin T = erlang:start_timer(erlang:monotonic_time(millisecond) + 2, self(), abs, [{abs,true}]), receive {timeout, T, abs} -> got end end end).  % expect: got

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
