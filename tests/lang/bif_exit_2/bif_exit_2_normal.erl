%% exit_2: normal.
-module(bif_exit_2_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin P = spawn(fun() -> receive after infinity -> ok end end), M = monitor(process, P), exit(P, bye), receive {'DOWN', M, _, _, R} -> R end end end).  % expect: bye

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
