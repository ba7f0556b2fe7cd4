%% cancel_timer: normal.
-module(bif_cancel_timer_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin T = erlang:start_timer(100000, self(), m), N = erlang:cancel_timer(T), N > 90000 end end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
