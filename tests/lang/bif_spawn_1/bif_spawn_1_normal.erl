%% spawn_1: normal.
-module(bif_spawn_1_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin S = self(), spawn(fun() -> S ! {self(), hi} end), receive {P, hi} -> is_pid(P) end end end).  % expect: true

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
