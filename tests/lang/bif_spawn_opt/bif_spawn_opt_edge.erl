%% spawn_opt: edge.
-module(bif_spawn_opt_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin {P, M} = spawn_opt(fun() -> ok end, [monitor,{priority,low},{min_heap_size,1000},{fullsweep_after,3},{max_heap_size,0}]), receive {'DOWN', M, process, P, R} -> R end end end),  % expect: normal
    show(fun() -> begin {P, M} = spawn_opt(fun() -> ok end, [{monitor,[{tag,gone}]}]), receive {gone, M, process, P, R} -> R end end end).  % expect: normal

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
