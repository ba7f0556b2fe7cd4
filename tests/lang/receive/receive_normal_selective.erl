%% receive: normal, selective.
-module(receive_normal_selective).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin [self() ! {n, I} || I <- lists:seq(1, 5)], A = receive {n, 3} -> three end, B = receive {n, X} -> X end, {A, B} end end).  % expect: {three,1}

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
