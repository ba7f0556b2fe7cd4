%% send_3: normal.
-module(bif_send_3_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin erlang:send(self(), m, []), receive Y -> Y end end end),  % expect: m
    show(fun() -> erlang:send(self(), z, [nosuspend]) end).  % expect: ok

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
