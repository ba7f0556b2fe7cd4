%% process: edge, trap exit chain.
-module(process_edge_trap_exit_chain).
-export([start/0, id/1]).

start() ->
    show(fun() -> begin process_flag(trap_exit, true), P = spawn_link(fun() -> spawn_link(fun() -> exit(inner) end), receive after infinity -> ok end end), receive {'EXIT', P, R} -> R end end end).  % expect: inner

id(X) -> X.

show(F) ->
    try F() of
        V -> io:format("~p~n", [V])
    catch
        C:R -> io:format("~p ~p~n", [C, R])
    end.
