%% process: normal, ping pong.
-module(process_normal_ping_pong).
-export([start/0, id/1]).

loop() -> receive {From, N} -> From ! {self(), N + 1}, loop(); stop -> ok end.

start() ->
    show(fun() -> begin P = spawn(fun loop/0), P ! {self(), 1}, R = receive {P, N} -> N end, P ! stop, R end end).  % expect: 2

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
