%% send_after: normal.
-module(bif_send_after_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin erlang:send_after(1, self(), tick), receive tick -> got end end end).  % expect: got

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
