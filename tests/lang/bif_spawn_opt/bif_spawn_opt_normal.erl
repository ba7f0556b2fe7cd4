%% spawn_opt: normal.
-module(bif_spawn_opt_normal).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin {P, M} = spawn_opt(fun() -> exit(x) end, [monitor]), receive {'DOWN', M, process, P, R} -> R end end end).  % expect: x

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
