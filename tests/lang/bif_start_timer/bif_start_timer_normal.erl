%% start_timer: normal.
-module(bif_start_timer_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin T = erlang:start_timer(1, self(), msg), receive {timeout, T, msg} -> got end end end).  % expect: got

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
