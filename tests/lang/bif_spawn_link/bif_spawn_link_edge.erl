%% spawn_link: edge.
-module(bif_spawn_link_edge).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin process_flag(trap_exit, true), P = spawn_link(fun() -> ok end), receive {'EXIT', P, R} -> R end end end).  % expect: normal

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
